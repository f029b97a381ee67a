"""The lists: ratings, bars, decisions. Filters live in the address; a long list is read stretch by stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ui.paging import Stretch
from credit.publication import selectors, versions
from credit.publication.cursors import stretch
from credit.publication.filters import BarFilters, DecisionFilters, RatingFilters
from credit.publication.searching import in_order, search
from portal.doors import Page, public_page
from portal.drawing import rows
from portal.words import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django_filters import FilterSet

PER_PAGE = 25


@public_page(versions.register)
def ratings(request: HttpRequest) -> Page:
    """All public ratings, the latest change first."""
    return listed(request, RatingFilters(request.GET or None, selectors.ratings()), rows.ratings, "ratings")


@public_page(versions.register)
def bars(request: HttpRequest) -> Page:
    """All public bars, the latest first."""
    return listed(request, BarFilters(request.GET or None, selectors.bars()), rows.bars, "bars")


@public_page(versions.register)
def decisions(request: HttpRequest) -> Page:
    """All public decisions, the latest first."""
    return listed(
        request, DecisionFilters(request.GET or None, selectors.decisions()), rows.decisions, "decisions"
    )


def listed(request: HttpRequest, asked: FilterSet, draw: Callable[..., list[Any]], name: str) -> Page:
    """The stretch asked for. A query by name gives the best first, in one stretch; a wrong filter gives nothing."""
    filters = asked.form
    if asked.is_bound and not filters.is_valid():
        page = Stretch([])
    else:
        page = chosen(asked.qs, request.GET.get("q", ""), request.GET.get("cursor", ""))
    context = {"filters": filters, "page": page, "rows": draw(page.items, names_of(selectors.publishers()))}
    return Page(f"portal/{name}.html", context)


def chosen(found: QuerySet[Any], query: str, cursor: str) -> Stretch:
    """One stretch of the rows; by relevance where there is a query."""
    if query.strip():
        return Stretch(in_order(found, search(found, query), 2 * PER_PAGE))
    return stretch(found, cursor, PER_PAGE)


def names_of(publishers: Iterable[selectors.Publisher]) -> dict[str, str]:
    """The associations' names by slug."""
    return {each.slug: told_name(each) for each in publishers}


def told_name(publisher: selectors.Publisher) -> str:
    """An association's name in the reader's language."""
    return told({"zh": publisher.name, "en": publisher.name_en})

"""The front door: search, the state of the register, what happened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.tenancy import scope
from core.ui.grades import LETTERS, WORDS, face
from credit.publication import selectors, versions
from credit.publication.filters import CATEGORIES
from credit.publication.searching import in_order, search
from portal.doors import FRESH, Page, public_page
from portal.drawing import linked, rows
from portal.drawing.rating import distribution
from portal.pages.lists import names_of, told_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from credit.publication.selectors import Publisher

MOST_FOUND, MOST_SUGGESTED, LATEST = 25, 8, 8


@public_page(versions.register)
def home(request: HttpRequest) -> Page:
    """The front page; with `?q=` what the query found."""
    query = request.GET.get("q", "").strip()
    return found(query) if query else front()


def front() -> Page:
    """Search, figures, latest decisions, distribution, changes, associations."""
    publishers = selectors.publishers()
    figures, names = added(publishers), names_of(publishers)
    return Page(
        "portal/home.html",
        {
            "figures": figures,
            "today": timezone.localdate(),
            "decisions": rows.decisions(selectors.decisions()[:5], names),
            "distribution": distribution(figures),
            "bands": bands(),
            "changes": rows.ratings(selectors.latest_changes(LATEST), names),
            "publishers": [(each, told_name(each)) for each in publishers],
            "examples": examples(),
            "linked": linked.linked(
                linked.of_site(
                    _("Live-commerce credit register"), f"{settings.SITE_URL}{reverse('portal:home')}"
                )
            ),
        },
    )


def found(query: str) -> Page:
    """What a query found, best first; bars beside the ratings."""
    ratings, bars = selectors.ratings(), selectors.bars()
    hits = search(ratings, query)
    names = names_of(selectors.publishers())
    return Page(
        "portal/found.html",
        {
            "query": query,
            "rows": rows.ratings(in_order(ratings, hits, MOST_FOUND), names),
            "more": hits.more or len(hits.ids) > MOST_FOUND,
            "bars": rows.bars(in_order(bars, search(bars, query), MOST_SUGGESTED), names),
        },
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Names as one types: JSON, or list options for the search field's own script."""
    query = request.GET.get("q", "")
    with scope.public():
        ratings = selectors.ratings()
        hits = in_order(ratings, search(ratings, query), MOST_SUGGESTED) if query.strip() else []
    categories = dict(CATEGORIES)
    options: list[dict[str, Any]] = [
        {
            "url": reverse("portal:rating", args=[row.public_id]),
            "name": row.name,
            "kind": f"{categories.get(row.category, '')} · {face(row.grade or None, row.state).letter}",
            "code": row.code,
        }
        for row in hits
    ]
    if "text/html" in request.headers.get("Accept", ""):
        marked = [option | {"name": highlighted(option["name"], query)} for option in options]
        body = render_to_string("components/suggestions.html", {"options": marked})
        response = HttpResponse(body)
    else:
        response = JsonResponse({"suggestions": options})
    response.headers["Cache-Control"] = FRESH
    response.headers["Vary"] = "Accept"
    return response


def highlighted(name: str, query: str) -> SafeString:
    """The name with what was typed marked, where it stands in it as typed."""
    before, hit, after = name.partition(query.strip())
    return format_html("{}<mark>{}</mark>{}", before, hit, after) if hit else format_html("{}", name)


def added(publishers: Sequence[Publisher]) -> dict[str, Any]:
    """The figures of all associations together."""
    every = [each.figures for each in publishers]
    return {
        "members": sum(figures["members"] for figures in every),
        "ratings": sum(sum(figures["distribution"]) for figures in every),
        "decisions": sum(figures["public_decisions"] for figures in every),
        "bars": sum(figures["bars"] for figures in every),
        "distribution": [sum(counts) for counts in zip(*(f["distribution"] for f in every), strict=True)]
        or [0] * 10,
        "states": {"2": sum(figures["states"].get("2", 0) for figures in every)},
    }


def examples() -> list[tuple[str, str]]:
    """Queries that find somebody: a name's core, its initials, a code."""
    row = selectors.ratings().exclude(code="").defer(None).only("name", "initials", "code").first()
    if row is None:
        return []
    return [
        (row.name[:4], row.name[:4]),
        (row.initials.split(" ")[0][:4], row.initials.split(" ")[0][:4]),
        (row.code, row.code),
    ]


def bands() -> list[tuple[Any, tuple[str, ...], str]]:
    """How to read the grades: word, letters, meaning."""
    meanings = (
        _("Clean record, promises kept, ample evidence"),
        _("Reliable on the whole, with room to improve"),
        _("A weighty record not yet faded, or a clear weakness"),
        _("Several weaknesses, or a sanction not performed"),
        _("Extremely serious, or barred"),
    )
    return [(WORDS[at], LETTERS[2 * at - 2 : 2 * at], meaning) for at, meaning in enumerate(meanings, 1)]

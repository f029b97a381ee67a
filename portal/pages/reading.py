"""The associations, and what somebody on record can do there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from credit.publication import selectors, versions
from credit.publication.filters import CATEGORIES
from portal.doors import Page, public_page
from portal.drawing import rows
from portal.drawing.rating import distribution
from portal.pages.lists import told_name
from portal.words import numerals, on

if TYPE_CHECKING:
    from django.http import HttpRequest

LATEST = 8


@public_page(versions.register)
def associations(_request: HttpRequest) -> Page:
    """All associations with how they do."""
    return Page(
        "portal/associations.html",
        {"publishers": [(each, told_name(each)) for each in selectors.publishers()]},
    )


@public_page(versions.register)
def objection(_request: HttpRequest) -> Page:
    """How to contest a line, have a record repaired, put own words beside it; and where to."""
    publishers = [(each, told_name(each)) for each in selectors.publishers()]
    return Page("portal/objections.html", {"publishers": publishers, "no": numerals()})


@public_page(versions.association)
def association(_request: HttpRequest, slug: str) -> Page:
    """One association: its members, its ratings, and how its cases went."""
    publisher = selectors.publisher(slug)
    if publisher is None:
        raise Http404
    figures, names = publisher.figures, {slug: told_name(publisher)}
    return Page(
        "portal/association.html",
        {
            "publisher": publisher,
            "name": told_name(publisher),
            "figures": figures,
            "categories": by_category(figures),
            "outcomes": outcomes(figures),
            "distribution": distribution(figures),
            "reversed_share": share(figures["reversals"], figures["decisions"]),
            "decisions": rows.decisions(selectors.decisions().filter(association_slug=slug)[:5], names),
            "changes": rows.ratings(selectors.latest_changes(LATEST, slug), names),
            "founded_on": on(figures.get("founded_on")),
        },
    )


def by_category(figures: dict[str, Any]) -> list[tuple[Any, int]]:
    """Members by what they do."""
    counted = figures["members_by_category"]
    return [(label, counted[str(number)]) for number, label in CATEGORIES if str(number) in counted]


def outcomes(figures: dict[str, Any]) -> list[tuple[str, int]]:
    """Cases by where they stand."""
    words = {
        "filed": _("Filed"),
        "noticed": _("Notice served"),
        "heard": _("Statement closed"),
        "panel": _("Before the panel"),
        "decided": _("Decided"),
        "served": _("Decision served"),
        "effective": _("In force"),
        "reversed": _("Reversed"),
        "closed": _("Closed"),
        "dropped": _("Dropped"),
        "history": _("History, does not count"),
    }
    return [(words[state], figures["cases"][state]) for state in words if state in figures["cases"]]


def share(part: int, whole: int) -> str:
    """2 / 61."""
    return f"{part} / {whole}"

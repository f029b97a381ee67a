"""The console's frame: its side menu and the words for the officer's roles.

Rooms are named by their addresses; a page that does not exist yet is left out of the menu.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.navigation import Group, Link

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest

FIRST = "overview:dashboard"
"""The console's first page, under whose address all others lie."""

MENU: tuple[tuple[str | Promise, tuple[tuple[str, str | Promise], ...]], ...] = (
    (
        _("Today"),
        (
            (FIRST, _("Waiting for me")),
            ("overview:queue", _("My queue")),
            ("overview:calendar", _("Calendar")),
        ),
    ),
    (
        _("Members"),
        (
            ("members:list", _("Member files")),
            ("members:applications", _("Applications")),
            ("members:screening", _("Screening")),
            ("imports:runs", _("Import")),
        ),
    ),
    (
        _("Training"),
        (
            ("training:duty", _("Yearly duty")),
            ("training:sessions", _("Sessions")),
            ("training:courses", _("Courses")),
            ("training:certificates", _("Certificates")),
        ),
    ),
    (
        _("Self-regulation"),
        (
            ("complaints:complaints", _("Complaints")),
            ("discipline:cases", _("Cases")),
            ("remedies:remedies", _("Objections and repairs")),
            ("blacklist:bars", _("Bars")),
        ),
    ),
    (
        _("Rating"),
        (
            ("scoring:ratings", _("Ratings")),
            ("rulesets:versions", _("Rule sets")),
            ("rehearsal:rehearsals", _("Rehearsals")),
            ("publication:queue", _("Publication queue")),
        ),
    ),
    (
        _("Association"),
        (
            ("fees:fees", _("Fees")),
            ("registry:ledger", _("Audit trail")),
            ("registry:officers", _("Officers and roles")),
            ("registry:charter", _("Charter")),
            ("documents:templates", _("Documents")),
            ("exchange:peers", _("Keys")),
        ),
    ),
)

JUMP = (("members:list", ""),)
"""Where the search in the top line leads."""


def frame(request: ConsoleRequest) -> dict[str, Any]:
    """What templates/console/base.html needs: `association`, `side`, `office`, `jump_url`."""
    groups = [Group(title, standing(links, request.association.slug)) for title, links in MENU]
    found = standing(JUMP, request.association.slug)
    return {
        "association": request.association,
        "jump_url": found[0].url if found else "",
        "side": [group for group in groups if group.links],
        "office": gettext(", ").join(sorted(str(role.label) for role in request.roles)),
    }


def standing(links: tuple[tuple[str, str | Promise], ...], slug: str) -> list[Link]:
    found = []
    for name, label in links:
        try:
            found.append(Link(label, reverse(name, kwargs={"slug": slug}), door=name == FIRST))
        except NoReverseMatch:
            continue
    return found

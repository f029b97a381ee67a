"""Links of the frame. A room that does not exist yet is not linked: a name that does not resolve is left out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.urls.base import translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

PORTAL = (
    ("portal:home", _("Search")),
    ("portal:bars", _("Bars")),
    ("portal:decisions", _("Decisions")),
    ("portal:standards", _("Standards")),
    ("portal:associations", _("Associations")),
    ("portal:methodology", _("Methodology")),
    ("portal:statistics", _("Statistics")),
    ("documents:verify", _("Verify")),
    ("portal:log", _("Log")),
)
ACCOUNT = (
    ("mfa_index", _("Two-step log-in")),
    ("account_change_password", _("Change password")),
    ("account_email", _("E-mail addresses")),
)
LEAVE = (("account_logout", _("Log out")),)
DOORS = ("/", "/en/")
FOOT = (
    ("portal:objection", _("Contest a line")),
    ("complaints:new", _("Complain")),
    ("portal:data", _("Open data")),
    ("api:docs", _("API")),
    ("portal:feeds", _("Follow changes")),
    ("portal:privacy", _("Personal information and consent")),
    ("portal:accessibility", _("Accessibility")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame.

    `count` is shown after the label in `tone` ("", "soon", "over"); `current` (for `aria-current`, set by `mark`) is
    "page" on the page itself, "true" on pages under it; a `door` has everything under it and is current on its
    own page alone. What `also` names lies under it as well.
    """

    label: str | Promise
    url: str
    count: int | None = None
    tone: str = ""
    current: str = ""
    door: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading of the console's side."""

    title: str | Promise
    links: Sequence[Link]


def standing(names: Iterable[tuple[str, str | Promise]]) -> list[Link]:
    """Links to those of the named addresses that exist."""
    links = []
    for name, label in names:
        try:
            links.append(Link(label, reverse(name)))
        except NoReverseMatch:
            continue
    return links


def mark(links: Iterable[Link], path: str) -> list[Link]:
    """The same links with the one that leads to `path` (or nearest above it) marked current."""
    known = list(links)
    above = [
        (len(url), link.url)
        for link in known
        for url in (link.url, *link.also)
        if (url == path if link.door else holds(url, path))
    ]
    _, nearest = max(above, default=(0, None))
    here = "page" if nearest == path else "true"
    return [replace(link, current=here if link.url == nearest else "") for link in known]


def holds(url: str, path: str) -> bool:
    """Whether `path` is `url` or lies under it; a front door holds only itself."""
    bare = url.split("?", maxsplit=1)[0]
    return path == bare or (bare not in DOORS and path.startswith(bare))


def in_language(full_path: str, code: str) -> str:
    """The same page in another language; the front door where this page has no address (an error page)."""
    try:
        resolve(full_path.split("?", maxsplit=1)[0])
    except Resolver404:
        with override(code):
            return front_door()
    return translate_url(full_path, code)


def page_above(path: str) -> str:
    """Address of the nearest page above `path`: of a verb, the file it belongs to. Empty: only the front page is."""
    above, front = path, front_door()
    while (above := above.rstrip("/").rpartition("/")[0] + "/") not in {"/", front}:
        with suppress(Resolver404):
            resolve(above)
            return above
    return ""


def front_door() -> str:
    """The register's first page in the language of this page."""
    try:
        return reverse("portal:home")
    except NoReverseMatch:
        return "/" if get_language() in (None, settings.LANGUAGE_CODE) else f"/{get_language()}/"

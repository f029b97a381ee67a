"""The key pages of the register, by name: who opens each, and how it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CLERK, ADMINISTRATOR, STREAMER = "clerk@city.demo", "admin@city.demo", "streamer@city.demo"

PUBLIC = {
    "home": "/",
    "search": "/?q=临澜",
    "ratings list": "/ratings/",
    "rating": ("/ratings/", "main table a[href^='/ratings/']"),
    "bars": "/bars/",
    "bar": ("/bars/", "main table a[href^='/bars/']"),
    "decisions": "/decisions/",
    "decision": ("/decisions/", "main a[href^='/decisions/']:not([href*='?'])"),
    "associations": "/associations/",
    "association": "/associations/city/",
    "accountability": "/associations/city/accountability/",
    "methodology": "/methodology/",
    "complain": "/complaints/new/",
    "verify": "/verify/",
    "log-in": "/account/login/",
}
CONSOLE = {
    "dashboard": "/a/city/",
    "queue": "/a/city/queue/",
    "calendar": "/a/city/calendar/",
    "members": "/a/city/members/",
    "member file": ("/a/city/members/", "main tbody th a"),
    "applications": "/a/city/members/applications/",
    "screening": "/a/city/members/screening/",
    "complaints": "/a/city/complaints/?view=all",
    "complaint file": ("/a/city/complaints/?view=all", "main tbody th a"),
    "compensation register": "/a/city/complaints/register/",
    "cases": "/a/city/cases/",
    "hearing day": "/a/city/cases/hearings/",
    "remedies": "/a/city/remedies/",
    "fees": "/a/city/fees/",
    "case file": ("/a/city/cases/", "main tbody th a"),
    "import": "/a/city/import/",
    "ratings": "/a/city/ratings/",
    "rating, console": ("/a/city/ratings/", "main tbody th a"),
    "bars, console": "/a/city/bars/",
    "publication queue": "/a/city/publication/",
    "training": "/a/city/training/",
    "sessions": "/a/city/training/sessions/",
    "charter": "/a/city/charter/",
}
ADMIN = {"audit": "/a/city/audit/", "officers": "/a/city/officers/"}
DESK = {
    "desk": "",
    "notices": "notices/",
    "my complaints": "complaints/",
    "my remedies": "remedies/",
    "my training": "training/",
    "my data": "data/",
}


def addresses(visitor: Page, as_: Callable[[str], Page]) -> dict[str, tuple[Page, str]]:
    """Every key page by its name: in whose browser, and where."""
    owners = [(visitor, PUBLIC), (as_(CLERK), CONSOLE), (as_(ADMINISTRATOR), ADMIN)]
    found = {name: (page, _address(page, way)) for page, ways in owners for name, way in ways.items()}
    streamer = as_(STREAMER)
    streamer.goto("/me/")  # a member of one association is led to the rating there
    mine = urlsplit(streamer.url).path
    return found | {name: (streamer, mine + rest) for name, rest in DESK.items()}


def _address(page: Page, way: str | tuple[str, str]) -> str:
    if isinstance(way, str):
        return way
    start, link = way
    page.goto(start)
    found = page.locator(link).first.get_attribute("href")
    assert found, way
    return found

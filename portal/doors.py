"""The public door: every page runs in the public role, has an ETag, sets no cookie and asks for none.

A page names a *version*: what moves when the page would. It costs one query; if the reader, or this process,
has that version already, nothing else is done. Pages are kept by address, language and version, in each process, up
to a bound of bytes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.template.engine import Engine
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from associations.tenancy import scope
from core.ui.context import frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

FRESH = "public, max-age=10, must-revalidate"
"""A withdrawal is to be felt within a minute, caches included."""
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A template and what it is drawn from."""

    template: str
    context: dict[str, Any]


@dataclass
class Asked:
    """What a template may know of a request: its address. Not who asks: public pages are the same for all."""

    path: str
    full_path: str
    GET: Any

    def get_full_path(self) -> str:
        """The address with its query."""
        return self.full_path


class Kept:
    """Pages drawn lately, up to a bound of bytes; the one not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.bodies: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The body, if it is here."""
        with self.lock:
            body = self.bodies.get(key)
            if body is not None:
                self.bodies.move_to_end(key)
            return body

    def put(self, key: str, body: bytes) -> None:
        """Keep the body; what no longer fits goes."""
        with self.lock:
            self.size += len(body) - len(self.bodies.pop(key, b""))
            self.bodies[key] = body
            while self.size > self.most:
                _, gone = self.bodies.popitem(last=False)
                self.size -= len(gone)


KEPT = Kept(MOST_BYTES)


def public_page(
    version: Callable[..., str | None],
) -> Callable[[Callable[..., Page]], Callable[..., HttpResponse]]:
    """Make a page of `draw(request, …)`. `version(…)` gets what the address names; None is 404."""

    def dress(draw: Callable[..., Page]) -> Callable[..., HttpResponse]:
        @wraps(draw)
        @require_safe
        def page(request: HttpRequest, **named: Any) -> HttpResponse:
            return answer(
                request,
                version(**named),
                lambda: rendered(request, draw(request, **named)),
                "text/html; charset=utf-8",
            )

        return page

    return dress


def answer(
    request: HttpRequest, stamp: str | None, draw: Callable[[], bytes], content_type: str
) -> HttpResponse:
    """What `draw` gives, unless the reader or this process has this version already. `stamp` none: Http404.

    Searches are drawn each time: there are too many different ones to be worth the memory.
    """
    if stamp is None:
        raise Http404
    etag = tag(request, stamp)
    if is_known(request, etag):
        return dressed(HttpResponseNotModified(), etag)
    keep = "q" not in request.GET
    body = KEPT.get(etag) if keep else None
    if body is None:
        with scope.public():
            body = draw()
        if keep:
            KEPT.put(etag, body)
    return dressed(HttpResponse(body, content_type=content_type), etag)


def rendered(request: HttpRequest, page: Page) -> bytes:
    """The page as bytes, drawn without session, user or messages."""
    asked = Asked(request.path, request.get_full_path(), request.GET)
    return render_to_string(page.template, {"request": asked, **frame(request), **page.context}).encode()


def tag(request: HttpRequest, stamp: str) -> str:
    """A weak ETag of everything the page depends on: address, language, day, version, build."""
    told = f"{request.get_full_path()}\n{get_language()}\n{timezone.localdate()}\n{stamp}\n{build()}"
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader has this version already."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if not asked:
        return False
    return asked == etag or "*" in parse_etags(asked) or etag in parse_etags(asked)


def dressed(response: HttpResponse, etag: str) -> HttpResponse:
    """The headers of a public page."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FRESH
    return response


@cache
def build() -> str:
    """What the pages of this build are made of: templates, translations and static files."""
    state = hashlib.sha256(settings.SITE_URL.encode())
    for root in (Path(str(each)) for each in [*Engine.get_default().dirs, *settings.LOCALE_PATHS]):
        for file in sorted(root.rglob("*")):
            if file.suffix in {".html", ".mo"}:
                state.update(file.read_bytes())
    state.update(repr(sorted(getattr(staticfiles_storage, "hashed_files", {}).items())).encode())
    return state.hexdigest()[:12]

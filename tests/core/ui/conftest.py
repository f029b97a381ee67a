"""The gallery's pages, drawn once, and a browser's way to them that needs no server and no database."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

FRAMES = ("portal", "console", "desk")
ADDRESSES = [f"/{prefix}gallery/{frame}/" for prefix in ("", "en/") for frame in FRAMES]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
ORIGIN = "http://register.invalid"  # nowhere: what the browser asks for is answered here


@pytest.fixture(scope="session")
def gallery() -> dict[str, str]:
    """Every frame in both languages, by address; and what the search field is answered."""
    with override_settings(ROOT_URLCONF="tests.core.ui.doors", DEMO=True):
        client = Client()
        pages = {address: client.get(address).content.decode() for address in ADDRESSES}
        pages["/gallery/suggest/"] = client.get("/gallery/suggest/", {"q": "溯禾"}).content.decode()
        return pages


@pytest.fixture
def visit(page, gallery):
    """Open a page of the gallery in Chromium under the strict policy. What the console complains of is collected."""
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def answer(route):
        path = urlsplit(route.request.url).path
        if path in gallery:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=gallery[path], headers=headers)
        elif found := finders.find(path.removeprefix("/static/")):
            route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(path)[0] or "")
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)

    def go(address, *, width=1280, height=900, dark=False):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(f"{ORIGIN}{address}")
        return page

    return go

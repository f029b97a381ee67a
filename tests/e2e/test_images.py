"""The README's pictures: what `make run` shows. Written to docs/images where UPDATE_IMAGES is set, and only there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.demo.cast import name_of
from tests.e2e.pages import CLERK

pytestmark = pytest.mark.browser
IMAGES = Path(__file__).parents[2] / "docs" / "images"
CROPPED = {"x": 0, "y": 0, "width": 1280, "height": 960}


@pytest.mark.parametrize(
    ("name", "prefix"), [("portal", ""), ("console", ""), ("portal-en", "/en"), ("console-en", "/en")]
)
def test_pictures_of_the_demonstration(visitor, as_, tmp_path, name, prefix):
    """A rating on the portal, the first page of the console: in the light, without the pointer."""
    page = visitor if name.startswith("portal") else as_(CLERK)
    page.set_viewport_size({"width": CROPPED["width"], "height": CROPPED["height"]})
    page.emulate_media(color_scheme="light")
    page.goto(prefix + (a_telling_rating(page) if page is visitor else "/a/city/"))
    folder = IMAGES if os.environ.get("UPDATE_IMAGES") else tmp_path
    page.screenshot(path=folder / f"{name}.png", clip=CROPPED)
    assert (folder / f"{name}.png").read_bytes()[16:24] == (1280).to_bytes(4) + (960).to_bytes(4)


def a_telling_rating(page):
    """Find the firm of the story whose case was walked to its end: its rating has something to say."""
    page.goto(f"/?q={name_of('walked', 'city')}")
    return page.locator("main tbody th a").first.get_attribute("href")

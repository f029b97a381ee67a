"""Key pages in a real browser: nothing axe calls serious, nothing wider than telephone, tablet or paper."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e import paper
from tests.e2e.pages import CLERK, addresses
from tests.e2e.steps import confirm, shown, upload

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
SCREEN = {"width": 1280, "height": 900}
TELEPHONE, TABLET, PAPER = (
    {"width": 360, "height": 740}, {"width": 768, "height": 1024}, {"width": 672, "height": 970},
)  # fmt: skip
"""`PAPER` is A4 between its margins (static/css/print.css), in CSS pixels."""


@pytest.fixture(scope="module")
def everywhere(visitor, as_, roster, tmp_path_factory):
    """Every key page: a bar among them, from a past decision brought in, and the preview of an import."""
    clerk = as_(CLERK)
    visitor.goto("/bars/")
    if not visitor.locator("main tbody th a").count():
        bar_somebody(visitor, clerk, tmp_path_factory.mktemp("past") / "历年决定.csv")
    upload(clerk, "city", roster)
    preview = (clerk, urlsplit(clerk.url).path)
    return {**addresses(visitor, as_), "import preview": preview}


def bar_somebody(visitor, clerk, file):
    """Bring in a past decision by which a firm was expelled; the bar of it follows by itself."""
    visitor.goto("/ratings/?association=city&category=3")
    visitor.locator("main tbody th a").first.click()
    name, code = visitor.inner_text("main h1"), visitor.locator("main .ids .code").first.inner_text()
    upload(clerk, "city", paper.past_decision(file, name, code))
    confirm(clerk)
    shown(visitor, "/bars/", name)


def test_axe_finds_nothing_grave_and_nothing_scrolls_sideways(everywhere, complaints):
    """In the light on a screen everything axe knows; in the dark the colours, which is all that changes there."""
    found, wide = {}, []
    for name, (page, address) in everywhere.items():
        page.set_viewport_size(SCREEN)
        page.emulate_media(color_scheme="light")
        assert page.goto(address).status == 200, name
        grave = grave_ones(page)
        page.emulate_media(color_scheme="dark")
        grave += grave_ones(page, runOnly=["color-contrast"])
        if grave:
            found[name] = grave
        wide += wider_than(page, name)
    assert found == {}
    assert wide == []
    assert complaints == []


def test_in_english_nothing_scrolls_sideways_either(everywhere):
    wide = []
    for name, (page, address) in everywhere.items():
        assert page.goto(f"/en{address}").status == 200, name
        assert page.locator("html").get_attribute("lang") == "en"
        wide += wider_than(page, name)
    assert wide == []


def grave_ones(page, **options):
    """What axe calls serious or critical on the page as it is: the rule, and where."""
    told = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
        for each in told
        if each["impact"] in GRAVE
    ]


def wider_than(page, name):
    """Where the page would scroll sideways, or lose its right edge on paper: name, medium, width given, taken."""
    found = []
    for medium, size in (("screen", TELEPHONE), ("screen", TABLET), ("print", PAPER)):
        page.set_viewport_size(size)
        page.emulate_media(media=medium)
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > size["width"]:
            found.append((name, medium, size["width"], taken))
    page.emulate_media(media="screen")
    return found

"""The gallery keeps the promises of core.ui: nothing inline, nothing dangling, enough contrast, nothing axe finds."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from tests.core.ui.conftest import ADDRESSES, FRAMES

CSS = Path(settings.BASE_DIR) / "static" / "css"
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers")


class Seen(HTMLParser):
    """What a page holds: elements with their attributes, in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


# ---- markup ----


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_inline(gallery, address):
    seen = Seen(gallery[address]).elements
    offenders = [
        (tag, name)
        for tag, attrs in seen
        for name in attrs
        if name == "style" or re.fullmatch(r"on\w+", name)
    ]
    inline = [attrs for tag, attrs in seen if tag == "style" or (tag == "script" and "src" not in attrs)]
    assert (len(seen) > 100, offenders, inline) == (True, [], [])


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_id_is_there_once_and_every_reference_leads_to_one(gallery, address):
    seen = Seen(gallery[address]).elements
    ids = [attrs["id"] for _, attrs in seen if "id" in attrs]
    wanted = [word for _, attrs in seen for name in REFERENCES for word in attrs.get(name, "").split()]
    assert sorted(set(wanted) - set(ids)) == []
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_every_class_has_a_rule(gallery):
    """A class nobody styles is a spelling mistake, or a hook that should be a data attribute."""
    rules = set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(sheet.read_text() for sheet in CSS.glob("*.css"))))
    used = {
        word
        for page in gallery.values()
        for _, attrs in Seen(page).elements
        for word in attrs.get("class", "").split()
    }
    assert sorted(used - rules) == []


def test_public_pages_ask_for_no_script_to_work(gallery):
    scripts = [attrs for tag, attrs in Seen(gallery["/gallery/portal/"]).elements if tag == "script"]
    assert [("defer" in attrs, attrs["src"]) for attrs in scripts] == [
        (True, "/static/js/suggest.js"),
        (True, "/static/js/copy.js"),
    ]


def test_every_page_says_it_is_a_demonstration_and_has_the_disclaimer(gallery):
    assert [
        page.count("Demonstration data") for address, page in gallery.items() if address.startswith("/en/")
    ] == [1] * 3
    assert gallery["/en/gallery/portal/"].count("no basis for granting credit") == 1


def test_the_language_switch_keeps_the_page(gallery):
    assert '<a href="/en/gallery/desk/" lang="en"' in gallery["/gallery/desk/"]
    assert '<a href="/gallery/desk/" lang="zh-Hans"' in gallery["/en/gallery/desk/"]


def test_the_register_does_not_mount_the_gallery():
    with override_settings(ROOT_URLCONF="config.urls"), pytest.raises(NoReverseMatch):
        reverse("ui:gallery")


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_error_pages_stand_without_request_user_or_database(code):

    page = render_to_string(f"{code}.html")
    assert page.count(str(code)) >= 1
    assert page.count("<h1>") == 1


# ---- stylesheets ----


def test_stylesheets_are_short_and_complete():
    sheets = {sheet.name: sheet.read_text() for sheet in CSS.glob("*.css")}
    assert {name: text.count("\n") for name, text in sheets.items() if text.count("\n") > 400} == {}
    assert {name for name, text in sheets.items() if text.count("{") != text.count("}")} == set()
    assert {name for name, text in sheets.items() if "url(" in text or "@import" in text} == set()


def test_every_stylesheet_is_linked_somewhere(gallery):
    linked = {
        attrs["href"].removeprefix("/static/")
        for frame in FRAMES
        for tag, attrs in Seen(gallery[f"/gallery/{frame}/"]).elements
        if tag == "link" and attrs["rel"] == "stylesheet"
    }
    assert linked == {f"css/{sheet.name}" for sheet in CSS.glob("*.css")}
    assert all(finders.find(name) for name in linked)


GROUNDS = ("paper", "sheet", "wash", "tint")
INKS = ("ink", "ink2", "link", "seal", "warn", "ok", "blue")
PAIRS = [
    *product(INKS, GROUNDS),
    *(("on-b", f"b{n}") for n in range(1, 6)),
    *((f"b{n}", ground) for n in range(6) for ground in GROUNDS),
    ("on-act", "act"), ("on-act", "act2"), ("on-blue", "blue"), ("on-seal", "seal"), ("paper", "ink"),
    ("seal", "seal-wash"), ("warn", "warn-wash"), ("ok", "ok-wash"), ("stamp-ink", "stamp"),
    ("ink", "seal-wash"), ("ink", "warn-wash"), ("ink", "ok-wash"),
]  # fmt: skip


def tokens() -> dict[str, dict[str, str]]:
    """The colours of both themes; the dark one starts from the light one, as it does in the browser."""
    blocks = re.findall(r":root \{(.*?)\}", (CSS / "tokens.css").read_text(), re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]
    return {"light": found[0], "dark": found[0] | found[1]}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2: 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_right():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out(theme):
    colours = tokens()[theme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_fields_stand_out(theme):
    colours = tokens()[theme]
    assert {g: r for g in GROUNDS if (r := round(contrast(colours["rule"], colours[g]), 2)) < 3} == {}


# ---- in the browser ----


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("frame", FRAMES)
def test_axe_finds_nothing(visit, frame, width, dark):
    page = visit(f"/gallery/{frame}/", width=width, dark=dark)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 640])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_scrolls_sideways(visit, address, width):
    """320 px is also 1280 px at 400 %; 640 px is 1280 px at 200 %."""
    page = visit(address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_suggestions_are_reached_by_keyboard(visit):
    page = visit("/gallery/portal/")
    field = page.locator("#q")
    field.fill("溯禾")
    page.wait_for_selector("#q-list [role=option]")
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "sugg-2"
    assert page.locator("#q-list [aria-selected=true]").get_attribute("id") == "sugg-2"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.complaints == []


@pytest.mark.browser
def test_ticking_all_shows_the_bar_and_its_number(visit):
    page = visit("/gallery/console/")
    page.locator("[data-pick-all]").check()
    assert page.locator("[data-bulk-count]").inner_text() == "3"
    page.locator("[data-pick-all]").uncheck()
    assert page.locator("[data-bulk]").is_hidden()


@pytest.mark.browser
def test_letters_work_but_not_while_typing(visit):
    page = visit("/gallery/console/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.at .name a").inner_text().startswith("临澜蘅芷")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "jump"
    page.keyboard.press("j")
    assert page.locator("#jump").input_value() == "j"

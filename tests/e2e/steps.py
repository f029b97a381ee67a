"""What people do with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.e2e.house import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


TELEPHONE = {"width": 360, "height": 740}


def fill(page: Page, **told: object) -> None:
    """Fill in the fields of the page by their names: text, day, choice, tick."""
    for name, value in told.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("e => e.type")
        if kind == "radio":
            page.check(f"main [name={name}][value='{value}']")
        elif kind == "checkbox":
            field.set_checked(bool(value))
        elif kind.startswith("select"):
            field.select_option(str(value))
        else:
            field.fill(str(value))


def send(page: Page, name: str) -> None:
    """Send the form that has this field, and find no error on the page it leads to."""
    page.click(f"main form:has([name={name}]) .btns button[type=submit]")
    refused = page.locator("main .errsum").all_inner_texts()
    assert refused == [], refused


def step(page: Page, file: str, verb: str, **told: object) -> None:
    """Take a step from the file of a case or a complaint, by its button."""
    page.goto(file)
    page.click(f"#acts a[href$='/{verb}/']")
    fill(page, **told)
    send(page, next(iter(told)))
    page.wait_for_url(f"**{file}")


def upload(page: Page, slug: str, file: Path) -> str:
    """Choose a file in the console of an association; the text of its preview."""
    page.goto(f"/a/{slug}/import/")
    page.set_input_files("input[name=file]", file)
    page.click("main form[enctype] button.pri")
    page.wait_for_url("**/import/*/")
    return page.inner_text("main")


def confirm(page: Page) -> str:
    """Have the previewed file carried out by the worker; what the page says then."""
    page.click("main form[action$='/confirm/'] button")
    page.wait_for_selector("main .say.ok", timeout=60_000)  # the page asks by itself how far it is
    return page.inner_text("main")


def shown(page: Page, address: str, text: str, *, at: str = "main", seconds: float = 120) -> str:
    """Load the page again until it shows the text, as somebody who waits does; all that stands there then."""

    def look() -> str:
        page.goto(address)
        found = page.locator(at)
        said = found.first.inner_text() if found.count() else ""
        return said if text in said else ""

    return eventually(look, seconds, every=0.5)


def on_a_telephone(page: Page) -> str:
    """Let a member's page be as wide as a telephone; the address of the own membership."""
    page.set_viewport_size(TELEPHONE)
    page.goto("/me/")  # a member of one association is led to the rating there
    return urlsplit(page.url).path


def press(page: Page, button: str) -> str:
    """Press a button; what the page says after it, without scrolling sideways on a telephone."""
    with page.expect_navigation():
        page.click(button)
    assert page.locator("main .errsum").all_inner_texts() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    return page.inner_text("main")

"""What people do with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.house import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


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

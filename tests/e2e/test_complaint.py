"""A complaint from the public, by hand from the form to the compensation: complainant, clerk, member, decider.

Every page is walked in a browser, the member's as wide as a telephone; nothing is done behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from config.demo.cast import name_of
from tests.associations.evidence.samples import png
from tests.e2e.pages import CLERK
from tests.e2e.steps import fill, on_a_telephone, press, step

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
DECIDER, FIRM = "decider@city.demo", "firm@city.demo"
AMOUNT = "128.00"


def test_from_a_complaint_to_compensation(as_, visitor, complaints):
    clerk, decider, member = as_(CLERK), as_(DECIDER), as_(FIRM)
    number, code = complain(visitor)
    file = find(clerk)
    step(clerk, file, "acknowledge", on=today())
    step(clerk, file, "accept", on=today())

    mine = on_a_telephone(member)
    answer(member, mine, "赠品不单独退，愿意协商。", "#answer button.pri")
    step(clerk, file, "mediate", on=today())
    step(clerk, file, "propose", terms="退还货款128元。", amount=AMOUNT, due_on=today())

    follow(visitor, number, code)
    assert "退还货款128元" in visitor.inner_text("#proposal")
    press(visitor, "#proposal button[value=yes]")
    answer(member, mine, "同意，请先行赔付。", "#answer button[value=yes]")

    step(decider, file, "advance", amount=AMOUNT, proof="转账 1 号")
    step(decider, file, "recover", amount=AMOUNT, proof="回单 2 号")
    step(clerk, file, "perform", proof="已归还垫付款")
    step(clerk, file, "close", note="已先行赔付，会员已归还。")
    decider.goto("/a/city/complaints/register/")
    entries = decider.locator("main table tbody tr").all_inner_texts()
    assert sum(AMOUNT in entry for entry in entries) == 2  # paid in advance, and paid back

    follow(visitor, number, code)
    visitor.check("#satisfied [value=satisfied]")
    told = press(visitor, "#satisfied button")
    assert ["已先行赔付" in told, visitor.locator("#satisfied").count()] == [True, 0]
    assert complaints == []


def today() -> str:
    return timezone.localdate().isoformat()


def complain(page: Page) -> tuple[str, str]:
    """Send the form; the browser does the sum that keeps machines out. What the page gives to follow it with."""
    page.goto("/complaints/new/")
    fill(
        page, association="city", about=name_of("answering", "city"), topic="after_sales",
        facts="收到的茶具有裂纹，商家以赠品已拆封为由拒绝退货。", amount=AMOUNT, wish="退款", person="消费者",
        contact="consumer@complaints.demo",
    )  # fmt: skip
    page.set_input_files(
        "main [name=evidence]", {"name": "裂纹.png", "mimeType": "image/png", "buffer": png()}
    )
    press(page, "main form[data-proof] button[type=submit]")
    number, code = page.locator("#keep .code").all_inner_texts()
    return number, code


def find(page: Page) -> str:
    """The file of the newest complaint about the member."""
    page.goto("/a/city/complaints/")
    row = page.locator("main tbody tr", has_text=name_of("answering", "city")).first
    return row.locator("a[href*='/complaints/']").first.get_attribute("href")


def follow(page: Page, number: str, code: str) -> None:
    page.goto("/complaints/status/")
    fill(page, number=number, code=code)
    press(page, "main form button[type=submit]")


def answer(page: Page, mine: str, words: str, button: str) -> None:
    """The member says something on its telephone."""
    page.goto(f"{mine}complaints/")
    page.click("#about a")
    page.fill("#answer textarea", words)
    press(page, button)

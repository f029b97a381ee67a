"""Cases in a real browser: a statement and a hearing asked for, a bar for life, a reversal on appeal, a repair.

By hand is what people do on the days of the test, the member's pages as wide as a telephone. What must lie weeks
back, so that a time for defence or a least term is over, goes through the services before (`before`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from config.demo.cast import name_of
from tests.associations.evidence.samples import png
from tests.e2e.house import eventually
from tests.e2e.steps import fill, on_a_telephone, press, shown, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.house import House

pytestmark = pytest.mark.browser
WORDS = "事实清楚，证据充分。"
LIFE = 6
NAMES = ["评议委员甲", "评议委员乙", "评议委员丙"]


def before(register: House, call: str) -> list[str]:
    """Let something go before; the words it gives."""
    told = register.manage(
        "shell", "--no-imports", "-c", f"from tests.e2e import before; print(before.{call})"
    )
    return told.split()


def test_a_member_answers_and_asks_to_be_heard(as_, complaints):
    """Of the case of the demonstration in which the notice has just been served."""
    member, decider = as_("firm@city.demo"), as_("decider@city.demo")
    mine = on_a_telephone(member)
    member.goto(f"{mine}notices/")
    (case, *_older) = re.findall(r"/notices/([\w-]{22})/", member.content())
    open_letter(member, mine, case, "notice")
    with member.expect_download() as paper:
        member.click("main a[download]")
    assert paper.value.path().read_bytes()[:5] == b"%PDF-"

    member.goto(f"{mine}notices/{case}/statement/")
    fill(member, text="已下架相关商品，请求从轻处理。", hearing=True)
    member.set_input_files(
        "main [name=evidence]", {"name": "下架.png", "mimeType": "image/png", "buffer": png()}
    )
    press(member, "main form .btns button")
    assert "下架.png" in member.inner_text("main")

    held_on = timezone.localdate() + timedelta(days=8)
    file = f"/a/city/cases/{case}/"
    decider.goto(f"{file}hearing-notice/")
    decider.select_option("main [name=chair]", label=NAMES[0])
    step_here(decider, held_on=held_on.isoformat(), place="三楼会议室", method="EMS", proof="3 号")
    assert "三楼会议室" in open_letter(member, mine, case, "call")
    assert complaints == []


def test_a_bar_for_life(as_, visitor, register, complaints):
    """From the hearing to the register of bars; lead, investigation, notice and statement went before."""
    (case,) = before(register, "hearing_called('province')")
    file = f"/a/province/cases/{case}/"
    judge_for_life(lambda word: as_(f"{word}@province.demo"), file)

    clerk, member = as_("clerk@province.demo"), as_("firm@province.demo")
    step(clerk, file, "service", method="EMS", proof="4 号", told_of_publication=True)
    mine = on_a_telephone(member)
    assert WORDS in open_letter(member, mine, case, "decision")
    appeal(member, mine, case)
    for number in (6, 7):
        step(as_(f"reviewer{number}@province.demo"), file, "review", outcome="uphold", reasons=WORDS)
    step(clerk, file, "performance", performed=1, note="会员资格已注销。")
    step(clerk, file, "close", note="归档。")

    clerk.goto(file)
    press(clerk, "#documents form[action$='/decision/'] button")
    code = clerk.locator("#documents a[href^='/verify/']").first.get_attribute("href")
    visitor.goto(code)
    assert visitor.locator("main .say.ok").count() == 1
    name = name_of("firm", "province")
    shown(visitor, "/bars/", name)
    visitor.get_by_role("link", name=name).first.click()
    assert name in visitor.inner_text("main header")
    assert complaints == []


def test_a_decision_falls_on_appeal(as_, visitor, register, complaints):
    """Public, appealed against on a telephone, set aside by two others, and public no more; opening what was decided
    hands it over, for the member has agreed to that.
    """
    case, decision = before(register, "decided('park')")
    name, page = name_of("firm", "park"), f"/decisions/{decision}/"
    shown(visitor, page, name)
    member = as_("firm@park.demo")
    mine = on_a_telephone(member)
    open_letter(member, mine, case, "decision")
    appeal(member, mine, case)
    gone(visitor, page)
    for number in (6, 7):
        file = f"/a/park/cases/{case}/"
        step(as_(f"reviewer{number}@park.demo"), file, "review", outcome="allow", reasons="证据不足。")
    member.goto(f"{mine}data/")
    press(member, "main form:has([value=deliver]) button[value=yes]")
    assert "证据不足" in open_letter(member, mine, case, "appeal")
    clerk = as_("clerk@park.demo")
    clerk.goto(file)
    assert "复核决定已送达" in clerk.inner_text("main")
    gone(visitor, page)
    complaints[:] = [
        said for said in complaints if page not in said
    ]  # a page that is gone is one to the browser
    assert complaints == []


def test_a_record_is_repaired(as_, visitor, register, complaints):
    """A serious record, public for more than a year: applied for on a telephone, granted, and public no more."""
    (decision,) = before(register, "recorded('park')")
    page = f"/decisions/{decision}/"
    shown(visitor, page, name_of("firm", "park"))
    member, reviewer = as_("firm@park.demo"), as_("reviewer7@park.demo")
    mine = on_a_telephone(member)
    member.goto(f"{mine}remedies/")
    member.click("main a[href*='/remedies/repair/']")
    fill(member, performed="已退还差价。", undertaking="不再使用无依据的价格比较。", publicly=True)
    press(member, "main form .btns button")

    reviewer.goto("/a/park/remedies/?view=repairs")
    reviewer.click("main tbody th a")
    fill(reviewer, is_performed=True, has_undertaken=True, else_met=True, reasons="凭证已核对。")
    press(reviewer, "main form:has([name=reasons]) .btns button")
    gone(visitor, page)
    member.goto(f"{mine}remedies/")
    assert "凭证已核对" in member.inner_text("main")
    complaints[:] = [said for said in complaints if page not in said]
    assert complaints == []


def judge_for_life(as_: Callable[[str], Page], file: str) -> None:
    """Hearing, panel with one replaced, votes, the board, two approvals, the decision: eight people."""
    decider, admin = as_("decider"), as_("admin")
    step(as_("reviewer1"), file, "minutes", attended=True, text="会员代表到场，承认未核验证书原件。")
    decider.goto(f"{file}panel/")
    for name in NAMES:
        decider.locator("main fieldset").get_by_label(name).check()
    decider.select_option("main [name=chair]", label=NAMES[0])
    step_here(decider, on=timezone.localdate().isoformat())
    third = as_("reviewer3")
    third.goto(f"{file}recusal/")
    third.select_option("main [name=member]", label=NAMES[2])
    step_here(third, reason="与供货方有合同关系。")
    decider.goto(f"{file}replacement/")
    decider.select_option("main [name=recused]", label=NAMES[2])
    decider.select_option("main [name=member]", label="评议委员丁")
    step_here(decider, on=timezone.localdate().isoformat())
    for number in (1, 2, 4):
        step(as_(f"reviewer{number}"), file, "vote", in_favour=1, measure=LIFE, reasons=WORDS)
    step(admin, file, "board", measure=LIFE, due=15, present=12, in_favour=11, record="理事会纪要 2 号")
    for who in (admin, as_("reviewer5")):
        step(who, file, "approval", ground="两次再犯，较轻措施不足以防止。")
    step(decider, file, "decision", measure=LIFE, severity=4, reasons=WORDS, departure="致人受伤。")


def step_here(page: Page, **told: object) -> None:
    """Fill in the rest of the form of a step, and send it."""
    fill(page, **told)
    press(page, f"main form:has([name={next(iter(told))}]) .btns button[type=submit]")


def open_letter(page: Page, mine: str, case: str, letter: str) -> str:
    """Open a letter on the telephone; what it says."""
    page.goto(f"{mine}notices/{case}/letters/{letter}/")
    return press(page, "main form button.wide")


def appeal(page: Page, mine: str, case: str) -> None:
    page.goto(f"{mine}notices/{case}/appeal/")
    fill(page, grounds="处理过重，请求复核。")
    press(page, "main form .btns button")


def gone(page: Page, address: str) -> None:
    """Wait until the public finds nothing there any more."""
    eventually(lambda: page.goto(address).status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}, 120, every=1)

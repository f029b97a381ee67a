"""The main job of the house, by hand and in a real browser: from a clerk's file to what the public reads.

Nothing is called but pages: the worker and the timetable that run beside the web server rate, list and publish.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.e2e import paper
from tests.e2e.paper import CODES, EXPELLED, MONTHS, WARNED
from tests.e2e.steps import confirm, fill, send, shown, step, upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

REAL = Path(__file__).parents[1] / "core" / "paperwork" / "files"
CLERK, DECIDER = "clerk@city.demo", "decider@city.demo"
PANEL = [f"reviewer{n}@city.demo" for n in (1, 2, 3)]
SEATED = ["评议委员甲", "评议委员乙", "评议委员丙"]
PR02, ALLEGED = "PR02", "直播间以从未成交的价格作“原价”比较。"
WARNING, EXPULSION = 2, 5
GENERAL, SERIOUS = 2, 3
LICENCE, DISPLAY, CONTACT = 2, 3, 4
OPERATOR = 3
ACT, OPENED, NOTICED, WAIVED, SEATED_ON, VOTED, DECIDED, SERVED = (
    (timezone.localdate() - timedelta(days=ago)).isoformat() for ago in (30, 14, 12, 9, 7, 5, 3, 0)
)
"""The notice is served before the day of the decision, or the decision lacks it."""


def test_from_a_file_to_what_the_public_reads(as_, visitor, roster, tmp_path, complaints):
    clerk = as_(CLERK)
    bring_in(clerk, roster, taken="3 / 4", refused="1 / 4")
    bring_in(clerk, REAL / "会员名册.xlsx", taken="164 / 182", refused="16 / 182")
    bring_in(clerk, paper.figures(tmp_path / "平台月报.jsonl"), taken="24 / 24", refused="0 / 24")
    files = {name: file_of(clerk, name) for name in CODES}
    for item in (LICENCE, DISPLAY, CONTACT):
        enter_check(clerk, files[WARNED], item)
    before = score(clerk, files[WARNED], facts=1 + MONTHS + 3)

    number = judge(as_, CODES[WARNED], measure=WARNING, severity=GENERAL)
    after = score(clerk, files[WARNED], facts=1 + MONTHS + 3 + 1)
    assert after < before
    assert PR02 in clerk.inner_text("#lines table")
    the_public_reads_it(visitor, public_page(files[WARNED]), number, after)
    it_is_found_however_it_is_typed(visitor)

    judge(as_, CODES[EXPELLED], measure=EXPULSION, severity=SERIOUS)
    the_bar_is_listed(visitor)
    whoever_is_barred_and_applies_elsewhere_is_a_question(as_("clerk@province.demo"))
    assert complaints == []


# --- the association's side ---


def bring_in(page: Page, file: Path, *, taken: str, refused: str) -> None:
    """Preview a file, see that nothing has changed so far, confirm, and see the same come true."""
    assert counts(upload(page, "city", file)) == (taken, refused)
    assert counts(confirm(page)) == (taken, refused)


def counts(text: str) -> tuple[str, str]:
    """How many rows of the file are taken in and how many refused, as the page of an import says it."""
    shares = re.findall(r"\d+ / \d+", text)
    return shares[0], shares[3]


def file_of(page: Page, name: str) -> str:
    """Find a member in the list by name; the address of the file."""
    page.goto(f"/a/city/members/?q={name}")
    return page.get_by_role("link", name=name, exact=True).get_attribute("href")


def enter_check(page: Page, file: str, item: int) -> None:
    page.goto(file)
    page.click("#checks summary")
    fill(page, item=item, passed="yes", evidence="执照复印件")
    send(page, "item")


def score(page: Page, file: str, *, facts: int) -> Decimal:
    """What the console's page of the rating says once a worker has taken in so many facts."""
    ratings = file.replace("/members/", "/ratings/")
    shown(page, ratings, f"{facts} 项事实", at="#proof")
    return Decimal(page.inner_text("main .plate .big"))


def judge(as_: Callable[[str], Page], member: str, *, measure: int, severity: int) -> str:
    """Walk a case from its opening to the service of the decision, everybody in their own browser; its number."""
    clerk, decider = as_(CLERK), as_(DECIDER)
    clerk.goto("/a/city/cases/new/")
    fill(clerk, member=member, severity=severity, occurred_on=ACT, opened_on=OPENED, allegation=ALLEGED)
    clerk.select_option("main [name=code]", label=entry(clerk))
    send(clerk, "member")
    case = urlsplit(clerk.url).path

    step(clerk, case, "report", on=OPENED, findings=ALLEGED)
    step(clerk, case, "notice", served_on=NOTICED, measure=measure, text=ALLEGED, method="EMS", proof="1 号")
    step(clerk, case, "waiver", received_on=WAIVED, text="会员书面放弃陈述申辩，原件存档。")
    decider.goto(f"{case}panel/")
    for name in SEATED:
        decider.locator("main fieldset").get_by_label(name).check()
    decider.select_option("main [name=chair]", label=SEATED[0])
    fill(decider, on=SEATED_ON)
    send(decider, "on")
    for mail in PANEL:
        step(as_(mail), case, "vote", on=VOTED, in_favour=1, measure=measure)
    if measure == EXPULSION:
        told = {"measure": measure, "due": 15, "present": 12, "in_favour": 10, "record": "理事会纪要 1 号"}
        step(clerk, case, "board", held_on=VOTED, **told)
    step(
        decider,
        case,
        "decision",
        on=DECIDED,
        measure=measure,
        reasons="事实清楚，证据充分。",
        departure="情节特殊。",
    )
    step(clerk, case, "service", served_on=SERVED, method="EMS", proof="2 号", told_of_publication=True)
    return clerk.inner_text("#decision h2 .mute")


def entry(page: Page) -> str:
    """The catalogue entry as the form offers it."""
    return next(
        text for text in page.locator("main [name=code] option").all_inner_texts() if text.startswith(PR02)
    )


# --- the public's side ---


def public_page(file: str) -> str:
    """A rating has the public id of its membership."""
    return file.replace("/a/city/members/", "/ratings/")


def the_public_reads_it(page: Page, rating: str, number: str, score: Decimal) -> None:
    """The page says the same score in both languages, and the line leads to the decision."""
    assert WARNED in shown(page, rating, number)
    assert Decimal(page.inner_text("main .plate .big")) == score
    page.get_by_role("link", name=number).first.click()
    assert (WARNED in page.inner_text("main"), number in page.inner_text("main")) == (True, True)
    page.goto(f"/en{rating}")
    english = page.inner_text("main")
    assert ["Why" in english or "Main reasons" in english, WARNED in english, number in english] == [True] * 3
    assert Decimal(page.inner_text("main .plate .big")) == score


def it_is_found_however_it_is_typed(page: Page) -> None:
    for typed in ("砚鹭", "yanlu", "yldzsw", "硯鷺電子商務", CODES[WARNED], fullwidth(CODES[WARNED])):
        page.goto("/")
        page.fill("#q", typed)
        page.press("#q", "Enter")
        page.wait_for_url("**/?q=*")
        found = page.locator("main tbody th a").all_inner_texts()
        assert (typed, WARNED in found) == (typed, True)


def fullwidth(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) for each in text)


def the_bar_is_listed(page: Page) -> None:
    shown(page, "/bars/", EXPELLED)
    page.get_by_role("link", name=EXPELLED).click()
    assert CODES[EXPELLED] in page.inner_text("main header")
    bar = urlsplit(page.url).path
    assert page.goto(f"/en{bar}").status == 200
    assert "restricts nobody from any occupation" in page.inner_text("main")
    page.goto(f"/?q={CODES[EXPELLED]}")
    assert page.locator(f"main #bars a[href='{bar}']").count() == 1


def whoever_is_barred_and_applies_elsewhere_is_a_question(clerk: Page) -> None:
    """The other association is asked, under another name too; it is not told no."""
    clerk.goto("/a/province/members/applications/")
    fill(clerk, category=OPERATOR, name="云岚省新苔贸易有限公司", identifier=CODES[EXPELLED])
    send(clerk, "identifier")
    asked = [row.split("\t")[:2] for row in clerk.locator("#questions tbody tr").all_inner_texts()]
    # The one firm of the register, with both names: its code is equal, and the name it was barred under.
    assert asked == [["统一社会信用代码", "临澜市直播电商协会"], ["名称", "临澜市直播电商协会"]]
    assert clerk.locator("#questions .tag.warn").count() == len(asked)
    assert clerk.locator("main .rail a[href$='/accept/']").count() == 0

"""What went before: run inside the running register, through the services, on days that lie back.

A browser cannot wait ten working days for a statement. What is done here on earlier days is done there by hand in
another story; every function gives what the test goes on with.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.conduct.catalogue import by_code
from associations.discipline import services
from associations.discipline.models import Decision
from associations.discipline.states import Step
from associations.members.models import Membership
from associations.registry.selectors import association_by_slug
from associations.tenancy import scope
from config.demo import days
from config.demo.cases import Walk, walk
from config.demo.cast import name_of
from config.demo.hands import Hand
from config.demo.sanctions import Found, record
from config.demo.tenants import TENANTS
from core.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ACT, LEAD, FILED, REPORTED, NOTICED, ASKED, STATED, CALLED, HELD = 70, 60, 55, 50, 48, 45, 40, 38, 30
NUMBER = "汐园纪〔往〕1号"


def hand_of(slug: str) -> Hand:
    """The officers of an association of the demonstration."""
    people = {
        user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith=f"@{slug}.demo")
    }
    return Hand(
        tenant=next(each for each in TENANTS if each.slug == slug),
        association=association_by_slug(slug),
        clerk=people["clerk"],
        reviewers=[people[f"reviewer{n}"] for n in range(1, 8)],
        decider=people["decider"],
        admin=people["admin"],
    )


def hearing_called(slug: str) -> str:
    """A lead, filed and investigated; the member told, and heard in writing; the hearing asked for and announced."""
    hand, today = hand_of(slug), timezone.localdate()
    clerk, entry = hand.clerk, by_code("GD01")
    assert entry is not None

    def ago(number: int) -> date:
        return today - timedelta(days=number)

    with scope.of(hand.association):
        case = services.open_lead(
            membership=Membership.objects.get(name=name_of("firm", slug)),
            code=entry.number,
            allegation="直播销售无强制性认证的电热毯。",
            occurred_on=ago(ACT),
            opened_on=ago(LEAD),
            by=clerk,
        )
        steps: list[tuple[int, Callable[[], object]]] = [
            (FILED, lambda: services.file_case(case=case, investigator=clerk, by=clerk)),
            (REPORTED, lambda: services.report(case=case, findings="三个批次均无认证。", by=clerk)),
            (
                NOTICED,
                lambda: services.serve_notice(
                    case=case, text="拟终身禁入。", measure=6, method="EMS", proof="1 号", by=clerk
                ),
            ),
            (ASKED, lambda: services.ask_hearing(case=case, by=clerk)),
            (STATED, lambda: services.take_statement(case=case, text="责任在供货方。", by=clerk)),
            (
                CALLED,
                lambda: services.call_hearing(
                    case=case, held_on=ago(HELD), place="三楼", chair=hand.reviewers[0], method="EMS", proof="2 号",
                    by=hand.decider,
                ),
            ),
        ]  # fmt: skip
        for number, act in steps:
            with days.on(ago(number)):
                act()
    return case.public_id


def decided(slug: str) -> str:
    """A serious decision, handed over five days ago."""
    hand, today = hand_of(slug), timezone.localdate()
    with scope.of(hand.association):
        member = Membership.objects.get(name=name_of("firm", slug))
        case = walk(hand, member, Walk("PR02", 3, 3, 48, Step.SERVE_DECISION), today)
        return f"{case.public_id} {case.decision.public_id}"


def recorded(slug: str) -> str:
    """A serious record of more than a year ago, brought in from paper."""
    hand, today = hand_of(slug), timezone.localdate()
    entry = by_code("PR02")
    assert entry is not None
    name = name_of("firm", slug)
    with scope.of(hand.association):
        found = Found(entry, 3, name, today - timedelta(days=400))
        record(hand, [(NUMBER, found)], {name: Membership.objects.get(name=name)}, 7)
        return Decision.objects.get(number=NUMBER).public_id

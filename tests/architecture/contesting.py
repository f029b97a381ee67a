"""The world's remedies, and the questions associations ask each other about bars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.conduct import checking
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.services.past import record_past_decision
from associations.members import services as members
from associations.members.models import Membership
from associations.members.states import Category, Item
from associations.remedies import services as remedies
from associations.remedies.services.repairing import Findings
from associations.remedies.states import Thing
from associations.tenancy import scope
from core.accounts.states import Role
from credit.blacklist import services as bars
from credit.blacklist.models import Inquiry
from tests.cast import appoint, firm, user

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.architecture.world import Side


def remedies_of(side: Side, guest: Membership, paper: Callable[..., dict[str, object]]) -> None:
    """About a record an objection, a repair and an own statement, and a correction of a check, all open; and a repair
    that was decided, with its letter. In the scope.
    """
    by, secret, today = side.house.clerk, side.secret, timezone.localdate()
    days = {"decided_on": today - timedelta(days=120), "notice_served_on": today - timedelta(days=170)}
    record_past_decision(by=by, **paper(guest, f"{side.shown}决3", measure=3, **days))
    checking.check_item(membership=guest, item=Item.CONTACT, passed=True, checked_on=today, by=by)
    record = Fact.objects.get(membership=guest, kind=FactKind.VIOLATION)
    check = Fact.objects.get(membership=guest, kind=FactKind.CHECK)
    about = {"membership": guest, "thing": Thing.FACT, "ref": record.public_id, "by": by}
    told = {"performed": f"{secret}已改正", "undertaking": f"{side.shown}承诺"}
    things = side.things
    decided = remedies.ask_repair(membership=guest, ref=record.public_id, **told, by=by)
    findings = Findings(is_performed=False, has_undertaken=True, else_met=True)
    remedies.decide_repair(repair=decided, findings=findings, reasons=f"{secret}理由", by=side.house.reviewer)
    remedies.issue_letter(repair=decided, by=by)
    things["decided repair"] = decided.public_id
    things["objection"] = remedies.object_to(**about, text=f"{secret}异议").public_id
    things["statement"] = remedies.speak(**about, text=f"{secret}说明").public_id
    things["repair"] = remedies.ask_repair(membership=guest, ref=record.public_id, **told, by=by).public_id
    things["correction"] = remedies.correct(
        membership=guest, ref=check.public_id, why=f"{secret}更正", by=by
    ).public_id


def ask_each_other(sides: list[Side]) -> None:
    """Each asks about the other's bar, of which it was told by the screening of an applicant. Who asks and what is
    asked is told to the other by design, so neither bears a canary.
    """
    for side, other in (sides, reversed(sides)):
        house, secret = side.house, side.secret
        with scope.of(other.house.association):
            barred = Membership.objects.get(state="expelled")
        asking = firm(0, f"{secret}另问有限公司")
        asking = type(asking)(asking.kind, asking.name, barred.code)
        asker = user(f"asks-{side.slug}", "询问员")
        appoint(house.association, asker, Role.CLERK)
        with scope.of(house.association):
            members.apply_to_join(identity=asking, category=Category.OPERATOR, by=house.clerk)
            bars.ask(bar_public_id=other.things["bar"], question="是否同一主体？", by=asker)
        with scope.of(other.house.association):
            other.things["inquiry"] = Inquiry.objects.get().public_id

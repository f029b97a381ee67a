"""Repair: the four conditions, the calculator, who decides, what ends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.remedies import rules, selectors, services
from associations.remedies.models import Repair
from associations.remedies.services.repairing import Findings
from associations.remedies.terms import repair_from
from core.verdicts import Denied
from tests.associations.remedies.conftest import TODAY, past, record_of

pytestmark = pytest.mark.usefixtures("inside")
MET = Findings(is_performed=True, has_undertaken=True, else_met=True)


def ask(member, by, **more):
    told = {"ref": record_of(member).public_id, "performed": "已下架并退款", "undertaking": "不再虚构销量"}
    return services.ask_repair(membership=member, **told | more, by=by)


def decide(repair, by, findings=MET):
    return services.decide_repair(repair=repair, findings=findings, reasons="四项条件均已核实", by=by)


@pytest.mark.parametrize(
    ("decided_on", "severity", "first"),
    [
        (date(2026, 3, 15), 2, date(2026, 6, 15)),
        (date(2025, 11, 30), 2, date(2026, 3, 1)),  # February has no thirtieth
        (date(2025, 6, 15), 3, date(2026, 6, 15)),
        (date(2024, 2, 29), 4, date(2025, 3, 1)),
        (date(2026, 1, 1), 1, None),
    ],
)
def test_the_calculator(decided_on, severity, first):
    assert repair_from(decided_on, severity) == first


@pytest.mark.parametrize(("days", "severity", "allowed"), [
    (91, 2, False), (92, 2, True), (364, 3, False), (365, 3, True), (365, 4, True), (500, 1, False),
])  # fmt: skip
def test_not_before_the_least_term(city, operator, operator_user, days, severity, allowed):  # noqa: PLR0917
    past(city, operator, severity=severity, decided_on=TODAY - timedelta(days=days),
         notice_served_on=TODAY - timedelta(days=days + 40))  # fmt: skip
    assert bool(rules.may_ask_repair(operator_user, operator, record_of(operator))) is allowed


def test_the_desk_is_told_from_which_day(city, operator):
    past(city, operator, severity=3)
    (told,) = selectors.repairable(operator)
    assert (told.from_on, told.days) == (date(2027, 2, 15), 245)


@pytest.mark.parametrize(("performed", "undertaken", "other"), list(product([True, False], repeat=3)))
def test_granted_only_if_all_four_are_met(city, operator, operator_user, performed, undertaken, other):  # noqa: PLR0917
    past(city, operator)
    findings = Findings(is_performed=performed, has_undertaken=undertaken, else_met=other)
    repair = decide(ask(operator, operator_user), city.reviewer, findings)
    granted = performed and undertaken and other
    assert (repair.state, repair.term_over) == ("granted" if granted else "refused", True)
    assert Fact.objects.filter(kind=FactKind.REPAIR, ref=record_of(operator)).count() == int(granted)


@pytest.mark.parametrize("missing", ["term_over", "is_performed", "has_undertaken", "else_met"])
@pytest.mark.parametrize("value", [False, None])
def test_the_table_grants_on_four_conditions_only(city, operator, operator_user, missing, value):
    past(city, operator)
    ask(operator, operator_user)
    whole = dict.fromkeys(["term_over", "is_performed", "has_undertaken", "else_met"], True)
    told = {"state": "granted", "reasons": "…", "answered_at": timezone.now(), "answered_by": city.reviewer}
    with pytest.raises(IntegrityError, match="four_conditions"), transaction.atomic():
        Repair.objects.update(**told | whole | {missing: value})
    Repair.objects.update(**told | whole)


def test_ten_working_days_and_both_texts(city, operator, operator_user):
    past(city, operator)
    repair = ask(operator, operator_user)
    assert repair.answer_by == date(2026, 6, 30)
    for blank in ({"performed": " "}, {"undertaking": ""}):
        services.withdraw(remedy=Repair.objects.get(state="asked"), by=operator_user)
        with pytest.raises(Denied):
            ask(operator, operator_user, **blank)
        ask(operator, operator_user)


def test_who_sat_on_the_panel_does_not_decide(city, operator, operator_user):
    past(city, operator)
    repair = ask(operator, operator_user)
    Repair.objects.update(involved=[city.reviewer.pk])
    repair.refresh_from_db()
    assert not rules.may_decide_repair(city.reviewer, repair)
    assert rules.may_decide_repair(city.reviewers[1], repair)
    assert not rules.may_decide_repair(city.decider, repair)
    told = {"state": "refused", "reasons": "…", "answered_at": timezone.now()}
    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        Repair.objects.update(**told, answered_by=city.reviewer)


def test_not_while_a_bar_of_the_same_decision_stands(city, operator, operator_user):
    past(city, operator, measure=5, severity=3, decided_on=TODAY - timedelta(days=400),
         notice_served_on=TODAY - timedelta(days=450))  # fmt: skip
    verdict = rules.may_ask_repair(operator_user, operator, record_of(operator))
    assert "still in force" in str(verdict.reason)


def test_not_while_an_appeal_stays_it(city, operator, operator_user):
    past(city, operator)
    record(membership=operator, kind=FactKind.STAY, occurred_on=TODAY, ref=record_of(operator), source="decision",
           key="stay")  # fmt: skip
    verdict = rules.may_ask_repair(operator_user, operator, record_of(operator))
    assert "appeal" in str(verdict.reason)


def test_once_at_a_time_and_never_again_once_granted(city, operator, operator_user):
    past(city, operator)
    repair = ask(operator, operator_user)
    with pytest.raises(Denied, match="already"):
        ask(operator, operator_user)
    decide(repair, city.reviewer)
    with pytest.raises(Denied, match="no longer counts"):
        ask(operator, operator_user)
    assert selectors.repairable(operator) == []


def test_the_decision_is_put_on_paper_once_by_a_clerk(city, operator, operator_user):
    past(city, operator)
    repair = ask(operator, operator_user)
    assert not rules.may_issue(city.clerk, repair)
    repair = decide(repair, city.reviewer)
    assert [bool(rules.may_issue(who, repair)) for who in (city.clerk, city.reviewer, None)] == [
        True,
        False,
        False,
    ]
    document = services.issue_letter(repair=repair, by=city.clerk)
    assert selectors.letter_of(repair) == document
    (row,) = selectors.of_member(operator)["repairs"]
    assert row.has_letter
    with pytest.raises(Denied, match="Withdraw it"):
        services.issue_letter(repair=repair, by=city.clerk)

"""What credit is told about a decision, and what the lists ask."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from associations.discipline.models import Decision
from associations.discipline.selectors import (
    cases,
    counting_decisions,
    decision_for_publication,
    decisions_changed_since,
    decisions_for_publication,
    due_of,
    waiting,
)
from associations.discipline.services import take_effect
from associations.discipline.states import Measure
from associations.tenancy import scope
from tests.associations.discipline.conftest import (
    ACT,
    APPEAL,
    DECIDED,
    DUE,
    NOTICED,
    SERVED,
    TODAY,
    Walk,
)  # fmt: skip


def test_everything_the_gate_asks(walk, django_assert_num_queries):
    walk.to("served")
    public_id = Decision.objects.get().public_id
    with django_assert_num_queries(1):
        row = decision_for_publication(public_id)
    member = walk.membership
    assert (row.public_id, row.membership_public_id, row.is_person, row.name) == (
        public_id, member.public_id, False, member.name,
    )  # fmt: skip
    assert (row.charter_version, row.charter_article) == ("2020", "第二十二条")
    assert (row.notice_served_on, row.notice_proof) == (NOTICED, "签收单 1 号")
    assert (row.statement, row.statement_due_on, row.defence_window_over) == ("submitted", DUE, True)
    assert (row.quorum_numerator, row.quorum_of, row.members_due, row.members_present, row.votes_in_favour) == (
        2, 3, 3, 3, 3,
    )  # fmt: skip
    assert (row.severity, row.measure, row.occurred_on, row.decided_on) == (3, Measure.WARNING, ACT, DECIDED)
    assert (row.ends_on, row.served_on, row.told_of_publication, row.appeal_until) == (
        date(2029, 5, 11), SERVED, True, APPEAL,
    )  # fmt: skip
    assert (row.catalogue_code, row.catalogue_name, row.facts, row.basis[:3]) == (
        "PR02", "价格欺诈（虚构原价、虚假优惠）", "事实成立", "价格法",
    )  # fmt: skip
    assert (row.imported, row.counts, row.lacks, row.reversed_on, row.in_force) == (
        False,
        True,
        (),
        None,
        True,
    )


def test_a_decision_is_in_force_from_service_until_reversal(walk):
    walk.to("decided")
    public_id = Decision.objects.get().public_id
    assert (decision_for_publication(public_id).in_force, counting_decisions(walk.case.association_id)) == (
        False,
        [],
    )
    walk.serve()
    assert [row.public_id for row in counting_decisions(walk.case.association_id)] == [public_id]
    walk.reverse()
    row = decision_for_publication(public_id)
    assert (row.reversed_on, row.in_force, counting_decisions(walk.case.association_id)) == (TODAY, False, [])


def test_another_associations_decision_is_not_told(city, province, operator):
    with scope.of(city.association):
        Walk(city, operator).to("served")
        public_id = Decision.objects.get().public_id
        assert decision_for_publication(public_id).public_id == public_id
    with scope.of(province.association):
        assert (decision_for_publication(public_id), counting_decisions(city.association.pk)) == (None, [])
    with scope.across_associations(why="the test asks as credit does"):
        assert [row.public_id for row in counting_decisions(city.association.pk)] == [public_id]


def test_changes_are_found_by_their_steps(walk):
    with time_machine.travel(datetime(2026, 6, 15, 3, tzinfo=UTC), tick=False):
        walk.to("served")
    public_id = Decision.objects.get().public_id
    before, after = datetime(2026, 6, 15, 2, 59, tzinfo=UTC), datetime(2026, 6, 15, 3, tzinfo=UTC)
    assert decisions_changed_since(before) == [public_id]
    assert decisions_changed_since(after) == []
    with time_machine.travel(datetime(2026, 6, 16, 3, tzinfo=UTC), tick=False):
        walk.reverse()
    assert decisions_changed_since(after) == [public_id]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(walk, count, django_assert_num_queries):
    for _ in range(count):
        walk.to("served")
    public_ids = list(Decision.objects.values_list("public_id", flat=True))
    with django_assert_num_queries(1):
        assert len(decisions_for_publication(public_ids)) == count
    with django_assert_num_queries(1):
        assert [case.decision.service.served_on for case in cases()] == [SERVED] * count


@pytest.mark.parametrize(
    ("stage", "today", "on", "remaining"),
    [
        ("filed", date(2026, 5, 29), date(2026, 7, 19), 34),
        ("noticed", date(2026, 5, 8), DUE, 1),
        ("noticed", date(2026, 5, 12), DUE, -2),
        ("reported", date(2026, 5, 29), date(2026, 7, 19), 34),
        ("heard", date(2026, 7, 21), date(2026, 7, 19), -2),
        ("decided", date(2026, 5, 18), date(2026, 5, 19), 1),
        ("served", date(2026, 6, 3), APPEAL, 0),
    ],
)
def test_clocks(walk, stage, today, on, remaining):
    walk.to(stage)
    due = due_of(cases().get(), today=today)
    assert (due.on, due.remaining) == (on, remaining)


def test_a_clock_beyond_the_calendar_tells_the_day_only(walk):
    walk.open(opened_on=date(2026, 6, 15))
    due = due_of(cases().get(), today=date(2027, 2, 1))
    assert (due.on, due.remaining) == (date(2026, 9, 13), None)


def test_no_clock_runs_where_nothing_is_waited_for(walk):
    walk.to("decided")
    assert waiting() == 1
    walk.serve()
    assert (due_of(cases().get()), waiting()) == (None, 0)  # the appeal's end is nobody's delay
    take_effect()
    assert due_of(cases().get()).on == date(2026, 7, 15)
    walk.perform()
    walk.close()
    assert due_of(cases().get()) is None

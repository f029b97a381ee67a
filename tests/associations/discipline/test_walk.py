"""A case walks from its opening to its end, and back."""

from datetime import date

import pytest

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services
from associations.discipline.models import Case, CaseEvent, Decision
from associations.discipline.selectors import file_of, hold
from associations.discipline.states import CaseState, Measure, Step
from associations.members.models import Membership
from associations.tenancy import scope
from core.calendar.models import EnteredYear
from core.calendar.selectors import UnknownYear
from core.ledger.models import Entry
from core.ledger.services import first_broken
from tests.associations.discipline.conftest import (
    ACT,
    ANSWERED,
    APPEAL,
    DECIDED,
    DUE,
    NOTICED,
    OPENED,
    PR02,
    REPORTED,
    SEATED,
    SERVED,
    TODAY,
    VOTED,
)  # fmt: skip


def facts(membership):
    rows = Fact.objects.filter(membership=membership, source="decision").order_by("id")
    return [
        (FactKind(f.kind), f.code, f.severity, f.occurred_on, f.until_on, f.ref_id, f.source_ref, f.key)
        for f in rows
    ]


def test_a_case_walks_to_its_end(walk):
    walk.to("served")
    decision = Decision.objects.get()
    assert walk.state == CaseState.SERVED
    assert (decision.number, decision.decided_on, decision.measure, decision.severity) == (
        "决〔2026〕1号", DECIDED, Measure.WARNING, 3,
    )  # fmt: skip
    assert (decision.members_due, decision.members_present, decision.votes_in_favour) == (3, 3, 3)
    assert (decision.notice_served_on, decision.statement, decision.statement_due_on) == (
        NOTICED,
        "submitted",
        DUE,
    )
    assert (decision.charter_article, decision.lacks, decision.counts) == ("第二十二条", [], True)
    assert decision.ends_on == date(2029, 5, 11)
    assert decision.service.appeal_until == APPEAL
    assert services.take_effect(today=APPEAL) == 0
    assert services.take_effect(today=TODAY) == 1
    assert services.take_effect(today=TODAY) == 0
    walk.perform()
    walk.close()
    steps = CaseEvent.objects.order_by("id").values_list("step", "before", "after", "on")
    assert list(steps) == [
        (Step.OPEN, "", "filed", OPENED),
        (Step.REPORT, "filed", "reported", REPORTED),
        (Step.SERVE_NOTICE, "reported", "noticed", NOTICED),
        (Step.TAKE_STATEMENT, "noticed", "heard", ANSWERED),
        (Step.FORM_PANEL, "heard", "panel", SEATED),
        *[(Step.VOTE, "panel", "panel", VOTED)] * 3,
        (Step.DECIDE, "panel", "decided", DECIDED),
        (Step.SERVE_DECISION, "decided", "served", SERVED),
        (Step.TAKE_EFFECT, "served", "effective", TODAY),
        (Step.PERFORM, "effective", "enforced", TODAY),
        (Step.CLOSE, "enforced", "closed", TODAY),
    ]
    acts = Entry.objects.filter(thing="case").order_by("seq").values_list("act", flat=True)
    assert list(acts) == [
        "discipline.case.filed", "discipline.case.reported", "discipline.notice.served",
        "discipline.statement.received",
        "discipline.panel.formed", *["discipline.vote.cast"] * 3, "discipline.decision.made",
        "discipline.decision.served", "discipline.decision.effective", "discipline.performance.recorded",
        "discipline.case.closed",
    ]  # fmt: skip
    assert first_broken(association_id=walk.house.association.pk) is None


def test_the_violation_becomes_a_fact_when_the_decision_is_handed_over(walk):
    walk.to("decided")
    assert facts(walk.membership) == []
    walk.serve()
    public_id = Decision.objects.get().public_id
    key = f"decision:{public_id}"
    assert facts(walk.membership) == [(FactKind.VIOLATION, PR02, 3, DECIDED, None, None, public_id, key)]


def test_expulsion_ends_the_membership_and_bars_for_three_years(walk_person):
    walk_person.to("served")
    public_id = Decision.objects.get().public_id
    member = Membership.objects.get(pk=walk_person.membership.pk)
    assert (member.state, member.left_on) == ("expelled", SERVED)
    assert facts(member) == [
        (FactKind.VIOLATION, PR02, 3, DECIDED, None, None, public_id, f"decision:{public_id}"),
        (FactKind.BAN, 0, 0, DECIDED, date(2029, 5, 12), None, public_id, f"ban:{public_id}"),
    ]
    assert Decision.objects.get().ends_on == date(2029, 5, 12)


def test_a_bar_for_life_has_no_end(walk_person):
    walk_person.measure = Measure.LIFETIME_BAR
    walk_person.to("served")
    assert Decision.objects.get().ends_on is None
    assert [(f[0], f[4]) for f in facts(walk_person.membership)] == [
        (FactKind.VIOLATION, None), (FactKind.BAN, None),
    ]  # fmt: skip


def test_reversal_restores_the_member_and_names_both_facts(walk_person):
    walk_person.to("served")
    violation, ban = Fact.objects.filter(source="decision").order_by("id")
    walk_person.propose()
    walk_person.reverse()
    public_id = Decision.objects.get().public_id
    member = Membership.objects.get(pk=walk_person.membership.pk)
    assert (walk_person.state, member.state, member.left_on) == ("reversed", "active", None)
    assert facts(member)[2:] == [
        (FactKind.REVERSAL, 0, 0, TODAY, None, violation.pk, public_id, f"reversal:{public_id}"),
        (FactKind.REVERSAL, 0, 0, TODAY, None, ban.pk, public_id, f"reversal-ban:{public_id}"),
    ]


def test_a_decision_reversed_before_it_is_handed_over_leaves_no_fact(walk):
    walk.to("decided").reverse()
    assert (walk.state, facts(walk.membership)) == ("reversed", [])


def test_public_censure_rests_the_members_rights_until_the_case_is_closed(walk):
    walk.measure = Measure.PUBLIC_CENSURE
    walk.to("served")
    assert Membership.objects.get(pk=walk.membership.pk).state == "suspended"
    services.take_effect()
    walk.perform()
    walk.close()
    assert Membership.objects.get(pk=walk.membership.pk).state == "active"


def test_rights_stay_at_rest_while_another_decision_holds_them(walk):
    walk.measure = Measure.PUBLIC_CENSURE
    walk.to("served")
    first = walk.case
    walk.to("served").reverse()
    assert Membership.objects.get(pk=walk.membership.pk).state == "suspended"
    walk.case = first
    walk.reverse()
    assert Membership.objects.get(pk=walk.membership.pk).state == "active"


def test_a_waiver_ends_the_waiting_and_silence_counts_after_the_last_day(walk):
    walk.to("noticed").waive()
    assert walk.file.statement.kind == "waived"
    walk.to("noticed").lapse()
    assert (walk.file.statement.kind, walk.file.statement.received_on) == ("lapsed", VOTED)


def test_a_recused_member_is_replaced_and_neither_due_nor_counted(walk, city):
    walk.to("panel")
    services.recuse(
        case=walk.case, member=city.reviewers[0], reason="供货合同", on=SEATED, by=city.reviewers[0]
    )
    services.replace(
        case=walk.case, recused=city.reviewers[0], member=city.reviewers[3], on=SEATED, by=city.admin
    )
    for number in (1, 2, 3):
        walk.vote(number)
    walk.decide()
    decision = Decision.objects.get()
    assert (decision.members_due, decision.members_present, decision.votes_in_favour) == (3, 3, 3)
    seats = [(s.user_id, s.chair, s.recused) for s in walk.file.seats]
    assert seats == [
        (city.reviewers[0].pk, True, True),
        (city.reviewers[3].pk, True, False),
        (city.reviewers[1].pk, False, False),
        (city.reviewers[2].pk, False, False),
    ]


def test_a_vote_for_a_graver_measure_carries_the_milder_one(walk):
    walk.to("panel")
    walk.vote(0, measure=Measure.PUBLIC_CENSURE)
    walk.vote(1, measure=Measure.WARNING)
    walk.vote(2, in_favour=False)
    assert [walk.file.in_favour_of(m) for m in Measure] == [2, 2, 1, 1, 0, 0]
    assert walk.file.measure_carried == Measure.WARNING
    assert walk.decide().votes_in_favour == 2


def test_numbers_run_on_and_skip_what_is_taken(walk):
    numbers = [walk.open().number, walk.open(number="案〔2026〕3号").number, walk.open().number]
    assert numbers == ["案〔2026〕1号", "案〔2026〕3号", "案〔2026〕4号"]


def test_the_case_takes_severity_and_basis_from_the_catalogue(walk):
    case = walk.open()
    assert (case.severity, case.basis[:3], case.occurred_on) == (3, "价格法", ACT)


def test_a_notice_into_a_year_without_calendar_says_where_to_enter_it(walk):
    import time_machine

    walk.to("reported")
    with time_machine.travel(date(2026, 12, 28), tick=False):
        with pytest.raises(UnknownYear, match="2027"):
            walk.notice(served_on=date(2026, 12, 28))
        assert walk.state == CaseState.REPORTED


def test_an_entered_year_is_known(walk, owner):
    import time_machine

    owner.execute("INSERT INTO core_enteredyear (year, source) VALUES (2027, '通知')")
    try:
        walk.to("reported")
        with time_machine.travel(date(2026, 12, 28), tick=False):
            assert walk.notice(served_on=date(2026, 12, 28)).answer_until == date(2027, 1, 11)
    finally:
        owner.execute("DELETE FROM core_enteredyear")
    assert EnteredYear.objects.count() == 0


def test_the_sweep_goes_through_every_association(city, province, operator):
    from tests.associations.discipline.conftest import Walk

    with scope.of(city.association):
        walk = Walk(city, operator)
        walk.to("served")
    assert services.take_effect_everywhere() == 1
    with scope.of(city.association):
        assert Case.objects.get().state == CaseState.EFFECTIVE


def test_the_file_is_read_in_four_queries(walk, django_assert_num_queries):
    walk.to("served")
    with django_assert_num_queries(4):
        file = file_of(walk.case)
        assert (len(file.seats), len(file.events), file.service.proof) == (3, 10, "签收单 2 号")
        assert file.case.membership.name == walk.membership.name
        assert file.events[0].by.name == "周秘书"


def test_a_held_file_is_given_to_the_one_verb_that_acts_on_it(walk, django_assert_num_queries):
    walk.to("decided")
    held = hold(walk.case.public_id)
    with django_assert_num_queries(0):
        assert file_of(held.case, lock=True) is held
    with django_assert_num_queries(5):
        assert file_of(held.case, lock=True) is not held

"""Objections: who may raise one, who may not answer it, what follows at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services as discipline
from associations.discipline.models import Case, Reversal, ReversalProposal
from associations.remedies import rules, selectors, services
from associations.remedies.models import MarksDue, Objection
from associations.remedies.states import OBJECTION_TRANSITIONS, ObjectionState, Thing
from associations.remedies.waiting import waiting
from core.ledger.models import Entry
from core.verdicts import Denied
from tests.associations.remedies.conftest import TODAY, checked, past, record_of

pytestmark = pytest.mark.usefixtures("inside")


def contest(member, thing, ref, by, text="这一条不属实"):
    return services.object_to(membership=member, thing=thing, ref=ref, text=text, by=by)


def answer(objection, by, *, uphold=True, reasons="查明属实"):
    return services.answer_objection(objection=objection, uphold=uphold, reasons=reasons, by=by)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("operator_user", True), ("streamer_user", False), ("clerk", True), ("admin", True), ("reviewer", False),
     ("decider", False), ("observer", False), ("suspended", False), ("former", False), (None, False)],
)  # fmt: skip
def test_who_may_ask(city, operator, request, who, allowed):
    """The member's own user, or a clerk from the subject's paper."""
    user = who and (getattr(city, who, None) or request.getfixturevalue(who))
    assert bool(rules.may_ask(user, operator)) is allowed


def test_an_objection_stands_marked_at_once_with_both_clocks(city, operator, operator_user):
    fact = checked(city, operator)
    objection = contest(operator, Thing.FACT, fact.public_id, operator_user)
    assert (objection.mark_by, objection.answer_by) == (date(2026, 6, 16), date(2026, 6, 25))  # over Duanwu
    assert selectors.marks([operator.pk])[operator.pk].contested[fact.pk] == TODAY
    assert MarksDue.objects.filter(membership=operator).exists()
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.thing, entry.detail["about"]) == (
        "remedies.objection.raised",
        "objection",
        "fact",
    )


def test_upheld_against_a_fact_corrects_it_at_once_and_keeps_both(city, operator, operator_user):
    fact = checked(city, operator)
    answered = answer(contest(operator, Thing.FACT, fact.public_id, operator_user), city.reviewer)
    assert answered.state == ObjectionState.UPHELD
    correction = Fact.objects.get(ref=fact)
    assert (correction.kind, correction.occurred_on, correction.source_ref) == (
        FactKind.CORRECTION,
        TODAY,
        answered.public_id,
    )
    assert Fact.objects.filter(pk=fact.pk).exists()
    assert selectors.marks([operator.pk])[operator.pk].contested == {}


def test_upheld_against_a_decision_reverses_it(city, operator, operator_user):
    decision = past(city, operator)
    objection = contest(operator, Thing.DECISION, decision.public_id, operator_user)
    assert set(selectors.marks([operator.pk])[operator.pk].contested) == {
        f"decision:{decision.public_id}",
        record_of(operator).pk,
    }
    answer(objection, city.reviewers[4])
    assert Reversal.objects.get().decision.public_id == decision.public_id
    assert Fact.objects.get(kind=FactKind.REVERSAL).ref == record_of(operator)


def test_upheld_against_the_fact_of_a_decision_reverses_the_decision(city, operator, operator_user):
    past(city, operator)
    answer(contest(operator, Thing.FACT, record_of(operator).public_id, operator_user), city.reviewer)
    assert Reversal.objects.count() == 1
    assert not Fact.objects.filter(kind=FactKind.CORRECTION).exists()


def test_an_expulsion_falls_when_two_uphold_the_objection(city, operator, operator_user):
    decision = past(city, operator, measure=5)
    objection = contest(operator, Thing.DECISION, decision.public_id, operator_user)
    first = answer(objection, city.reviewers[3])
    assert (first.state, Reversal.objects.count()) == (ObjectionState.OPEN, 0)
    assert ReversalProposal.objects.get().by == city.reviewers[3]
    with pytest.raises(Denied, match="You proposed this"):
        answer(objection, city.reviewers[3])
    (matter,) = (each for each in waiting(TODAY) if str(each.what) == "Answer the objection")
    assert city.reviewers[3].pk in matter.never
    assert answer(objection, city.reviewers[4]).state == ObjectionState.UPHELD
    made = Reversal.objects.get()
    assert (made.proposed_by, made.by) == (city.reviewers[3], city.reviewers[4])


@pytest.mark.parametrize(("who", "state"), [(4, "refused"), (3, "dropped")])
def test_not_upheld_by_the_second_or_after_all_by_the_first(city, operator, operator_user, who, state):
    decision = past(city, operator, measure=6)
    objection = contest(operator, Thing.DECISION, decision.public_id, operator_user)
    answer(objection, city.reviewers[3])
    refused = answer(objection, city.reviewers[who], uphold=False)
    assert (refused.state, Reversal.objects.count()) == (ObjectionState.REFUSED, 0)
    assert ReversalProposal.objects.get().state == state


def test_a_line_without_a_fact_is_looked_at_again(city, operator, operator_user):
    objection = contest(operator, Thing.LINE, "1.2:3", operator_user)
    assert answer(objection, city.reviewer).state == ObjectionState.UPHELD
    assert not Fact.objects.filter(kind__gte=FactKind.REVERSAL).exists()


def test_refused_changes_nothing_but_keeps_the_reasons(city, operator, operator_user):
    fact = checked(city, operator)
    refused = answer(
        contest(operator, Thing.FACT, fact.public_id, operator_user),
        city.reviewer,
        uphold=False,
        reasons="证照缺失",
    )
    assert (refused.state, refused.reasons, refused.answered_by) == ("refused", "证照缺失", city.reviewer)
    assert not Fact.objects.filter(ref=fact).exists()


def test_who_recorded_or_entered_it_may_not_answer(city, operator, operator_user):
    """The verdict and, behind it, the table."""
    fact = checked(city, operator, by=city.clerk)
    objection = contest(operator, Thing.FACT, fact.public_id, operator_user)
    assert city.clerk.pk in objection.involved
    for user in (city.clerk, operator_user, city.decider, city.observer):
        assert not rules.may_answer_objection(user, objection)
    told = {"state": "refused", "reasons": "…", "answered_at": timezone.now()}
    for user in (city.clerk, operator_user):
        with pytest.raises(IntegrityError, match="objection_answered_by_another"), transaction.atomic():
            Objection.objects.update(**told, answered_by=user)
    Objection.objects.update(**told, answered_by=city.reviewer)


@pytest.mark.parametrize(
    "broken", [{"reasons": ""}, {"answered_at": None}, {"answered_by": None}, {"text": ""}]
)
def test_the_table_refuses_an_answer_without_its_parts(city, operator, operator_user, broken):
    contest(operator, Thing.LINE, "1.2:3", operator_user)
    whole = {"state": "refused", "reasons": "…", "answered_at": timezone.now(), "answered_by": city.reviewer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.update(**whole | broken)


@pytest.mark.parametrize("state", [each for each in ObjectionState if each != ObjectionState.OPEN])
def test_what_is_answered_is_answered_once(city, operator, operator_user, state):
    assert OBJECTION_TRANSITIONS[state] == frozenset()
    objection = contest(operator, Thing.LINE, "1.2:3", operator_user)
    objection.state = state
    assert not rules.may_answer_objection(city.reviewer, objection)
    assert not rules.may_withdraw(operator_user, objection)


def test_one_at_a_time_about_a_thing_and_twenty_in_all(city, operator, operator_user):
    contest(operator, Thing.LINE, "1.2:3", operator_user)
    with pytest.raises(Denied, match="already"):
        contest(operator, Thing.LINE, "1.2:3", operator_user)
    for code in range(4, 23):
        contest(operator, Thing.LINE, f"1.2:{code}", operator_user)
    with pytest.raises(Denied, match="Twenty"):
        contest(operator, Thing.LINE, "1.2:99", operator_user)


def test_taken_back_it_marks_nothing(city, operator, operator_user):
    objection = contest(operator, Thing.LINE, "1.2:3", operator_user)
    services.withdraw(remedy=objection, by=operator_user)
    assert Objection.objects.get().state == ObjectionState.WITHDRAWN
    assert selectors.marks([operator.pk])[operator.pk].contested == {}


@pytest.mark.parametrize(("thing", "ref"), [("fact", "x" * 22), ("decision", "x" * 22), ("bar", "x" * 22),
                                            ("line", "1.2"), ("line", "1.2:3'; --"), ("line", "9" * 64)])  # fmt: skip
def test_what_is_not_in_the_file_cannot_be_contested(operator, operator_user, thing, ref):
    with pytest.raises(Denied, match="no such record"):
        contest(operator, thing, ref, operator_user)


def test_anothers_fact_is_not_in_the_file(city, operator, agency, operator_user):
    theirs = checked(city, agency)
    with pytest.raises(Denied, match="no such record"):
        contest(operator, Thing.FACT, theirs.public_id, operator_user)


def test_what_is_undone_needs_no_objection(city, operator, operator_user):
    fact = checked(city, operator)
    answer(contest(operator, Thing.FACT, fact.public_id, operator_user), city.reviewer)
    with pytest.raises(Denied, match="no longer counts"):
        contest(operator, Thing.FACT, fact.public_id, operator_user)


def test_what_was_undone_meanwhile_is_undone_once(city, operator, operator_user):
    decision = past(city, operator)
    objection = contest(operator, Thing.DECISION, decision.public_id, operator_user)
    discipline.reverse(case=Case.objects.get(), reasons="新证据", by=city.reviewers[4])
    assert answer(objection, city.reviewers[3]).state == ObjectionState.UPHELD
    assert Fact.objects.filter(kind__gte=FactKind.REVERSAL).count() == 1


def test_history_that_does_not_count_cannot_be_undone(city, operator, operator_user):
    decision = past(city, operator, votes_in_favour=2)
    with pytest.raises(Denied, match="history"):
        contest(operator, Thing.DECISION, decision.public_id, operator_user)

"""Thirty-two acts at once by eight people on one case: whatever comes first, the history is one, whole and lawful."""

from __future__ import annotations

import threading
from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.db import connections
from django.utils import translation

from associations.discipline import services
from associations.discipline.models import (
    Case,
    CaseEvent,
    Decision,
    Ending,
    Part,
    ReversalProposal,
    Seat,
    Vote,
)
from associations.discipline.states import TRANSITIONS, CaseState, Step
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.verdicts import Denied
from core.wake import nobody
from tests.associations.discipline.conftest import NOW, Walk
from tests.associations.discipline.walking import audit

ROUNDS, ROUNDS_IN_ALL = 3, 50
ACTS_EACH = 4
FROM = ("voted", "panel", "served", "expelled")


def acts(case, house, lot):
    """What each of the eight may think of doing, at the state the round begins with or at one it may reach."""
    common = {"case": case}
    served = {"method": "EMS", "proof": "回执", "told_of_publication": True}
    judge = [
        lambda by: services.vote(**common, in_favour=lot.random() < 0.8, by=by),
        lambda by: services.recuse(**common, member=by, reason="亲属", by=by),
        lambda by: services.review(
            **common, outcome=lot.choice(["uphold", "allow", "send_back"]), reasons="查明", by=by
        ),
        lambda by: services.reverse(**common, reasons="新证据", by=by),
        lambda by: services.propose_reversal(**common, reasons="新证据", by=by),
        lambda by: services.refuse_reversal(**common, reasons="不成立", by=by),
    ]
    sign = [
        lambda by: services.decide(**common, measure=2, reasons="成立", departure="特殊", by=by),
        lambda by: services.drop(**common, reasons="撤回", by=by),
        lambda by: services.replace(
            **common, recused=lot.choice(house.reviewers[:3]), member=house.reviewers[3], by=by
        ),
    ]
    hand = [
        lambda by: services.serve_decision(**common, by=by, **served),
        lambda by: services.appeal(**common, grounds="不服", by=by),
        lambda by: services.withdraw_appeal(**common, text="撤回", by=by),
    ]
    people = [(user, judge) for user in house.reviewers]
    people += [(house.decider, sign), (house.admin, sign), (house.clerk, hand)]
    return [(user, lot.choice(able)) for user, able in people for _each in range(ACTS_EACH)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "number",
    [*range(ROUNDS), *(pytest.param(n, marks=pytest.mark.long) for n in range(ROUNDS, ROUNDS_IN_ALL))],
)
def test_one_lawful_history(city, operator, number):
    lot = Random(number)  # noqa: S311 - a test's lot
    with nobody(), scope.of(city.association):
        begins = FROM[number % len(FROM)]
        walk = Walk(city, operator, measure=5 if begins == "expelled" else 2)
        walk.to("served" if begins == "expelled" else begins)
        begun = CaseEvent.objects.count()
    wanted = acts(walk.case, city, lot)
    lot.shuffle(wanted)
    wanted = wanted[:32]
    barrier, outcomes = threading.Barrier(len(wanted)), []

    def press(user, act):
        try:
            barrier.wait()
            with nobody(), translation.override("en"), scope.of(city.association):
                act(user)
            outcomes.append("done")
        except (Denied, Seat.DoesNotExist):
            outcomes.append("refused")
        except Exception as wrong:  # noqa: BLE001 - told below, whatever it is
            outcomes.append(repr(wrong))
        finally:
            connections.close_all()

    with time_machine.travel(NOW - timedelta(days=14), tick=False):  # the time for an appeal still runs
        threads = [threading.Thread(target=press, args=each) for each in wanted]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(outcomes) <= {"done", "refused"}
    assert len(outcomes) == 32
    with scope.of(city.association):
        one_history(walk.case, begun, outcomes.count("done"))
        assert first_broken(association_id=city.association.pk) is None


def one_history(case, begun, done):
    """The steps follow each other by the table, one for each act that was done, and the rows say the same."""
    events = list(CaseEvent.objects.filter(case=case).order_by("id"))
    state = events[0].after
    for event in events[1:]:
        assert (event.before, event.after) == (state, TRANSITIONS[CaseState(state)][Step(event.step)])
        state = event.after
    assert state == Case.objects.get(pk=case.pk).state
    steps = [event.step for event in events]
    decided = sum(step in {"uphold", "lighten", "allow", "send_back"} for step in steps)
    assert len(events) - begun - decided == done  # an opinion that decides the appeal is one act, two steps
    for once in (Step.DECIDE, Step.SERVE_DECISION, Step.APPEAL, Step.REVERSE, Step.DROP):
        assert steps.count(once) <= 1
    assert decided <= 1
    waiting = 0
    for step in steps:  # a proposal at a time, each answered once; an expulsion is reversed on one only
        waiting += (step == Step.PROPOSE_REVERSAL) - (step == Step.REFUSE_REVERSAL)
        assert waiting in {0, 1}
    assert ReversalProposal.objects.filter(case=case).count() == steps.count(Step.PROPOSE_REVERSAL)
    voters = list(Vote.objects.filter(seat__case=case).values_list("seat__user_id", flat=True))
    assert len(voters) == len(set(voters)) == steps.count(Step.VOTE)
    assert Decision.objects.filter(case=case).count() == steps.count(Step.DECIDE)
    assert Ending.objects.filter(case=case).count() == steps.count(Step.DROP)
    assert Entry.objects.filter(thing="case", thing_id=case.public_id).count() == len(events)
    people = list(Part.objects.filter(case=case).values_list("user_id", flat=True))
    assert len(people) == len(set(people))
    audit(Case.objects.get(pk=case.pk))

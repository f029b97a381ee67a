"""No way that anybody may take, in any order, ends in a sanction that skipped what the law asks of it."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.rules import appealing, filing, judging, panel, reversing
from associations.discipline.rules import hearing as hearing_rules
from associations.discipline.rules.grounds import in_turn
from associations.discipline.selectors import CaseFile
from associations.discipline.services import hearing
from associations.discipline.states import Step
from associations.tenancy import scope
from core.accounts.states import Role
from core.verdicts import ALLOWED
from tests.associations.discipline.conftest import PR02
from tests.associations.discipline.walking import Walker, audit
from tests.cast import appoint

BEGINS = datetime(2026, 1, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICES = (Role.CLERK, Role.REVIEWER, Role.DECIDER, Role.ADMIN)
EXAMPLES, STEPS, TRIES = int(os.environ.get("WALKS", "26")), 60, 4
MOST = 64
"""Walks in which a missing by-law must be met."""
WALKED = Counter[str]()


class Undone(Exception):
    """Takes a walk back."""


class Walks(RuleBasedStateMachine):
    """A case of its own for each walk; everything is undone at the end of it."""

    ground: tuple
    fond: frozenset[Step] = frozenset()

    def __init__(self):
        super().__init__()
        house, member, voice = self.ground
        self.clock = time_machine.travel(BEGINS, tick=False)
        self.now = self.clock.start()
        self.door = scope.of(house.association)
        self.door.__enter__()
        people = [house.clerk, house.second_clerk, house.decider, house.admin, *house.reviewers]
        case = services.open_lead(
            membership=member, code=PR02, allegation="原价", occurred_on=BEGINS.date(), by=house.clerk
        )
        self.walker = Walker(case, people, voice, Random(0), self.fond)  # noqa: S311 - a test's lot

    def teardown(self):
        WALKED["attempts"] += self.walker.steps
        WALKED["done"] += self.walker.done
        WALKED["walks"] += 1
        WALKED[Case.objects.get(pk=self.walker.case.pk).state] += 1
        undone = Undone()
        self.door.__exit__(Undone, undone, None)
        self.clock.stop()

    @rule(lot=st.integers(0, 2**32))
    def somebody_tries_something(self, lot):
        # a lot drawn again, as small ones often are, is another one at the next turn
        self.walker.lot = Random(f"{lot}/{self.walker.steps}")  # noqa: S311 - a test's lot
        for _each in range(TRIES):
            self.walker.go()

    @rule(days=st.integers(1, 16))
    def days_pass(self, days):
        self.now.shift(timedelta(days=days))

    @rule()
    def the_time_runs_out(self):
        """The day after the last day of the clock that runs: what comes then is late."""
        due = Case.objects.get(pk=self.walker.case.pk).due_on
        if due and due >= timezone.localdate():
            self.now.shift(due - timezone.localdate() + timedelta(days=1))

    @invariant()
    def what_binds_skipped_nothing(self):
        case = Case.objects.get(pk=self.walker.case.pk)
        WALKED["binding"] += audit(case)


@pytest.fixture
def ground(city, operator, operator_user):
    """Everybody holds every office, so that offices keep nobody apart."""
    with time_machine.travel(BEGINS - timedelta(days=1)):  # nobody holds an office before being appointed
        for somebody in (city.clerk, city.second_clerk, city.decider, city.admin, *city.reviewers):
            for office in OFFICES:
                if not somebody.appointments.filter(role=office).exists():
                    appoint(city.association, somebody, office)
    return city, operator, operator_user


def walk(ground, examples=EXAMPLES, fond=()):
    machine = type("Walks", (Walks,), {"ground": ground, "fond": frozenset(fond), "TestCase": None})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_walk_ends_in_a_sanction_that_skipped_anything(ground):
    WALKED.clear()
    walk(ground)
    assert WALKED["attempts"] > 75 * EXAMPLES, WALKED
    assert WALKED["binding"] > EXAMPLES, WALKED  # it gets there, again and again


def _turn(_user, file, **_more):
    """The by-law of silence without its time."""
    return in_turn(file, Step.LAPSE)


def _allowed(*_told, **_more):
    return ALLOWED


MUTATIONS = {
    "anybody may be anything": [
        (module, "apart", _allowed)
        for module in (panel, judging, hearing_rules, appealing, filing, reversing)
    ],
    "nothing is lacking": [(judging, "lacks_of", lambda _draft: [])],
    "silence counts at once": [(hearing, "may_close_statement", _turn)],
    "a hearing asked for is forgotten": [(hearing, "_owe_hearing", lambda *_told, **_more: None)],
    "an appeal is never late": [(CaseFile, "appeal_until", property(lambda _file: date(2030, 1, 1)))],
}


STRAIGHT = (
    Step.FILE, Step.REPORT, Step.SERVE_NOTICE, Step.FORM_PANEL, Step.VOTE, Step.DECIDE, Step.SERVE_DECISION,
)  # fmt: skip
FOND = {
    "a hearing asked for is forgotten": (*STRAIGHT, Step.ASK_HEARING, Step.TAKE_STATEMENT),
    "an appeal is never late": STRAIGHT,
}
"""Where the by-law is met with seldom, the walks are fond of what leads there."""


@pytest.mark.long
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_without_a_by_law_a_walk_finds_the_way(ground, monkeypatch, mutation):
    """The power of the walks: where a by-law is gone, they stumble on what it was for, or on the database's refusal."""
    for where, name, instead in MUTATIONS[mutation]:
        monkeypatch.setattr(where, name, instead)
    with pytest.raises((AssertionError, IntegrityError)):
        walk(ground, examples=MOST, fond=FOND.get(mutation, ()))

"""No way that anybody may take, in any order, ends in a sanction that skipped what the law asks of it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.rules import appealing, filing, hearing, judging, panel
from associations.tenancy import scope
from core.accounts.states import Role
from core.verdicts import ALLOWED
from tests.associations.discipline.conftest import PR02
from tests.associations.discipline.walking import Walker, audit
from tests.cast import appoint

BEGINS = datetime(2026, 1, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICES = (Role.CLERK, Role.REVIEWER, Role.DECIDER, Role.ADMIN)
EXAMPLES, STEPS = 60, 60
WALKED = Counter[str]()


class Walks(RuleBasedStateMachine):
    """A case of its own for each walk; everything is undone at the end of it."""

    ground: tuple

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
        self.walker = Walker(case, people, voice, Random(0))  # noqa: S311 - a test's lot

    def teardown(self):
        WALKED["attempts"] += self.walker.steps
        WALKED["done"] += self.walker.done
        WALKED["walks"] += 1
        WALKED[Case.objects.get(pk=self.walker.case.pk).state] += 1
        transaction.set_rollback(True)
        self.door.__exit__(None, None, None)
        self.clock.stop()

    @rule(lot=st.integers(0, 2**32))
    def somebody_tries_something(self, lot):
        self.walker.lot = Random(lot)  # noqa: S311 - a test's lot
        with transaction.atomic():
            self.walker.go()

    @rule(days=st.integers(1, 16))
    def days_pass(self, days):
        self.now.shift(timedelta(days=days))

    @invariant()
    def what_binds_skipped_nothing(self):
        case = Case.objects.get(pk=self.walker.case.pk)
        WALKED["binding"] += audit(case)


@pytest.fixture
def ground(city, operator, operator_user):
    """Everybody holds every office, so that offices keep nobody apart."""
    for somebody in (city.clerk, city.second_clerk, city.decider, city.admin, *city.reviewers):
        for office in OFFICES:
            if not somebody.appointments.filter(role=office).exists():
                appoint(city.association, somebody, office)
    return city, operator, operator_user


def walk(ground, examples=EXAMPLES):
    machine = type("Walks", (Walks,), {"ground": ground, "TestCase": None})
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
    assert WALKED["attempts"] > 2000
    assert WALKED["binding"] > 50  # it gets there, again and again


MUTATIONS = {
    "anybody is apart": [(module, "apart") for module in (panel, judging, hearing, appealing, filing)],
    "a hearing is always settled": [(panel, "hearing_settled")],
    "nothing is lacking": [(judging, "lacks_of")],
    "silence counts at once": [(services.hearing, "may_close_statement")],
    "anybody reviews": [(services.appealing, "may_review")],
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_without_a_by_law_a_walk_finds_the_way(ground, monkeypatch, mutation):
    """The power of the walks: where a by-law is gone, they stumble on what it was for, or on the database's refusal."""
    for module, name in MUTATIONS[mutation]:
        gone = (lambda *_a, **_k: []) if name == "lacks_of" else (lambda *_a, **_k: ALLOWED)
        monkeypatch.setattr(module, name, gone)
    with pytest.raises((AssertionError, IntegrityError, TypeError)):
        walk(ground, examples=4 * EXAMPLES)

"""Whole, the same each time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from django.core.management import call_command
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.discipline.models import Case, Decision
from associations.discipline.states import CaseState, Lack
from associations.members.models import Membership
from associations.members.states import Category
from associations.tenancy import scope
from associations.training.models import Attendance, Certificate
from config.demo.roll import SHARES, rolls, spread
from config.demo.sanctions import kinds
from config.demo.tenants import sizes
from core.accounts.models import User
from core.ledger.services import first_broken
from credit.scoring.models import Standing
from credit.scoring.selectors import ratings_given
from credit.scoring.states import State
from tests.config.demo.world import SIZES, SMALL, of, seed, snapshot


def test_the_same_seed_tells_the_same(demonstration):
    assert snapshot() == demonstration["before"]


def test_another_seed_tells_something_else():
    today = timezone.localdate()
    names = [
        [each.name for roll in rolls(number, SMALL, today) for each in roll.joining] for number in (7, 7, 8)
    ]
    assert names[0] == names[1]
    assert len(set(names[0]) & set(names[2])) < len(set(names[0])) / 2


def test_a_second_run_changes_nothing(demonstration):
    before, users = snapshot(), User.objects.count()
    assert seed() == "The register knows associations already: nothing was written.\n"
    assert (snapshot(), User.objects.count()) == (before, users)


def test_nobody_is_woken(demonstration):
    assert demonstration["waking"] == []


def test_the_usual_size():
    assert sizes() == {"city": 180, "province": 600, "park": 60}
    assert spread(180, SHARES) == {
        Category.PLATFORM: 5, Category.AGENCY: 27, Category.OPERATOR: 81, Category.STREAMER: 67,
    }  # fmt: skip
    assert spread(600, SHARES) == {
        Category.PLATFORM: 18, Category.AGENCY: 90, Category.OPERATOR: 270, Category.STREAMER: 222,
    }  # fmt: skip
    usual = rolls(7, None, timezone.localdate())
    assert {roll.tenant.slug: len(roll.joining) for roll in usual} == sizes()
    for roll in usual:
        assert Counter(each.category for each in roll.joining) == spread(len(roll.joining), SHARES)


def test_every_association_has_its_members_by_category(demonstration):
    assert sizes(SMALL) == SIZES
    for slug, size in SIZES.items():
        with of(slug):
            found = Counter(Membership.objects.values_list("category", flat=True))
        assert found == {int(category): count for category, count in spread(size, SHARES).items()}


def test_some_are_in_two_associations(demonstration):
    subjects = {}
    for slug in SIZES:
        with of(slug):
            subjects[slug] = set(Membership.objects.values_list("subject_id", flat=True))
    assert len(subjects["city"] & subjects["province"]) == 3  # 8 % of the city's 40
    assert len(subjects["province"] & subjects["park"]) == 4  # 10 % of the park's 40


def test_ledgers_hold(demonstration):
    for slug in SIZES:
        with of(slug):
            assert first_broken(association_id=scope.association_id()) is None


def test_nobody_is_left_waiting_to_be_rated(demonstration):
    for slug in SIZES:
        with of(slug):
            assert Standing.objects.count() == Membership.objects.count()
            assert set(Standing.objects.values_list("membership_id", flat=True)) == set(
                Membership.objects.values_list("id", flat=True)
            )


def test_histories_have_steps(demonstration):
    with of("province"):
        days = set(ratings_given().values_list("as_of", flat=True))
        steps = Counter(ratings_given().values_list("membership_id", flat=True))
    assert len(days) == 4
    assert max(steps.values()) == 4


def test_grades_spread(demonstration):
    grades = Counter()
    for slug in SIZES:
        with of(slug):
            graded = Standing.objects.filter(state__in=[State.RATED, State.PROVISIONAL, State.BARRED])
            grades.update(graded.values_list("shown", flat=True))
    assert sum(grades[grade] for grade in (2, 3, 4)) > sum(grades.values()) / 2
    assert len(grades) >= 6


def test_training_left_its_papers(demonstration):
    for slug in SIZES:
        with of(slug):
            assert Attendance.objects.filter(passed=True).count() == Certificate.objects.count() > 0
            assert Fact.objects.filter(kind=FactKind.TRAINING).exists()


def test_the_days_of_ratings_go_forward(demonstration):
    with of("city"):
        rows = ratings_given().order_by("membership_id", "id").values_list("membership_id", "id", "as_of")
        for (one, _earlier, before), (other, _later, after) in pairwise(rows):
            assert one != other or before < after


def test_violations_in_their_shares():
    dealt = kinds(200, Random(1))  # noqa: S311 - a lot, not a secret
    assert Counter(family for family, _severity in dealt) == {
        "AD": 80, "GD PR": 40, "ID IC": 40, "FK": 16, "CS": 14, "AI CT": 10,
    }  # fmt: skip
    assert Counter(severity for _family, severity in dealt) == {
        Severity.MINOR: 110, Severity.GENERAL: 64, Severity.SERIOUS: 22, Severity.EXTREME: 4,
    }  # fmt: skip


@pytest.mark.parametrize("whole", [1, 2, 7, 8, 13, 39, 132, 500])
def test_any_number_can_be_dealt(whole):
    assert len(kinds(whole, Random(whole))) == whole  # noqa: S311 - likewise


def test_past_decisions_count_but_for_those_without_quorum(demonstration):
    for slug in SIZES:
        with of(slug):
            past = Decision.objects.filter(imported=True)
            lacking = list(past.filter(counts=False).values_list("lacks", flat=True))
            assert lacking == [[Lack.QUORUM]] * 2
            counting = past.filter(counts=True)
            facts = Fact.objects.filter(kind=FactKind.VIOLATION, source="decision")
            assert set(counting.values_list("public_id", flat=True)) <= set(
                facts.values_list("source_ref", flat=True)
            )
            assert not set(past.filter(counts=False).values_list("public_id", flat=True)) & set(
                facts.values_list("source_ref", flat=True)
            )


def test_every_step_of_a_case_is_shown_somewhere(demonstration):
    with of("city"):
        states = set(Case.objects.filter(imported=False).values_list("state", flat=True))
    assert states == {
        CaseState.FILED, CaseState.NOTICED, CaseState.HEARD, CaseState.PANEL, CaseState.EFFECTIVE, CaseState.REVERSED,
        CaseState.CLOSED,
    }  # fmt: skip


def test_the_invariants_hold_of_it(demonstration, capsys):
    call_command("audit_invariants", "--grace", "0")
    assert capsys.readouterr().out.startswith("0 breaches")

"""How complaints reach the rating: upheld ones alone, once, never to the better; the others not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.complaints import services
from associations.complaints.states import Outcome
from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.tenancy import scope
from core.ledger.models import Entry
from credit.rulesets import method
from credit.scoring.evaluator import Fact as Rated
from credit.scoring.evaluator import evaluate
from tests.associations.complaints.conftest import by_officer
from tests.credit.scoring.world import checked, worlds

MAY_END, JULY = date(2026, 6, 30), date(2026, 7, 1)


def figures():
    """The own figures that stand, corrected ones left out."""
    corrected = Fact.objects.filter(kind=FactKind.CORRECTION).values("ref")
    rows = Fact.objects.filter(kind=FactKind.FIGURES).exclude(pk__in=corrected)
    return list(rows.values_list("occurred_on", "a", "b", "c", "d", "e"))


@pytest.mark.parametrize(
    ("outcome", "stand"),
    [
        (Outcome.UPHELD, [(MAY_END, 0, 1, 0, 0, 0)]),
        (Outcome.PARTLY, [(MAY_END, 0, 1, 0, 0, 0)]),
        (Outcome.NOT_UPHELD, []),
    ],
)
def test_only_what_was_upheld_is_counted_when_its_month_is_over(walk, outcome, stand):
    walk.to("heard")
    walk.find(outcome)
    assert services.record_figures() == 0
    assert services.record_figures(today=JULY) == len(stand)
    assert figures() == stand
    assert ConductDue.objects.count() == len(stand)


def test_recorded_again_nothing_changes(walk):
    walk.to("heard")
    walk.find()
    services.record_figures(today=JULY)
    before = list(Fact.objects.values())
    entries = Entry.objects.count()
    assert services.record_figures(today=JULY) == 0
    assert services.record_figures(today=JULY + timedelta(days=200)) == 0
    assert (list(Fact.objects.values()), Entry.objects.count()) == (before, entries)


def test_silence_about_an_upheld_complaint_counts_too(walk, clock):
    walk.to("accepted")
    clock.move_to("2026-06-16T10:00+08:00")
    services.close_reply(complaint=walk.complaint, by=walk.house.clerk)
    walk.find()
    services.record_figures(today=JULY)
    assert figures() == [(MAY_END, 0, 1, 1, 0, 0)]


def test_what_a_platform_counts_is_not_counted_again(walk, city):
    walk.receive(by=city.clerk, **by_officer())
    walk.acknowledge()
    walk.accept()
    walk.reply()
    walk.find(counted_elsewhere=True)
    assert services.record_figures(today=JULY) == 0
    assert figures() == []


def test_a_finding_dated_back_corrects_the_month_and_keeps_both(walk, clock):
    walk.to("heard")
    walk.find()
    other = type(walk)(walk.house, walk.membership, clock).to("heard")
    clock.move_to("2026-07-02T10:00+08:00")
    services.record_figures()
    assert figures() == [(MAY_END, 0, 1, 0, 0, 0)]
    other.find(on=MAY_END)
    services.record_figures()
    assert figures() == [(MAY_END, 0, 2, 0, 0, 0)]
    assert Fact.objects.filter(kind=FactKind.FIGURES).count() == 2


def test_the_timetable_visits_every_association(city, province, walk):
    walk.to("heard")
    walk.find()
    walk.clock.move_to("2026-07-01T00:04+08:00")
    assert services.record_figures_everywhere() == 1
    with scope.of(province.association):
        assert Fact.objects.count() == 0


RULES = method.default()


@checked
@given(worlds, st.integers(0, 400), st.integers(0, 3), st.integers(0, 1))
def test_an_upheld_complaint_never_raises_a_rating(case, age, upheld, ignored):
    """The month's own figure never raises the score; and no complaint in it raises score, grade or state.

    As one more fact on file a figure adds to what is known, whatever it says, as a platform's does; so grades are
    compared with the same figure without the complaint.
    """
    who, facts, day, _ = case
    quiet = Rated(10_000, FactKind.FIGURES, day - timedelta(age), day, a=0, b=upheld, c=0, d=0, e=0)
    worse = replace(quiet, b=upheld + 1, c=ignored)
    alone, before, after = (
        evaluate(RULES, who, known, day) for known in (facts, [*facts, quiet], [*facts, worse])
    )
    assert before.score <= alone.score
    assert after.score <= before.score
    assert after.state == before.state
    assert after.grade >= before.grade

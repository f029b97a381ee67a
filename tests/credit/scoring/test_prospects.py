"""What would change a rating: real evaluations, of lawful things only, told by line, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from associations.conduct.selectors import FactRow, RatedMember
from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring import account, services
from credit.scoring.account.prospects import NO_RATING, What, doing, repairing, waiting
from credit.scoring.evaluator import Checked, Member, evaluate
from credit.scoring.models import Standing
from credit.scoring.services import Explained
from tests.credit.scoring.world import checked, world


def explained_of(seed: int) -> Explained:
    """Any member with a standing rating, out of the air."""
    member, facts, as_of, before = world(seed)
    ruleset = method.default()
    rated = evaluate(ruleset, member, facts, as_of, before)
    rows = {
        each.id: FactRow(
            each.id, str(each.id), 1, 1, each.kind, each.code, each.severity, each.occurred_on, each.recorded_on,
            each.a, each.b, each.c, each.d, each.e, each.until_on, each.ref_id, "association", "", b"",
        )
        for each in facts
    }  # fmt: skip
    standing = Standing(
        as_of=as_of, score=rated.score, state=rated.state, grade=rated.grade, shown=rated.shown,
        up_on=rated.up_on, last_fact_id=rated.last_fact_id, next_change_on=rated.next_change_on,
    )  # fmt: skip
    row = RatedMember(1, member.id, 1, member.association, member.category, member.joined_on, member.opt_out)
    return Explained(standing, row, ruleset, rated, rows, Checked.of(facts))


def order(grade: int) -> int:
    return grade or 99


@checked
@given(st.integers(0, 2**32).map(explained_of))
def test_what_can_be_done_never_makes_it_worse_and_all_of_it_is_at_least_the_best(explained):
    trial = account.Trial.of(explained)
    found = doing(trial)
    single = [each for each in found if each.what is not What.TOGETHER]
    together = [each for each in found if each.what is What.TOGETHER]
    assert len(found) <= 7
    assert not (found and trial.now.state in NO_RATING)
    for each in single:
        assert each.points >= 0
        assert order(each.then.grade) <= order(trial.now.grade)
    for each in together:
        assert each.points >= max(other.points for other in single)


@checked
@given(st.integers(0, 2**32).map(explained_of))
def test_a_repair_gives_the_rating_without_the_record(explained):
    trial = account.Trial.of(explained)
    member = Member("1", "1", explained.member.category, explained.member.joined_on,
                    explained.member.contribution_opt_out)  # fmt: skip
    for each in repairing(trial):
        record = trial.now.lines[each.line].facts[0]
        kept = [fact for fact in trial.facts if record not in {fact.id, fact.ref_id}]
        without = evaluate(explained.ruleset, member, kept, each.on)
        assert (each.then.score, each.then.grade, each.then.lines) == (
            without.score,
            without.grade,
            without.lines,
        )


@checked
@given(st.integers(0, 2**32).map(explained_of))
def test_waiting_is_the_rating_of_the_later_day(explained):
    trial = account.Trial.of(explained)
    for each in waiting(trial):
        assert each.on > trial.day
        assert each.then == trial.then(on=each.on)


@checked
@given(st.integers(0, 2**32).map(explained_of))
def test_it_can_be_said_in_both_languages(explained):
    trial = account.Trial.of(explained)
    for language in ("zh-hans", "en"):
        with override(language):
            for each in account.prospects(trial):
                assert each.say()
                assert "%(" not in each.say() + account.outcome(trial, each.then)


# --- from the database ---


@pytest.fixture
def trial_of(work):
    def of(row, **how):
        work.rate()
        with scope.of(row.association_id):
            return account.Trial.of(services.explain([row.pk])[row.pk], **how)

    return of


def told(found):
    with override("en"):
        return [(str(each.what), each.say(), each.points) for each in found]


def test_items_and_controls_that_are_missing_can_be_had(city, work, trial_of):
    row = work.enrol(city, 61, facts=False)
    for code in (1, 2, 3, 4, 5):
        work.say(row, FactKind.CHECK, 5, code=code, a=1)
    for code in (1, 2, 3):
        work.say(row, FactKind.CONTROL, 9, code=code, a=1)
    work.say(row, FactKind.CONTROL, 9, code=4, a=0)
    found = told(doing(trial_of(row)))
    assert found == [
        ("train", "Attend 8 more hours of training", 60_000),
        ("verify", "Have this verified: Real operator shown", 25_000),
        ("control", "Put this in place and report it: Records kept for 3 years", 10_000),
        ("together", "All of this together", 95_000),
    ]


def test_what_was_not_performed_can_be_performed(city, work, trial_of):
    row = work.enrol(city, 62)
    work.say(row, FactKind.UNPERFORMED, 30)
    trial = trial_of(row)
    (one,) = doing(trial)
    assert (one.what, trial.now.grade, one.then.grade) == (What.PERFORM, 7, 2)


def test_a_lapsed_licence_can_be_renewed(city, work, trial_of):
    row = work.enrol(city, 63)
    work.say(row, FactKind.LICENCE, 300, until_on=work.today - timedelta(days=10))
    work.say(row, FactKind.LAPSED, 9)
    trial = trial_of(row)
    (one,) = doing(trial)
    assert (one.what, trial.now.grade, one.then.grade, one.points) == (What.RENEW, 5, 2, 25_000)


def test_overdue_training_can_be_made_up(city, work, trial_of):
    row = work.enrol(city, 64)
    work.say(row, FactKind.DUTY, 91)
    trial = trial_of(row)
    assert told(doing(trial)) == [("train", "Make up the training that is overdue", 0)]
    assert (trial.now.grade, doing(trial)[0].then.grade) == (4, 2)


@pytest.mark.parametrize(
    ("days_ago", "severity", "months", "words"),
    [
        (20, 2, 3, "Have the record of line 1.2 repaired once all is performed, from {} on"),
        (100, 2, 3, "Have the record of line 1.2 repaired once all is performed: its least term ended on {}"),
        (300, 3, 12, "Have the record of line 1.2 repaired once all is performed, from {} on"),
    ],
)
def test_a_record_is_repaired_once_its_least_term_is_over(  # noqa: PLR0917 - a table's columns
    city, work, trial_of, days_ago, severity, months, words
):
    row = work.enrol(city, 65)
    work.say(row, FactKind.VIOLATION, days_ago, code=3, severity=severity, source="decision")
    (one,) = repairing(trial_of(row))
    decided = work.today - timedelta(days=days_ago)
    month = decided.month - 1 + months
    first = decided.replace(year=decided.year + month // 12, month=month % 12 + 1)
    with override("en"):
        assert one.say() == words.format(first)
    assert one.on == max(first, work.today)


def test_a_minor_record_fades_before_it_could_be_repaired(city, work, trial_of):
    row = work.enrol(city, 66)
    work.say(row, FactKind.VIOLATION, 20, code=3, severity=1, source="decision")
    assert repairing(trial_of(row)) == []


def test_waiting_names_the_days_on_which_a_record_fades(city, work, trial_of):
    row = work.enrol(city, 67)
    work.say(row, FactKind.VIOLATION, 40, code=3, severity=2, source="decision")
    decided = work.today - timedelta(days=40)
    assert [each.on for each in waiting(trial_of(row))] == [
        decided + timedelta(days=92),
        decided + timedelta(days=365),
    ]


def test_a_record_that_may_not_be_told_is_not_told(city, work, trial_of):
    row = work.enrol(city, 68)
    work.say(row, FactKind.VIOLATION, 40, code=3, severity=2, source="decision")
    trial = trial_of(row)
    found = account.prospects(trial, may_name=lambda _fact: False)
    assert [each.what for each in found if each.line is not None] == []
    assert "1.2" not in str(told(found))


def test_the_young_are_told_when_their_months_are_full(city, work, trial_of):
    row = work.enrol(city, 69)
    with scope.of(city.association):
        row.joined_on = work.today - timedelta(days=40)
        row.save()
    found = waiting(trial_of(row))
    with override("en"):
        assert [each.say().split(": ")[1] for each in found] == [
            "6 months of membership then",
            "12 months of membership then",
            "24 months of membership then",
        ]
    assert [each.then.state.name for each in found[:2]] != ["NOT_RATED", "NOT_RATED"]


def test_the_brake_is_told(city, work, trial_of):
    """Two grades better by the facts, one shown: the words say both."""
    row = work.enrol(city, 70)
    work.say(row, FactKind.UNPERFORMED, 30)
    trial = trial_of(row)
    (one,) = doing(trial)
    assert (one.then.shown, one.then.grade) == (6, 2)
    with override("en"):
        assert account.outcome(trial, one.then) == (
            "Then 867.147 points; from CCC to B. The facts give AA; a grade rises by one in 90 days at most."
        )


def test_nobody_who_left_is_told_what_to_do(city, work, trial_of):
    row = work.enrol(city, 71)
    work.say(row, FactKind.LEFT, 3)
    assert account.prospects(trial_of(row)) == []


def test_facts_to_come_are_only_of_lawful_kinds(city, work, monkeypatch, trial_of):
    """No payment, no removal: nothing but these kinds is ever tried."""
    row = work.enrol(city, 72, facts=False)
    work.say(row, FactKind.CHECK, 200, code=1, a=1)
    work.say(row, FactKind.VIOLATION, 100, code=3, severity=2, source="decision")
    work.say(row, FactKind.UNPERFORMED, 30)
    work.say(row, FactKind.DUTY, 120)
    work.say(row, FactKind.LAPSED, 20)
    trial = trial_of(row)
    tried = []
    fact = account.Trial.fact
    monkeypatch.setattr(
        account.Trial, "fact", lambda self, kind, **more: tried.append(kind) or fact(self, kind, **more)
    )
    assert account.prospects(replace(trial))
    assert set(tried) <= {
        Kind.CHECK, Kind.TRAINING, Kind.EXAM, Kind.ROSTER, Kind.CONTROL, Kind.LICENCE, Kind.DISCHARGE, Kind.REPAIR
    }  # fmt: skip

"""A rating as of any day: what was known then, what should have been, what was given."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.rulesets import method
from credit.scoring import runs
from credit.scoring.as_of import DayRefused, Unlike, as_json, rebuilt
from credit.scoring.evaluator import evaluate
from credit.scoring.selectors import ratings_given
from tests import cast
from tests.credit.scoring.world import checked, world

RECORD = {"code": 3, "severity": 2, "source": "decision", "source_ref": "a"}


def back_dated(row, work, kind, happened, recorded, **more):
    """A fact that happened so many days ago and was recorded so many days ago."""
    on, late = (work.today - timedelta(days=days) for days in (happened, recorded))
    key = f"late:{kind}:{happened}:{recorded}:{more.get('code', 0)}"
    with scope.of(row.association_id):
        return record(
            membership=row, kind=kind, occurred_on=on, recorded_on=late, key=key,
            **{"source": "association"} | more,
        )  # fmt: skip


def of(row, work, days_ago):
    with scope.of(row.association_id):
        return rebuilt(row.pk, work.today - timedelta(days=days_ago))


@pytest.fixture
def given_on(work):
    """Rate everybody for a day so long ago, by the facts there are."""
    return lambda days_ago: runs.rate_all(as_of=work.today - timedelta(days=days_ago))


@pytest.fixture
def member(city, work):
    """The worked example, every fact of it forty days old at least."""
    row = work.enrol(city, 51, facts=False)
    work.say(row, FactKind.FIGURES, 45, a=2000, b=2, c=3, d=3, e=2)
    for code in range(1, 7):
        work.say(row, FactKind.CHECK, 45, code=code, a=1)
    work.say(row, FactKind.TRAINING, 49, a=8)
    for code in range(1, 5):
        work.say(row, FactKind.CONTROL, 49, code=code, a=1)
    return row


# --- property: what is known ---


@checked
@given(st.integers(0, 2**32))
def test_known_on_a_day_is_what_the_facts_recorded_by_then_give(seed):
    member, facts, as_of, before = world(seed)
    rnd = Random(seed)  # noqa: S311 invented data
    facts = [replace(fact, recorded_on=as_of + timedelta(rnd.choice([-40, -1, 0, 1, 40]))) for fact in facts]
    known = [fact for fact in facts if fact.recorded_on <= as_of]
    ruleset = method.default()
    assert evaluate(ruleset, member, facts, as_of, before, known_on=as_of) == evaluate(
        ruleset, member, known, as_of, before
    )


# --- the day itself ---


def test_today_is_the_standing_rating_and_both_are_one(member, work, given_on):
    work.say(member, FactKind.VIOLATION, 30, **RECORD)
    given_on(20)
    work.rate()
    this = of(member, work, 0)
    assert (this.unlike, this.differ, this.making) == (Unlike.SAME, False, ())
    assert this.should is this.known
    assert (this.known.score, this.known.shown) == (this.given.score, this.given.shown)


@pytest.mark.parametrize("days_ago", [40, 33, 30, 29, 12, 11, 3, 0])
def test_every_day_gives_the_rating_that_stood_on_it(member, work, given_on, days_ago):
    """Through a fall, a repair and slow rises, whether a rating was given that day or before it."""
    given_on(40)
    record = work.say(member, FactKind.VIOLATION, 30, **RECORD)
    given_on(30)
    work.say(member, FactKind.REPAIR, 12, ref=record)
    given_on(12)
    work.say(member, FactKind.CONTRIBUTION, 3, a=20)
    given_on(3)
    this = of(member, work, days_ago)
    assert this.unlike is Unlike.SAME
    assert this.given.as_of <= this.day


# --- what came later ---


def test_a_back_dated_fact_is_unknown_then_and_should_have_counted(member, work, given_on):
    given_on(20)
    before = of(member, work, 20)
    late = back_dated(member, work, FactKind.VIOLATION, 35, 5, **RECORD)
    work.rate()
    this = of(member, work, 20)
    assert this.known == before.known
    assert this.unlike is Unlike.SAME
    assert [each.id for each in this.making] == [late.pk]
    assert (this.known.score, this.should.score) == (867_147, 797_147)
    assert (this.known.shown, this.should.shown) == (2, 4)


def test_a_reversal_recorded_later_leaves_what_was_known_and_takes_the_record_out(member, work, given_on):
    decided = work.say(member, FactKind.VIOLATION, 30, **RECORD)
    given_on(30)
    given_on(20)
    before = of(member, work, 20)
    back_dated(member, work, FactKind.REVERSAL, 5, 5, ref=decided)
    work.rate()
    this = of(member, work, 20)
    assert this.known == before.known
    assert (this.known.score, this.should.score) == (797_147, 867_147)
    assert [each.kind for each in this.making] == [FactKind.REVERSAL]
    # never having counted, it never held the grade back either
    assert (this.known.shown, this.should.shown, this.should.grade) == (4, 2, 2)


def test_a_repair_works_from_its_day_on_and_not_before(member, work, given_on):
    decided = work.say(member, FactKind.VIOLATION, 30, **RECORD)
    given_on(30)
    back_dated(member, work, FactKind.REPAIR, 5, 5, ref=decided)
    work.rate()
    assert of(member, work, 20).differ is False
    assert of(member, work, 5).should.score == 867_147


def test_what_was_recorded_late_and_reversed_since_makes_no_difference(member, work, given_on):
    given_on(20)
    late = back_dated(member, work, FactKind.VIOLATION, 35, 8, **RECORD)
    back_dated(member, work, FactKind.REVERSAL, 4, 4, ref=late)
    this = of(member, work, 20)
    assert (this.making, this.should) == ((), this.known)


def test_a_stay_that_ended_after_a_reversal_brings_nothing_back(member, work, given_on):
    decided = work.say(member, FactKind.VIOLATION, 30, **RECORD)
    given_on(20)
    work.say(member, FactKind.STAY, 10, ref=decided)
    work.say(member, FactKind.REVERSAL, 8, ref=decided)
    assert of(member, work, 20).should.score == 867_147


def test_the_brake_of_what_should_have_been_is_worked_out_again(member, work, given_on):
    """A record unknown for a while: the fall it should have caused still holds the grade afterwards."""
    given_on(40)
    late = back_dated(member, work, FactKind.VIOLATION, 39, 4, code=3, severity=1)
    given_on(38)
    given_on(4)
    this = of(member, work, 20)
    assert [each.id for each in this.making] == [late.pk]
    assert this.should.score < this.known.score


# --- why it is not the one given ---


def test_a_fact_rated_after_midnight_is_told(member, work, given_on):
    given_on(20)
    work.say(member, FactKind.CONTRIBUTION, 10, a=20)
    given_on(9)
    this = of(member, work, 10)
    assert (this.unlike, this.known.score, this.given.score) == (Unlike.WAITED, 907_147, 867_147)


def test_before_the_first_rating_nothing_was_given(member, work, given_on):
    given_on(20)
    this = of(member, work, 30)
    assert (this.unlike, this.given, this.known.score) == (Unlike.NOT_GIVEN, None, 867_147)


def test_a_rating_given_later_for_the_day_counts_what_was_known_by_then(member, work):
    back_dated(member, work, FactKind.VIOLATION, 35, 5, **RECORD)
    runs.rate_all(as_of=work.today - timedelta(days=20))
    this = of(member, work, 20)
    assert (this.unlike, this.given.score, this.known.score) == (Unlike.GIVEN_LATER, 797_147, 867_147)


def test_another_choice_about_contributions_is_told(member, work, given_on):
    work.say(member, FactKind.CONTRIBUTION, 30, a=20)
    given_on(20)
    with scope.of(member.association_id):
        member.contribution_opt_out = True
        member.save()
    assert of(member, work, 20).unlike is Unlike.PARTICULARS


def test_a_rating_by_other_rules_is_told(member, work, given_on, monkeypatch):
    given_on(20)
    other = replace(method.default(), sha256="00" * 32, brake_days=1, limited=method.default().provisional)
    monkeypatch.setattr("credit.scoring.as_of.ruleset_in_force", lambda *_: other)
    work.say(member, FactKind.CONTRIBUTION, 25, a=20)
    assert of(member, work, 20).unlike is Unlike.RULES


# --- days that cannot be ---


@pytest.mark.parametrize(("days_ago", "says"), [(-1, "has not come yet"), (931, "no member yet")])
def test_a_day_that_cannot_be_is_refused_in_words(member, work, days_ago, says):
    from django.utils.translation import override

    with override("en"), pytest.raises(DayRefused, match=says):
        of(member, work, days_ago)


def test_nobody_has_no_rating(city, work):
    with scope.of(city.association), pytest.raises(LookupError):
        rebuilt(0, work.today)


# --- the console ---


def page(user, house, row, **asked):
    return cast.client_for(user).get(f"/en/a/{house.slug}/ratings/{row.public_id}/", asked)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_console_shows_both_with_what_differs(city, member, work, given_on):
    given_on(20)
    back_dated(member, work, FactKind.VIOLATION, 35, 5, **RECORD)
    work.rate()
    day = work.today - timedelta(days=20)
    answer = page(city.observer, city, member, as_of=day.isoformat())
    past = answer.context_data["past"]
    assert [(row.label, row.known, row.should) for row in past.figures if row.differs] == [
        ("Grade", "AA", "BBB"),
        ("Grade by the facts alone", "AA", "BBB"),
        ("Score", "867.147", "797.147"),
        ("Ceiling", "AAA", "A"),
    ]
    assert [(row.known, row.should) for row in past.pairs if row.differs] == [(None, -70_000)]
    assert sum(row.should or 0 for row in past.pairs) == 797_147
    assert [(each.on, each.recorded_on) for each in past.making] == [
        (work.today - timedelta(days=35), work.today - timedelta(days=5))
    ]
    assert past.is_given
    assert "This is the rating that was given: the same to the last digit." in words(answer)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("2026-02-30", "This is no day of the calendar. Write year, month and day, such as 2026-11-22."),
        ("yesterday", "This is no day of the calendar."),
        ("", "Choose a day, such as 2026-11-22."),
        ("2999-01-01", "2999-01-01 has not come yet."),
        ("1999-01-01", "On 1999-01-01 this was no member yet."),
        ("\x00", "This is no day of the calendar."),
        ("9" * 500, "This is no day of the calendar."),
    ],
)
def test_a_bad_day_is_told_and_the_rating_of_today_stays(city, member, work, asked, says):
    work.rate()
    answer = page(city.clerk, city, member, as_of=asked)
    assert answer.status_code == 200
    assert says in words(answer)
    assert answer.context_data["standing"].score == 867_147


def test_another_associations_member_has_no_past_here(city, province, member, work):
    asked = {"as_of": work.today.isoformat()}
    assert page(province.clerk, province, member, **asked).status_code == 404


def test_rebuilding_asks_the_same_however_many_ratings(
    city, member, work, given_on, django_assert_num_queries
):
    asked = {"as_of": (work.today - timedelta(days=2)).isoformat()}
    client = cast.client_for(city.clerk)
    url = f"/en/a/city/ratings/{member.public_id}/"
    for at, days_ago in enumerate((20, 10, 5)):
        work.say(member, FactKind.VIOLATION, days_ago, **RECORD | {"code": 3 + at, "source_ref": f"r{at}"})
        given_on(days_ago)
        client.get(url, asked)
        with django_assert_num_queries(14):
            client.get(url, asked)


# --- the command ---


def show(row_id, *more):
    out = StringIO()
    call_command("rate", "--show", row_id, *more, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_both_and_rates_nobody(member, work, given_on):
    given_on(20)
    late = back_dated(member, work, FactKind.VIOLATION, 35, 5, **RECORD)
    day = (work.today - timedelta(days=20)).isoformat()
    told = show(member.public_id, "--as-of", day)
    assert (told["as_of"], told["known"]["score"], told["should"]["score"]) == (day, 867_147, 797_147)
    assert (told["given"]["score"], told["known_is_given"], told["differ"]) == (867_147, True, True)
    assert [each["fact"] for each in told["facts_that_differ"]] == [late.public_id]
    with scope.of(member.association_id):
        assert ratings_given(membership=member).count() == 1


def test_the_command_says_what_is_wrong(member, work):
    with pytest.raises(CommandError, match="There is no member 'nobody'"):
        show("nobody")
    with pytest.raises(CommandError, match="has not come yet"):
        show(member.public_id, "--as-of", "2999-01-01")
    with pytest.raises(CommandError, match="'soon' is not a day"):
        show(member.public_id, "--as-of", "soon")


def test_json_is_plain(member, work, given_on):
    given_on(20)
    assert json.loads(json.dumps(as_json(of(member, work, 20))))["unlike"] == "same"
    assert isinstance(of(member, work, 20).day, date)

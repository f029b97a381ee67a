"""From the conduct file to the rating: the queue, the night, what is written and what is not."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import BigIntegerField, Func, Value

from associations.conduct import queue
from associations.conduct.models import Fact
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.tenancy import scope
from core.ledger.models import Entry
from core.subjects.services import register
from credit.rulesets.models import RuleSetVersion
from credit.scoring import runs, services
from credit.scoring.evaluator import State
from credit.scoring.models import Standing
from credit.scoring.selectors import ratings_given
from tests import cast

DAY = date(2026, 11, 22)
NOTHING = services.Outcome()
NEXT = Func(Value("credit_standing_id_seq"), function="nextval", output_field=BigIntegerField())
"""A later number, without which the database lets no standing rating be changed."""


def member(house: cast.House, number: int = 1) -> Membership:
    """The worked example of SCORING.md: a merchant of thirty months with everything in order: 867.147."""
    identity = cast.firm(number)
    with scope.of(house.association):
        row = Membership.objects.create(
            association=house.association, subject_id=register(identity), number=f"T{number:05d}", category=3,
            name=identity.name, name_key=identity.name, pinyin="", initials="", code=identity.identifier,
            code_masked=identity.identifier, joined_on=date(2024, 5, 22),
        )  # fmt: skip
        say(row, FactKind.FIGURES, 20, a=2000, b=2, c=3, d=3, e=2)
        for code in range(1, 7):
            say(row, FactKind.CHECK, 5, code=code, a=1)
        say(row, FactKind.TRAINING, 9, a=8)
        for code in range(1, 5):
            say(row, FactKind.CONTROL, 9, code=code, a=1)
    return row


def say(row: Membership, kind: FactKind, days_ago: int, **more: object) -> Fact:
    day = DAY - timedelta(days=days_ago)
    key = f"{row.pk}:{kind}:{more.get('code', 0)}:{day}"
    return record(membership=row, kind=kind, occurred_on=day, recorded_on=day, source="test", key=key, **more)


def standing(row: Membership) -> Standing:
    with scope.of(row.association_id):
        return Standing.objects.get(membership=row)


def ratings(row: Membership) -> int:
    with scope.of(row.association_id):
        return ratings_given(membership=row).count()


def test_the_worked_example_from_the_database(city):
    row = member(city)
    assert services.rate_due(as_of=DAY) == services.Outcome(looked_at=1, changed=1)
    found = standing(row)
    assert (found.score, found.d2, found.d5, found.state) == (867_147, 725_525, 800_000, State.RATED)
    assert (found.get_shown_display(), found.engine) == ("AA", "1.0")
    with scope.across_associations(why="look"):
        assert bytes(RuleSetVersion.objects.get().sha256) == bytes(found.ruleset_sha)


def test_an_unchanged_rating_writes_no_row(city):
    row = member(city)
    services.rate_due(as_of=DAY)
    assert runs.rate_all(as_of=DAY) == services.Outcome(looked_at=1, changed=0)
    assert ratings(row) == 1


def test_only_what_a_fact_touched_is_looked_at(city):
    first, second = member(city, 1), member(city, 2)
    services.rate_due(as_of=DAY)
    with scope.of(city.association):
        say(first, FactKind.VIOLATION, 1, code=3, severity=2)
    assert services.rate_due(as_of=DAY) == services.Outcome(looked_at=1, changed=1)
    assert (ratings(first), ratings(second)) == (2, 1)
    assert (standing(first).score, standing(first).get_shown_display()) == (
        797_147,
        "BBB",
    )  # 70 points off D1


def test_the_night_looks_at_ratings_whose_day_has_come(city):
    row = member(city)
    services.rate_due(as_of=DAY)
    comes = standing(row).next_change_on
    assert services.rate_due(as_of=comes - timedelta(days=1)) == NOTHING
    assert services.rate_due(as_of=comes).looked_at == 1


def test_a_reversal_gives_the_rating_without_the_record(city):
    row = member(city)
    services.rate_due(as_of=DAY)
    with scope.of(city.association):
        violation = say(row, FactKind.VIOLATION, 1, code=3, severity=3)
    services.rate_due(as_of=DAY)
    fallen = standing(row)
    with scope.of(city.association):
        say(row, FactKind.REVERSAL, 0, ref=violation)
    services.rate_due(as_of=DAY)
    assert fallen.score < standing(row).score == 867_147
    assert standing(row).get_shown_display() == "AA"


def test_a_failed_batch_is_back_on_the_queue(city, monkeypatch):
    row = member(city)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the worker dies here")

    with monkeypatch.context() as patch:
        patch.setattr(services.ledger, "record_each", fail)
        with pytest.raises(RuntimeError):
            services.rate_due(as_of=DAY)
    with scope.across_associations(why="look"):
        assert queue.waiting() == 1
    assert services.rate_due(as_of=DAY).changed == 1
    assert ratings(row) == 1


@pytest.mark.django_db(transaction=True)
def test_a_place_that_an_officer_holds_stays_in_the_queue_and_holds_nobody_up(city, owner):
    """An officer adds a fact while a worker rates: neither waits, and the fact is rated when it has come."""
    member(city, 1)
    member(city, 2)
    with owner.transaction():
        owner.execute(
            "UPDATE associations_conductdue SET since = now() WHERE id = (SELECT min(id) FROM associations_conductdue)"
        )
        # Both, and the one that stays once more: then nothing is left that can be taken off.
        assert services.rate_due(as_of=DAY) == services.Outcome(looked_at=3, changed=2)
        assert waiting() == 1
    assert services.rate_due(as_of=DAY) == services.Outcome(looked_at=1, changed=0)
    assert waiting() == 0


def test_a_fact_that_comes_while_its_member_is_rated_is_rated_too(city, monkeypatch):
    row = member(city)
    taken = queue.done

    def and_then(*args: object) -> list[int]:
        with scope.of(city.association):
            say(row, FactKind.VIOLATION, 1, code=3, severity=2)
        return taken(*args)

    with monkeypatch.context() as patch:
        patch.setattr(queue, "done", and_then)
        services.rate_due(as_of=DAY)
    assert (waiting(), standing(row).score) == (1, 867_147)
    services.rate_due(as_of=DAY)
    assert (waiting(), standing(row).score) == (0, 797_147)


@pytest.mark.django_db(transaction=True)
def test_one_worker_at_a_time_rates_what_is_due_of_an_association(city, owner):
    member(city)
    owner.execute("SELECT pg_advisory_lock(hashtext('rating'), %s)", [city.association.pk])
    with pytest.raises(OperationalError), scope.across_associations(why="test"):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
        services.take_turns([city.association.pk])
    owner.execute("SELECT pg_advisory_unlock_all()")
    assert services.rate_due(as_of=DAY).looked_at == 1


@pytest.mark.parametrize(
    ("most", "shared"),
    [(1, (1, 1, 1)), (3, (1, 1, 1)), (6, (2, 2, 1)), (7, (4, 2, 1)), (8, (5, 2, 1)), (90, (5, 2, 1))],
)
def test_a_batch_is_shared_and_what_one_association_leaves_the_others_have(city, province, most, shared):
    park = cast.found("park", "某园区直播电商协会", "Some Park Association", 3, reach="park", region="某园区")
    houses = (city, province, park)
    for number in range(8):
        member(houses[(number > 4) + (number > 6)], number)
    keys = [house.association.pk for house in houses]
    with scope.across_associations(why="test"):
        places = [place.association_id for place in queue.first(most, association_ids=keys)]
    assert tuple(map(places.count, keys)) == shared


def plans() -> dict[str, int]:
    """The rating's statements that the connection keeps planned, and how often each has run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, generic_plans FROM pg_prepared_statements WHERE starts_with(name, 'rate_')"
        )
        return dict(cursor.fetchall())


def test_the_statement_is_planned_once_a_day(city):
    """Whoever is rated; the plans of other days are let go."""
    before = plans()
    for number in (1, 2):
        member(city, number)
        services.rate_due(as_of=DAY)
    [(name, runs)] = plans().items()
    assert name.startswith("rate_20261122_")
    assert runs == before.get(name, 0) + 2
    member(city, 3)
    services.rate_due(as_of=DAY + timedelta(days=1))
    assert list(plans()) == [name.replace("22", "23", 1)]


def waiting() -> int:
    with scope.across_associations(why="test"):
        return queue.waiting()


def test_the_same_fact_twice_is_one_fact(city):
    row = member(city)
    with scope.of(city.association):
        before = Fact.objects.count()
        again = say(row, FactKind.TRAINING, 9, a=8)
        assert (Fact.objects.count(), again.a) == (before, 8)


def test_every_batch_is_in_the_ledger(city):
    member(city, 1)
    member(city, 2)
    services.rate_due(as_of=DAY)
    with scope.of(city.association):
        entry = Entry.objects.get(act="scoring.rating.written")
        assert entry.detail == {"count": 2, "engine": "1.0"}


@pytest.mark.parametrize(
    ("kind", "quantities"),
    [
        (FactKind.TRAINING, {}),
        (FactKind.TRAINING, {"a": -1}),
        (FactKind.EXAM, {"a": 2}),
        (FactKind.ROSTER, {"a": 3, "b": 4}),
        (FactKind.LICENCE, {}),
        (FactKind.FIGURES, {"a": 9, "b": 0, "c": 1, "d": 2, "e": 0}),
        (FactKind.FIGURES, {"a": 9, "b": 0, "c": 1, "d": 1}),
        (FactKind.VIOLATION, {"code": 3}),
        (FactKind.REVERSAL, {}),
        (99, {}),
        (FactKind.CHECK, {"code": -1, "a": 1}),
    ],
)
def test_a_fact_that_cannot_be_is_never_recorded(city, kind, quantities):
    row = member(city)
    with scope.of(city.association):
        before = Fact.objects.count()
        with pytest.raises(IntegrityError), transaction.atomic():
            record(membership=row, kind=kind, occurred_on=DAY, source="test", key="x", **quantities)
        assert Fact.objects.count() == before


def test_the_lines_of_a_standing_rating_sum_to_its_score(city):
    row = member(city)
    services.rate_due(as_of=DAY)
    with scope.of(city.association):
        explained = services.explain([row.pk])[row.pk]
    assert sum(line.earned for line in explained.evaluation.lines) == explained.standing.score == 867_147


def test_explaining_many_costs_as_many_queries_as_one(city, django_assert_num_queries):
    rows = [member(city, number) for number in (1, 2, 3)]
    services.rate_due(as_of=DAY)
    with scope.of(city.association):
        for few in (rows[:1], rows):
            with django_assert_num_queries(3):
                services.explain([row.pk for row in few])


def test_the_command_says_what_it_did(city, capsys):
    member(city)
    call_command("rate", "--association", "city", "--as-of", "2026-11-22")
    told = json.loads(capsys.readouterr().out)
    assert told.pop("seconds") >= 0
    assert told == {"looked_at": 1, "changed": 1}
    with pytest.raises(CommandError, match="no association 'nowhere'"):
        call_command("rate", "--association", "nowhere")

"""Everybody rated again: stretches, their order, what a killed worker leaves, and that the ratings stay the same."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from associations.conduct.states import FactKind
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from credit.scoring import compiler, runs, selectors, services
from credit.scoring.models import Standing, Stretch
from credit.scoring.selectors import ratings_given
from credit.scoring.services import Outcome
from tests.credit.scoring.test_services import DAY, NEXT, member, ratings, say, standing

FIGURES = ["membership_id", *services.FIGURES]


@pytest.fixture
def small(monkeypatch):
    """Stretches of two members."""
    monkeypatch.setattr(runs, "SIZE", 2)


def cut(house, **how) -> int:
    with scope.across_associations(why="test"):
        return runs.cut(DAY, association_id=house.association.pk, **how)


def stretches(**which) -> list[tuple[int, bool]]:
    with scope.across_associations(why="test"):
        rows = Stretch.objects.filter(**which).order_by("id")
        return [(row.members, row.done_at is not None) for row in rows]


def test_everybody_is_in_one_stretch_of_his_association(city, province, small):
    for number in range(5):
        member(city, number)
    member(province, 9)
    with scope.across_associations(why="test"):
        assert runs.cut(DAY) == 6
    assert stretches(association=city.association) == [(2, False), (2, False), (1, False)]
    assert stretches(association=province.association) == [(1, False)]


def test_who_is_being_rated_again_is_not_cut_twice(city, small):
    member(city)
    assert (cut(city), cut(city)) == (1, 0)
    assert runs.rate_stretches() == Outcome(1, 1)
    assert cut(city) == 1


def test_a_stretch_is_done_once_and_says_what_came_of_it(city, small):
    rows = [member(city, number) for number in range(3)]
    cut(city)
    assert [runs.rate_stretches() for _ in range(3)] == [Outcome(2, 2), Outcome(1, 1), None]
    assert [ratings(row) for row in rows] == [1, 1, 1]
    assert stretches() == [(2, True), (1, True)]
    assert runs.rate_all(as_of=DAY) == Outcome(6, 0)  # the stretches find nothing new, nor does the queue


def test_a_worker_killed_in_the_middle_leaves_its_stretch_to_another(city, small, monkeypatch):
    row = member(city)
    cut(city)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the worker dies here")

    with monkeypatch.context() as patch:
        patch.setattr(services.ledger, "record_each", fail)
        with pytest.raises(RuntimeError):
            runs.rate_stretches()
    assert (ratings(row), stretches()) == (0, [(1, False)])
    assert runs.rate_stretches() == Outcome(1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_different_stretches(city, small, owner):
    for number in range(3):
        member(city, number)
    cut(city)
    with owner.transaction():
        owner.execute("SELECT id FROM credit_stretch ORDER BY id LIMIT 1 FOR UPDATE")
        assert runs.rate_stretches() == Outcome(1, 1)
        assert runs.rate_stretches() is None
    assert runs.rate_stretches() == Outcome(2, 2)


def test_a_full_run_gives_byte_for_byte_what_the_facts_gave_one_by_one(city, province, small):
    """First day by day as facts come, then everybody once at the end."""
    days = [DAY - timedelta(days=ago) for ago in (40, 30, 20, 10, 0)]
    firms = [member(city, number) for number in range(5)]
    for day, firm in zip(days, firms, strict=True):
        services.rate_due(as_of=day)
        with scope.of(city.association):
            say(firm, FactKind.VIOLATION, (DAY - day).days, code=3, severity=2)
        services.rate_due(as_of=day)
    services.rate_due(as_of=DAY)
    before = figures()
    assert runs.rate_all(as_of=DAY).changed == 0
    assert figures() == before
    with scope.across_associations(why="test"):  # nothing is left but the facts and the ratings before
        Standing.objects.update(id=NEXT, score=0, grade=10, shown=10, inputs_sha=b"")
    runs.rate_all(as_of=DAY)
    again = [{**each, "as_of": None, "shown": None, "up_on": None} for each in figures()]
    assert again == [{**each, "as_of": None, "shown": None, "up_on": None} for each in before]


def figures() -> list[dict[str, object]]:
    with scope.across_associations(why="test"):
        rows = Standing.objects.order_by("membership_id").values(*FIGURES)
        return [{key: bytes(v) if isinstance(v, memoryview) else v for key, v in row.items()} for row in rows]


def test_what_was_rated_for_a_later_day_is_left_alone(city):
    row = member(city)
    runs.rate_all(as_of=DAY)
    with scope.of(city.association):
        say(row, FactKind.VIOLATION, 1, code=3, severity=2)
    assert runs.rate_all(as_of=DAY - timedelta(days=1)).changed == 0
    assert standing(row).as_of == DAY


def test_time_left_is_reckoned_from_the_pace(city, small):
    for number in range(3):
        member(city, number)
    cut(city)
    with scope.of(city.association):
        fresh = selectors.progress(association_id=city.association.pk)
    assert (fresh.members, fresh.waiting, fresh.asked, fresh.left) == (3, 3, True, "")
    runs.rate_stretches()
    with scope.across_associations(why="test"), translation.override("en"):
        Stretch.objects.update(asked_at=timezone.now() - timedelta(seconds=200))
        going = selectors.progress(association_id=city.association.pk)
        assert (going.done, going.left) == (0, "about 2 minutes left")  # the queue still holds all three


def test_a_stretch_without_members_or_result_cannot_be(city):
    with scope.across_associations(why="test"):
        for wrong in (
            {"members": 0},
            {"first_id": 3, "last_id": 2},
            {"changed": 1},
            {"done_at": timezone.now()},
        ):
            told = {"members": 1, "first_id": 1, "last_id": 1} | wrong
            with pytest.raises(IntegrityError), transaction.atomic():
                Stretch.objects.create(association=city.association, run="r", as_of=DAY, **told)


def test_the_command_tells_how_far_it_is(city, province, small, capsys):
    for number in range(3):
        member(city, number)
    told = io.StringIO()
    call_command("rate", "--all", "--as-of", "2026-11-22", stderr=told)
    figures = json.loads(capsys.readouterr().out)
    assert figures.pop("seconds") >= 0
    assert figures == {"looked_at": 6, "changed": 3}
    assert told.getvalue().startswith("0 / 3")


def test_a_stretch_is_of_one_association(city, province):
    """Row numbers are looked for in the stretch's own association: others' between them are not touched."""
    ours, theirs = member(city, 1), member(province, 2)
    asked = [compiler.Asked(city.association.pk, ours.pk, theirs.pk)]
    with scope.across_associations(why="test"):
        found = services.rate(asked, DAY)
    assert found == {city.association.pk: Outcome(1, 1)}
    with scope.across_associations(why="test"):
        assert list(ratings_given().values_list("membership_id", flat=True)) == [ours.pk]
    assert date(2026, 11, 22) == DAY


def test_small_associations_are_rated_together(city, province, small):
    """One transaction for as many stretches as make a full one, each told in its own association's ledger."""
    rows = [member(city, 1), member(province, 2)]
    with scope.across_associations(why="test"):
        runs.cut(DAY)
    assert runs.rate_stretches() == Outcome(2, 2)
    assert stretches() == [(1, True), (1, True)]
    for row in rows:
        with scope.of(row.association_id):
            assert Entry.objects.get(act="scoring.rating.written").detail == {"count": 1, "engine": "1.0"}
            assert first_broken(association_id=row.association_id) is None


def test_a_run_is_over_when_all_of_it_is(city, small, monkeypatch):
    """What another worker holds is waited for, and counted."""
    for number in range(3):
        member(city, number)
    take, turns = runs.rate_stretches, []

    def others_first(**whose: object) -> Outcome | None:
        turns.append(1)
        return None if len(turns) == 1 else take(**whose)

    monkeypatch.setattr(runs, "rate_stretches", others_first)
    monkeypatch.setattr(runs.time, "sleep", lambda _: take())
    assert runs.rate_all(as_of=DAY) == Outcome(6, 3)

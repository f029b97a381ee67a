"""A rating is told once: while it stands, and then among the former ones, by the database itself."""

from __future__ import annotations

import psycopg
import pytest

from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.scoring import selectors, services
from credit.scoring.models import FormerRating, Standing
from tests.credit.scoring.test_services import DAY, member, say, standing

FIGURES = ["id", "as_of", "rated_at", *services.DECIDING]


def told(model: type[Standing | FormerRating]) -> list[tuple]:
    with scope.across_associations(why="test"):
        rows = model.objects.order_by("id").values_list(*FIGURES)
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]


def test_what_stood_is_kept_as_it_was(city):
    row = member(city)
    services.rate_due(as_of=DAY)
    [first] = told(Standing)
    assert told(FormerRating) == []
    with scope.of(city.association):
        say(row, FactKind.VIOLATION, 3, code=3, severity=2)
    services.rate_due(as_of=DAY)
    assert told(FormerRating) == [first]
    [second] = told(Standing)
    assert second[0] > first[0]
    with scope.of(city.association):
        given = selectors.ratings_of(row.pk)
    assert [(each.pk, each.score) for each in given] == [(second[0], second[3]), (first[0], first[3])]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        ("DELETE FROM {}", "a standing rating stays"),
        ("TRUNCATE {}", "a standing rating stays"),
        ("UPDATE {} SET score = 0", "only a later rating"),
        ("UPDATE {} SET id = id - 1", "only a later rating"),
        ("UPDATE {} SET id = nextval('credit_standing_id_seq'), membership_id = 1", "keys checked at once"),
    ],
)
def test_no_standing_rating_is_lost(city, owner, change, whole):
    member(city)
    services.rate_due(as_of=DAY)
    [at] = owner.execute("SELECT tableoid::regclass::text FROM credit_standing").fetchone()
    statement, reason = change
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=reason):
        owner.execute(statement.format("credit_standing" if whole else at))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["credit_formerrating", "credit_formerrating_p03"])
def test_no_former_rating_is_invented(owner, place):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="one that stood"):
        owner.execute(f"INSERT INTO {place} SELECT * FROM credit_formerrating")


@pytest.mark.django_db(transaction=True)
def test_who_names_a_partition_keeps_what_stood_as_well(city, owner):
    row = member(city)
    services.rate_due(as_of=DAY)
    before = standing(row)
    [at] = owner.execute("SELECT tableoid::regclass::text FROM credit_standing").fetchone()
    owner.execute(f"UPDATE {at} SET id = nextval('credit_standing_id_seq'), score = 1")
    assert [each[0] for each in told(FormerRating)] == [before.pk]
    assert standing(row).score == 1

"""Keys checked for all new rows of a statement at once: as strict as those PostgreSQL checks row by row."""

from __future__ import annotations

import psycopg
import pytest

from credit.scoring import services
from tests.credit.scoring.test_services import DAY, member, standing

COPIED = (
    "as_of, rated_at, score, d1, d2, d3, d4, d5, d6, confidence, n, state, grade, shown, ceiling, mask,"
    " inputs_sha, ruleset_sha, engine"
)


@pytest.fixture
def rated(city, province):
    """A rated member of each of two associations."""
    rows = member(city, 1), member(province, 2)
    services.rate_due(as_of=DAY)
    return [(row, standing(row)) for row in rows]


def insert(owner: psycopg.Connection, rows: str) -> None:
    """Past the trigger that lets only what stood be written here, which is not the one in question."""
    with owner.transaction(force_rollback=True):
        owner.execute("ALTER TABLE credit_formerrating DISABLE TRIGGER former_stood")
        owner.execute(
            f"INSERT INTO credit_formerrating (id, association_id, membership_id, {COPIED})"
            f" SELECT nextval('credit_standing_id_seq'), told.house, told.member, {COPIED}"
            f" FROM credit_standing, (VALUES {rows}) told (house, member)"
        )


@pytest.mark.django_db(transaction=True)
def test_one_wrong_row_among_many_is_refused(owner, rated):
    (ours, _), (theirs, _) = rated
    right = f"({ours.association_id}, {ours.pk})"
    insert(owner, right)
    for member_id in (theirs.pk, 10**9):
        with pytest.raises(
            psycopg.errors.ForeignKeyViolation, match=f"membership_id {member_id} of credit_formerrating"
        ):
            insert(owner, f"{right}, ({ours.association_id}, {member_id})")


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_checked_stays(owner, rated):
    (ours, _), (theirs, _) = rated
    change = "UPDATE credit_standing SET membership_id = %s WHERE membership_id = %s"
    with owner.transaction(force_rollback=True):
        owner.execute(
            "ALTER TABLE credit_standing DISABLE TRIGGER standing_later"
        )  # it is not the one in question
        owner.execute(
            "UPDATE credit_standing SET membership_id = membership_id, id = nextval('credit_standing_id_seq')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="keys checked at once"):
            owner.execute(change, [theirs.pk, ours.pk])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "UPDATE {} SET id = id + 1000",
        "UPDATE {} SET association_id = 0",
    ],
)
def test_what_keys_lead_to_stays(owner, rated, change):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stay, with their numbers"):
        owner.execute(change.format("associations_membership"))
    owner.execute("UPDATE associations_membership SET id = id, name = 'x'")

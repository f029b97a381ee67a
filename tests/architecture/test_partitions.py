"""The partitioned tables: their shape, the way into it and out of it without losing a row."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import QueryDict

from associations.conduct.models import Fact
from associations.members import filters as members
from associations.members.models import Membership
from core.walls.roles import Role, taken
from credit.scoring import selectors
from credit.scoring.models import Standing
from tests.architecture.test_walls import holes
from tests.conftest import as_owner

if TYPE_CHECKING:
    from django.db.migrations.state import StateApps

TABLES = ("associations_fact", "credit_formerrating", "credit_standing")
THEN = ("associations_fact", "credit_rating", "credit_standing")
BEFORE = {"credit": "0001_initial", "associations": "0002_initial"}
AFTER = {"associations": "0003_facts_in_partitions", "credit": "0002_ratings_in_partitions"}


def migrate(targets: dict[str, str] | None = None) -> None:
    with as_owner():
        for step in (targets or {None: None}).items():
            call_command("migrate", *filter(None, step), verbosity=0, interactive=False)


def fill() -> None:
    """Rows of the time before, by the models of the time before: eight associations, a member each."""
    with as_owner():
        apps = MigrationExecutor(connection).loader.project_state(list(BEFORE.items())).apps
        for number in range(1, 9):
            fill_one(apps, number)


def fill_one(apps: StateApps, number: int) -> None:
    made = {
        name: apps.get_model(*name.split(".")).objects.create
        for name in ("core.Subject", "associations.Association", "associations.Membership",
                     "associations.Fact", "credit.Rating", "credit.Standing", "credit.Bar")
    }  # fmt: skip
    day, uscc = date(2026, 1, number), f"9199000000000000{number:02d}"
    subject = made["core.Subject"](public_id=f"subject {number}", kind=1, name=f"{number}号商贸", uscc=uscc)
    association = made["associations.Association"](
        public_id=f"house {number}", slug=f"house-{number}", name=f"{number}号协会", name_en="", uscc=uscc,
        reach="city", region="", number=number,
    )  # fmt: skip
    member = made["associations.Membership"](
        public_id=f"member {number}", association=association, subject=subject, number="M1", category=3,
        name="", name_key="", pinyin="", initials="", code=uscc, code_masked="", joined_on=day,
    )  # fmt: skip
    own = {"association": association, "membership": member}
    ban = made["associations.Fact"](
        **own, public_id=f"ban {number}", kind=14, occurred_on=day, source="x", key="1", digest=bytes(32)
    )
    made["associations.Fact"](
        **own, public_id=f"lifted {number}", kind=24, occurred_on=day, ref=ban, source="x", key="2",
        digest=bytes(32),
    )  # fmt: skip
    figures = {
        **dict.fromkeys(("score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n"), number),
        **dict.fromkeys(("state", "grade", "shown", "ceiling"), 1),
        **dict.fromkeys(("inputs_sha", "ruleset_sha"), bytes(32)),
        "as_of": day,
        "engine": "x",
    }
    made["credit.Rating"](**own, **figures, public_id=f"earlier {number}")
    rating = made["credit.Rating"](**own, **figures, public_id=f"rating {number}")
    made["credit.Standing"](**own, **figures, rating=rating)
    made["credit.Bar"](
        **own, public_id=f"bar {number}", subject=subject, fact=ban, decision_ref="", ground="理由", for_life=True,
        from_on=day, review_on=date(2029, 1, 1), state="listed",
    )  # fmt: skip


def columns(owner: psycopg.Connection) -> dict[str, str]:
    return {
        table: ", ".join(
            name
            for (name,) in owner.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "ORDER BY ordinal_position",
                [table],
            )
        )
        for table in THEN
    }


def rows(owner: psycopg.Connection, of: dict[str, str]) -> dict[str, list]:
    """Every row of the three tables, and the number that would come next."""
    return {
        table: [
            *owner.execute(f"SELECT {names} FROM {table} ORDER BY id").fetchall(),
            *owner.execute(f"SELECT last_value, is_called FROM {table}_id_seq").fetchall(),
        ]
        for table, names in of.items()
    }


def shape(owner: psycopg.Connection) -> list[list[tuple]]:
    """Columns, constraints, indexes, triggers, policies and grants of the three tables."""
    questions = """
        SELECT attrelid::regclass::text, attname, atttypid, attnotnull, attidentity, attnum FROM pg_attribute
          WHERE attnum > 0 AND attrelid::regclass::text = ANY(%s);
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
          WHERE %s::text[] && ARRAY[conrelid::regclass::text, confrelid::regclass::text] AND contype <> 'n';
        SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s);
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger
          WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s);
        SELECT tablename, policyname, roles, qual, with_check FROM pg_policies WHERE tablename = ANY(%s);
        SELECT relname, relkind, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class
          WHERE relname = ANY(%s)
    """
    return [
        sorted(owner.execute(question, [list(THEN)]).fetchall(), key=str) for question in questions.split(";")
    ]


def partitions(owner: psycopg.Connection) -> dict[str, int]:
    found = owner.execute(
        "SELECT inhparent::regclass::text, count(*) FROM pg_inherits JOIN pg_class ON oid = inhrelid "
        "WHERE relkind = 'r' GROUP BY 1"
    )
    return dict(found.fetchall())


def test_sixteen_partitions_each(db, owner):
    assert partitions(owner) == dict.fromkeys(TABLES, 16)


ASKED = {
    "the list of ratings": lambda: selectors.standings().order_by("-score", "-membership_id")[:50],
    "the list of members by score": lambda: members.asked(QueryDict("sort=-score&grade=AA"))[1],
    "a member's file": lambda: Fact.objects.filter(membership=1).select_related("ref"),
    "publication's versions": lambda: Standing.objects.values("rated_at"),
    "an ended record": lambda: Membership.objects.exclude(standing__state=5),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("role", [Role.CONSOLE, Role.ENGINE])
def test_one_association_is_one_partition(db, role, asked):
    with taken(role, association_id=7):
        found = re.findall(rf"({'|'.join(TABLES)})_p(\d\d)", ASKED[asked]().explain())
    assert len({number for _table, number in found}) == 1


def test_without_the_literal_the_policy_prunes_as_it_runs(db):
    with taken(Role.CONSOLE, association_id=7), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE) SELECT * FROM credit_standing ORDER BY score")
        plan = [line for (line,) in cursor.fetchall() if re.search(r"on credit_standing_p\d\d ", line)]
    assert (len(plan), sum("never executed" in line for line in plan)) == (16, 15)


@pytest.mark.django_db(transaction=True)
def test_no_row_is_lost_on_the_way_in_or_out(owner):
    try:
        migrate(BEFORE)
        assert partitions(owner) == {}
        whole, names = shape(owner), columns(owner)
        fill()
        filled = rows(owner, names)
        assert [len(filled[table]) for table in THEN] == [16 + 1, 16 + 1, 8 + 1]
        last, _is_called = filled["associations_fact"][-1]

        migrate(AFTER)
        assert partitions(owner) == dict.fromkeys(THEN, 16)
        assert rows(owner, names) == filled
        [(_name, table)] = holes(owner)  # the table is declared by the name it has had since
        assert table == "credit_rating"
        [(at,)] = owner.execute("SELECT count(DISTINCT tableoid) FROM associations_fact").fetchall()
        assert 1 < at <= 8
        [(number,)] = owner.execute("SELECT nextval('associations_fact_id_seq')").fetchall()
        assert number == last + 1
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="credit_bar_fact_id_own_fk"):
            owner.execute("UPDATE credit_bar SET fact_id = 1000000 WHERE public_id = 'bar 1'")

        migrate(BEFORE)
        filled["associations_fact"][-1] = (last + 1, True)
        assert rows(owner, names) == filled
        assert shape(owner) == whole

        migrate()
        [(standing,), (former,)] = [
            owner.execute(f"SELECT array_agg(id ORDER BY id) FROM credit_{table}").fetchone()
            for table in ("standing", "formerrating")
        ]
        told = [row[names["credit_rating"].split(", ").index("id")] for row in filled["credit_rating"][:-1]]
        assert (standing, former) == (told[1::2], told[::2])
        assert holes(owner) == []
        migrate({"credit": "0013_told_and_changes"})
        assert owner.execute("SELECT array_agg(id ORDER BY id) FROM credit_rating").fetchone() == (told,)
        assert owner.execute(
            "SELECT array_agg(rating_id ORDER BY rating_id) FROM credit_standing"
        ).fetchone() == (standing,)
    finally:
        migrate()

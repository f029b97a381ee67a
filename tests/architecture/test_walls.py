"""The walls, tried: a catalogue query that must find no hole, and attacks that must come to nothing."""

from __future__ import annotations

import re
from contextlib import nullcontext
from copy import copy
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from associations.conduct.models import Fact
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.registry.services import register_association
from associations.tenancy import scope
from core.subjects.services import Identity, register
from core.subjects.states import Kind
from core.walls.raising import OWN_APPS, raise_walls, wall_of
from core.walls.roles import APP_LOGIN, NoScope, Role, taken
from tests.architecture.openings import OPENINGS
from tests.conftest import as_owner

HOLES = Path(__file__).with_name("holes.sql").read_text()
# Tables that name an association and are shared on purpose, each with its reason.
SHARED = {
    "core_appointment": "who may open which console is asked before a scope stands",
    "credit_rulesetversion": "the method is public",
}
OWN_MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OWN_APPS
]
TENANT_TABLES = sorted(
    model._meta.db_table for model in OWN_MODELS if (wall := wall_of(model)) is not None and wall.tenant
)


def holes(owner: psycopg.Connection) -> list[tuple[str, str]]:
    parameters = {"tenant": TENANT_TABLES, "open": list(SHARED), "roles": list(Role), "login": APP_LOGIN}
    return [(hole, at) for hole, at in owner.execute(HOLES, parameters)]


def make(slug: str, number: int, code: str) -> Membership:
    """An association with one member and one fact, all named after it: what could leak."""
    association = register_association(
        slug=slug,
        name=f"{slug}协会",
        name_en=slug,
        uscc=code,
        reach="city",
        region=slug,
        number=number,
        by=None,
    )
    subject = register(Identity(Kind.ORGANISATION, f"{slug}商贸有限公司", f"9199000000000000{number:02d}"))
    with scope.of(association):
        member = Membership.objects.create(
            association=association, subject_id=subject, number="M00001", category=3, name=f"canary {slug}",
            name_key=slug, pinyin="", initials="", code=f"9199000000000000{number:02d}", code_masked="…",
            joined_on=date(2024, 1, 1),
        )  # fmt: skip
        record(
            membership=member, kind=FactKind.TRAINING, occurred_on=date(2026, 1, 5), source=slug, key="1", a=4
        )
    return member


@pytest.fixture
def ours(db) -> Membership:
    return make("ours", 1, "51990000390996033J")


@pytest.fixture
def theirs(db) -> Membership:
    return make("theirs", 2, "91990000908301663D")


def ask(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


# --- the catalogue ----------------------------------------------------------------------------------------------


def test_no_hole_in_the_catalogue(db, owner):
    assert holes(owner) == []


@pytest.mark.parametrize(("opening", "hole"), OPENINGS)
def test_the_catalogue_query_sees_each_hole(db, owner, opening, hole):
    with pytest.raises(_Undo), owner.transaction():
        owner.execute(opening)
        assert hole in {found for found, _at in holes(owner)}
        raise _Undo


class _Undo(Exception):
    pass


def test_a_key_that_may_be_null_proves_no_association():
    proof = copy(Fact._meta.get_field("association"))
    assert proof.check() == []
    for key in ("ref", "source"):
        proof.key = key
        assert [found.id for found in proof.check()] == ["walls.E001"]


def test_every_table_of_ours_declares_its_wall():
    assert [model._meta.label for model in OWN_MODELS if wall_of(model) is None] == []


def test_append_only_docstrings_are_triggers(db, owner):
    said = {
        model._meta.db_table
        for model in OWN_MODELS
        if re.search(r"\bappend-only\b", model.__doc__ or "", re.IGNORECASE)
    }
    kept = {
        table
        for (table,) in owner.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'append_only' AND NOT relispartition"
        )
    }
    assert said == kept


@pytest.mark.django_db(transaction=True)
def test_raising_again_changes_nothing(owner):
    before = _shape(owner)
    with as_owner():
        raise_walls(connection)
    assert _shape(owner) == before


def _shape(owner) -> list[tuple]:
    return (
        owner.execute(
            "SELECT relname, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S') ORDER BY 1"
        ).fetchall()
        + owner.execute("SELECT conname FROM pg_constraint ORDER BY 1").fetchall()
    )


# --- attacks from inside a console scope ------------------------------------------------------------------------


def test_raw_sql_reads_nothing_of_another(ours, theirs):
    with scope.of(ours.association):
        for table in TENANT_TABLES:
            assert ask(f"SELECT count(*) FROM {table} WHERE association_id = %s", theirs.association_id) == [
                (0,)
            ]
        assert ask("SELECT name FROM associations_membership") == [("canary ours",)]


def test_raw_sql_writes_nothing_of_another(ours, theirs):
    with scope.of(ours.association):
        assert ask("UPDATE associations_membership SET name = 'x' WHERE id = %s", theirs.pk) == [(0,)]
        with pytest.raises(ProgrammingError), transaction.atomic():  # moving our row to them
            ask("UPDATE associations_membership SET association_id = %s", theirs.association_id)
        with pytest.raises(ProgrammingError), transaction.atomic():  # a row in their name
            ask(
                "INSERT INTO associations_course (association_id, public_id, name, hours, before_first_stream, "
                "pass_mark, valid_days) VALUES (%s, 'x', 'x', 1, false, 60, 365)",
                theirs.association_id,
            )
    with scope.of(theirs.association):
        assert ask("SELECT name FROM associations_membership") == [("canary theirs",)]
        assert ask("SELECT count(*) FROM associations_course") == [(0,)]


def test_a_row_cannot_point_into_another_association(ours, theirs):
    with pytest.raises(IntegrityError), scope.of(ours.association):
        Fact.objects.create(
            association=ours.association, membership_id=theirs.pk, kind=FactKind.TRAINING,
            occurred_on=date(2026, 1, 5), source="x", key="2", a=4, digest=bytes(32),
        )  # fmt: skip
        connection.check_constraints()


def test_a_key_used_by_another_is_free_for_us(ours, theirs):
    """The same fact key in both: a unique index across associations would refuse, and so tell."""
    with scope.of(ours.association):
        assert Fact.objects.get(key="1").source == "ours"
    with scope.of(theirs.association):
        assert Fact.objects.get(key="1").source == "theirs"


@pytest.mark.parametrize("statement", ["UPDATE associations_fact SET a = 9", "DELETE FROM associations_fact",
                                       "TRUNCATE associations_fact CASCADE"])  # fmt: skip
def test_facts_cannot_be_changed_by_the_application(ours, statement):
    with scope.of(ours.association):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask(statement)
        assert Fact.objects.get().a == 4


@pytest.mark.parametrize("role", [*Role, None])
def test_a_partition_answers_nobody(ours, role):
    """Asked by its own name, a partition would not ask its table's policies."""
    with scope.of(ours.association):
        [(name,)] = ask("SELECT tableoid::regclass::text FROM associations_fact")
    assert re.fullmatch(r"associations_fact_p\d\d", name)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with taken(role, association_id=ours.association_id) if role else nullcontext():
            ask(f"SELECT * FROM {name}")


@pytest.mark.parametrize("statement", ["UPDATE {} SET a = 9", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_partition_of_facts_refuses_even_its_owner(db, owner, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(statement.format("associations_fact_p00"))


@pytest.mark.parametrize(
    "statement", ["UPDATE core_entry SET why = 'x'", "DELETE FROM core_entry", "TRUNCATE core_entry"]
)
def test_the_ledger_refuses_even_its_owner(db, owner, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(statement)


def test_the_console_cannot_make_judgements_or_publish(ours):
    with scope.of(ours.association):
        for table in (
            "credit_formerrating",
            "credit_standing",
            "credit_publishedrating",
            "credit_publishedbar",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ask(f"INSERT INTO {table} DEFAULT VALUES")


def test_the_console_cannot_look_up_subjects(ours):
    with scope.of(ours.association), pytest.raises(ProgrammingError), transaction.atomic():
        ask("SELECT * FROM core_subject")


# --- attacks without a scope, and as the public -----------------------------------------------------------------


def test_the_login_alone_reads_no_tenant_table(ours):
    for table in TENANT_TABLES:
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask(f"SELECT count(*) FROM {table}")


def test_asking_without_a_scope_raises(ours):
    with pytest.raises(NoScope):
        Membership.objects.count()
    with pytest.raises(NoScope):
        Fact.objects.first()


def test_the_public_reads_published_tables_only(db, owner):
    published = {model._meta.db_table for model in OWN_MODELS if wall_of(model) and wall_of(model).public}
    readable = {
        table
        for (table,) in owner.execute(
            "SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a "
            "WHERE a.grantee = 'register_public'::regrole AND c.relkind IN ('r', 'v', 'm', 'p')"
        )
    }
    assert readable == published
    assert all(name.startswith("credit_published") for name in published)


def test_the_public_reads_no_row_of_an_association(ours):
    with scope.public():
        for table in [
            *TENANT_TABLES,
            "core_user",
            "core_subject",
            "core_appointment",
            "associations_association",
        ]:
            with pytest.raises(ProgrammingError), transaction.atomic():
                ask(f"SELECT count(*) FROM {table}")


def test_the_public_writes_nothing(db):
    with scope.public(), pytest.raises(ProgrammingError), transaction.atomic():
        ask("DELETE FROM credit_publishedrating")


# --- the scope itself -------------------------------------------------------------------------------------------


def test_scopes_nest_and_give_back_the_outer_one(ours, theirs):
    with scope.of(ours.association):
        with scope.across_associations(why="test"):
            assert Membership.objects.count() == 2
        assert [member.name for member in Membership.objects.all()] == ["canary ours"]
        with pytest.raises(DatabaseError), scope.of(theirs.association):
            ask("SELECT 1/0")
        assert ask("SELECT current_setting('app.association'), current_user") == [
            (str(ours.association_id), "register_console")
        ]
    assert ask("SELECT current_setting('app.association', true), current_user") == [("", "register_app")]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_carried_over_to_the_next_request():
    make("ours", 1, "51990000390996033J")
    pid = ask("SELECT pg_backend_pid()")
    for round_ in range(20):
        try:
            with taken(Role.CONSOLE, association_id=1):
                if round_ % 2:
                    raise RuntimeError("a request fails")
        except RuntimeError:
            pass
        assert ask("SELECT pg_backend_pid()") == pid  # the same connection, as a pool would hand it on
        assert ask("SELECT coalesce(current_setting('app.association', true), ''), current_user") == [
            ("", "register_app")
        ]


def test_crossing_needs_a_reason():
    with pytest.raises(ValueError, match="reason"):
        scope.across_associations(why="")

"""From declarations to SQL: grants, row-level security, composite keys, append-only triggers.

Runs as the owner after every migration, in one transaction, and may run any number of times. A table
of ours without a declaration is left closed; tables of the packages (sessions, log-in, …) are the
application login's alone. A partition is closed to everybody: its rows are reached through its table, whose policies
would not be asked otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models, transaction

from core.walls.declared import Wall
from core.walls.roles import APP_LOGIN, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

OWN_APPS = frozenset({"core", "associations", "credit", "portal"})
WORDS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}
GRANTEES = {"app": APP_LOGIN, "console": Role.CONSOLE, "engine": Role.ENGINE, "public": Role.PUBLIC}
PACKAGE_WALL = Wall(app="SIUD")

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION register_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: corrections are new rows', TG_TABLE_NAME USING ERRCODE = '42501';
END $$
"""
# Row by row by the index, whatever the caller's settings: he may write one row or twenty thousand.
CHECK_KEYS = """
CREATE OR REPLACE FUNCTION register_check_keys() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop = on SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE lost bigint;
BEGIN
  EXECUTE format(
    'SELECT %1$I FROM written WHERE %1$I IS NOT NULL AND NOT EXISTS (SELECT FROM public.%2$I there '
    'WHERE there.association_id = written.association_id AND there.id = written.%1$I) LIMIT 1',
    TG_ARGV[0], TG_ARGV[1]) INTO lost;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% % of % is none of its association in %', TG_ARGV[0], lost, TG_TABLE_NAME, TG_ARGV[1]
      USING ERRCODE = '23503', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$
"""
KEEP_ROWS = """
CREATE OR REPLACE FUNCTION register_keep_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % stay, with their numbers and their keys checked at once', TG_TABLE_NAME
    USING ERRCODE = '42501';
END $$
"""
# A default may name a sequence where an identity cannot be: in a partitioned table before PostgreSQL 17.
SEQUENCES = """
SELECT holder.relname, sequence.relname, refobjsubid::text FROM pg_depend
JOIN pg_class holder ON holder.oid = refobjid JOIN pg_class sequence ON sequence.oid = objid
WHERE deptype = 'a' AND classid = 'pg_class'::regclass AND refclassid = classid AND sequence.relkind = 'S'
"""
PARTITIONS = """
SELECT whole.relname, part.relname, pg_get_expr(part.relpartbound, part.oid)
FROM pg_class whole, LATERAL pg_partition_tree(whole.oid) tree JOIN pg_class part ON part.oid = tree.relid
WHERE whole.relkind = 'p' AND NOT whole.relispartition AND tree.level > 0 ORDER BY part.relname
"""
COLUMNS = """
SELECT relname, attname, attnum::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
"""
Parts = defaultdict[str, dict[str, str]]
"""Of each table its columns, its sequences (and their columns) or its partitions (and what each holds)."""
OWN_ROWS = "association_id = (SELECT NULLIF(current_setting('app.association', true), '')::bigint)"


def wall_of(model: type[models.Model]) -> Wall | None:
    """The declared wall; a package's table is the login's own; ours without declaration: None, closed.

    A many-to-many table stands behind the wall of the model that made it.
    """
    meta = model._meta  # noqa: SLF001 - Django's documented model API
    if meta.app_label not in OWN_APPS:
        return PACKAGE_WALL
    return getattr(meta.auto_created or model, "wall", None)


def tables() -> Iterator[tuple[str, type[models.Model], Wall | None]]:
    """Every table Django keeps, automatic many-to-many tables included."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 - Django's documented model API
        if meta.managed and not meta.proxy:
            yield meta.db_table, model, wall_of(model)


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Bring the database's walls to what the models declare. `connection` is the owner's."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register walls'))")
        present = set(connection.introspection.table_names(cursor))
        for function in (REFUSE_CHANGE, CHECK_KEYS, KEEP_ROWS):
            cursor.execute(function)
        names = ", ".join(GRANTEES.values())
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {names}")
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        standing = [(table, model, wall) for table, model, wall in tables() if table in present]
        sequences, partitions = _by_table(cursor, SEQUENCES), _by_table(cursor, PARTITIONS)
        columns = _by_table(cursor, COLUMNS)
        for table, _model, wall in standing:
            for statement in _grants(table, wall, [*sequences[table]]):
                cursor.execute(statement)
        for table, _model, wall in standing:
            for statement in _rows(table, wall, [*partitions[table]]):
                cursor.execute(statement)
        for table, model, wall in standing:
            if wall and wall.tenant:
                for statement in _composite_keys(table, model, partitions, columns):
                    cursor.execute(statement)
        cursor.execute(f"GRANT SELECT ON django_migrations TO {APP_LOGIN}")


def _by_table(cursor: CursorWrapper, question: str) -> Parts:
    cursor.execute(question)
    found: Parts = defaultdict(dict)
    for table, name, told in cursor.fetchall():
        found[table][name] = told
    return found


def _grants(table: str, wall: Wall | None, sequences: list[str]) -> Iterator[str]:
    everybody = f"PUBLIC, {', '.join(GRANTEES.values())}"
    yield f"REVOKE ALL ON {table} FROM {everybody}"
    for sequence in sequences:
        yield f"REVOKE ALL ON SEQUENCE {sequence} FROM {everybody}"
    if wall is None:
        return
    for field, grantee in GRANTEES.items():
        letters = getattr(wall, field)
        if wall.append_only and set(letters) & {"U", "D"}:
            raise ValueError(f"{table} is append-only, yet {grantee} is to update or delete")
        if letters:
            yield f"GRANT {', '.join(WORDS[letter] for letter in letters)} ON {table} TO {grantee}"
        if "I" in letters:
            for sequence in sequences:
                yield f"GRANT USAGE ON SEQUENCE {sequence} TO {grantee}"


def _rows(table: str, wall: Wall | None, partitions: list[str]) -> Iterator[str]:
    """Whose rows are seen, and that kept ones stay as they are."""
    if wall and wall.tenant:
        yield from _own_rows(table)
        if not partitions:  # the key of a table in partitions is of its migration's making
            key = f"{table}_own_key"
            yield _once(key, f"ALTER TABLE {table} ADD CONSTRAINT {key} UNIQUE (association_id, id)")
    for partition in partitions:
        yield f"REVOKE ALL ON {partition} FROM PUBLIC, {', '.join(GRANTEES.values())}"
        yield f"ALTER TABLE {partition} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    if wall and wall.append_only:  # what names a partition does not meet the trigger of its table
        yield from map(_append_only, [table, *partitions])


def _append_only(table: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change()"
    )


def _own_rows(table: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS own_rows ON {table}"
    own = f"USING ({OWN_ROWS}) WITH CHECK ({OWN_ROWS})"
    yield f"CREATE POLICY own_rows ON {table} TO {Role.CONSOLE} {own}"
    yield f"DROP POLICY IF EXISTS all_rows ON {table}"
    yield f"CREATE POLICY all_rows ON {table} TO {Role.ENGINE} USING (true) WITH CHECK (true)"


def _composite_keys(
    table: str, model: type[models.Model], partitions: Parts, columns: Parts
) -> Iterator[str]:
    """What the models declare, of the columns there are: at an earlier migration some are still to come."""
    for field in model._meta.local_fields:  # noqa: SLF001
        if not isinstance(field, models.ForeignKey) or field.column not in columns[table]:
            continue
        target = field.related_model
        wall = wall_of(target)
        if not (wall and wall.tenant):
            continue
        for here, there in _pairs(table, target._meta.db_table, partitions):  # noqa: SLF001
            name = f"{here}_{field.column}_own_fk"
            if getattr(field, "at_once", False):
                yield f"ALTER TABLE {here} DROP CONSTRAINT IF EXISTS {name}"
                continue
            yield _once(
                name,
                f"ALTER TABLE {here} ADD CONSTRAINT {name} FOREIGN KEY (association_id, {field.column}) "
                f"REFERENCES {there} (association_id, id) DEFERRABLE INITIALLY DEFERRED",
            )
        if getattr(field, "at_once", False):
            yield from _checked_at_once(table, field.column, target._meta.db_table, stays=wall.append_only)  # noqa: SLF001
        if field.unique:  # a one-to-one: its index must not tell one association of another's rows
            name = f"{table}_{field.column}_own_once"
            yield _once(  # a later key by the dropped one's name may be a copy's, which others stand on
                name,
                f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{field.column}_key; "
                f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (association_id, {field.column})",
            )
        for copied in getattr(field, "copies", ()):
            yield from _copied(table, model, field, copied, columns)


def _checked_at_once(table: str, column: str, target: str, *, stays: bool) -> Iterator[str]:
    """Check the key of all new rows of a statement together; from then on it stays, and so do the rows it leads to.

    `stays`: the target's rows are kept as they are already.
    """
    yield (
        f"CREATE OR REPLACE TRIGGER {column}_own_key_insert AFTER INSERT ON {table} "
        f"REFERENCING NEW TABLE AS written FOR EACH STATEMENT "
        f"EXECUTE FUNCTION register_check_keys('{column}', '{target}')"
    )
    yield _kept(f"{column}_own_key_update", table, column)
    if not stays:
        yield (
            f"CREATE OR REPLACE TRIGGER rows_stay BEFORE DELETE OR TRUNCATE ON {target} FOR EACH STATEMENT "
            "EXECUTE FUNCTION register_keep_rows()"
        )
        yield _kept("numbers_stay", target, "id")


def _kept(name: str, table: str, column: str) -> str:
    """Refuse another association and another `column`; costs nothing where a statement names neither."""
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF association_id, {column} ON {table} FOR EACH ROW "
        f"WHEN ((OLD.association_id, OLD.{column}) IS DISTINCT FROM (NEW.association_id, NEW.{column})) "
        "EXECUTE FUNCTION register_keep_rows()"
    )


def _pairs(table: str, target: str, partitions: Parts) -> list[tuple[str, str]]:
    """Where a key leads from and to: between tables partitioned alike, from each partition to its like alone.

    An association's rows are in like partitions. A key to the whole table would try sixteen for every row.
    """
    here, there = partitions[table], partitions[target]
    if here and sorted(here.values()) == sorted(there.values()):
        like = {bound: partition for partition, bound in there.items()}
        return [(partition, like[bound]) for partition, bound in here.items()]
    return [(table, target)]


def _copied(
    table: str, model: type[models.Model], field: models.ForeignKey, copied: str, columns: Parts
) -> Iterator[str]:
    """Hold the column `copied` of `table` equal to that of the row `field` points to.

    Where the two are called differently: "here=there".
    """
    target = field.related_model._meta  # noqa: SLF001
    mine, _equals, theirs = copied.partition("=")
    here, there = _column(model, mine), _column(field.related_model, theirs or mine)
    if here not in columns[table] or there not in columns[target.db_table]:
        return
    alone = getattr(
        target.get_field(theirs or mine), "unique", False
    )  # then Django's own key has had the name
    key = f"{target.db_table}_{there}_{'copied' if alone else 'key'}"
    name = f"{table}_{field.column}_{here}_fk"
    yield _once(
        key, f"ALTER TABLE {target.db_table} ADD CONSTRAINT {key} UNIQUE (association_id, id, {there})"
    )
    yield _once(
        name,
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (association_id, {field.column}, {here}) "
        f"REFERENCES {target.db_table} (association_id, id, {there}) DEFERRABLE INITIALLY IMMEDIATE",
    )


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's documented model API
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} is no column")
    return str(field.column)


def _once(name: str, statement: str) -> str:
    """`statement` unless the constraint `name` stands already."""
    standing = f"SELECT 1 FROM pg_constraint WHERE conname = left('{name}', 63)"  # noqa: S608 - our own name
    return f"DO $$ BEGIN IF NOT EXISTS ({standing}) THEN {statement}; END IF; END $$"

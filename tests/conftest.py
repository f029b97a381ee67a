"""How every test meets the house: a real PostgreSQL, made by its owner, used by the application's log-in."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from psycopg import sql
from pytest_django import DjangoDbBlocker

from config.embedded import place, postgres
from config.preparation import alone_on_the_server, create_database, owner_connection
from config.settings.database import APP_LOGIN, read_url

pytest_plugins = ["tests.cast", "tests.sharing"]

SERVER = pytest.StashKey[Any]()
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# --- the server ---


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server where none is named. xdist's workers inherit its address."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.REQUIRE_MFA = False  # the second step has tests of its own
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns of a fresh clone that has none
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if os.environ.get("DATABASE_URL"):
        return
    where = place.at(Path(settings.DATA_DIR) / "test")
    server = postgres.serving(where, options=postgres.UNSAFE_AND_FAST)
    server.__enter__()
    config.stash[SERVER] = server
    os.environ["DATABASE_URL"] = place.url(where)
    settings.DATABASE_OWNER = read_url(os.environ["DATABASE_URL"])
    connection.settings_dict["HOST"] = settings.DATABASE_OWNER["HOST"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the server; the last one out stops it."""
    if server := config.stash.get(SERVER, None):
        server.__exit__(None, None, None)


# --- the database ---


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's connection be the owner's for the block, the application's after it."""
    application = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({key: settings.DATABASE_OWNER[key] for key in ("USER", "PASSWORD")})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(application)


MIGRATED = "test_register_migrated"


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,  # must come first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Give the name of a migrated and walled database to copy from. The first worker makes it, the last drops it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    made = shared / "migrated"
    with (shared / "copying.lock").open("w") as copying, (shared / "migrating.lock").open("w") as migrating:
        fcntl.flock(copying, fcntl.LOCK_SH)
        fcntl.flock(migrating, fcntl.LOCK_EX)
        if not made.exists():
            with django_db_blocker.unblock(), as_owner():
                _migrate_afresh()
            made.touch()
        fcntl.flock(migrating, fcntl.LOCK_UN)
        yield MIGRATED
        fcntl.flock(copying, fcntl.LOCK_UN)
        with suppress(BlockingIOError):
            fcntl.flock(copying, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made.unlink(missing_ok=True)
            drop_database(MIGRATED)


def _migrate_afresh() -> None:
    drop_database(MIGRATED)
    with alone_on_the_server() as server:
        create_database(server, MIGRATED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", MIGRATED)
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        connection.close()


def copy_database(template: str, name: str) -> None:
    """Create it as the owner with everything that is in `template`, to which nobody may be connected."""
    with alone_on_the_server() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def drop_database(name: str) -> None:
    """Drop it as the owner if it is there, whoever is connected to it."""
    with alone_on_the_server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(  # noqa: PLR0917 - pytest-django's fixtures
    request: pytest.FixtureRequest,
    django_test_environment: None,  # must come first
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,  # gives each xdist worker its own name
) -> Iterator[None]:
    """Copy the migrated database as its owner; hand the copy to the tests as the application."""
    keep = django_db_keepdb and not django_db_createdb
    if not keep:
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("migrated")
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(
            verbosity=request.config.option.verbose, interactive=False, keepdb=keep, serialized_aliases=set()
        )
        flush = _flush_as_owner(_rows_of_migrations())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush)
        yield
    with django_db_blocker.unblock(), as_owner():
        if not django_db_keepdb:
            teardown_databases(made, verbosity=request.config.option.verbose)


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection[Any]]:  # the database must be there
    """Give the owner's own connection to the test database, in autocommit mode, beside Django's."""
    with owner_connection(connection.settings_dict["NAME"]) as mine:
        yield mine


@pytest.fixture
def app_login(db: None) -> str:  # the database must be there
    """Return the log-in that Django's connection has in tests, as in production."""
    return APP_LOGIN


def _tables(mine: psycopg.Connection[Any]) -> list[str]:
    return [
        name
        for (name,) in mine.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace "
            "AND NOT relispartition AND relname <> 'django_migrations' ORDER BY relname"
        )
    ]


def _rows_of_migrations() -> dict[str, bytes]:
    """Return what the migrations wrote, table by table in COPY's format, to be put back after each flush."""
    rows = {}
    with owner_connection(connection.settings_dict["NAME"]) as mine:
        for table in _tables(mine):
            with mine.cursor().copy(
                sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(table))
            ) as copy:
                if content := b"".join(bytes(part) for part in copy):
                    rows[table] = content
    return rows


def _flush_as_owner(rows: dict[str, bytes]) -> Any:
    """Make the teardown of transactional tests: empty every table with rows, put back what the migrations wrote.

    Append-only tables refuse DELETE by trigger, and keys by theirs, so the triggers are asleep here and nowhere else.
    The application's log-in could not do this.
    """

    def _fixture_teardown(_case: TransactionTestCase) -> None:
        connection.close()  # a transaction left open could make DELETE wait
        with owner_connection(connection.settings_dict["NAME"]) as mine, mine.transaction():
            mine.execute("SET LOCAL session_replication_role = replica")
            mine.execute("SET LOCAL lock_timeout = '20s'")
            # TRUNCATE would give each of some eight hundred tables, partitions and indexes a new file.
            filled = sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
                for name in _tables(mine)
            )
            for (name,) in mine.execute(filled).fetchall():
                mine.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            for table, content in rows.items():
                with mine.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                    copy.write(content)

    return _fixture_teardown


# --- the language ---


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Begin in the register's language, whichever the last page of the test before was in."""
    translation.deactivate()


# --- the browser ---


def chromium() -> str | None:
    """Return the path of the system's Chromium. Playwright's own download is never used."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run browser tests last: Playwright's event loop stays in the thread once it runs."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """Spare Python's collector what stays: it went through every module again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without Chromium a browser test is skipped visibly; with REQUIRE_BROWSER it fails."""
    if item.get_closest_marker("browser") and not chromium():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no Chromium on the PATH.", pytrace=False)
        pytest.skip("no Chromium on the PATH")


@pytest.fixture(scope="session")
def base_url() -> str:
    """Nowhere: each test says which site it means. (The plugin's own fixture warns under pytest 9.)"""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the system's Chromium; as root it has no sandbox.

    From the first browser test on, Playwright's loop makes Django believe it is called asynchronously.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }

"""The database is made ready any number of times, by any number at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import preparation
from core.walls.roles import APP_LOGIN, Role

NAME = "test_preparation"


@pytest.fixture
def no_such_database(django_db_setup):
    def drop():
        with preparation.alone_on_the_server() as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")

    drop()
    yield
    drop()


@pytest.mark.usefixtures("no_such_database")
def test_four_at_once_make_one_database_with_its_extensions():
    def prepare(_):
        preparation.prepare_server(NAME)
        preparation.prepare_extensions(NAME)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, range(4)))
    with preparation.owner_connection(NAME) as made:
        assert made.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        found = {name for (name,) in made.execute("SELECT extname FROM pg_extension")}
    assert found == {"plpgsql", *preparation.EXTENSIONS}


def test_the_application_can_take_the_roles_but_has_nothing_of_them_by_itself(owner):
    assert owner.execute(
        "SELECT rolcanlogin, rolinherit, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole "
        "FROM pg_roles WHERE rolname = %s",
        [APP_LOGIN],
    ).fetchone() == (True, False, False, False, False, False)
    for role in Role:
        facts = "SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, %s, 'USAGE')"
        assert owner.execute(facts, [APP_LOGIN, role, APP_LOGIN, role]).fetchone() == (True, False)


def test_a_mighty_role_is_refused(owner):
    owner.execute("BEGIN")
    owner.execute(f"ALTER ROLE {Role.PUBLIC} BYPASSRLS")
    with pytest.raises(RuntimeError, match="could walk around row-level security: register_public"):
        preparation._create_roles(owner)
    owner.execute("ROLLBACK")


def test_the_password_is_never_sent_in_the_clear(owner):
    stored = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [APP_LOGIN]).fetchone()[0]
    assert stored.partition("$")[0] == "SCRAM-SHA-256"


def test_the_application_cannot_write_down_a_table(owner):
    with psycopg.connect(owner.info.dsn, user=APP_LOGIN, password=settings.DATABASE_APP_PASSWORD) as mine:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            mine.execute("CREATE TABLE mine (id int)")
    assert connection.settings_dict["USER"] == APP_LOGIN


def test_manage_py_takes_the_owner_s_login_for_migrations_only(tmp_path):
    program = (
        "import os, sys, runpy; sys.argv = ['manage.py', sys.argv[1]]\n"
        "import django.core.management as m; m.execute_from_command_line = lambda _: None\n"
        "runpy.run_path('manage.py', run_name='__main__'); print(os.environ.get('DATABASE_LOGIN'))"
    )

    def login(command):
        environment = {
            "PATH": "/usr/bin:/bin",
            "DATABASE_URL": "postgres://x@127.0.0.1:1/x",
            "DATA_DIR": str(tmp_path),
        }
        return subprocess.run(
            [sys.executable, "-c", program, command],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert [login(name) for name in ("migrate", "prepare_database", "shell", "seed")] == [
        "owner",
        "owner",
        "None",
        "None",
    ]

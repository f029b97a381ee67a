"""Makes the database ready for migrations: the database itself, the log-in, the roles, the extensions.

Everything here runs as the owner, may run any number of times and from several processes at once, and works
from PostgreSQL 15 on. The table privileges are not here: `core.walls` raises them after every migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from core.walls.roles import APP_LOGIN, Role

EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin")
MAINTENANCE = "postgres"
LOCK = 7_120_422_611  # any number, the same for everybody who prepares this cluster


def prepare_server(database: str) -> None:
    """Create the log-in and the roles, then `database` when it is missing. Raises psycopg errors."""
    with alone_on_the_server() as server:
        _create_roles(server)
        create_database(server, database)


def prepare_roles() -> None:
    """Create the log-in and the roles where they are missing, and set the log-in's password."""
    with alone_on_the_server() as server:
        _create_roles(server)


def prepare_extensions(database: str) -> None:
    """Install the extensions in `database` and let the application connect to it."""
    with alone_on_the_server(), owner_connection(database) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(database), sql.Identifier(APP_LOGIN)
            )
        )


def owner_connection(database: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the owner, outside Django, in autocommit mode."""
    owner = settings.DATABASE_OWNER
    return psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=database,
        autocommit=True,
        **{"connect_timeout": 10, **owner["OPTIONS"]},
    )


def create_database(server: psycopg.Connection[tuple[Any, ...]], name: str, owner: str | None = None) -> bool:
    """Create a UTF-8 database unless it exists; tell whether it was created."""
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    clause = sql.SQL(" OWNER {}").format(sql.Identifier(owner)) if owner else sql.SQL("")
    server.execute(
        sql.SQL("CREATE DATABASE {}{} ENCODING 'UTF8' TEMPLATE template0").format(
            sql.Identifier(name), clause
        )
    )
    return True


@contextmanager
def alone_on_the_server() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Hold the owner's connection to the maintenance database, with everybody else who prepares waiting.

    Roles belong to the whole server while advisory locks belong to one database, so the lock is taken there.
    """
    with owner_connection(MAINTENANCE) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield server


def _create_roles(server: psycopg.Connection[tuple[Any, ...]]) -> None:
    login = sql.Identifier(APP_LOGIN)
    present = {
        name for (name,) in server.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'register\\_%'")
    }
    if APP_LOGIN not in present:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(login))
    for role in Role:
        if role not in present:
            server.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), login))
    _set_password(server)
    mighty = server.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND "
        "(rolsuper OR rolbypassrls OR rolcreaterole)",
        [[APP_LOGIN, *Role]],
    ).fetchall()
    if mighty:
        raise RuntimeError(
            f"These roles could walk around row-level security: {', '.join(name for (name,) in mighty)}"
        )


def _set_password(server: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Set the log-in's password, hashed here so that it appears in no statement log."""
    hashed = server.pgconn.encrypt_password(
        settings.DATABASE_APP_PASSWORD.encode(), APP_LOGIN.encode(), b"scram-sha-256"
    ).decode()
    server.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(APP_LOGIN), sql.Literal(hashed))
    )

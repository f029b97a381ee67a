#!/usr/bin/env python
"""Django's command line.

Commands that change the shape of the database log in as its owner, all others as the application.
Where no DATABASE_URL names a server, the embedded PostgreSQL runs for as long as the command does.
"""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

OWNER_COMMANDS = {"prepare_database", "migrate", "makemigrations", "sqlmigrate", "showmigrations", "dbshell"}
WITHOUT_DATABASE = {
    "help",
    "check_translations",
    "collectstatic",
    "findstatic",
    "makemigrations",
    "run",
    "write_docs",
}


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_LOGIN", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment

    with _database_for(command):
        execute_from_command_line(sys.argv)


def _database_for(command: str) -> AbstractContextManager[object]:
    if command in WITHOUT_DATABASE or os.environ.get("DATABASE_URL"):
        return nullcontext()
    from config.embedded import place, postgres  # noqa: PLC0415 - only where it is needed

    return postgres.serving(place.default())


if __name__ == "__main__":
    main()

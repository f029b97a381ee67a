"""`manage.py migrate`: Django's own, between the roles it needs and the walls that follow every change."""

from importlib.util import find_spec
from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from config import preparation
from config.quick_state import quick_state


class Command(DjangoMigrate):
    """Migrate as the owner, then raise the walls: no table is open because somebody forgot to close it."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Roles and extensions first, migrations, walls last."""
        connection = connections[options["database"]]
        preparation.prepare_roles()
        preparation.prepare_extensions(connection.settings_dict["NAME"])
        with quick_state():
            done = super().handle(*args, **options)
        if find_spec("core.walls.raising"):
            from core.walls.raising import raise_walls  # noqa: PLC0415 - it needs the tables

            raise_walls(connection)
        return done

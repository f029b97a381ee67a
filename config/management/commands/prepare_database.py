"""`manage.py prepare_database`: the database, the roles, the extensions, the broker's database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import preparation
from config.embedded import broker


class Command(BaseCommand):
    """Idempotent; several may run at once."""

    help = "Creates the database, the application's log-in, its roles and the extensions, as the owner."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--migrate", action="store_true", help="and bring its tables up to date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare the server, then the database, then the broker where it is ours."""
        name = settings.DATABASE_OWNER["NAME"]
        preparation.prepare_server(name)
        preparation.prepare_extensions(name)
        if settings.CELERY_BROKER_URL.startswith(broker.SCHEME):
            broker.prepare(settings.BROKER_DATABASE)
        if options["migrate"]:
            call_command("migrate", interactive=False, verbosity=0)

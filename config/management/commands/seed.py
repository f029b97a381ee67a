"""`manage.py seed`: the demonstration, written through the rooms' verbs."""

from __future__ import annotations

import json
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.demo import accounts
from config.demo.stories import stories
from config.demo.telling import stands, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Writes three invented associations and their year; does nothing in a register that knows any association."""

    help = "Writes the demonstration: three invented associations with members, records, ratings and ten stories."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is drawn by lot, how many members, and where the stories stand."""
        parser.add_argument("--seed", type=int, default=7, help="another number draws other lives (7)")
        parser.add_argument("--members", type=int, metavar="N", help="about so many members in all (840)")
        parser.add_argument(
            "--stories",
            action="store_true",
            help="print the stories of the demonstration that stands, as JSON",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, or tell where the stories are."""
        if options["stories"]:
            self._print_stories()
            return
        if options["members"] is not None and options["members"] < 1:
            raise CommandError("--members takes a number from 1 on; each association gets 40 at least.")
        if stands():
            self.stdout.write("The register knows associations already: nothing was written.")
            return
        began = monotonic()
        secret = accounts.password()
        with transaction.atomic():
            tell(seed=options["seed"], total=options["members"], secret=secret, say=self.stdout.write)
            accounts.keep(secret)
        self.stdout.write(f"The demonstration stands ({monotonic() - began:.1f} s).")
        if not settings.DEMO:
            self.stdout.write(accounts.told(secret))
            self.stdout.write(
                "DEMO is not set: set DEMO=1, so that every page says that the data is invented."
            )

    def _print_stories(self) -> None:
        if not stands():
            raise CommandError("There is no demonstration yet: run `manage.py seed` first.")
        self.stdout.write(json.dumps(stories(), ensure_ascii=False, indent=2))

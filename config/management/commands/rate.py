"""`manage.py rate`: rates what is due, or all."""

from __future__ import annotations

import json
import time
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from associations.registry.models import Association
from credit.scoring import runs, services

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from credit.scoring.selectors import Progress


class Command(BaseCommand):
    help = "Rate the memberships that are due, or all. Prints JSON with counts and seconds; how far it is on stderr."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--association", metavar="SLUG", help="only this association's members")
        parser.add_argument(
            "--as-of", metavar="DATE", type=day, help="rate for this day, as 2026-05-01 (today)"
        )
        parser.add_argument("--all", action="store_true", help="every membership, due or not")

    def handle(self, *_args: Any, **options: Any) -> None:
        association_id = None
        if slug := options["association"]:
            association_id = Association.objects.filter(slug=slug).values_list("pk", flat=True).first()
            if association_id is None:
                raise CommandError(f"There is no association {slug!r}. `manage.py seed` makes three.")
        began = time.monotonic()
        which = {"as_of": options["as_of"], "association_id": association_id}
        outcome = runs.rate_all(**which, told=self._tell) if options["all"] else services.rate_due(**which)
        self.stdout.write(json.dumps(asdict(outcome) | {"seconds": round(time.monotonic() - began, 3)}))

    def _tell(self, progress: Progress) -> None:
        if progress.waiting:
            self.stderr.write(f"{progress.done:,} / {progress.members:,}  {progress.left}")


def day(written: str) -> date:
    """Return the day as it was typed; the parser tells what it says otherwise."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"{written!r} is not a day; write it as 2026-05-01") from None

"""`manage.py rate`: rates what is due, or all; or shows one member's rating as of a day."""

from __future__ import annotations

import json
import time
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from associations.members import handover as members
from associations.registry.models import Association
from associations.tenancy import scope
from credit.scoring import as_of, runs, services

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from credit.scoring.selectors import Progress


class Command(BaseCommand):
    help = "Rate the memberships that are due, or all. Prints JSON with counts and seconds; how far it is on stderr."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--association", metavar="SLUG", help="only this association's members")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            type=day,
            help="rate for this day, or show the rating of it, as 2026-05-01 (today)",
        )
        parser.add_argument("--all", action="store_true", help="every membership, due or not")
        parser.add_argument(
            "--show",
            metavar="MEMBER_PUBLIC_ID",
            help="rate nobody: print the member's rating of the day, as it was known then and as it should have been",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["show"]:
            self.stdout.write(shown(options["show"], options["as_of"] or timezone.localdate()))
            return
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


def shown(public_id: str, on: date) -> str:
    """The rating of a day as JSON. CommandError for no such member, or a day that cannot be asked for."""
    with override("en"), scope.across_associations(why="show one member's rating as of a day"):
        member = members.by_public_id(public_id)
        if member is None:
            raise CommandError(f"There is no member {public_id!r}. It is the id in the member's addresses.")
        try:
            told = as_of.as_json(as_of.rebuilt(member.id, on))
        except as_of.DayRefused as refused:
            raise CommandError(str(refused)) from None
    return json.dumps(told, ensure_ascii=False, indent=2)

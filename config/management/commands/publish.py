"""`manage.py publish`: what the timetable does, now."""

import json
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from associations.registry.models import Association
from credit.publication import services


class Command(BaseCommand):
    """Passes ratings, decisions and bars through the gate, withdraws what has ended, prints the counts as JSON."""

    help = "Publishes what the gate lets through and withdraws what has ended."

    def add_arguments(self, parser: CommandParser) -> None:
        """One association, or all; what changed, or everything."""
        parser.add_argument("--association", metavar="SLUG", help="only this association")
        parser.add_argument(
            "--again", action="store_true", help="look at every public rating, changed or not"
        )

    def handle(self, *_args: Any, association: str | None = None, **options: Any) -> None:
        """Withdraw first, then publish."""
        found = Association.objects.filter(slug=association).first() if association else None
        if association and found is None:
            raise CommandError(f"There is no association {association!r}.")
        began = time.perf_counter()
        ended = services.withdraw_ended()
        done = services.publish_due(association_id=found.pk if found else None, again=bool(options["again"]))
        services.publish_accounts()
        told = asdict(done) | {"withdrawn": done.withdrawn + ended.withdrawn}
        self.stdout.write(json.dumps(told | {"seconds": round(time.perf_counter() - began, 3)}))

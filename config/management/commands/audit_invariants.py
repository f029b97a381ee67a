"""`manage.py audit_invariants`: is everything as it must be?"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from config.invariants import GRACE_SECONDS, breaches

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Check the invariants: ledger chains, ratings, bars, what is public, what waits. Status 1 on a breach."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--grace",
            type=int,
            default=GRACE_SECONDS,
            metavar="SECONDS",
            help="how long work may wait (%(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        found = breaches(grace=options["grace"])
        seconds = round(time.monotonic() - began, 3)
        if options["json"]:
            told = {"holds": not found, "breaches": [asdict(each) for each in found], "seconds": seconds}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for each in found:
                self.stdout.write(f"{each.invariant}  {each.what}: {each.where}")
            self.stdout.write(f"{len(found)} breaches ({seconds} s)")
        if found:
            raise SystemExit(1)

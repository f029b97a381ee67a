"""`manage.py rehearse`: what a rule set would do to all members, without rating anybody."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from associations.registry.models import Association
from associations.tenancy import scope
from credit.rehearsal import services
from credit.rehearsal.models import Rehearsal
from credit.rehearsal.report import tables
from credit.rehearsal.report.merging import Tallies, merge
from credit.rehearsal.states import RehearsalState
from credit.rulesets import method
from credit.rulesets.validation import RuleSetRefusedError, load

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from credit.rulesets.method import RuleSet

PAUSE = 0.2


class Command(BaseCommand):
    help = "Run a rule set over all members without writing a rating, and print what would change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the rule set: TOML, or JSON as published")
        parser.add_argument("--association", metavar="SLUG", help="only this association's members")
        parser.add_argument(
            "--as-of", metavar="DATE", type=date.fromisoformat, help="rate for this day (today)"
        )
        parser.add_argument("--json", action="store_true", help="print the tallies as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug = options["association"]
        houses = Association.objects.order_by("id")
        if slug and not (houses := houses.filter(slug=slug)).exists():
            raise CommandError(f"There is no association {slug!r}. `manage.py seed` makes three.")
        ruleset = self._read(options["file"], base=method.default() if slug else None)
        day = options["as_of"] or timezone.localdate()
        began, asked = time.monotonic(), []
        for house in houses:
            with scope.of(house):
                asked.append(services.ask(ruleset=ruleset, as_of=day, by=None).pk)
        report = merge(self._reports(asked))
        seconds = round(time.monotonic() - began, 3)
        if options["json"]:
            told = {
                "ruleset": ruleset.id,
                "sha256": ruleset.sha256,
                "as_of": day.isoformat(),
                "seconds": seconds,
            }
            self.stdout.write(json.dumps(told | report))
        else:
            self.stdout.write("\n".join([*lines(report), f"{seconds} s"]))

    def _read(self, file: Path, base: RuleSet | None) -> RuleSet:
        with suppress(OSError):
            try:
                return load(file.read_bytes(), base=base)
            except RuleSetRefusedError as refused:
                told = "\n".join(f"  {each.field}: {each.text()}" for each in refused.problems)
                raise CommandError(f"The rule set cannot be used:\n{told}") from None
        raise CommandError(f"{file} cannot be read. Name the file of the rule set.")

    def _reports(self, asked: list[int]) -> list[Tallies | None]:
        """Do the parts, with the help of any worker, until the reports are there."""
        while True:
            if not services.rehearse_part(among=asked):
                time.sleep(PAUSE)
            with scope.across_associations(why="put the reports of all associations together"):
                left = Rehearsal.objects.filter(pk__in=asked, state=RehearsalState.RUNNING).exists()
                if left:
                    continue
                reports = list(Rehearsal.objects.filter(pk__in=asked).values_list("report", flat=True))
            if None in reports:
                raise CommandError(
                    "The figures of this rule set do not fit the register: a number is too large."
                )
            return reports


def lines(report: Tallies) -> list[str]:
    """The report as text: drift, migration, reasons."""
    members, fresh, due = tables.members(report)
    told = [f"{members:,} members, {fresh:,} without a standing rating, {due:,} due", ""]
    told.append(f"{'':<24}{'members':>10}{'better':>9}{'worse':>9}{'mean before':>13}{'mean after':>13}")
    for row in [*tables.by_category(report), *tables.by_size(report)]:
        means = "".join(
            f"{'—' if each is None else each / 1000:>13}" for each in (row.mean_before, row.mean_after)
        )
        told.append(f"{row.label:<24}{row.scores.n:>10,}{row.up:>9}{row.down:>9}{means}")
    moved = tables.migration(report)
    told += ["", f"{'before / after':<16}" + "".join(f"{each:>9}" for each in moved.columns)]
    for letter, counts in zip(moved.rows, moved.counts, strict=True):
        told.append(f"{letter:<16}" + "".join(f"{each:>9,}" for each in counts))
    for way, word in ((1, "better"), (-1, "worse"), (0, "otherwise")):
        told += ["", *(f"{word:<12}{bar.label:<32}{bar.count:>9,}" for bar in tables.reasons(report, way))]
    return told

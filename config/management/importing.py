"""What the five import commands share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from associations.imports import services
from associations.registry.models import Association
from associations.tenancy import scope
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.reports import write_report_csv
from core.verdicts import Denied

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    from associations.imports.states import Paper

LANGUAGES = ("zh-hans", "en")


class ImportCommand(BaseCommand):
    """`manage.py import_… SLUG FILE`: all of the file or nothing; prints the counts as one line of JSON."""

    paper: ClassVar[Paper]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the association, the file, and where the report goes."""
        parser.add_argument("slug", metavar="SLUG", help="the association's short name")
        parser.add_argument("file", metavar="FILE", type=Path, help="xlsx, xls, csv (UTF-8, GBK) or jsonl")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")
        parser.add_argument(
            "--report", metavar="OUT.csv", type=Path, help="row, column and reason of each refusal"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, report, print the counts."""
        slug, file, report = options["slug"], options["file"], options["report"]
        association = Association.objects.filter(slug=slug).first()
        if association is None:
            known = ", ".join(Association.objects.order_by("number").values_list("slug", flat=True)) or "—"
            raise refusal(_("There is no association %(slug)s. Known: %(known)s."), slug=slug, known=known)
        if not file.is_file():
            raise refusal(_("There is no file %(file)s."), file=file)
        try:
            with scope.of(association):
                plan = services.bring_in(paper=self.paper, path=file, dry_run=options["dry_run"], by=None)
                told = plan.summary() | services.elsewhere(self.paper, plan)
        except (PaperworkRefused, Denied) as refused:
            raise CommandError(both(refused.__str__)) from None
        except OSError as failed:
            raise refusal(_("%(file)s cannot be read: %(why)s"), file=file, why=failed.strerror) from None
        line = json.dumps(told, ensure_ascii=False)
        if report:
            try:
                with report.open("w", encoding="utf-8", newline="") as out:
                    write_report_csv(out, plan.problems)
            except OSError as failed:
                message = _(
                    "The import was carried out (%(told)s), but the report cannot be written: %(why)s"
                )
                raise refusal(message, told=line, why=failed.strerror) from None
        self.stdout.write(line)


def refusal(message: str, **params: object) -> CommandError:
    """A sentence in both languages: who reads a terminal's errors is not known."""
    return CommandError(both(lambda: gettext(message) % params))


def both(sentence: Callable[[], str]) -> str:
    """Say it in Chinese and in English, one a line."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(sentence())
    return "\n".join(dict.fromkeys(said))

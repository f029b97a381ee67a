"""`manage.py check_ruleset`: whether a file may be used as a rule set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from associations.registry.models import Association
from associations.tenancy import scope
from credit.rulesets.selectors import problems_of
from credit.rulesets.validation import REMEDIES, validate
from credit.rulesets.validation.source import MOST_BYTES

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from credit.rulesets.validation import Problem


class Command(BaseCommand):
    help = "Check a rule set, TOML or JSON. Prints every problem with its remedy; exit 1 if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--association",
            metavar="SLUG",
            help="as this association's own version: within the limits, in a free period",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        source = contents(options["file"])
        found = of_association(options["association"], source) if options["association"] else validate(source)
        for problem in found:
            where = f"{problem.field}: " if problem.field else ""
            words = problem.text(_, get_language() or "en")
            self.stdout.write(f"{where}{words} {_(REMEDIES[problem.code])}")
        if found:
            raise SystemExit(1)
        self.stdout.write(_("The rule set may be used."))


def contents(name: str) -> bytes:
    """The file's bytes, never more than tell that it is too big."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}. Name a file that can be read.") from None


def of_association(slug: str, source: bytes) -> list[Problem]:
    """What keeps the text from being the association's own version."""
    association = Association.objects.filter(slug=slug).first()
    if association is None:
        raise CommandError(f"There is no association {slug!r}.")
    with scope.of(association):
        return problems_of(source)

"""`manage.py check_translations`: every sentence has its Chinese, and the compiled catalogue is fresh."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Fails with one line a problem."""

    help = "Checks the Chinese catalogue against the source; --write rewrites and compiles it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--write [FRAGMENT.po …]`."""
        parser.add_argument(
            "--write", nargs="*", type=Path, metavar="FRAGMENT", help="rewrite, taking these in"
        )

    def handle(self, *_args: Any, write: list[Path] | None, **_options: Any) -> None:
        """Write when asked, then check."""
        from config import translations  # noqa: PLC0415 - Babel is there for development only

        if write is not None:
            translations.write(write)
        if found := translations.problems():
            raise CommandError("\n".join([*found, f"{len(found)} problems"]))
        self.stdout.write("Every sentence has its Chinese.")

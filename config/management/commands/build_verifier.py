"""`manage.py build_verifier [FILE]`: the offline verifier as one file."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verifier.packing import archive


class Command(BaseCommand):
    """Prints its SHA-256, so that it can be compared with the one a register gives out."""

    help = "Packs the offline verifier into one file; the same sources give the same bytes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", nargs="?", type=Path, default=Path("verifier.pyz"))

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Write it."""
        body = archive()
        file.write_bytes(body)
        self.stdout.write(f"{hashlib.sha256(body).hexdigest()}  {file}")

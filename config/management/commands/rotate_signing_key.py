"""`manage.py rotate_signing_key ID`: another key signs from now on."""

import os
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.signing.services import rotate


class Command(BaseCommand):
    """Prints the fingerprint of the new key, never the key."""

    help = "Makes a new signing key in DATA_DIR; the ones before it are kept by their public halves."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What the new key is called."""
        parser.add_argument("id", help="the new key's id, for example k2")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse where the environment holds the keys: whoever wrote them there rotates them there."""
        if os.environ.get("SIGNING_KEYS"):
            raise CommandError(
                "SIGNING_KEYS comes from the environment: put the new key first there (docs/verifying.md)."
            )
        try:
            fresh = rotate(settings.SIGNING_KEYS_FILE, options["id"], datetime.now(UTC))
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{fresh.id} {fresh.fingerprint}")
        self.stdout.write("Restart the web servers and workers; they still sign with the key before it.")

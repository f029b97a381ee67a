"""`manage.py write_docs`: the documents that are drawn from the code; `--check` fails where one is stale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.settings.environment import BASE_DIR


class Command(BaseCommand):
    """Writes docs/states/*.md and docs/methodology.md."""

    help = "Writes the generated documents, or with --check tells which are not up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing, fail if a document is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Write what differs, or name it."""
        from config.generated_docs import documents  # noqa: PLC0415 - imports the rooms

        wanted = documents()
        folder = BASE_DIR / "docs/states"
        left = {path for path in folder.glob("*.md") if path not in wanted}
        stale = {path for path, text in wanted.items() if not path.exists() or path.read_text() != text}
        if check and (stale or left):
            names = "\n".join(str(path.relative_to(BASE_DIR)) for path in sorted(stale | left))
            raise CommandError(f"Not up to date, run manage.py write_docs:\n{names}")
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            for path in stale:
                path.write_text(wanted[path])
            for path in left:
                path.unlink()
        self.stdout.write(f"{len(wanted)} documents are up to date.")

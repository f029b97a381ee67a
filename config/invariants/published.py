"""I3: a public row is exactly what its payload makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.tenancy import scope
from credit.publication.payloads.texts import fingerprint
from credit.publication.rows import TABLES, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 500


def rows_equal_their_payloads() -> Iterator[tuple[str, str, str]]:
    """Yield public rows whose columns or fingerprint are not those of their payload."""
    for kind, table in TABLES.items():
        with scope.across_associations(why="derive the public rows again"):
            columns = [field.attname for field in table._meta.local_fields if field.name != "id"]  # noqa: SLF001 - Django's documented model API
            for row in table.objects.order_by("id").iterator(BATCH):
                again = row_of(kind, row.payload, row.etag, row.published_at)
                wrong = [name for name in columns if getattr(row, name) != getattr(again, name)]
                plain = {key: value for key, value in row.payload.items() if key != "edition"}
                if fingerprint(plain) != row.etag:
                    wrong.append("etag")
                if wrong:
                    yield "I3", f"a public {kind} is not its payload: {', '.join(wrong)}", row.public_id

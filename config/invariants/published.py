"""I3: a public row is exactly what its payload makes it, an evidence bundle the file it is named by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from associations.tenancy import scope
from credit.publication.bundles import whole
from credit.publication.models import PublishedBundle, PublishedRating, PublishedRuleSet
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


def bundles_are_those_of_public_ratings() -> Iterator[tuple[str, str, str]]:
    """Yield evidence bundles without a public rating, or whose file is not the one named by its SHA-256."""
    with scope.across_associations(why="hash the evidence bundles again"):
        methods = PublishedRuleSet.objects.values_list("sha256", "payload")
        rules = {sha256: payload["rules"] for sha256, payload in methods}
        public = set(PublishedRating.objects.values_list("public_id", flat=True))
        for row in PublishedBundle.objects.order_by("id").iterator(BATCH):
            file = whole(bytes(row.content), rules.get(row.ruleset_sha256, ""))
            if hashlib.sha256(file).hexdigest() != row.sha256:
                yield "I3", "an evidence bundle is not the file named by its SHA-256", row.public_id
            if row.public_id not in public:
                yield "I3", "an evidence bundle outlives its public rating", row.public_id

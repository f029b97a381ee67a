"""The evidence bundle of a standing rating, signed, as the public may have it."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.signing.selectors import signing_key
from credit.publication.bundles import deflated, with_rules, without_rules
from credit.publication.models import PublishedBundle
from credit.publication.payloads.texts import in_both
from credit.scoring.evidence.drawing import Disagrees, Rated, draw_up
from credit.scoring.evidence.standins import Known
from credit.scoring.services import fact_of, member_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime

    from associations.conduct.selectors import FactRow
    from credit.scoring.evaluator import Previous
    from credit.scoring.services import Explained

FIGURES = (
    "score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade", "shown", "ceiling", "mask",
    "next_change_on", "up_on",
)  # fmt: skip
QUANTITIES = ("a", "b", "c", "d", "e")


def bundle_of(
    explained: Explained, before: Previous | None, public: Container[str], now: datetime
) -> PublishedBundle:
    """The row of a rating's bundle. `public`: public ids of the decisions the public may see.

    Raises Disagrees when the rating is not what its facts give (any more).
    """
    standing, ruleset = explained.standing, explained.ruleset
    if bytes(standing.ruleset_sha) != ruleset.digest:
        raise Disagrees("ruleset_sha")
    drawn = draw_up(
        Rated(
            ruleset=ruleset,
            member=member_of(explained.member),
            facts=[_known(row, explained.facts, public) for row in explained.facts.values()],
            as_of=standing.as_of,
            previous=before,
            engine=standing.engine,
            inputs_sha=bytes(standing.inputs_sha),
            given={name: getattr(standing, name) for name in FIGURES},
        )
    )
    key = signing_key(now)
    told = drawn | {
        "issued_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "key": {"alg": "Ed25519", "id": key.id, "x": key.told()["x"]},
        "register": {"address": settings.SITE_URL} | in_both(lambda: _("Live-commerce credit register")),
    }
    unsigned = without_rules(told)
    signature = key.sign(with_rules(unsigned, ruleset.canonical)).hex()
    body = unsigned[:-1] + f',"signature":"{signature}"}}'.encode()  # it sorts last
    return PublishedBundle(
        public_id=explained.member.public_id,
        ruleset_sha256=ruleset.sha256,
        sha256=hashlib.sha256(with_rules(body, ruleset.canonical)).hexdigest(),
        content=deflated(body),
        issued_at=now,
    )


def _known(row: FactRow, facts: Mapping[int, FactRow], public: Container[str]) -> Known:
    return Known(fact_of(row), _told(row, facts), row.digest.hex(), row.source_ref in public)


def _told(row: FactRow, facts: Mapping[int, FactRow]) -> dict[str, Any]:
    """The fact as it was digested (`associations.conduct.digest`)."""
    told: dict[str, Any] = {
        "code": row.code,
        "id": row.public_id,
        "kind": row.kind,
        "occurred_on": row.occurred_on.isoformat(),
        "recorded_on": row.recorded_on.isoformat(),
        "severity": row.severity,
    }
    told |= {name: value for name in QUANTITIES if (value := getattr(row, name)) is not None}
    if row.until_on:
        told["until_on"] = row.until_on.isoformat()
    if row.ref_id is not None:
        told["ref"] = facts[row.ref_id].public_id
    return told

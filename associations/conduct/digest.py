"""The canonical form of a fact and its SHA-256 (SCORING A15).

Computed once, when the fact is written, so that a rating can name its inputs without reading them again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from associations.conduct.models import Fact

QUANTITIES = ("a", "b", "c", "d", "e")


def canonical(fact: Fact) -> bytes:
    """The fact as canonical JSON (RFC 8785: sorted keys, no white space; whole numbers and text only).

    It names the fact by its public id and what it refers to likewise: row numbers mean nothing outside.
    """
    body: dict[str, Any] = {
        "code": fact.code,
        "id": fact.public_id,
        "kind": int(fact.kind),
        "occurred_on": fact.occurred_on.isoformat(),
        "recorded_on": fact.recorded_on.isoformat(),
        "severity": int(fact.severity),
    }
    body |= {name: getattr(fact, name) for name in QUANTITIES if getattr(fact, name) is not None}
    if fact.until_on:
        body["until_on"] = fact.until_on.isoformat()
    if fact.ref is not None:
        body["ref"] = fact.ref.public_id
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(fact: Fact) -> bytes:
    return hashlib.sha256(canonical(fact)).digest()

"""What a rating's inputs are named by: SHA-256 over the member's canonical JSON and its facts' digests.

The rule set and the day are not inside, so that an unchanged member keeps its hash.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from credit.rulesets.canonical import canonical
from credit.scoring.evaluator.facts import COLUMNS, Fact, Member


def fact_json(fact: Fact) -> dict[str, object]:
    """The fact as it is digested and put into a bundle; what is not there is left out."""
    told: dict[str, object] = {
        "id": fact.id,
        "kind": int(fact.kind),
        "code": fact.code,
        "severity": fact.severity,
        "occurred_on": fact.occurred_on.isoformat(),
        "recorded_on": fact.recorded_on.isoformat(),
    }
    told |= {column: value for column in COLUMNS if (value := getattr(fact, column)) is not None}
    if fact.until_on is not None:
        told["until_on"] = fact.until_on.isoformat()
    if fact.ref_id is not None:
        told["ref"] = fact.ref_id
    return told


def fact_from_json(told: dict[str, object]) -> Fact:
    """The inverse of `fact_json`. Raises KeyError, TypeError or ValueError on anything else."""
    rest = dict(told)
    for key in ("occurred_on", "recorded_on", "until_on"):
        if key in rest:
            rest[key] = date.fromisoformat(rest[key])  # type: ignore[arg-type]
    rest["ref_id"] = rest.pop("ref", None)
    return Fact(**rest)  # type: ignore[arg-type]


def fact_digest(fact: Fact) -> bytes:
    """SHA-256 of the fact's canonical JSON, 32 bytes; stored beside the fact when it is written."""
    return hashlib.sha256(canonical(fact_json(fact))).digest()


def member_json(member: Member) -> dict[str, object]:
    """The member as it is hashed and put into a bundle."""
    return {
        "id": member.id,
        "association": member.association,
        "category": int(member.category),
        "joined_on": member.joined_on.isoformat(),
        "opt_out": member.opt_out,
    }


def inputs_sha(member: Member, digests: Iterable[bytes]) -> bytes:
    """SHA-256, 32 bytes. `digests` are those of the known facts, ordered by (occurred_on, id)."""
    hashed = hashlib.sha256(canonical(member_json(member)))
    for digest in digests:
        hashed.update(digest)
    return hashed.digest()

"""What a rating's inputs are named by: SHA-256 over the member's canonical JSON and its facts' digests.

A fact is digested when it is written (`associations.conduct.digest`). The rule set and the day are not inside,
so that an unchanged member keeps its hash.
"""

import hashlib
from collections.abc import Iterable

from credit.rulesets.canonical import canonical
from credit.scoring.evaluator.facts import Member


def member_json(member: Member) -> dict[str, object]:
    """The member as it is hashed and put into a bundle: by public ids, since row numbers mean nothing outside."""
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

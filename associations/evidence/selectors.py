"""Questions about kept files, in the scope in force."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Sum

from associations.evidence.models import Evidence, EvidencePiece
from associations.tenancy import scope
from core.subjects.encryption import unseal_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator


class Spoilt(RuntimeError):
    """The bytes are not those that were handed in."""


def used_bytes() -> int:
    """How much of its space the association has used."""
    return int(Evidence.objects.aggregate(used=Sum("size"))["used"] or 0)


def is_whole(evidence: Evidence) -> bool:
    """Whether its bytes are there; they may go once their day has passed."""
    return EvidencePiece.objects.filter(evidence=evidence).count() == evidence.pieces


def contents(evidence: Evidence) -> Iterator[bytes]:
    """The file's bytes, a piece at a time; each is fetched in a short transaction of its own.

    So a slow reader holds no connection, and no file is in memory whole. Raises `Spoilt` before the end where the
    bytes are not those of the hash; EvidencePiece.DoesNotExist where they are gone by their day.
    """
    digest = hashlib.sha256()
    for number in range(evidence.pieces):
        with scope.of(evidence.association_id):
            rows = EvidencePiece.objects.filter(evidence=evidence, number=number)
            sealed = rows.values_list("content", flat=True).get()
        piece = unseal_bytes(sealed, purpose(evidence.public_id, number))
        digest.update(piece)
        if number == evidence.pieces - 1 and digest.hexdigest() != evidence.sha256:
            raise Spoilt(evidence.public_id)
        yield piece


def purpose(public_id: str, number: int) -> str:
    """What a piece is sealed for: this place of this file, so that none opens in another's."""
    return f"evidence/{public_id}/{number}"

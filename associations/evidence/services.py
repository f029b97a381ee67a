"""Taking files in, and tying them to what they are for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from associations.evidence.inspection import Inspected, inspect
from associations.evidence.inspection.inspecting import PIECE
from associations.evidence.models import Evidence, EvidenceLink, EvidencePiece
from associations.evidence.refusals import EvidenceRefused
from associations.evidence.selectors import purpose, used_bytes
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.public_ids import new_public_id
from core.subjects.encryption import seal_bytes
from core.walls.turns import hold

if TYPE_CHECKING:
    from associations.registry.models import Association
    from core.accounts.models import User

    Upload = IO[bytes] | Inspected

KEPT_DAYS = 3 * 366
"""Three years at the least (令117 Art. 16, 27, 28, 31, 45)."""

Link = TypeVar("Link", bound=EvidenceLink)


def keep(
    *,
    association: Association | int,
    upload: Upload,
    name: str = "",
    keep_until: date | None = None,
    by: User | None,
) -> Evidence:
    """Keep a file in the caller's transaction: what it is, its hash, its bytes. `by` None: the public handed it in.

    `upload` is what a form gave (`Inspected`), an uploaded file, or any binary file that can be sought; `name` is what
    it is called, the upload's own name unless given. Raises `EvidenceRefused`, a `Denied` whose text says why and
    what to do; then nothing was written.
    """
    found = upload if isinstance(upload, Inspected) else inspect(upload, name)
    with scope.of(association):
        return _kept(found, keep_until, by=by)


def attach(
    link: type[Link],
    *,
    association: Association | int,
    upload: Upload | Evidence,
    shows: str = "",
    by: User | None,
    **to: Any,
) -> Link:
    """Keep a file and tie it to `to` (the link's own key, case=…); an `Evidence` is tied as it is.

    The room that calls has asked its by-law before, and writes its own ledger entry.
    """
    with scope.of(association):
        evidence = (
            upload if isinstance(upload, Evidence) else keep(association=association, upload=upload, by=by)
        )
        made = link(
            association_id=evidence.association_id, evidence=evidence, shows=shows.strip(), by=by, **to
        )
        made.save(force_insert=True)
        return made


@transaction.atomic
def _kept(found: Inspected, keep_until: date | None, *, by: User | None) -> Evidence:
    association_id, today = scope.association_id(), timezone.localdate()
    least = today + timedelta(days=KEPT_DAYS)
    evidence = Evidence.objects.create(
        association_id=association_id,
        public_id=new_public_id(),
        name=found.name,
        kind=found.kind,
        size=found.size,
        sha256=found.sha256,
        pieces=-(-found.size // PIECE),
        scanned_by=found.scanned_by,
        kept_on=today,
        keep_until=max(keep_until or least, least),
        by=by,
    )
    for number, piece in enumerate(found.pieces()):
        EvidencePiece.objects.create(
            association_id=association_id,
            evidence=evidence,
            keep_until=evidence.keep_until,
            number=number,
            content=seal_bytes(piece, purpose(evidence.public_id, number)),
        )
    hold(
        "ledger", association_id
    )  # the turn that is taken below anyway; a second kind of turn could deadlock
    if used_bytes() > settings.EVIDENCE_QUOTA_MB << 20:
        raise EvidenceRefused("quota")
    ledger.record(
        association_id=association_id,
        act=Act.EVIDENCE_KEPT,
        thing="evidence",
        thing_id=evidence.public_id,
        detail={"sha256": found.sha256, "kind": str(found.kind), "size": found.size},
        by=by,
    )
    return evidence

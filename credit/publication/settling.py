"""Putting records through the gate: what passes is written for the public, what does not is taken away.

Runs as the engine, in the caller's transaction, under the association's lock: two workers never settle one
association at once. Settling twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.utils import timezone

from core.ledger import services as ledger
from core.ledger.states import Act
from core.walls.turns import hold, hold_if_free
from credit.publication import rows
from credit.publication.gate import LEFT_TO_AN_OFFICER, missing
from credit.publication.models import Candidate
from credit.publication.payloads.texts import fingerprint
from credit.publication.states import CandidateState, Code, RecordKind, Withdrawn
from credit.scoring.evidence.drawing import Disagrees

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model

    from credit.publication.models import PublishedBundle
    from credit.publication.sources.record import Record

log = structlog.get_logger(__name__)

NAMED_IN_LEDGER = 20
KEPT = [
    "version", "edition", "state", "missing", "checked_at", "asks_for", "published_at", "withdraw_on",
    "withdrawn_at", "withdrawn_for", "withdrawn_why",
]  # fmt: skip


Told = tuple[str, "list[Candidate]", "list[Candidate]"]
"""Of one kind what became public and what is gone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, in records: looked at, newly or again public, waiting for an officer, lacking, withdrawn."""

    looked_at: int = 0
    published: int = 0
    waiting: int = 0
    blocked: int = 0
    withdrawn: int = 0
    failed: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.looked_at + other.looked_at,
            self.published + other.published,
            self.waiting + other.waiting,
            self.blocked + other.blocked,
            self.withdrawn + other.withdrawn,
            self.failed + other.failed,
        )


def lock(association_id: int) -> None:
    """Have this association to oneself, as far as publication goes, until the transaction ends."""
    hold("publication", association_id)


def lock_if_free(association_id: int) -> bool:
    """The same, unless another has it: gives whether we do."""
    return hold_if_free("publication", association_id)


def settle(records: Sequence[Record], later: list[Told] | None = None) -> Outcome:
    """Put records of one kind and one association through the gate and keep what came of it.

    With `later` the ledger is left to the caller, who has it `tell` last of all: from then to the end of the
    transaction every verb of the association waits.
    """
    if not records:
        return Outcome()
    now, kind = timezone.now(), records[0].kind
    known = dict(
        rows.TABLES[kind]
        .objects.filter(public_id__in=[each.ref for each in records])
        .values_list("public_id", "etag")
    )
    proven = rows.with_bundles([each.ref for each in records if each.bundle])
    kept: list[Candidate] = []
    public: list[Model] = []
    bundles: dict[str, PublishedBundle | None] = {}
    gone: list[Candidate] = []
    failed = 0
    for record in records:
        candidate = record.candidate or _new(record)
        was_public = record.ref in known
        candidate.version, candidate.asks_for = record.version, record.asks_for
        candidate.withdraw_on, candidate.checked_at = record.asked.withdraw_on, now
        codes = [each.code for each in missing(record.asked)]
        candidate.missing = [str(code) for code in codes]
        if codes:
            _hold_back(candidate, codes, record.ended, now, was_public=was_public)
            if was_public:
                gone.append(candidate)
        else:
            try:
                payload = record.payload()
            except Exception:  # one that cannot be drawn up holds up no other; the next run tries again
                log.exception("record_cannot_be_drawn_up", kind=str(kind), ref=record.ref)
                failed += 1
                continue
            etag = fingerprint(payload)
            if known.get(record.ref) != etag:
                candidate.edition += 1
                candidate.published_at = now
                public.append(rows.row_of(kind, payload | {"edition": candidate.edition}, etag, now))
            if record.bundle and (known.get(record.ref) != etag or record.ref not in proven):
                bundles[record.ref] = _bundle(record, now)
            _let_through(candidate, now)
        kept.append(candidate)
    _keep(kept)
    rows.write(kind, public)
    rows.write_bundles([bundle for bundle in bundles.values() if bundle])
    rows.remove_bundles([ref for ref, bundle in bundles.items() if bundle is None])
    rows.remove(kind, [each.record_ref for each in gone])
    newly = [each for each in kept if each.state == CandidateState.PUBLISHED and each.published_at == now]
    if later is None:
        tell([(kind, newly, gone)])
    else:
        later.append((kind, newly, gone))
    states = [each.state for each in kept]
    return Outcome(
        looked_at=len(records),
        published=len(public),
        waiting=states.count(CandidateState.READY),
        blocked=states.count(CandidateState.BLOCKED),
        withdrawn=len(gone),
        failed=failed,
    )


def _bundle(record: Record, now: datetime) -> PublishedBundle | None:
    """The evidence, or none: a rating whose inputs have changed since it was given is about to be rated again."""
    try:
        return record.bundle(now) if record.bundle else None
    except Disagrees as found:
        log.warning("bundle_not_drawn_up", ref=record.ref, differs=str(found))
    except Exception:  # the rating is public all the same; its next edition tries again
        log.exception("bundle_not_drawn_up", ref=record.ref)
    return None


def _new(record: Record) -> Candidate:
    return Candidate(
        association_id=record.member.association_id,
        kind=record.kind,
        membership_id=record.member.id,
        record_ref=record.ref,
        state=CandidateState.BLOCKED,
    )


def _let_through(candidate: Candidate, now: datetime) -> None:
    candidate.state = CandidateState.PUBLISHED
    candidate.published_at = candidate.published_at or now
    candidate.withdrawn_at, candidate.withdrawn_for, candidate.withdrawn_why = None, "", ""


def _hold_back(
    candidate: Candidate, codes: list[Code], ended: Withdrawn, now: datetime, *, was_public: bool
) -> None:
    """Blocked if it never was public; withdrawn, with the reason, if it was; ready if only an officer is missing."""
    if was_public:
        candidate.withdrawn_at, candidate.withdrawn_for = now, _reason(codes, ended)
    if codes == [Code.CONFIRMATION]:
        candidate.state = CandidateState.READY
    elif was_public:
        candidate.state = CandidateState.WITHDRAWN
    elif candidate.state != CandidateState.WITHDRAWN:
        candidate.state = CandidateState.BLOCKED


def _reason(codes: list[Code], ended: Withdrawn) -> Withdrawn:
    if Code.STANDS in codes:
        return ended
    if Code.END in codes:
        return Withdrawn.PERIOD_OVER
    if Code.BASIS in codes:
        return Withdrawn.CONSENT
    return Withdrawn.GRADE_CHANGED if set(codes) <= LEFT_TO_AN_OFFICER else ended


def _keep(candidates: list[Candidate]) -> None:
    Candidate.objects.bulk_create(
        candidates,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["association", "kind", "record_ref"],
        update_fields=KEPT,
    )


def tell(told: Sequence[Told]) -> None:
    """Write into the ledger what was published and withdrawn."""
    for kind, published, gone in told:
        _tell(kind, published, gone)


def _tell(kind: str, published: list[Candidate], gone: list[Candidate]) -> None:
    """One ledger entry a sanction; ratings, which move every night, in one entry a batch."""
    for act, candidates in ((Act.PUBLISHED, published), (Act.WITHDRAWN, gone)):
        if not candidates:
            continue
        if kind != RecordKind.RATING:
            ledger.record_all(
                association_id=candidates[0].association_id,
                act=act,
                thing=str(kind),
                details={
                    each.record_ref: {"edition": each.edition, "reason": str(each.withdrawn_for)}
                    for each in candidates
                },
                by=None,
            )
        else:
            first = candidates[0]
            detail = {
                "count": len(candidates),
                "first": [each.record_ref for each in candidates[:NAMED_IN_LEDGER]],
                "reasons": sorted({str(each.withdrawn_for) for each in candidates} - {""}),
            }
            ledger.record(
                association_id=first.association_id,
                act=act,
                thing="ratings",
                thing_id=f"{first.checked_at:%Y-%m-%dT%H:%M:%S}",
                detail=detail,
                by=None,
            )

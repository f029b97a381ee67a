"""What is due at the gate, and what has ended: questions the verbs of publication ask, as the engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from associations.conduct import selectors as conduct
from associations.discipline import handover as discipline
from associations.members import handover as members
from associations.members.selectors import consented
from associations.remedies import queue as marks
from credit.blacklist.models import Bar
from credit.blacklist.states import BarState
from credit.publication.models import Candidate, PublishedAssociation, PublishedDecision
from credit.publication.sources.ratings import ratings
from credit.publication.sources.record import PUBLISH
from credit.publication.sources.sanctions import bars, decisions
from credit.publication.states import CandidateState, Code, RecordKind, Withdrawn
from credit.scoring.evaluator import State

if TYPE_CHECKING:
    from datetime import date

    from credit.publication.payloads.rating import Home
    from credit.publication.sources.record import Record

FOR_GOOD = frozenset({Withdrawn.REVERSED, Withdrawn.REPAIRED, Withdrawn.PERIOD_OVER})
UNFIXABLE = frozenset(
    {Code.STANDS, Code.CHARTER, Code.NOTICE, Code.DEFENCE, Code.VOTE, Code.SEVERITY, Code.END}
)
"""What a decision, which never changes, will lack for ever."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(days=1)
"""A consent may be committed a while after the time it carries: look back farther than the last run."""


def ratings_due(association_id: int, after: int, most: int, *, among: list[int] | None = None) -> list[int]:
    """Memberships (among these) whose standing rating is another than the one last considered, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT standing.membership_id
            FROM credit_standing standing
            LEFT JOIN credit_candidate candidate
              ON candidate.association_id = standing.association_id
              AND candidate.membership_id = standing.membership_id AND candidate.kind = 'rating'
            WHERE standing.association_id = %s AND standing.membership_id > %s
              AND candidate.version IS DISTINCT FROM standing.id::text
              AND (%s::bigint[] IS NULL OR standing.membership_id = ANY(%s::bigint[]))
            ORDER BY standing.membership_id LIMIT %s
            """,
            [association_id, after, among, among, most],
        )
        return [key for (key,) in cursor.fetchall()]


def unsettled_decisions(association_id: int, of: list[int] | None = None) -> list[str]:
    """Decisions (on these members) neither public nor certain never to be, nor still waiting to be handed over."""
    known = Candidate.objects.filter(association_id=association_id, kind=RecordKind.DECISION)
    if of is not None:
        known = known.filter(membership_id__in=of)
    settled, unserved = set(), set()
    for ref, version, state, withdrawn_for, missing in known.values_list(
        "record_ref", "version", "state", "withdrawn_for", "missing"
    ):
        if not version:
            continue
        for_ever = withdrawn_for in FOR_GOOD or UNFIXABLE & {Code(code) for code in missing}
        if state == CandidateState.PUBLISHED or for_ever:
            settled.add(ref)
        elif Code.SERVED in missing:
            unserved.add(ref)
    settled |= unserved - discipline.handed_over_among(unserved)
    return [ref for ref in discipline.decision_refs(association_id, of) if ref not in settled]


def bars_of(association_id: int, of: list[int] | None = None) -> list[Bar]:
    """The bars (on these members), the oldest first."""
    every = Bar.objects.filter(association_id=association_id).order_by("id")
    return list(every if of is None else every.filter(membership_id__in=of))


def is_new(record: Record) -> bool:
    """Whether a bar is another than the one last considered, or still waits for something."""
    if record.candidate is None:
        return True
    waits = record.candidate.state in (CandidateState.BLOCKED, CandidateState.READY)
    return waits or record.candidate.version != record.version


def look_again_after_consent(association_id: int, home: Home) -> None:
    """Members who lately gave or withdrew consent to publication: all their records are considered again."""
    last = PublishedAssociation.objects.filter(slug=home.slug).values_list("published_at", flat=True).first()
    since = last - OVERLAP if last else LONG_AGO
    lately = members.consents_since(association_id, since)
    if lately:
        given = consented(lately, PUBLISH)
        stale = Candidate.objects.filter(association_id=association_id, membership_id__in=given)
        stale.filter(missing__contains=[str(Code.BASIS)]).update(version="")


def look_again_at_marks(association_id: int) -> None:
    """What is contested, or what its subject says of it, has changed: all that the member has on record."""
    if members_ := marks.take(association_id):
        Candidate.objects.filter(association_id=association_id, membership_id__in=members_).update(version="")


def public_among(decision_refs: list[str]) -> set[str]:
    """Which of these decisions are public."""
    public = PublishedDecision.objects.filter(public_id__in=decision_refs)
    return set(public.values_list("public_id", flat=True))


def look_again_at_ratings(association_id: int, decision_refs: list[str]) -> None:
    """A rating names the public decisions behind its lines: when those change, so does it."""
    if not decision_refs:
        return
    owners = Candidate.objects.filter(
        association_id=association_id, kind=RecordKind.DECISION, record_ref__in=decision_refs
    ).values("membership_id")
    Candidate.objects.filter(
        association_id=association_id, kind=RecordKind.RATING, membership_id__in=owners
    ).update(version="")


def look_again_at_all(association_ids: list[int]) -> None:
    """Every public rating is considered again."""
    public = Candidate.objects.filter(kind=RecordKind.RATING, state=CandidateState.PUBLISHED)
    public.filter(association_id__in=association_ids).update(version="")


def ended(association_id: int, today: date) -> dict[RecordKind, list[str]]:
    """Public records that may no longer be, by kind; the gate has the last word."""
    public = Candidate.objects.filter(association_id=association_id, state=CandidateState.PUBLISHED)
    over = public.filter(withdraw_on__lte=today)
    found = {kind: set(over.filter(kind=kind).values_list("record_ref", flat=True)) for kind in RecordKind}
    of_decisions = list(public.filter(kind=RecordKind.DECISION).values_list("record_ref", flat=True))
    found[RecordKind.DECISION] |= discipline.contested_among(of_decisions)
    found[RecordKind.DECISION] |= set(conduct.undone_decisions(of_decisions))
    of_bars = public.filter(kind=RecordKind.BAR).values("record_ref")
    unlisted = Bar.objects.filter(association_id=association_id, public_id__in=of_bars).exclude(
        state=BarState.LISTED
    )
    found[RecordKind.BAR] |= set(unlisted.values_list("public_id", flat=True))
    left = public.filter(kind=RecordKind.RATING, membership__left_on__isnull=False)
    left = left.exclude(membership__standing__state=State.BARRED)
    found[RecordKind.RATING] |= set(left.values_list("record_ref", flat=True))
    for kind, ref in without_consent(association_id):
        found[kind].add(ref)
    return {kind: sorted(refs) for kind, refs in found.items()}


def without_consent(association_id: int) -> list[tuple[RecordKind, str]]:
    """Natural persons' public records whose consent is gone and who have no public source."""
    rows_ = Candidate.objects.filter(
        association_id=association_id,
        state=CandidateState.PUBLISHED,
        membership__is_person=True,
    ).values_list("membership_id", "kind", "record_ref")
    persons = list(rows_)
    given = consented([key for key, _kind, _ref in persons], PUBLISH)
    return [(RecordKind(kind), ref) for key, kind, ref in persons if key not in given]


def records(kind: RecordKind, refs: list[str], home: Home, today: date) -> list[Record]:
    if not refs:
        return []
    if kind == RecordKind.DECISION:
        return decisions(refs, home=home, today=today)
    if kind == RecordKind.BAR:
        return bars(list(Bar.objects.filter(public_id__in=refs)), home=home, today=today)
    owners = Candidate.objects.filter(kind=kind, record_ref__in=refs).values_list("membership_id", flat=True)
    return ratings(list(owners), home=home, today=today)


def one(kind: RecordKind, ref: str, association_id: int, home: Home, today: date) -> list[Record]:
    """The one record, if it is this association's."""
    if kind == RecordKind.RATING:
        owner = members.by_public_id(ref)
        if owner is None or owner.association_id != association_id:
            return []
        return ratings([owner.id], home=home, today=today)
    found = records(kind, [ref], home, today)
    return [record for record in found if record.member.association_id == association_id]

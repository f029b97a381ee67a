"""Like complaints, and signs that somebody should look twice. Small and exact: what is found can be told.

Two texts are compared by their shingles, all runs of three characters of the folded text: like is what shares six in
ten of them (Jaccard). Signs set a complaint aside for a person; they decide nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from associations.complaints.models import Complaint, Pattern, Sign
from associations.complaints.states import ComplaintState, SignKind
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHINGLE = 3
LIKE_PERCENT = 60
WINDOW_DAYS = 90
MOST_COMPARED, MOST_TOLD, MOST_PASSAGE = 100, 3, 500
PATTERN_FROM = 3
"""Like complaints that make a pattern."""
BURST_HOURS, BURST_FROM = 1, 10
TEMPLATE_DAYS, TEMPLATE_FROM = 30, 3
PERSON_DAYS, PERSON_FROM = 30, 5


def folded(text: str) -> str:
    """The text as it is compared: half-width, lower case, letters and digits alone."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def digest_of(text: str) -> bytes:
    """SHA-256 of the folded text: equal for the same words."""
    return hashlib.sha256(folded(text).encode()).digest()


def shingles(text: str) -> frozenset[str]:
    """Every run of three characters of the folded text; the text itself where it is shorter."""
    plain = folded(text)
    return frozenset(plain[at : at + SHINGLE] for at in range(max(1, len(plain) - SHINGLE + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """What two texts share of all their shingles, in whole percent, rounded down."""
    return 100 * len(one & other) // (len(one | other) or 1)


def passage(one: str, other: str) -> str:
    """The longest run of characters both texts have, among their beginnings."""
    a, b = folded(one)[:MOST_PASSAGE], folded(other)[:MOST_PASSAGE]
    found = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return a[found.a : found.a + found.size]


def look(complaint: Complaint) -> None:
    """Find what is like `complaint` about the same member and topic; with enough of them it is a pattern."""
    member = complaint.membership_id
    if member is None:
        return
    mine = shingles(complaint.facts)
    compared = [(likeness(mine, shingles(each.facts)), each) for each in _comparable(complaint, member)]
    like = sorted(
        (pair for pair in compared if pair[0] >= LIKE_PERCENT), key=lambda pair: (-pair[0], pair[1].pk)
    )
    if not like:
        return
    complaint.likeness = {
        "like": [
            {
                "number": each.number,
                "id": each.public_id,
                "percent": percent,
                "passage": passage(complaint.facts, each.facts),
            }
            for percent, each in like[:MOST_TOLD]
        ],
        "count": len(like),
    }
    complaint.pattern = _pattern(complaint, [each for _percent, each in like])
    complaint.save(update_fields=["likeness", "pattern"])


def _comparable(complaint: Complaint, member: int) -> QuerySet[Complaint]:
    """What may be like it: the same member and topic, received in the last ninety days, not withdrawn."""
    since = complaint.received_on - timedelta(days=WINDOW_DAYS)
    return (
        Complaint.objects.filter(membership_id=member, topic=complaint.topic, received_on__gte=since)
        .exclude(pk=complaint.pk)
        .exclude(state=ComplaintState.WITHDRAWN)
        .select_related("pattern")
        .order_by("-id")[:MOST_COMPARED]
    )


def _pattern(complaint: Complaint, like: list[Complaint]) -> Pattern | None:
    """The pattern they belong to: one that stands and was not answered yet, a new one, or none."""
    standing = next((each.pattern for each in like if each.pattern and not each.pattern.answered_on), None)
    if standing:
        return standing
    loose = [each for each in like if each.pattern_id is None]
    if len(loose) + 1 < PATTERN_FROM or complaint.membership_id is None:
        return None
    pattern = Pattern.objects.create(
        association_id=complaint.association_id,
        membership_id=complaint.membership_id,
        topic=complaint.topic,
    )
    Complaint.objects.filter(pk__in=[each.pk for each in loose]).update(pattern=pattern)
    ledger.record(
        association_id=complaint.association_id,
        act=Act.PATTERN_SEEN,
        thing="pattern",
        thing_id=pattern.public_id,
        detail={"complaints": len(loose) + 1},
        by=None,
    )
    return pattern


def signs_of(complaint: Complaint, *, proven: bool) -> list[Sign]:
    """Why a person should look at a complaint just received; not written yet. Three questions to the database."""
    found: Seen = [] if proven else [(SignKind.NO_PROOF, {})]
    found += _burst(complaint) + _template(complaint) + _same_person(complaint)
    return [
        Sign(association_id=complaint.association_id, complaint=complaint, kind=kind, detail=detail)
        for kind, detail in found
    ]


Seen = list[tuple[SignKind, dict[str, Any]]]


def _burst(complaint: Complaint) -> Seen:
    rows = Complaint.objects.filter(received_at__gte=timezone.now() - timedelta(hours=BURST_HOURS))
    target = (
        {"membership_id": complaint.membership_id} if complaint.membership_id else {"about": complaint.about}
    )
    count = rows.filter(**target).count()
    return [(SignKind.BURST, {"count": count, "hours": BURST_HOURS})] if count >= BURST_FROM else []


def _template(complaint: Complaint) -> Seen:
    since = complaint.received_on - timedelta(days=TEMPLATE_DAYS)
    rows = Complaint.objects.filter(
        facts_digest=complaint.facts_digest, received_on__gte=since, contact_index__isnull=False
    )
    people = rows.order_by().values("contact_index").distinct().count()
    told = {"people": people, "days": TEMPLATE_DAYS}
    return [(SignKind.TEMPLATE, told)] if people >= TEMPLATE_FROM else []


def _same_person(complaint: Complaint) -> Seen:
    if complaint.contact_index is None:
        return []
    since = complaint.received_on - timedelta(days=PERSON_DAYS)
    count = Complaint.objects.filter(contact_index=complaint.contact_index, received_on__gte=since).count()
    return [(SignKind.SAME_PERSON, {"count": count, "days": PERSON_DAYS})] if count >= PERSON_FROM else []

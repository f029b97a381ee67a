"""Standing ratings before the gate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from associations.members import handover as members
from associations.remedies.selectors import marks
from credit.publication.evidence import bundle_of
from credit.publication.gate import GateInput
from credit.publication.models import Candidate, PublishedDecision, PublishedRuleSet
from credit.publication.payloads.course import Step
from credit.publication.payloads.rating import Source, payload_of
from credit.publication.sources.record import Record, approved, candidates, grounds
from credit.publication.states import CandidateState, RecordKind, Withdrawn
from credit.scoring.evaluator import Previous, State
from credit.scoring.selectors import ratings_given
from credit.scoring.services import explain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from credit.publication.payloads.rating import Home
    from credit.scoring.services import Explained

PRESENT = frozenset({"active", "suspended"})


def ratings(membership_ids: list[int], *, home: Home, today: date) -> list[Record]:
    """The standing ratings of these memberships, in the order of their row numbers."""
    explained = explain(membership_ids)
    people = members.members(list(explained))
    by_ref = {member.public_id: member for _, member in sorted(people.items())}
    known = candidates(RecordKind.RATING, by_ref)
    shown = grounds(by_ref, known)
    sources, given = _public_decisions(list(people)), _given(explained)
    beside = marks(list(people), public=True)
    public_methods = set(PublishedRuleSet.objects.values_list("sha256", flat=True))
    records = []
    for ref, member in by_ref.items():
        one, ground = explained[member.id], shown[ref]
        state = State(one.standing.state)
        asks_for = f"{int(state)}:{one.standing.shown}"
        asked = GateInput(
            kind=RecordKind.RATING,
            is_person=member.is_person,
            today=today,
            stands=state is State.BARRED or (state is not State.WITHDRAWN and member.state in PRESENT),
            rule_set_public=bytes(one.standing.ruleset_sha).hex() in public_methods,
            basis=ground.basis,
        )
        records.append(
            Record(
                kind=RecordKind.RATING,
                ref=ref,
                member=member,
                candidate=known.get(ref),
                version=str(one.standing.pk),
                asks_for=asks_for,
                asked=approved(asked, known.get(ref), asks_for),
                ended=Withdrawn.LEFT,
                payload=partial(
                    payload_of,
                    one,
                    member=member,
                    home=home,
                    shown_name=ground.name,
                    given=given[member.id].steps,
                    sources=sources[member.id],
                    contested=beside[member.id].contested,
                    said=beside[member.id].said,
                ),
                bundle=partial(bundle_of, one, given[member.id].before, sources[member.id]),
            )
        )
    return records


def _public_decisions(membership_ids: list[int]) -> defaultdict[int, dict[str, Source]]:
    """Of each membership the decisions that are public, by public id."""
    published = Candidate.objects.filter(
        kind=RecordKind.DECISION, state=CandidateState.PUBLISHED, membership_id__in=membership_ids
    )
    owners = dict(published.values_list("record_ref", "membership_id"))
    found: defaultdict[int, dict[str, Source]] = defaultdict(dict)
    numbers = PublishedDecision.objects.filter(public_id__in=list(owners)).values_list("public_id", "number")
    for ref, number in numbers:
        found[owners[ref]][ref] = Source(ref, number)
    return found


@dataclass(slots=True)
class Given:
    """The ratings as they were given, the oldest first, up to the standing one; and the one before that."""

    steps: list[Step] = field(default_factory=list)
    before: Previous | None = None


def _given(explained: Mapping[int, Explained]) -> defaultdict[int, Given]:
    """Of each membership; what was given after the standing that was read is not told with it."""
    found: defaultdict[int, Given] = defaultdict(Given)
    rows = ratings_given(membership_id__in=list(explained)).order_by("id")
    columns = ("membership_id", "id", "as_of", "score", "shown", "state", "up_on", "last_fact_id")
    for key, rating_id, on, score, shown, state, up_on, last in rows.values_list(*columns):
        standing_id = explained[key].standing.pk
        if rating_id <= standing_id:
            found[key].steps.append(Step(on, score, shown, state))
        if rating_id < standing_id:
            found[key].before = Previous(state, shown, up_on, last)
    return found

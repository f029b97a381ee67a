"""Standing ratings before the gate."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from associations.members import handover as members
from credit.publication.evidence import bundle_of
from credit.publication.gate import GateInput
from credit.publication.models import Candidate, PublishedDecision, PublishedRuleSet
from credit.publication.payloads.course import Step
from credit.publication.payloads.rating import Source, payload_of
from credit.publication.sources.record import Record, approved, candidates, grounds
from credit.publication.states import CandidateState, RecordKind, Withdrawn
from credit.scoring.evaluator import Previous, State
from credit.scoring.models import Rating, Standing
from credit.scoring.services import explain

if TYPE_CHECKING:
    from datetime import date

    from credit.publication.payloads.rating import Home

PRESENT = frozenset({"active", "suspended"})


def ratings(membership_ids: list[int], *, home: Home, today: date) -> list[Record]:
    """The standing ratings of these memberships, in the order of their row numbers."""
    explained = explain(membership_ids)
    people = members.members(list(explained))
    by_ref = {member.public_id: member for _, member in sorted(people.items())}
    known = candidates(RecordKind.RATING, by_ref)
    shown = grounds(by_ref, known)
    sources, given = _public_decisions(list(people)), _given(list(people))
    versions, before = _versions(list(people)), _before(list(people))
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
                version=versions[member.id],
                asks_for=asks_for,
                asked=approved(asked, known.get(ref), asks_for),
                ended=Withdrawn.LEFT,
                payload=partial(
                    payload_of,
                    one,
                    member=member,
                    home=home,
                    shown_name=ground.name,
                    given=given[member.id],
                    sources=sources[member.id],
                ),
                bundle=partial(bundle_of, one, before.get(member.id), sources[member.id]),
            )
        )
    return records


def _versions(membership_ids: list[int]) -> dict[int, str]:
    rows = Standing.objects.filter(membership_id__in=membership_ids)
    return {key: str(rating) for key, rating in rows.values_list("membership_id", "rating_id")}


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


def _given(membership_ids: list[int]) -> defaultdict[int, list[Step]]:
    """The ratings as they were given, the oldest first."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    rows = Rating.objects.filter(membership_id__in=membership_ids).order_by("id")
    for key, on, score, shown, state in rows.values_list("membership_id", "as_of", "score", "shown", "state"):
        found[key].append(Step(on, score, shown, state))
    return found


def _before(membership_ids: list[int]) -> dict[int, Previous]:
    """The rating before the standing one, of those who have one."""
    rows = Rating.objects.filter(membership_id__in=membership_ids)
    earlier = rows.exclude(
        pk__in=Standing.objects.filter(membership_id__in=membership_ids).values("rating_id")
    )
    latest = earlier.order_by("membership_id", "-id").distinct("membership_id")
    return {
        key: Previous(state, shown, up_on, last)
        for key, state, shown, up_on, last in latest.values_list(
            "membership_id", "state", "shown", "up_on", "last_fact_id"
        )
    }

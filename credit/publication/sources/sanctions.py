"""Decisions and bars before the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from associations.conduct.selectors import undone_decisions
from associations.conduct.states import FactKind
from associations.discipline.selectors import decisions_for_publication
from associations.members import handover as members
from associations.remedies.selectors import marks
from credit.blacklist.states import BarState
from credit.publication.gate import GateInput
from credit.publication.models import PublishedDecision
from credit.publication.payloads.sanctions import bar_payload, decision_payload
from credit.publication.payloads.texts import fingerprint
from credit.publication.sources.record import Record, approved, candidates, grounds
from credit.publication.states import RecordKind, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from associations.discipline.selectors import DecisionFacts
    from credit.blacklist.models import Bar
    from credit.publication.payloads.rating import Home
    from credit.publication.states import Basis

PERIOD_DAYS = {2: 365, 3: 1095, 4: 1095}
"""How long a decision is public from the day it was made, by severity (DOMAIN 1.5); minor ones never."""


def decisions(refs: list[str], *, home: Home, today: date) -> list[Record]:
    """The decisions with these public ids, the oldest first."""
    rows = {row.public_id: row for row in decisions_for_publication(refs)}
    people = members.members([row.membership_id for row in rows.values()])
    known = candidates(RecordKind.DECISION, rows)
    shown = grounds({ref: people[row.membership_id] for ref, row in rows.items()}, known)
    undone, beside = undone_decisions(rows), marks(people, public=True)
    records = []
    for ref, row in rows.items():
        member, ground, leaves = people[row.membership_id], shown[ref], leaves_on(row)
        asked = _question(
            row,
            kind=RecordKind.DECISION,
            is_person=member.is_person,
            basis=ground.basis,
            leaves=leaves,
            today=today,
        )
        asked = replace(asked, stands=asked.stands and ref not in undone)
        records.append(
            Record(
                kind=RecordKind.DECISION,
                ref=ref,
                member=member,
                candidate=known.get(ref),
                version=fingerprint(
                    {
                        "decision": ref,
                        "name": ground.name,
                        "basis": str(ground.basis),
                        "measure": int(row.measure),
                    }
                ),
                asks_for=ref,
                asked=approved(asked, known.get(ref), ref),
                ended=_ended(row, undone.get(ref)),
                payload=partial(
                    decision_payload,
                    row,
                    beside=beside[row.membership_id].of(f"decision:{ref}"),
                    member=member,
                    home=home,
                    shown_name=ground.name,
                    basis=ground.basis,
                    withdraw_on=leaves,
                ),
            )
        )
    return records


def bars(rows: Iterable[Bar], *, home: Home, today: date) -> list[Record]:
    """These bars, each with the decision it follows from; one whose decision is not on file is left out."""
    behind = {row.public_id: row for row in decisions_for_publication(bar.decision_ref for bar in rows)}
    listed = {bar.public_id: bar for bar in rows if bar.decision_ref in behind}
    people = members.members([bar.membership_id for bar in listed.values()])
    known = candidates(RecordKind.BAR, listed)
    shown = grounds({ref: people[bar.membership_id] for ref, bar in listed.items()}, known)
    public = set(
        PublishedDecision.objects.filter(public_id__in=list(behind)).values_list("public_id", flat=True)
    )
    beside = marks(people, public=True)
    records = []
    for ref, bar in listed.items():
        row, member, ground = behind[bar.decision_ref], people[bar.membership_id], shown[ref]
        leaves = (bar.until_on or bar.review_on) + timedelta(days=1)
        asked = replace(
            _question(
                row,
                kind=RecordKind.BAR,
                is_person=member.is_person,
                basis=ground.basis,
                leaves=leaves,
                today=today,
            ),
            stands=bar.state == BarState.LISTED and row.reversed_on is None,
        )
        named = {"bar": ref, "state": bar.state, "leaves": leaves.isoformat(), "name": ground.name}
        told = {"basis": str(ground.basis), "decision": row.public_id in public}
        records.append(
            Record(
                kind=RecordKind.BAR,
                ref=ref,
                member=member,
                candidate=known.get(ref),
                version=fingerprint(named | told),
                asks_for=ref,
                asked=approved(asked, known.get(ref), ref),
                ended=Withdrawn.BAR_ENDED,
                payload=partial(
                    bar_payload,
                    bar,
                    beside=beside[bar.membership_id].of(f"bar:{ref}", f"decision:{bar.decision_ref}"),
                    decision=row,
                    member=member,
                    home=home,
                    shown_name=ground.name,
                    basis=ground.basis,
                    withdraw_on=leaves,
                    decision_is_public=row.public_id in public,
                ),
            )
        )
    return records


def _ended(row: DecisionFacts, undone: int | None) -> Withdrawn:
    """Why a decision that no longer stands is withdrawn."""
    if row.stayed:
        return Withdrawn.APPEALED
    return Withdrawn.REPAIRED if undone == FactKind.REPAIR else Withdrawn.REVERSED


def leaves_on(decision: DecisionFacts) -> date | None:
    """The first day on which a decision may no longer be public; none if it may never be."""
    days = PERIOD_DAYS.get(decision.severity)
    return decision.decided_on + timedelta(days=days) if days else None


def _question(
    row: DecisionFacts, *, kind: RecordKind, is_person: bool, basis: Basis, leaves: date | None, today: date
) -> GateInput:
    """What the gate asks of a decision, or of the decision behind a bar."""
    lacks = set(row.lacks)
    return GateInput(
        kind=kind,
        is_person=is_person,
        today=today,
        stands=row.reversed_on is None,
        stayed=row.stayed,
        served=row.imported or row.served_on is not None,
        charter_article=row.charter_article,
        charter_in_force=bool(row.charter_version) and "charter" not in lacks,
        notice_proven=row.notice_served_on is not None and "notice" not in lacks,
        defence_over=row.defence_window_over and not lacks & {"statement", "defence_window"},
        voted=not lacks & {"quorum", "majority"},
        severity=row.severity,
        withdraw_on=leaves,
        told=row.told_of_publication,
        basis=basis,
    )

"""What the publication gate asks about a decision, as frozen rows for credit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.conduct.catalogue import by_number
from associations.discipline.models import CaseEvent, Decision
from associations.discipline.selectors.case_file import _part
from associations.discipline.states import CaseState, Measure
from associations.members.states import Category

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision as the gate, the bars and the public page need it.

    `counts` is whether it lacks nothing; `lacks` names what it lacks (`states.Lack`). `served_on` is None for
    imported decisions, for which the proven prior notice stands (`told_of_publication` is then true if there was
    one). `appeal_until` is None while a decision is not served, and once it was appealed against: there is one appeal.
    `ends_on` is None for a bar for life.
    `measure`, `severity` and `ends_on` are those that stand: where an appeal made them lighter, the lighter ones.
    `stayed`: under appeal. `appeal_outcome` is empty while it is, and where the appeal was withdrawn.
    """

    public_id: str
    association_id: int
    membership_id: int
    membership_public_id: str
    subject_id: int
    is_person: bool
    category: Category
    name: str
    code_masked: str
    case_number: str
    number: str
    catalogue_number: int
    catalogue_code: str
    catalogue_name: str
    catalogue_name_en: str
    severity: int
    measure: Measure
    occurred_on: date | None
    decided_on: date
    ends_on: date | None
    facts: str
    basis: str
    charter_version: str
    charter_article: str
    notice_served_on: date | None
    notice_proof: str
    statement: str
    statement_due_on: date | None
    defence_window_over: bool
    quorum_numerator: int
    quorum_of: int
    members_due: int
    members_present: int
    votes_in_favour: int
    imported: bool
    counts: bool
    lacks: tuple[str, ...]
    served_on: date | None
    told_of_publication: bool
    appeal_until: date | None
    reversed_on: date | None
    stayed: bool = False
    appealed_on: date | None = None
    appeal_decided_on: date | None = None
    appeal_outcome: str = ""

    @property
    def in_force(self) -> bool:
        """Whether it counts, has been handed over (or is a past one), and has not been reversed."""
        return self.counts and self.reversed_on is None and (self.imported or self.served_on is not None)


def decision_for_publication(public_id: str) -> DecisionFacts | None:
    """One decision; None where the scope has no such decision."""
    return next(iter(decisions_for_publication([public_id])), None)


def decisions_for_publication(public_ids: Iterable[str]) -> list[DecisionFacts]:
    """Decisions by their public ids, oldest first, in one query."""
    return _rows(Decision.objects.filter(public_id__in=list(public_ids)))


def counting_decisions(association_id: int) -> list[DecisionFacts]:
    """The association's decisions that lack nothing, are served or past, and stand; oldest first, one query."""
    rows = Decision.objects.filter(association_id=association_id, counts=True, reversal=None)
    return [row for row in _rows(rows) if row.in_force]


def decisions_changed_since(moment: datetime) -> list[str]:
    """Public ids of decisions made, recorded, served or reversed after `moment`, by the time they were entered.

    Work is found by steps, so a decision appears again with each step of its case.
    """
    steps = CaseEvent.objects.filter(at__gt=moment, case__decision__isnull=False)
    return list(steps.values_list("case__decision__public_id", flat=True).distinct())


def _rows(rows: QuerySet[Decision]) -> list[DecisionFacts]:
    ordered = rows.select_related(
        "case__membership", "case__notice", "charter", "service", "reversal", "appeal__decided"
    )
    return [_facts(row) for row in ordered.order_by("decided_on", "id")]


def _facts(row: Decision) -> DecisionFacts:
    case, member = row.case, row.case.membership
    notice, service, reversal = _part(case, "notice"), _part(row, "service"), _part(row, "reversal")
    entry = by_number(case.code)
    appeal = _part(row, "appeal")
    decided = _part(appeal, "decided")
    lighter = decided if decided and decided.measure else None
    until = service.appeal_until if service else row.appeal_until
    told = service.told_of_publication if service else bool(row.imported and row.notice_served_on)
    return DecisionFacts(
        public_id=row.public_id,
        association_id=row.association_id,
        membership_id=member.pk,
        membership_public_id=member.public_id,
        subject_id=member.subject_id,
        is_person=member.is_person,
        category=Category(member.category),
        name=member.name,
        code_masked=member.code_masked,
        case_number=case.number,
        number=row.number,
        catalogue_number=case.code,
        catalogue_code=entry.code if entry else "",
        catalogue_name=entry.name if entry else "",
        catalogue_name_en=entry.name_en if entry else "",
        severity=lighter.severity if lighter else row.severity,
        measure=Measure(lighter.measure if lighter else row.measure),
        occurred_on=case.occurred_on,
        decided_on=row.decided_on,
        ends_on=lighter.ends_on if lighter else row.ends_on,
        facts=row.reasons,
        basis=row.basis,
        charter_version=row.charter.version if row.charter else "",
        charter_article=row.charter_article,
        notice_served_on=row.notice_served_on,
        notice_proof=notice.proof if notice else (row.number if row.notice_served_on else ""),
        statement=row.statement,
        statement_due_on=row.statement_due_on,
        defence_window_over=row.statement == "waived"
        or bool(row.statement_due_on and row.statement_due_on < row.decided_on),
        quorum_numerator=row.quorum_numerator,
        quorum_of=row.quorum_of,
        members_due=row.members_due,
        members_present=row.members_present,
        votes_in_favour=row.votes_in_favour,
        imported=row.imported,
        counts=row.counts,
        lacks=tuple(row.lacks),
        served_on=service.served_on if service else None,
        told_of_publication=told,
        appeal_until=None if appeal else until,
        reversed_on=reversal.reversed_on if reversal else None,
        stayed=case.state == CaseState.APPEALED,
        appealed_on=appeal.filed_on if appeal else None,
        appeal_decided_on=decided.decided_on if decided else None,
        appeal_outcome=decided.outcome if decided else "",
    )

"""What discipline hands over to publication: frozen rows, never models. Asked by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from statistics import median

from django.db.models import Count

from associations.discipline.models import Case, Decision

COLUMNS = {
    "public_id": "public_id",
    "association_id": "association_id",
    "membership_id": "case__membership_id",
    "number": "number",
    "decided_on": "decided_on",
    "measure": "measure",
    "severity": "severity",
    "code": "case__code",
    "reasons": "reasons",
    "basis": "basis",
    "charter_version": "charter__version",
    "charter_effective_on": "charter__effective_on",
    "charter_article": "charter_article",
    "members_due": "members_due",
    "members_present": "members_present",
    "votes_in_favour": "votes_in_favour",
    "opened_on": "case__opened_on",
    "notice_served_on": "notice_served_on",
    "statement": "statement",
    "statement_due_on": "statement_due_on",
    "served_on": "service__served_on",
    "told_of_publication": "service__told_of_publication",
    "decision_appeal_until": "appeal_until",
    "service_appeal_until": "service__appeal_until",
    "imported": "imported",
    "reversed_on": "reversal__reversed_on",
    "lacks": "lacks",
    "counts": "counts",
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with what its publication depends on. `told`: the subject knows that it will be published."""

    public_id: str
    association_id: int
    membership_id: int
    number: str
    decided_on: date
    measure: int
    severity: int
    code: int
    reasons: str
    basis: str
    charter_version: str | None
    charter_effective_on: date | None
    charter_article: str
    members_due: int
    members_present: int
    votes_in_favour: int
    opened_on: date
    notice_served_on: date | None
    statement: str
    statement_due_on: date | None
    served_on: date | None
    told_of_publication: bool | None
    decision_appeal_until: date | None
    service_appeal_until: date | None
    imported: bool
    reversed_on: date | None
    lacks: list[str]
    counts: bool

    @property
    def served(self) -> bool:
        """Handed over; past decisions were, before they came on file."""
        return self.imported or self.served_on is not None

    @property
    def told(self) -> bool:
        """For a past decision the proven prior notice counts as the notice of publication."""
        return bool(self.told_of_publication) or (self.imported and "notice" not in self.lacks)

    @property
    def appeal_until(self) -> date | None:
        """The last day for an appeal."""
        return self.service_appeal_until or self.decision_appeal_until


def decision_refs(association_id: int) -> list[str]:
    """The public ids of all decisions of an association, the oldest first."""
    rows = Decision.objects.filter(association_id=association_id).order_by("id")
    return list(rows.values_list("public_id", flat=True))


def decisions(refs: list[str]) -> dict[str, DecisionRow]:
    """The decisions with these public ids; one query."""
    rows = Decision.objects.filter(public_id__in=refs).order_by("id").values_list(*COLUMNS.values())
    return {row[0]: DecisionRow(*row) for row in rows}


def reversed_among(refs: list[str]) -> set[str]:
    """Those of the decisions that were set aside."""
    rows = Decision.objects.filter(public_id__in=refs, reversal__isnull=False)
    return set(rows.values_list("public_id", flat=True))


def case_figures(association_id: int) -> dict[str, int | dict[str, int] | None]:
    """How an association does with its cases: by state, decided, set aside, days from opening to decision."""
    states = Case.objects.filter(association_id=association_id).order_by("state").values_list("state")
    decided = Decision.objects.filter(association_id=association_id)
    days = [
        (decided_on - opened_on).days
        for decided_on, opened_on in decided.filter(imported=False).values_list(
            "decided_on", "case__opened_on"
        )
    ]
    return {
        "cases": dict(states.annotate(Count("id"))),
        "decisions": decided.count(),
        "decisions_that_count": decided.filter(counts=True, reversal=None).count(),
        "reversals": decided.filter(reversal__isnull=False).count(),
        "median_days": int(median(days)) if days else None,
    }

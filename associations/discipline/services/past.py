"""Past decisions from paper: each is kept; only one that lacks nothing counts and leaves facts.

What the paper says is taken as it stands. What it lacks is computed by the same rule as for decisions made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.conduct import services as conduct
from associations.discipline.models import Case, CaseEvent, Decision
from associations.discipline.rules import Draft, lacks_of
from associations.discipline.services.deciding import share_of
from associations.discipline.services.effect import enforce, facts_of
from associations.discipline.states import CaseState, Lack, Measure, Step
from associations.discipline.terms import STATEMENT_DAYS_LEAST, ends_on
from associations.registry.models import CharterVersion
from associations.registry.rules import Verb, may
from associations.registry.selectors import article_for
from associations.tenancy import scope
from core.calendar.selectors import Calendar, calendar
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from associations.members.models import Membership
    from core.accounts.models import User

BATCH = 2000


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One past decision as the paper has it, already read: `code` is a catalogue number, `statement` a
    `StatementKind` or empty. `appeal_until` None: the paper names no time for appeal.
    """

    number: str
    decided_on: date
    membership: Membership
    code: int
    severity: int
    measure: int
    members_due: int
    members_present: int
    votes_in_favour: int
    notice_served_on: date | None
    statement: str
    appeal_until: date | None
    facts: str
    basis: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one: `new` is false where the number stood already; then nothing was changed.

    `differs` says that what stands under the number is not what the paper now says.
    """

    number: str
    public_id: str
    new: bool
    counts: bool
    lacks: tuple[Lack, ...]
    differs: bool = False


def record_past_decision(*, by: User | None, **paper: Any) -> Recorded:
    """`record_past_decisions` for one; `paper` are the fields of `PastDecision`."""
    return record_past_decisions([PastDecision(**paper)], by=by)[0]


@transaction.atomic
def record_past_decisions(papers: Sequence[PastDecision], *, by: User | None) -> list[Recorded]:
    """Record past decisions of the association in force, in a handful of statements; one answer each, in order.

    A number that stands, or came earlier in the same call, is not entered again. Raises Denied (role; a year whose
    working days are not known).
    """
    may(by, Verb.IMPORT).enforce()
    numbers = [paper.number for paper in papers]
    standing = {row.number: row for row in Decision.objects.filter(number__in=numbers).select_related("case")}
    charters = list(CharterVersion.objects.order_by("effective_on", "id"))
    days, today = calendar(), timezone.localdate()
    entered: dict[str, Decision] = {}
    answers = []
    for paper in papers:
        known = standing.get(paper.number) or entered.get(paper.number)
        row = known or _entered(paper, charters, days, today)
        if known is None:
            entered[paper.number] = row
        differs = known is not None and _said(paper) != _stands(known)
        lacks = tuple(map(Lack, row.lacks))
        answers.append(Recorded(paper.number, row.public_id, known is None, row.counts, lacks, differs))
    _keep(list(entered.values()), by=by)
    return answers


def _entered(
    paper: PastDecision, charters: Iterable[CharterVersion], days: Calendar, today: date
) -> Decision:
    """The decision, with its case, as rows not yet written."""
    charter = next((c for c in reversed(list(charters)) if c.effective_on <= paper.decided_on), None)
    draft = _draft(paper, charter, days)
    lacks = lacks_of(draft)
    counts = not lacks
    appealable = paper.appeal_until is not None and paper.appeal_until >= today
    state = CaseState.HISTORY if lacks else CaseState.SERVED if appealable else CaseState.EFFECTIVE
    shared = {"association_id": paper.membership.association_id, "number": paper.number, "imported": True}
    case = Case(
        **shared,
        membership=paper.membership,
        code=paper.code,
        severity=paper.severity,
        allegation=paper.facts,
        basis=paper.basis,
        state=state,
        opened_on=paper.notice_served_on or paper.decided_on,
        since=paper.decided_on if state == CaseState.SERVED else None,
        due_on=paper.appeal_until if state == CaseState.SERVED else None,
        reported=True,  # what the paper does not tell is not held against it
    )
    return Decision(
        **shared,
        case=case,
        decided_on=paper.decided_on,
        measure=Measure(paper.measure),
        severity=paper.severity,
        reasons=paper.facts,
        basis=paper.basis,
        charter=charter,
        charter_article=draft.article,
        quorum_numerator=draft.quorum_numerator,
        quorum_of=draft.quorum_of,
        members_due=paper.members_due,
        members_present=paper.members_present,
        votes_in_favour=paper.votes_in_favour,
        notice_served_on=paper.notice_served_on,
        statement=paper.statement,
        statement_due_on=draft.statement_due_on,
        appeal_until=paper.appeal_until,
        ends_on=ends_on(decided_on=paper.decided_on, severity=paper.severity, measure=paper.measure),
        lacks=lacks,
        counts=counts,
    )


def _draft(paper: PastDecision, charter: CharterVersion | None, days: Calendar) -> Draft:
    """The paper does not tell how long the member was given: the shortest lawful term, five working days, is asked."""
    numerator, of = share_of(charter)
    served = paper.notice_served_on
    return Draft(
        decided_on=paper.decided_on,
        members_due=paper.members_due,
        members_present=paper.members_present,
        votes_in_favour=paper.votes_in_favour,
        notice_served_on=served,
        statement=paper.statement,
        statement_due_on=days.add(served, STATEMENT_DAYS_LEAST) if served else None,
        article=article_for(charter, paper.measure) if charter else "",
        imported=True,
        quorum_numerator=numerator,
        quorum_of=of,
    )


def _keep(rows: list[Decision], *, by: User | None) -> None:
    """Write the rows, their history, and the facts and consequences of those that count."""
    if not rows:
        return
    Case.objects.bulk_create([row.case for row in rows], batch_size=BATCH)
    for row in rows:
        row.case = row.case
    Decision.objects.bulk_create(rows, batch_size=BATCH)
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                association_id=row.association_id,
                case=row.case,
                after=row.case.state,
                step=Step.RECORD,
                on=row.decided_on,
                by=by,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    counting = [row for row in rows if row.counts]
    ledger.record(
        association_id=scope.association_id(),
        act=Act.DECISIONS_RECORDED,
        thing="decisions",
        thing_id=rows[0].public_id,
        detail={"recorded": len(rows), "counting": len(counting)},
        by=by,
    )
    conduct.record_all([fact for row in counting for fact in facts_of(row, row.case)])
    for row in counting:
        if row.measure >= Measure.EXPULSION:
            member = row.case.membership
            enforce(row, row.case, on=max(row.decided_on, member.joined_on), by=None)


def _said(paper: PastDecision) -> tuple[object, ...]:
    return (
        paper.decided_on, paper.membership.pk, paper.code, paper.severity, paper.measure, paper.members_due,
        paper.members_present, paper.votes_in_favour, paper.notice_served_on, paper.statement, paper.appeal_until,
    )  # fmt: skip


def _stands(row: Decision) -> tuple[object, ...]:
    return (
        row.decided_on, row.case.membership_id, row.case.code, row.severity, row.measure, row.members_due,
        row.members_present, row.votes_in_favour, row.notice_served_on, row.statement, row.appeal_until,
    )  # fmt: skip

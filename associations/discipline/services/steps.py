"""Taking a step: the case's state, its history and the ledger move together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from associations.discipline.models import CaseEvent
from associations.discipline.states import TRANSITIONS, Step
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

ACTS = {
    Step.OPEN: Act.CASE_FILED,
    Step.SERVE_NOTICE: Act.NOTICE_SERVED,
    Step.TAKE_STATEMENT: Act.STATEMENT_RECEIVED,
    Step.WAIVE: Act.STATEMENT_RECEIVED,
    Step.LAPSE: Act.STATEMENT_RECEIVED,
    Step.FORM_PANEL: Act.PANEL_FORMED,
    Step.RECUSE: Act.PANEL_CHANGED,
    Step.REPLACE: Act.PANEL_CHANGED,
    Step.VOTE: Act.VOTE_CAST,
    Step.DECIDE: Act.DECISION_MADE,
    Step.SERVE_DECISION: Act.DECISION_SERVED,
    Step.TAKE_EFFECT: Act.DECISION_EFFECTIVE,
    Step.CLOSE: Act.CASE_CLOSED,
    Step.REVERSE: Act.DECISION_REVERSED,
    Step.DROP: Act.CASE_DROPPED,
}


def take(
    file: CaseFile,
    step: Step,
    *,
    on: date,
    by: User | None,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Move the case of `file` (held by this transaction) as the table says, and write it down.

    `note` stays in the case's history; the ledger gets `detail`, which names no person.
    """
    case, before = file.case, file.state
    after = TRANSITIONS[before][step]
    if after != before:
        case.state = after
        case.save(update_fields=["state"])
    write(file, step, before=before, on=on, by=by, note=note, detail=detail)


def write(
    file: CaseFile,
    step: Step,
    *,
    before: str,
    on: date,
    by: User | None,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write a step into the case's history and into the ledger."""
    case = file.case
    CaseEvent.objects.create(
        association_id=case.association_id,
        case=case,
        before=before,
        after=case.state,
        step=step,
        on=on,
        note=note,
        by=by,
    )
    ledger.record(
        association_id=case.association_id,
        act=ACTS[step],
        thing="case",
        thing_id=case.public_id,
        detail={"on": on.isoformat(), "step": str(step), **(detail or {})},
        by=by,
    )

"""Taking a step: the case's state, its history and the ledger move together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from associations.discipline import clocks
from associations.discipline.models import CaseEvent, Part
from associations.discipline.states import EXITS, TRANSITIONS, CaseState, Side, Step
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.models import Case
    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

ACTS = {
    Step.LEAD: Act.LEAD_RECEIVED,
    Step.OPEN: Act.CASE_FILED,
    Step.CONTINUE: Act.CASE_FILED,
    Step.FILE: Act.CASE_FILED,
    Step.REASSIGN: Act.INVESTIGATOR_NAMED,
    Step.REPORT: Act.CASE_REPORTED,
    Step.WEIGH: Act.CIRCUMSTANCE_NOTED,
    Step.EXTEND: Act.TIME_EXTENDED,
    Step.LAY_NOTICE: Act.NOTICE_LAID,
    Step.SERVE_NOTICE: Act.NOTICE_SERVED,
    Step.TAKE_STATEMENT: Act.STATEMENT_RECEIVED,
    Step.WAIVE: Act.STATEMENT_RECEIVED,
    Step.LAPSE: Act.STATEMENT_RECEIVED,
    Step.ASK_HEARING: Act.HEARING_ASKED,
    Step.GIVE_UP_HEARING: Act.HEARING_GIVEN_UP,
    Step.CALL_HEARING: Act.HEARING_CALLED,
    Step.HOLD_HEARING: Act.HEARING_HELD,
    Step.FORM_PANEL: Act.PANEL_FORMED,
    Step.RECUSE: Act.PANEL_CHANGED,
    Step.REPLACE: Act.PANEL_CHANGED,
    Step.VOTE: Act.VOTE_CAST,
    Step.BOARD_VOTE: Act.BOARD_VOTED,
    Step.APPROVE: Act.BAR_APPROVED,
    Step.DECIDE: Act.DECISION_MADE,
    Step.SERVE_DECISION: Act.DECISION_SERVED,
    Step.TAKE_EFFECT: Act.DECISION_EFFECTIVE,
    Step.APPEAL: Act.APPEAL_RECEIVED,
    Step.OPINE: Act.APPEAL_REVIEWED,
    Step.WITHDRAW_APPEAL: Act.APPEAL_WITHDRAWN,
    Step.UPHOLD: Act.APPEAL_DECIDED,
    Step.LIGHTEN: Act.APPEAL_DECIDED,
    Step.ALLOW: Act.APPEAL_DECIDED,
    Step.SEND_BACK: Act.APPEAL_DECIDED,
    Step.PERFORM: Act.PERFORMANCE_RECORDED,
    Step.CLOSE: Act.CASE_CLOSED,
    Step.SERVE_APPEAL: Act.APPEAL_SERVED,
    Step.PROPOSE_REVERSAL: Act.REVERSAL_PROPOSED,
    Step.REFUSE_REVERSAL: Act.REVERSAL_REFUSED,
    Step.DROP_REVERSAL: Act.REVERSAL_DROPPED,
    Step.REVERSE: Act.DECISION_REVERSED,
    **dict.fromkeys(EXITS, Act.CASE_DROPPED),
    Step.TRANSFER: Act.CASE_TRANSFERRED,
}


def part_of(file: CaseFile, user: User, side: Side) -> Part:
    """What `user` is to the case, written down: the row that judges, approves or reviews points to it.

    The rule has asked whether that may be; the database refuses a second side all the same.
    """
    case = file.case
    part, _made = Part.objects.get_or_create(
        association_id=case.association_id,
        case=case,
        user=user,
        defaults={"opened_by_id": case.opened_by_id, "imported": case.imported, "side": side},
    )
    return part


def begin(case: Case, *, on: date) -> None:
    """Start the clock of a case not yet written, and count its filing."""
    if case.state != CaseState.LEAD:
        case.filed_on = on
    clocks.start(case, on=on)


def restart(file: CaseFile, *, on: date) -> None:
    """Count the clock of the state anew from this day."""
    clocks.start(file.case, on=on, extended=file.extended)
    file.case.save(update_fields=["since", "due_on"])


def take(
    file: CaseFile,
    step: Step,
    *,
    on: date,
    by: User | None,
    until: date | None = None,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Move the case of `file` (held by this transaction) as the table says, set its clock, and write it down.

    `until` is the clock's last day where this step names it. `note` stays in the case's history; the ledger gets
    `detail`, which names no person. Raises UnknownYear where the clock runs into a year not known.
    """
    case, before = file.case, file.state
    after = TRANSITIONS[before][step]
    if after != before:
        case.state = after
        clocks.start(case, on=on, until=until, extended=file.extended)
        case.save(update_fields=["state", "since", "due_on"])
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

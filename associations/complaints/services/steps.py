"""Taking a step: the complaint's state, its history and the ledger move together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from associations.complaints.models import ComplaintEvent
from associations.complaints.states import OVER, TRANSITIONS, Side, Step
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from associations.complaints.selectors import ComplaintFile
    from core.accounts.models import User

ACTS = {
    Step.RECEIVE: Act.COMPLAINT_RECEIVED,
    Step.SET_ASIDE: Act.COMPLAINT_RECEIVED,
    Step.RELEASE: Act.COMPLAINT_LOOKED_AT,
    Step.NAME: Act.COMPLAINT_NAMED,
    Step.HAND_ON: Act.COMPLAINT_HANDED_ON,
    Step.ACKNOWLEDGE: Act.COMPLAINT_ACKNOWLEDGED,
    Step.ACCEPT: Act.COMPLAINT_ACCEPTED,
    Step.REFUSE: Act.COMPLAINT_REFUSED,
    Step.TRANSFER: Act.COMPLAINT_TRANSFERRED,
    Step.REPLY: Act.COMPLAINT_HEARD,
    Step.LAPSE: Act.COMPLAINT_HEARD,
    Step.MEDIATE: Act.COMPLAINT_MEDIATED,
    Step.PROPOSE: Act.COMPLAINT_MEDIATED,
    Step.SAY_YES: Act.COMPLAINT_MEDIATED,
    Step.SAY_NO: Act.COMPLAINT_MEDIATED,
    Step.AGREE: Act.COMPLAINT_MEDIATED,
    Step.FAIL: Act.COMPLAINT_MEDIATED,
    Step.PERFORM: Act.COMPLAINT_PERFORMED,
    Step.DEFAULT: Act.COMPLAINT_DEFAULTED,
    Step.FIND: Act.COMPLAINT_FOUND,
    Step.CLOSE: Act.COMPLAINT_CLOSED,
    Step.SATISFY: Act.COMPLAINT_RATED,
    Step.WITHDRAW: Act.COMPLAINT_WITHDRAWN,
    Step.HAND_IN: Act.COMPLAINT_EVIDENCE_ADDED,
    Step.ANSWER: Act.COMPLAINT_WRITTEN,
    Step.WRITE: Act.COMPLAINT_WRITTEN,
    Step.LEAD: Act.COMPLAINT_LEAD,
    Step.REFER: Act.COMPLAINT_LEAD,
}


def take(
    file: ComplaintFile,
    step: Step,
    *,
    on: date,
    by: User | None,
    side: Side = Side.ASSOCIATION,
    note: str = "",
    detail: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Move the complaint of `file` (held by this transaction) as the table says, with `changes` to its row.

    `note` stays in the complaint's history; the ledger gets `detail`, which names no person.
    """
    row, before = file.complaint, file.state
    after = TRANSITIONS[before][step]
    if after != before:
        changes["state"] = after
        if after in OVER:
            changes["closed_on"] = on
    if changes:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
    write(row, step, before=before, on=on, by=by, side=side, note=note, detail=detail)


def write(
    row: Complaint,
    step: Step,
    *,
    before: str,
    on: date,
    by: User | None,
    side: Side,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write a step into the complaint's history and into the ledger."""
    ComplaintEvent.objects.create(
        association_id=row.association_id,
        complaint=row,
        before=before,
        after=row.state,
        step=step,
        side=side,
        on=on,
        note=note.strip(),
        by=by,
    )
    ledger.record(
        association_id=row.association_id,
        act=ACTS[step],
        thing="complaint",
        thing_id=row.public_id,
        detail={"on": on.isoformat(), "step": str(step), "side": str(side), **(detail or {})},
        by=by,
    )

"""Files of cases made of rows never written, and people known by their roles alone: what rules are asked about."""

from __future__ import annotations

from datetime import date, timedelta

from associations.discipline.models import (
    AppealDecision,
    Case,
    CaseEvent,
    Decision,
    Notice,
    ReversalProposal,
    Service,
    Statement,
)
from associations.discipline.rules import Draft
from associations.discipline.selectors import CaseFile, SeatRow, VoteRow
from associations.discipline.states import CaseState, Step
from associations.members.models import Membership
from core.accounts.models import User
from core.accounts.states import Role as Office
from tests.associations.discipline.conftest import (
    ANSWERED,
    DECIDED,
    DUE,
    HEARING_BY,
    NOTICED,
    OPENED,
    SEATED,
    TODAY,
    VOTED,
)

HERE = 7
DAY = timedelta(days=1)


def officer(number: int, *offices: Office) -> User:
    user = User(pk=number, name=f"{number}号")
    user.__dict__["_roles"] = {HERE: frozenset(offices)}
    return user


CLERK, OTHER_CLERK = officer(1, Office.CLERK), officer(2, Office.CLERK)
DECIDER, ADMIN, OBSERVER = officer(3, Office.DECIDER), officer(4, Office.ADMIN), officer(5, Office.OBSERVER)
R1, R2, R3, R4 = (officer(number, Office.REVIEWER) for number in (11, 12, 13, 14))
EVERYTHING = officer(20, *Office)  # holds every role, and opened the case in some tests
STRANGER = officer(30)
MEMBER = Membership(pk=1, subject_id=9, joined_on=date(2024, 1, 15))


ORDER = (
    CaseState.LEAD, CaseState.FILED, CaseState.REPORTED, CaseState.NOTICED, CaseState.HEARD, CaseState.PANEL,
    CaseState.DECIDED, CaseState.SERVED, CaseState.APPEALED, CaseState.EFFECTIVE, CaseState.ENFORCED, CaseState.CLOSED,
)  # fmt: skip


def seat(
    user: User, *, recused: bool = False, voted: bool = False, chair: bool = False, measure: int = 2
) -> SeatRow:
    vote = VoteRow(True, measure, "", VOTED) if voted else None
    return SeatRow(
        id=user.pk, user_id=user.pk, name=user.name, chair=chair, seated_on=SEATED, recused=recused, vote=vote
    )


def file(
    state: CaseState,
    *,
    opened_by: User = CLERK,
    seats: tuple[SeatRow, ...] | None = None,
    case: dict[str, object] | None = None,
    **parts: object,
) -> CaseFile:
    """A file in `state`, with all that a lawful way there would have left in it. `case`: what its row says beside."""
    reached = ORDER.index(state if state in ORDER else CaseState.SERVED)

    def past(passed: CaseState) -> bool:
        return reached >= ORDER.index(passed)

    steps = [
        (CaseState.LEAD, Step.LEAD, OPENED),
        (CaseState.FILED, Step.FILE, OPENED),
        (CaseState.REPORTED, Step.REPORT, OPENED),
        (CaseState.NOTICED, Step.SERVE_NOTICE, NOTICED),
        (CaseState.HEARD, Step.TAKE_STATEMENT, ANSWERED),
        (CaseState.PANEL, Step.FORM_PANEL, SEATED),
        (CaseState.DECIDED, Step.VOTE, VOTED),
        (CaseState.DECIDED, Step.DECIDE, DECIDED),
    ]
    if seats is None:
        seats = (
            tuple(seat(user, voted=past(CaseState.DECIDED)) for user in (R1, R2, R3))
            if past(CaseState.PANEL)
            else ()
        )
    standing = {
        "notice": Notice(served_on=NOTICED, answer_until=DUE, hearing_until=HEARING_BY)
        if past(CaseState.NOTICED)
        else None,
        "statement": Statement(kind="submitted", received_on=ANSWERED) if past(CaseState.HEARD) else None,
        "decision": Decision(decided_by_id=DECIDER.pk, measure=2) if past(CaseState.DECIDED) else None,
        "service": Service(appeal_until=TODAY) if past(CaseState.SERVED) else None,
    }
    told = {
        "state": state, "code": 12, "severity": 3, "occurred_on": OPENED, "opened_by_id": opened_by.pk,
        "opened_on": OPENED, "due_on": TODAY, "investigator": OTHER_CLERK if past(CaseState.FILED) else None,
    }  # fmt: skip
    return CaseFile(
        case=Case(**{**told, **(case or {})}),
        seats=seats,
        events=tuple(CaseEvent(step=step, on=on) for reached, step, on in steps if past(reached)),
        **{**standing, **parts},
    )


LONG_AGO = date(2024, 4, 19)


def owed(**parts):
    """A file in which a hearing was asked for."""
    return file(CaseState.HEARD, case={"hearing_owed": True}, **parts)


def voted(measure):
    """A file in which three have voted for the measure."""
    return file(
        CaseState.PANEL, seats=tuple(seat(each, voted=True, measure=measure) for each in (R1, R2, R3))
    )


R5 = officer(15, Office.REVIEWER)
EXPELLING = Decision(decided_by_id=DECIDER.pk, measure=5)


def proposal(by: User) -> ReversalProposal:
    """One that waits for its answer."""
    return ReversalProposal(by=by, proposed_on=TODAY)


def grave(
    state: CaseState = CaseState.SERVED, *, proposed_by: User | None = None, **parts: object
) -> CaseFile:
    """A file in which an expulsion was decided, and its reversal proposed by somebody, or by nobody."""
    waiting = (proposal(proposed_by),) if proposed_by else ()
    return file(state, **{"decision": EXPELLING, "proposals": waiting, **parts})


def reviewed(state: CaseState, **parts: object) -> CaseFile:
    """A file in which an appeal was decided today."""
    return file(state, **{"appeal_decision": AppealDecision(decided_on=TODAY), **parts})


WHOLE = Draft(
    decided_on=DECIDED, members_due=9, members_present=6, votes_in_favour=4, notice_served_on=NOTICED,
    statement="submitted", statement_due_on=DUE, article="第二十一条",
)  # fmt: skip

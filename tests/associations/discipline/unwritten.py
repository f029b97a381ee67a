"""Files of cases made of rows never written, and people known by their roles alone: what rules are asked about."""

from __future__ import annotations

from datetime import date, timedelta

from associations.discipline.models import Case, CaseEvent, Decision, Notice, Statement
from associations.discipline.selectors import CaseFile, SeatRow, VoteRow
from associations.discipline.states import CaseState, Step
from associations.members.models import Membership
from core.accounts.models import User
from core.accounts.states import Role as Office
from tests.associations.discipline.conftest import ANSWERED, DECIDED, DUE, NOTICED, OPENED, SEATED, VOTED

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


def seat(user: User, *, recused: bool = False, voted: bool = False, chair: bool = False) -> SeatRow:
    vote = VoteRow(True, 2, "", VOTED) if voted else None
    return SeatRow(
        id=user.pk, user_id=user.pk, name=user.name, chair=chair, seated_on=SEATED, recused=recused, vote=vote
    )


def file(
    state: CaseState, *, opened_by: User = CLERK, seats: tuple[SeatRow, ...] | None = None, **parts: object
) -> CaseFile:
    """A file in `state`, with all that a lawful way there would have left in it."""
    reached = list(CaseState).index(state) if state not in {CaseState.REVERSED, CaseState.DROPPED} else 5
    steps = [
        (Step.OPEN, OPENED),
        (Step.SERVE_NOTICE, NOTICED),
        (Step.TAKE_STATEMENT, ANSWERED),
        (Step.FORM_PANEL, SEATED),
    ]
    steps = steps[: reached + 1]
    if reached >= 4:
        steps += [(Step.VOTE, VOTED), (Step.DECIDE, DECIDED)]
    if seats is None:
        seats = tuple(seat(user, voted=reached >= 4) for user in (R1, R2, R3)) if reached >= 3 else ()
    standing = {
        "notice": Notice(served_on=NOTICED, answer_until=DUE) if reached >= 1 else None,
        "statement": Statement(kind="submitted", received_on=ANSWERED) if reached >= 2 else None,
        "decision": Decision(decided_by_id=DECIDER.pk) if reached >= 4 else None,
    }
    return CaseFile(
        case=Case(state=state, code=12, occurred_on=OPENED, opened_by_id=opened_by.pk, opened_on=OPENED),
        seats=seats,
        events=tuple(CaseEvent(step=step, on=on) for step, on in steps),
        **{**standing, **parts},
    )

"""One by-law, one truth table: the board, the approvals, the decision. No database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from associations.discipline import rules
from associations.discipline.models import (
    Approval,
    BoardVote,
)
from associations.discipline.rules import lacks_of
from associations.discipline.states import CaseState, Lack, Measure
from core.walls import roles
from core.walls.roles import Role, Taken
from tests.associations.discipline.conftest import (
    DECIDED,
    TODAY,
    VOTED,
)
from tests.associations.discipline.unwritten import (
    ADMIN,
    CLERK,
    DAY,
    DECIDER,
    HERE,
    OTHER_CLERK,
    R1,
    R2,
    R3,
    R4,
    WHOLE,
    file,
    seat,
    voted,
)


@pytest.fixture(autouse=True)
def _in_the_association():
    token = roles._current.set(Taken(Role.CONSOLE, HERE))
    yield
    roles._current.reset(token)


# --- board and approvals ---


@pytest.mark.parametrize(
    ("carried", "measure", "counts", "record", "before", "may"),
    [
        (5, 5, (9, 7, 6), "纪要", (), True),
        (5, 5, (9, 1, 0), "纪要", (), True),  # it is recorded as it went
        (6, 5, (9, 7, 6), "纪要", (), True),
        (5, 6, (9, 7, 6), "纪要", (), False),  # graver than the panel
        (4, 5, (9, 7, 6), "纪要", (), False),
        (5, 4, (9, 7, 6), "纪要", (), False),
        (5, 5, (9, 10, 6), "纪要", (), False),
        (5, 5, (9, 6, 7), "纪要", (), False),
        (5, 5, (9, 7, 6), " ", (), False),
        (5, 5, (9, 7, 6), "纪要", (True,), False),  # carried already
        (5, 5, (9, 7, 6), "纪要", (False,), True),  # not carried, voted again
    ],
)
def test_may_record_board_vote(carried, measure, counts, record, before, may):  # noqa: PLR0917 - a truth table
    case = replace(
        voted(carried), board_votes=tuple(BoardVote(measure=measure, carried=each) for each in before)
    )
    verdict = rules.may_record_board_vote(
        ADMIN, case, on=VOTED, measure=measure, counts=counts, record=record
    )
    assert bool(verdict) == may


@pytest.mark.parametrize(
    ("user", "carried", "ground", "before", "interested", "may"),
    [
        (ADMIN, 6, "再犯", (), (), True),
        (R4, 6, "再犯", (ADMIN,), (), True),
        (R1, 6, "再犯", (), (), False),  # judges
        (OTHER_CLERK, 6, "再犯", (), (), False),
        (ADMIN, 6, "再犯", (ADMIN,), (), False),
        (ADMIN, 5, "再犯", (), (), False),
        (ADMIN, 6, " ", (), (), False),
        (ADMIN, 6, "再犯", (), (ADMIN.pk,), False),
    ],
)
def test_may_approve(user, carried, ground, before, interested, may):  # noqa: PLR0917 - a truth table
    case = replace(voted(carried), approvals=tuple(Approval(user=each) for each in before))
    assert bool(rules.may_approve(user, case, on=VOTED, ground=ground, interested=interested)) == may


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"hearing_owed": True}, [Lack.HEARING]),
        ({"measure": Measure.PUBLIC_CENSURE}, []),
        ({"measure": Measure.EXPULSION}, [Lack.BOARD]),
        ({"measure": Measure.EXPULSION, "board_carried": True}, []),
        ({"measure": Measure.LIFETIME_BAR, "board_carried": True}, [Lack.APPROVALS]),
        ({"measure": Measure.LIFETIME_BAR, "board_carried": True, "approvals": 1}, [Lack.APPROVALS]),
        ({"measure": Measure.LIFETIME_BAR, "board_carried": True, "approvals": 2}, []),
        ({"measure": Measure.LIFETIME_BAR, "hearing_owed": True, "imported": True}, []),
    ],
)
def test_lacks_of_the_gravest(changes, lacks):
    assert rules.lacks_of(replace(WHOLE, **changes)) == lacks


# --- the decision ---


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, []),
        ({"members_present": 5, "votes_in_favour": 5}, [Lack.QUORUM]),
        ({"members_due": 0, "members_present": 0, "votes_in_favour": 0}, [Lack.QUORUM, Lack.MAJORITY]),
        ({"members_present": 10}, [Lack.QUORUM, Lack.MAJORITY]),  # more than were due: 4 of 10
        ({"members_due": 7, "members_present": 5}, []),  # 15 ≥ 14
        ({"members_due": 8, "members_present": 5}, [Lack.QUORUM]),  # 15 < 16
        ({"members_due": 8, "members_present": 5, "quorum_numerator": 1, "quorum_of": 2}, []),
        ({"votes_in_favour": 3}, [Lack.MAJORITY]),  # a tie
        ({"votes_in_favour": 7}, [Lack.MAJORITY]),  # more votes than voters
        ({"notice_served_on": None, "statement_due_on": None}, [Lack.NOTICE, Lack.DEFENCE_WINDOW]),
        ({"notice_served_on": DECIDED}, [Lack.NOTICE]),  # the same day
        ({"statement": ""}, [Lack.STATEMENT]),
        ({"statement": "lapsed"}, []),
        ({"statement_due_on": DECIDED}, [Lack.DEFENCE_WINDOW]),  # its last day
        ({"statement_due_on": DECIDED - DAY}, []),
        ({"statement_due_on": DECIDED, "statement": "waived"}, []),
        ({"article": ""}, [Lack.CHARTER]),
    ],
)
def test_lacks_of(changes, lacks):
    assert lacks_of(replace(WHOLE, **changes)) == lacks


@pytest.mark.parametrize(
    ("user", "opened_by", "seats", "draft", "reasons", "may"),
    [
        (DECIDER, CLERK, (R1, R2, R3), WHOLE, "事实成立", True),
        (DECIDER, DECIDER, (R1, R2, R3), WHOLE, "事实成立", False),  # opened the case
        (CLERK, OTHER_CLERK, (R1, R2, R3), WHOLE, "事实成立", False),
        (DECIDER, CLERK, (R1, R2), WHOLE, "事实成立", False),  # two are left
        (DECIDER, CLERK, (R1, R2, R3), replace(WHOLE, votes_in_favour=3), "事实成立", False),
        (DECIDER, CLERK, (R1, R2, R3), replace(WHOLE, decided_on=TODAY + DAY), "事实成立", False),
        (DECIDER, CLERK, (R1, R2, R3), WHOLE, " ", False),
    ],
)
def test_may_decide(user, opened_by, seats, draft, reasons, may):  # noqa: PLR0917 - a truth table
    case = file(CaseState.PANEL, opened_by=opened_by, seats=tuple(seat(each, voted=True) for each in seats))
    assert bool(rules.may_decide(user, case, draft=draft, reasons=reasons)) == may


def test_a_refused_decision_names_everything_it_lacks():
    draft = replace(WHOLE, article="", votes_in_favour=0)
    verdict = rules.may_decide(DECIDER, file(CaseState.PANEL), draft=draft, reasons="事实成立")
    assert [str(Lack.CHARTER.label) in verdict.reason, str(Lack.MAJORITY.label) in verdict.reason] == [
        True,
        True,
    ]

"""Setting aside, handing the decision on appeal over, letters at the desk: one by-law, one truth table. No database."""

from __future__ import annotations

import pytest

from associations.discipline import rules
from associations.discipline.models import AppealDecision, AppealService, Decision, NoticeLaid
from associations.discipline.selectors import LetterRow
from associations.discipline.states import CaseState, Letter, Side
from core.walls import roles
from core.walls.roles import Role, Taken
from tests.associations.discipline.conftest import DECIDED, TODAY
from tests.associations.discipline.unwritten import (
    CLERK,
    DAY,
    DECIDER,
    EXPELLING,
    HERE,
    R1,
    R4,
    R5,
    file,
    grave,
    proposal,
    reviewed,
    seat,
)

LATER = TODAY + DAY


@pytest.fixture(autouse=True)
def _in_the_association():
    token = roles._current.set(Taken(Role.CONSOLE, HERE))
    yield
    roles._current.reset(token)


@pytest.mark.parametrize(("measure", "grave_"), [(1, False), (4, False), (5, True), (6, True)])
def test_which_decisions_are_set_aside_by_two(measure, grave_):
    assert file(CaseState.SERVED, decision=Decision(measure=measure)).grave is grave_
    lighter = file(
        CaseState.SERVED, decision=Decision(measure=measure), appeal_decision=AppealDecision(measure=1)
    )
    assert lighter.grave is grave_  # what was decided counts, not what an appeal left of it
    assert not file(CaseState.PANEL).grave


@pytest.mark.parametrize(
    ("user", "case", "on", "reasons", "interested", "may"),
    [
        (R4, grave(), TODAY, "新证据", (), True),
        (R4, file(CaseState.SERVED), TODAY, "新证据", (), False),  # a warning: one does it alone
        (R4, grave(proposed_by=R4), TODAY, "新证据", (), False),  # one at a time
        (R4, grave(proposed_by=R5), TODAY, "新证据", (), False),
        (R1, grave(), TODAY, "新证据", (), False),  # judged
        (R4, grave(parts={R4.pk: Side.APPROVE}), TODAY, "新证据", (), False),
        (R4, grave(parts={R4.pk: Side.REVIEW}), TODAY, "新证据", (), True),
        (R4, grave(), TODAY, "新证据", {R4.pk}, False),  # acts for the member
        (R4, grave(), TODAY, " ", (), False),
        (R4, grave(), LATER, "新证据", (), False),
        (R4, grave(), DECIDED - DAY, "新证据", (), False),
        (R4, grave(CaseState.APPEALED), TODAY, "新证据", (), False),  # the appeal is decided first
        (CLERK, grave(), TODAY, "新证据", (), False),
        (None, grave(), TODAY, "新证据", (), False),
    ],
)
def test_may_propose_reversal(user, case, on, reasons, interested, may):  # noqa: PLR0917 - a truth table
    verdict = rules.may_propose_reversal(user, case, on=on, reasons=reasons, interested=interested)
    assert bool(verdict) is may


SECOND = [
    (R4, grave(proposed_by=R5), TODAY, "查明", (), True),
    (R4, grave(), TODAY, "查明", (), False),  # nobody proposed it
    (R5, grave(proposed_by=R5), TODAY, "查明", (), False),  # never the same person
    (R1, grave(proposed_by=R5), TODAY, "查明", (), False),  # judged
    (R4, grave(proposed_by=R5), TODAY, "查明", {R4.pk}, False),
    (R4, grave(proposed_by=R5), TODAY, "", (), False),
    (R4, grave(proposed_by=R5), LATER, "查明", (), False),
    (CLERK, grave(proposed_by=R5), TODAY, "查明", (), False),
    (None, grave(proposed_by=R5), TODAY, "查明", (), False),
]


@pytest.mark.parametrize(("user", "case", "on", "reasons", "interested", "may"), SECOND)
def test_the_second_of_two(user, case, on, reasons, interested, may):  # noqa: PLR0917 - a truth table
    for rule in (rules.may_reverse, rules.may_refuse_reversal):
        assert bool(rule(user, case, on=on, reasons=reasons, interested=interested)) is may, rule


@pytest.mark.parametrize("state", [CaseState.SERVED, CaseState.APPEALED])
def test_while_an_appeal_runs_a_proposal_can_be_refused_and_not_approved(state):
    case = grave(state, proposed_by=R5)
    assert bool(rules.may_reverse(R4, case)) is (state == CaseState.SERVED)
    assert rules.may_refuse_reversal(R4, case)
    assert rules.may_drop_reversal(R5, case)


def test_a_lighter_measure_is_reversed_by_one_who_does_not_act_for_the_member():
    case = file(CaseState.SERVED)
    assert rules.may_reverse(R4, case, on=TODAY, reasons="新证据")
    assert not rules.may_reverse(R4, case, on=TODAY, reasons="新证据", interested={R4.pk})


@pytest.mark.parametrize(
    ("user", "case", "on", "reasons", "may"),
    [
        (R5, grave(proposed_by=R5), TODAY, "撤回", True),
        (R4, grave(proposed_by=R5), TODAY, "撤回", False),
        (R5, grave(), TODAY, "撤回", False),
        (R5, grave(proposed_by=R5), TODAY, " ", False),
        (R5, grave(proposed_by=R5), LATER, "撤回", False),
        (None, grave(proposed_by=R5), TODAY, "撤回", False),
    ],
)
def test_may_drop_reversal(user, case, on, reasons, may):
    assert bool(rules.may_drop_reversal(user, case, on=on, reasons=reasons)) is may


def test_a_proposal_that_was_answered_waits_no_more():
    refused = proposal(R5)
    refused.state = "refused"
    case = grave(decision=EXPELLING, proposals=(refused,))
    assert case.proposed is None
    assert rules.may_propose_reversal(R5, case)
    assert not rules.may_reverse(R4, case)


@pytest.mark.parametrize(
    ("user", "case", "on", "proof", "may"),
    [
        (CLERK, reviewed(CaseState.EFFECTIVE), TODAY, "签收", True),
        (CLERK, reviewed(CaseState.REVERSED), TODAY, "签收", True),
        (CLERK, reviewed(CaseState.CLOSED), TODAY, "签收", True),
        (CLERK, reviewed(CaseState.APPEALED), TODAY, "签收", False),
        (CLERK, file(CaseState.EFFECTIVE), TODAY, "签收", False),  # no appeal
        (
            CLERK,
            reviewed(CaseState.EFFECTIVE, appeal_service=AppealService(served_on=TODAY)),
            TODAY,
            "签收",
            False,
        ),
        (CLERK, reviewed(CaseState.EFFECTIVE), TODAY, " ", False),
        (CLERK, reviewed(CaseState.EFFECTIVE), TODAY - DAY, "签收", False),  # before it was decided
        (CLERK, reviewed(CaseState.EFFECTIVE), LATER, "签收", False),
        (DECIDER, reviewed(CaseState.EFFECTIVE), TODAY, "签收", False),
    ],
)
def test_may_serve_appeal(user, case, on, proof, may):
    assert bool(rules.may_serve_appeal(user, case, on=on, proof=proof)) is may


@pytest.mark.parametrize(
    ("user", "state", "laid", "text", "agreed", "may"),
    [
        (CLERK, CaseState.REPORTED, None, "拟作出警告", True, True),
        (CLERK, CaseState.REPORTED, None, "拟作出警告", False, False),
        (CLERK, CaseState.REPORTED, NoticeLaid(laid_on=TODAY), "拟作出警告", True, False),
        (CLERK, CaseState.REPORTED, None, " ", True, False),
        (CLERK, CaseState.FILED, None, "拟作出警告", True, False),
        (CLERK, CaseState.NOTICED, None, "拟作出警告", True, False),
        (DECIDER, CaseState.REPORTED, None, "拟作出警告", True, False),
        (None, CaseState.REPORTED, None, "拟作出警告", True, False),
    ],
)
def test_may_lay_notice(user, state, laid, text, agreed, may):  # noqa: PLR0917 - a truth table
    case = file(state, laid=laid)
    assert bool(rules.may_lay_notice(user, case, on=TODAY, text=text, agreed=agreed)) is may


@pytest.mark.parametrize(
    ("served", "agreed", "serves"),
    [(False, True, True), (False, False, False), (True, True, False), (True, False, False)],
)
def test_what_opening_serves(served, agreed, serves):
    row = LetterRow(Letter.DECISION, 1, DECIDED, served=served, agreed=agreed)
    assert rules.opening_serves(row) is serves


@pytest.mark.parametrize(
    ("seats", "empty"),
    [
        ((seat(R1, chair=True), seat(R4)), ()),
        ((seat(R1, chair=True, recused=True), seat(R4)), (R1.pk,)),
    ],
)
def test_empty_seats(seats, empty):
    assert tuple(each.user_id for each in file(CaseState.PANEL, seats=seats).empty) == empty

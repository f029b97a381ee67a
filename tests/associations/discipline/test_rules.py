"""One by-law, one truth table. No database: the file is made of rows never written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from associations.discipline import rules
from associations.discipline.models import AppealDecision, HearingCall
from associations.discipline.states import TRANSITIONS, CaseState, Measure, Step
from associations.discipline.views import PAGES
from associations.members.models import Membership
from core.walls import roles
from core.walls.roles import Role, Taken
from tests.associations.discipline.conftest import (
    ACT,
    ANSWERED,
    DUE,
    NOTICED,
    OPENED,
    SEATED,
    TODAY,
    VOTED,
)
from tests.associations.discipline.unwritten import (
    ADMIN,
    CLERK,
    DAY,
    DECIDER,
    EVERYTHING,
    EXPELLING,
    HERE,
    LONG_AGO,
    MEMBER,
    OBSERVER,
    OTHER_CLERK,
    R1,
    R2,
    R3,
    R4,
    R5,
    STRANGER,
    file,
    grave,
    owed,
    proposal,
    reviewed,
    seat,
    voted,
)


@pytest.fixture(autouse=True)
def _in_the_association():
    token = roles._current.set(Taken(Role.CONSOLE, HERE))
    yield
    roles._current.reset(token)


ALL_USERS = [CLERK, OTHER_CLERK, DECIDER, ADMIN, OBSERVER, R1, R4, STRANGER]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (lambda user: rules.may_open(user, MEMBER), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_file(user, file(CaseState.LEAD)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_reassign(user, file(CaseState.FILED)), {DECIDER, ADMIN, OTHER_CLERK}),
        (lambda user: rules.may_report(user, file(CaseState.FILED)), {OTHER_CLERK}),
        (lambda user: rules.may_weigh(user, file(CaseState.FILED)), {CLERK, OTHER_CLERK, DECIDER, R1, R4}),
        (lambda user: rules.may_extend(user, file(CaseState.FILED)), {DECIDER}),
        (lambda user: rules.may_serve_notice(user, file(CaseState.REPORTED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_take_statement(user, file(CaseState.NOTICED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_waive(user, file(CaseState.NOTICED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_close_statement(user, file(CaseState.NOTICED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_ask_hearing(user, file(CaseState.NOTICED)), {CLERK, OTHER_CLERK}),
        (
            lambda user: rules.may_ask_hearing(user, file(CaseState.NOTICED), acting={STRANGER.pk}),
            {CLERK, OTHER_CLERK, STRANGER},
        ),
        (lambda user: rules.may_give_up_hearing(user, file(CaseState.HEARD)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_call_hearing(user, owed()), {DECIDER, ADMIN}),
        (lambda user: rules.may_hold_hearing(user, owed(call=HearingCall(chair=R4))), {R4}),
        (lambda user: rules.may_form_panel(user, file(CaseState.HEARD)), {DECIDER, ADMIN}),
        (lambda user: rules.may_recuse(user, file(CaseState.PANEL)), {DECIDER, ADMIN, R1}),
        (
            lambda user: rules.may_replace(
                user, file(CaseState.PANEL, seats=(seat(R1, recused=True), seat(R2)))
            ),
            {DECIDER, ADMIN},
        ),
        (lambda user: rules.may_vote(user, file(CaseState.PANEL)), {R1}),
        (lambda user: rules.may_record_board_vote(user, voted(5)), {CLERK, OTHER_CLERK, ADMIN}),
        (lambda user: rules.may_approve(user, voted(6)), {DECIDER, ADMIN, R4}),
        (lambda user: rules.may_decide(user, file(CaseState.PANEL)), {DECIDER}),
        (lambda user: rules.may_serve(user, file(CaseState.DECIDED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_appeal(user, file(CaseState.SERVED)), {CLERK, OTHER_CLERK}),
        (
            lambda user: rules.may_appeal(user, file(CaseState.SERVED), acting={STRANGER.pk}),
            {CLERK, OTHER_CLERK, STRANGER},
        ),
        (lambda user: rules.may_withdraw_appeal(user, file(CaseState.APPEALED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_review(user, file(CaseState.APPEALED)), {R4}),
        (lambda user: rules.may_record_performance(user, file(CaseState.EFFECTIVE)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_close(user, file(CaseState.ENFORCED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_reverse(user, file(CaseState.SERVED)), {R4}),
        (lambda user: rules.may_reverse(user, grave()), set()),
        (lambda user: rules.may_reverse(user, grave(proposed_by=R5)), {R4}),
        (lambda user: rules.may_propose_reversal(user, grave()), {R4}),
        (lambda user: rules.may_refuse_reversal(user, grave(proposed_by=R5)), {R4}),
        (lambda user: rules.may_drop_reversal(user, grave(proposed_by=R4)), {R4}),
        (lambda user: rules.may_serve_appeal(user, reviewed(CaseState.EFFECTIVE)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_lay_notice(user, file(CaseState.REPORTED)), {CLERK, OTHER_CLERK}),
        (lambda user: rules.may_find_no_case(user, file(CaseState.LEAD)), {DECIDER}),
        (lambda user: rules.may_drop(user, file(CaseState.FILED)), {DECIDER}),
        (
            lambda user: rules.may_withdraw(user, file(CaseState.FILED, case={"origin": "complaint"})),
            {DECIDER},
        ),
        (lambda user: rules.may_settle(user, file(CaseState.FILED, case={"severity": 2})), {DECIDER}),
        (lambda user: rules.may_transfer(user, file(CaseState.FILED)), {DECIDER}),
        (
            lambda user: rules.may_time_bar(user, file(CaseState.FILED, case={"occurred_on": LONG_AGO})),
            {DECIDER},
        ),
    ],
)
def test_who(rule, allowed):
    assert {user for user in ALL_USERS if rule(user)} == allowed


RULE_OF = {page.step: page.rule for page in PAGES.values()}
SHAPES = {
    Step.REPORT: {"case": {"investigator": EVERYTHING}},
    Step.CALL_HEARING: {"case": {"hearing_owed": True}},
    Step.HOLD_HEARING: {"case": {"hearing_owed": True}, "call": HearingCall(chair=EVERYTHING)},
    Step.VOTE: {"seats": (seat(EVERYTHING), seat(R1), seat(R2))},
    Step.RECUSE: {"seats": (seat(EVERYTHING), seat(R1), seat(R2))},
    Step.REPLACE: {"seats": (seat(R1, recused=True), seat(R2))},
    Step.BOARD_VOTE: {"seats": tuple(seat(each, voted=True, measure=5) for each in (R1, R2, R3))},
    Step.APPROVE: {"seats": tuple(seat(each, voted=True, measure=6) for each in (R1, R2, R3))},
    Step.WITHDRAW: {"case": {"origin": "complaint"}},
    Step.SETTLE: {"case": {"severity": 2}},
    Step.TIME_BAR: {"case": {"occurred_on": LONG_AGO}},
    Step.SERVE_APPEAL: {"appeal_decision": AppealDecision(decided_on=TODAY)},
    Step.PROPOSE_REVERSAL: {"decision": EXPELLING},
    Step.REFUSE_REVERSAL: {"decision": EXPELLING, "proposals": (proposal(R4),)},
    Step.DROP_REVERSAL: {"decision": EXPELLING, "proposals": (proposal(EVERYTHING),)},
}
"""What else a file needs for a step than its state."""


@pytest.mark.parametrize(("step", "state"), list(product(RULE_OF, CaseState)))
def test_when(step, state):
    """Somebody who holds every office may take a step exactly where the table allows it."""
    verdict = RULE_OF[step](EVERYTHING, file(state, **SHAPES.get(step, {})))
    assert bool(verdict) == (step in TRANSITIONS[state])


@pytest.mark.parametrize(
    "rule", [rules.may_vote, rules.may_decide, rules.may_reverse, rules.may_drop, rules.may_recuse]
)
def test_the_system_judges_nobody(rule):
    assert not rule(None, file(CaseState.PANEL if rule is not rules.may_reverse else CaseState.SERVED))
    assert not rules.may_open(None, MEMBER)


# --- opening, notice, statement ---


@pytest.mark.parametrize(
    ("acted", "opened", "left", "words", "may"),
    [
        (ACT, OPENED, None, "原价", True),
        (ACT, ACT, None, "原价", True),
        (ACT, ACT - DAY, None, "原价", False),  # opened before the act
        (TODAY, TODAY, None, "原价", True),
        (TODAY + DAY, TODAY + DAY, None, "原价", False),  # future
        (ACT, TODAY + DAY, None, "原价", False),
        (MEMBER.joined_on - DAY, OPENED, None, "原价", False),  # before joining
        (ACT, OPENED, date(2026, 4, 10), "原价", False),  # has left
        (ACT, OPENED, None, " ", False),  # no allegation
    ],
)
def test_may_open(acted, opened, left, words, may):
    member = Membership(pk=1, joined_on=MEMBER.joined_on, left_on=left)
    assert bool(rules.may_open(CLERK, member, occurred_on=acted, opened_on=opened, allegation=words)) == may


@pytest.mark.parametrize(
    ("on", "until", "proof", "may"),
    [
        (NOTICED, DUE, "签收单", True),
        (OPENED, DUE, "签收单", True),
        (OPENED - DAY, DUE, "签收单", False),
        (TODAY + DAY, DUE, "签收单", False),
        (NOTICED, date(2026, 4, 29), "签收单", True),  # five working days
        (NOTICED, date(2026, 4, 28), "签收单", False),  # four
        (NOTICED, DUE, "  ", False),
    ],
)
def test_may_serve_notice(on, until, proof, may):
    shortest = date(2026, 4, 29)
    verdict = rules.may_serve_notice(
        CLERK, file(CaseState.REPORTED), on=on, until=until, shortest=shortest, proof=proof
    )
    assert bool(verdict) == may


@pytest.mark.parametrize("rule", [rules.may_take_statement, rules.may_waive])
@pytest.mark.parametrize(
    ("on", "words", "may"),
    [
        (NOTICED, "意见", True),
        (DUE + DAY, "意见", True),  # late, but nobody closed the time
        (NOTICED - DAY, "意见", False),
        (TODAY + DAY, "意见", False),
        (ANSWERED, "", False),
    ],
)
def test_may_answer(rule, on, words, may):
    assert bool(rule(CLERK, file(CaseState.NOTICED), on=on, text=words)) == may


@pytest.mark.parametrize(
    ("on", "may"), [(DUE - DAY, False), (DUE, False), (DUE + DAY, True), (TODAY + DAY, False)]
)
def test_may_close_statement(on, may):
    assert bool(rules.may_close_statement(CLERK, file(CaseState.NOTICED), on=on)) == may


# --- the panel ---


@pytest.mark.parametrize(
    ("members", "chair", "interested", "may"),
    [
        ([R1, R2, R3], R1, (), True),
        ([R1, R2, R3, R4], R4, (), True),  # an even number too
        ([R1, R2], R1, (), False),
        ([R1, R2, R2], R1, (), False),  # twice the same
        ([R1, R2, R3], R4, (), False),  # the chair sits elsewhere
        ([R1, R2, R3], None, (), False),
        ([R1, R2, DECIDER], R1, (), False),  # no reviewer
        ([R1, R2, STRANGER], R1, (), False),
        ([R1, R2, EVERYTHING], R1, (), False),  # opened the case
        ([R1, R2, R3], R1, (R3.pk,), False),  # acts for the member
    ],
)
def test_may_form_panel(members, chair, interested, may):
    heard = file(CaseState.HEARD, opened_by=EVERYTHING)
    verdict = rules.may_form_panel(
        DECIDER, heard, on=SEATED, members=members, chair=chair, interested=interested
    )
    assert bool(verdict) == may


@pytest.mark.parametrize(
    ("user", "whose", "recused", "voted", "reason", "may"),
    [
        (R1, R1, False, False, "供货合同", True),
        (R2, R1, False, False, "供货合同", False),  # not one's own
        (DECIDER, R1, False, False, "供货合同", True),
        (ADMIN, R1, False, False, "供货合同", True),
        (CLERK, R1, False, False, "供货合同", False),
        (R1, R1, True, False, "供货合同", False),
        (R1, R1, False, True, "供货合同", False),
        (R1, R1, False, False, "", False),
    ],
)
def test_may_recuse(user, whose, recused, voted, reason, may):  # noqa: PLR0917 - a truth table
    theirs = seat(whose, recused=recused, voted=voted)
    case = file(CaseState.PANEL, seats=(theirs, seat(R2), seat(R3)))
    assert bool(rules.may_recuse(user, case, seat=theirs, on=VOTED, reason=reason)) == may


@pytest.mark.parametrize(
    ("recused", "filled", "member", "may"),
    [
        (True, False, R4, True),
        (False, False, R4, False),  # nobody is recused
        (True, True, R4, False),  # somebody sits there already
        (True, False, R2, False),  # has a seat
        (True, False, EVERYTHING, False),  # opened the case
        (True, False, STRANGER, False),
    ],
)
def test_may_replace(recused, filled, member, may):
    empty = seat(R1, recused=recused)
    other = replace(seat(R3), replaces_id=empty.id if filled else None)
    case = file(CaseState.PANEL, opened_by=EVERYTHING, seats=(empty, seat(R2), other))
    assert bool(rules.may_replace(ADMIN, case, on=VOTED, seat=empty, member=member)) == may


@pytest.mark.parametrize(
    ("seated", "recused", "voted", "heard", "opened", "on", "may"),
    [
        (True, False, False, True, False, VOTED, True),
        (False, False, False, True, False, VOTED, False),
        (True, True, False, True, False, VOTED, False),
        (True, False, True, True, False, VOTED, False),
        (True, False, False, False, False, VOTED, False),  # statement not closed
        (True, False, False, True, True, VOTED, False),  # opened the case
        (True, False, False, True, False, SEATED - DAY, False),
        (True, False, False, True, False, TODAY + DAY, False),
    ],
)
def test_may_vote(seated, recused, voted, heard, opened, on, may):  # noqa: PLR0917 - a truth table
    seats = ((seat(R1, recused=recused, voted=voted),) if seated else ()) + (seat(R2), seat(R3))
    parts = {} if heard else {"statement": None}
    case = file(CaseState.PANEL, seats=seats, opened_by=R1 if opened else CLERK, **parts)
    assert bool(rules.may_vote(R1, case, on=on)) == may


def test_every_state_is_in_the_table_and_every_way_out_leads_somewhere():
    assert set(TRANSITIONS) == set(CaseState)
    reached = {CaseState.LEAD, CaseState.HISTORY} | {
        to for ways in TRANSITIONS.values() for to in ways.values()
    }
    assert reached == set(CaseState)
    assert {m.value for m in Measure} == set(range(1, 7))

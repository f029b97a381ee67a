"""One by-law, one truth table: who is what, the beginning, the hearing. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from associations.discipline import rules
from associations.discipline.models import (
    Circumstance,
    Hearing,
    HearingCall,
    Minutes,
    Statement,
)
from associations.discipline.rules.filing import found_in_time, limit_of
from associations.discipline.rules.grounds import apart
from associations.discipline.rules.hearing import hearing_settled
from associations.discipline.states import CaseState, Side, Step
from core.accounts.states import Role as Office
from core.walls import roles
from core.walls.roles import Role, Taken
from tests.associations.discipline.conftest import (
    ANSWERED,
    HEARING_BY,
    NOTICED,
    OPENED,
    SEATED,
    TODAY,
)
from tests.associations.discipline.unwritten import (
    CLERK,
    DAY,
    DECIDER,
    HERE,
    LONG_AGO,
    OTHER_CLERK,
    R1,
    R4,
    file,
    officer,
    owed,
)

LATER = TODAY + DAY
MIGHTY = officer(40, *Office)


@pytest.fixture(autouse=True)
def _in_the_association():
    token = roles._current.set(Taken(Role.CONSOLE, HERE))
    yield
    roles._current.reset(token)


# --- who is what ---


@pytest.mark.parametrize(
    ("held", "wanted", "may"),
    [(held, wanted, held in {None, wanted}) for held in (None, *Side) for wanted in Side],
)
def test_apart(held, wanted, may):
    parts = {MIGHTY.pk: held} if held else {}
    assert bool(apart(MIGHTY, file(CaseState.FILED, parts=parts), wanted)) == may


@pytest.mark.parametrize(
    ("user", "parts", "side"),
    [
        (CLERK, {}, Side.ACCUSE),  # opened it
        (OTHER_CLERK, {}, Side.ACCUSE),  # investigates
        (R1, {}, Side.JUDGE),
        (DECIDER, {}, Side.JUDGE),  # signed
        (R4, {}, None),
        (R4, {R4.pk: Side.REVIEW}, Side.REVIEW),
    ],
)
def test_side_of(user, parts, side):
    assert file(CaseState.SERVED, parts=parts).side_of(user.pk) == side


# --- the beginning ---


@pytest.mark.parametrize(
    ("code", "acted", "last"),
    [
        (12, date(2024, 4, 20), date(2026, 4, 20)),
        (12, date(2024, 2, 29), date(2026, 2, 28)),
        (14, date(2024, 4, 20), date(2029, 4, 20)),  # goods that endanger persons
        (30, date(2024, 4, 20), date(2029, 4, 20)),  # medicine without licence
    ],
)
def test_limit_of(code, acted, last):
    assert limit_of(code, acted) == last
    assert found_in_time(code, acted, last)
    assert not found_in_time(code, acted, last + DAY)
    assert found_in_time(code, None, last + DAY)


@pytest.mark.parametrize(
    ("on", "investigator", "acted", "may"),
    [
        (OPENED, CLERK, OPENED, True),
        (OPENED, OTHER_CLERK, OPENED, True),
        (OPENED, R4, OPENED, False),  # no clerk
        (OPENED, CLERK, LONG_AGO, False),  # out of time
        (OPENED - DAY, CLERK, OPENED, False),
        (LATER, CLERK, OPENED, False),
    ],
)
def test_may_file(on, investigator, acted, may):
    lead = file(CaseState.LEAD, case={"occurred_on": acted})
    assert bool(rules.may_file(CLERK, lead, on=on, investigator=investigator)) == may


@pytest.mark.parametrize(
    ("user", "investigator", "reason", "parts", "may"),
    [
        (DECIDER, CLERK, "亲属", {}, True),
        (OTHER_CLERK, CLERK, "亲属", {}, True),  # withdraws
        (CLERK, CLERK, "亲属", {}, False),  # neither forms panels nor investigates
        (DECIDER, OTHER_CLERK, "亲属", {}, False),  # does already
        (DECIDER, R1, "亲属", {}, False),
        (DECIDER, MIGHTY, "亲属", {MIGHTY.pk: Side.BEFORE}, False),
        (DECIDER, CLERK, " ", {}, False),
    ],
)
def test_may_reassign(user, investigator, reason, parts, may):
    case = file(CaseState.FILED, parts=parts)
    assert bool(rules.may_reassign(user, case, on=TODAY, investigator=investigator, reason=reason)) == may


@pytest.mark.parametrize(
    ("user", "on", "findings", "may"),
    [
        (OTHER_CLERK, OPENED, "属实", True),
        (CLERK, OPENED, "属实", False),  # another investigates
        (OTHER_CLERK, OPENED, " ", False),
        (OTHER_CLERK, OPENED - DAY, "属实", False),
    ],
)
def test_may_report(user, on, findings, may):
    assert bool(rules.may_report(user, file(CaseState.FILED), on=on, findings=findings)) == may


@pytest.mark.parametrize(
    ("kind", "noted", "words", "may"),
    [
        ("self", (), "回执", True),
        ("self", ("self",), "回执", False),
        ("self", ("sham",), "回执", True),
        ("self", (), "", False),
    ],
)
def test_may_weigh(kind, noted, words, may):
    case = file(CaseState.FILED, circumstances=tuple(Circumstance(kind=each) for each in noted))
    assert bool(rules.may_weigh(CLERK, case, on=TODAY, kind=kind, words=words)) == may


@pytest.mark.parametrize(
    ("state", "extended", "on", "reasons", "may"),
    [
        (CaseState.FILED, (), TODAY, "取证", True),
        (CaseState.LEAD, (), TODAY, "取证", True),
        (CaseState.FILED, ("check",), TODAY, "取证", True),  # another clock
        (CaseState.FILED, ("decision",), TODAY, "取证", False),
        (CaseState.PANEL, ("decision",), TODAY, "取证", False),  # the same clock runs on
        (CaseState.FILED, (), TODAY, " ", False),
        (CaseState.NOTICED, (), TODAY, "取证", False),  # the member's own time
        (CaseState.APPEALED, (), TODAY, "取证", False),
    ],
)
def test_may_extend(state, extended, on, reasons, may):
    case = file(state, extended=frozenset(extended))
    assert bool(rules.may_extend(DECIDER, case, on=on, reasons=reasons)) == may
    late = file(state, extended=frozenset(extended), case={"due_on": TODAY - DAY})
    assert not rules.may_extend(DECIDER, late, on=on, reasons=reasons)


# --- the hearing ---


@pytest.mark.parametrize(
    ("state", "on", "asked", "waived", "may"),
    [
        (CaseState.NOTICED, NOTICED, False, False, True),
        (CaseState.NOTICED, HEARING_BY, False, False, True),
        (CaseState.NOTICED, HEARING_BY + DAY, False, False, False),
        (CaseState.NOTICED, NOTICED, True, False, False),
        (CaseState.HEARD, ANSWERED, False, False, False),  # too late
        (CaseState.HEARD, None, False, True, False),
        (CaseState.NOTICED, NOTICED - DAY, False, False, False),
    ],
)
def test_may_ask_hearing(state, on, asked, waived, may):
    parts = {"hearing": Hearing()} if asked else {}
    if waived:
        parts["statement"] = Statement(kind="waived", received_on=ANSWERED)
    assert bool(rules.may_ask_hearing(CLERK, file(state, **parts), on=on)) == may


@pytest.mark.parametrize(
    ("held", "on", "text", "may"),
    [
        (False, ANSWERED, "撤回", True),
        (True, ANSWERED, "撤回", False),
        (False, ANSWERED, " ", False),
        (False, NOTICED, "撤回", False),
    ],
)
def test_may_give_up_hearing(held, on, text, may):
    case = owed(minutes=Minutes() if held else None)
    assert bool(rules.may_give_up_hearing(CLERK, case, on=on, text=text)) == may


@pytest.mark.parametrize(
    ("due", "days", "chair", "proof", "interested", "may"),
    [
        (True, 7, R1, "回执", (), True),
        (True, 6, R1, "回执", (), False),
        (False, 7, R1, "回执", (), False),  # none was asked for
        (True, 7, OTHER_CLERK, "回执", (), False),  # investigates, and no reviewer
        (True, 7, MIGHTY, "回执", (), True),
        (True, 7, MIGHTY, "回执", (MIGHTY.pk,), False),
        (True, 7, R1, " ", (), False),
    ],
)
def test_may_call_hearing(due, days, chair, proof, interested, may):  # noqa: PLR0917 - a truth table
    case = owed() if due else file(CaseState.HEARD)
    verdict = rules.may_call_hearing(
        DECIDER,
        case,
        on=ANSWERED,
        held_on=ANSWERED + days * DAY,
        chair=chair,
        proof=proof,
        interested=interested,
    )
    assert bool(verdict) == may


def test_who_investigates_has_no_chair():
    case = file(CaseState.HEARD, case={"hearing_owed": True, "investigator": MIGHTY})
    assert not rules.may_call_hearing(DECIDER, case, on=ANSWERED, held_on=TODAY, chair=MIGHTY)


@pytest.mark.parametrize(
    ("called", "user", "on", "text", "may"),
    [
        (True, R4, SEATED, "笔录", True),
        (True, R4, TODAY, "笔录", True),
        (True, R4, SEATED - DAY, "笔录", False),
        (True, R1, SEATED, "笔录", False),
        (True, R4, SEATED, "", False),
        (False, R4, SEATED, "笔录", False),
    ],
)
def test_may_hold_hearing(called, user, on, text, may):
    case = owed(call=HearingCall(chair=R4, held_on=SEATED) if called else None)
    assert bool(rules.may_hold_hearing(user, case, on=on, text=text)) == may


@pytest.mark.parametrize(
    ("due", "held", "given_up", "waived", "on", "may"),
    [
        (True, False, False, False, TODAY, False),
        (False, False, False, False, HEARING_BY, False),
        (False, False, False, False, HEARING_BY + DAY, True),
        (False, True, False, False, HEARING_BY, True),
        (False, False, True, False, HEARING_BY, True),
        (False, False, False, True, HEARING_BY, True),
    ],
)
def test_hearing_settled(due, held, given_up, waived, on, may):  # noqa: PLR0917 - a truth table
    parts = {"minutes": Minutes()} if held else {}
    if waived:
        parts["statement"] = Statement(kind="waived", received_on=ANSWERED)
    case = file(CaseState.HEARD, case={"hearing_owed": due}, **parts)
    if given_up:
        event = case.events[-1]
        case = replace(case, events=(*case.events, type(event)(step=Step.GIVE_UP_HEARING, on=ANSWERED)))
    assert bool(hearing_settled(case, on)) == may

"""One by-law, one truth table: what follows a decision, the appeal, the ends. No database."""

from __future__ import annotations

import pytest

from associations.discipline import rules
from associations.discipline.models import (
    Decision,
    Performance,
)
from associations.discipline.states import CaseState, Side
from core.accounts.states import Role as Office
from core.walls import roles
from core.walls.roles import Role, Taken
from tests.associations.discipline.conftest import (
    ACT,
    DECIDED,
    OPENED,
    TODAY,
)
from tests.associations.discipline.unwritten import (
    CLERK,
    DAY,
    DECIDER,
    HERE,
    LONG_AGO,
    R1,
    R4,
    STRANGER,
    file,
    officer,
    seat,
)

LATER = TODAY + DAY
MIGHTY = officer(40, *Office)


@pytest.fixture(autouse=True)
def _in_the_association():
    token = roles._current.set(Taken(Role.CONSOLE, HERE))
    yield
    roles._current.reset(token)


# --- afterwards ---


@pytest.mark.parametrize(
    ("opened_by", "decided_by", "seated", "reasons", "may"),
    [
        (CLERK, DECIDER, R1, "新证据", True),
        (R4, DECIDER, R1, "新证据", False),
        (CLERK, R4, R1, "新证据", False),
        (CLERK, DECIDER, R4, "新证据", False),
        (CLERK, DECIDER, R1, "", False),
    ],
)
def test_may_reverse(opened_by, decided_by, seated, reasons, may):
    case = file(
        CaseState.SERVED,
        opened_by=opened_by,
        seats=(seat(seated),),
        decision=Decision(decided_by_id=decided_by.pk, measure=2),
    )
    assert bool(rules.may_reverse(R4, case, on=TODAY, reasons=reasons)) == may


@pytest.mark.parametrize(
    ("on", "proof", "may"), [(TODAY, "签收", True), (TODAY, "", False), (OPENED, "签收", False)]
)
def test_may_serve(on, proof, may):
    assert bool(rules.may_serve(CLERK, file(CaseState.DECIDED), on=on, proof=proof)) == may


@pytest.mark.parametrize(
    ("on", "note", "may"), [(TODAY, "已改正", True), (TODAY, "", False), (OPENED, "已改正", False)]
)
def test_may_close(on, note, may):
    assert bool(rules.may_close(CLERK, file(CaseState.ENFORCED), on=on, note=note)) == may


@pytest.mark.parametrize(
    ("on", "reasons", "may"), [(TODAY, "查无实据", True), (TODAY, " ", False), (ACT, "查无实据", False)]
)
def test_may_drop(on, reasons, may):
    assert bool(rules.may_drop(DECIDER, file(CaseState.NOTICED), on=on, reasons=reasons)) == may


# --- the appeal, performance ---


@pytest.mark.parametrize(
    ("user", "acting", "on", "until", "grounds", "may"),
    [
        (CLERK, (), TODAY, TODAY, "不服", True),
        (STRANGER, (STRANGER.pk,), TODAY, TODAY, "不服", True),
        (STRANGER, (), TODAY, TODAY, "不服", False),
        (CLERK, (), TODAY, TODAY - DAY, "不服", False),
        (CLERK, (), TODAY, TODAY, " ", False),
        (CLERK, (), DECIDED - DAY, TODAY, "不服", False),
    ],
)
def test_may_appeal(user, acting, on, until, grounds, may):  # noqa: PLR0917 - a truth table
    case = file(CaseState.SERVED)
    case.service.appeal_until = until
    assert bool(rules.may_appeal(user, case, on=on, grounds=grounds, acting=acting)) == may


def test_paper_without_a_time_for_appeal_allows_none():
    assert not rules.may_appeal(CLERK, file(CaseState.SERVED, service=None), on=TODAY, grounds="不服")


@pytest.mark.parametrize(
    ("text", "on", "may"), [("撤回", TODAY, True), (" ", TODAY, False), ("撤回", LATER, False)]
)
def test_may_withdraw_appeal(text, on, may):
    assert bool(rules.may_withdraw_appeal(CLERK, file(CaseState.APPEALED), on=on, text=text)) == may


@pytest.mark.parametrize(
    ("user", "outcome", "measure", "imported", "parts", "reasons", "may"),
    [
        (R4, "uphold", None, False, {}, "查明", True),
        (R4, "uphold", 1, False, {}, "查明", False),
        (R4, "lighten", 1, False, {}, "查明", True),
        (R4, "lighten", 2, False, {}, "查明", False),  # the same
        (R4, "lighten", 3, False, {}, "查明", False),  # worse
        (R4, "lighten", None, False, {}, "查明", False),
        (R4, "allow", None, False, {}, "查明", True),
        (R4, "send_back", None, False, {}, "查明", True),
        (R4, "send_back", None, True, {}, "查明", False),
        (R1, "uphold", None, False, {}, "查明", False),  # judged
        (DECIDER, "uphold", None, False, {}, "查明", False),
        (R4, "uphold", None, False, {R4.pk: Side.APPROVE}, "查明", False),
        (R4, "uphold", None, False, {R4.pk: Side.REVIEW}, "查明", True),  # thinks again
        (R4, "uphold", None, False, {}, " ", False),
    ],
)
def test_may_review(user, outcome, measure, imported, parts, reasons, may):  # noqa: PLR0917 - a truth table
    case = file(CaseState.APPEALED, parts=parts, case={"imported": imported})
    verdict = rules.may_review(user, case, on=TODAY, outcome=outcome, measure=measure, reasons=reasons)
    assert bool(verdict) == may
    assert not rules.may_review(
        user, case, on=TODAY, outcome=outcome, measure=measure, reasons=reasons, interested={user.pk}
    )


@pytest.mark.parametrize(
    ("before", "performed", "note", "may"),
    [
        ((), True, "已改正", True),
        ((), False, "未改正", True),
        ((), True, " ", False),
        ((False,), True, "已改正", True),
        ((False,), False, "未改正", False),
        ((True,), True, "已改正", False),
        ((True,), False, "未改正", False),
    ],
)
def test_may_record_performance(before, performed, note, may):
    made = tuple(Performance(performed=each, on=TODAY) for each in before)
    case = file(CaseState.ENFORCED, performances=made)
    assert bool(rules.may_record_performance(CLERK, case, on=TODAY, performed=performed, note=note)) == may


@pytest.mark.parametrize(("severity", "lighter", "stands"), [(5, None, 5), (5, 2, 2), (2, None, 2)])
def test_the_measure_that_stands(severity, lighter, stands):
    from associations.discipline.models import AppealDecision

    case = file(
        CaseState.EFFECTIVE,
        decision=Decision(measure=severity),
        appeal_decision=AppealDecision(measure=lighter),
    )
    assert case.measure == stands


# --- the ends ---


@pytest.mark.parametrize(
    ("rule", "state", "row", "may"),
    [
        (rules.may_find_no_case, CaseState.LEAD, {}, True),
        (rules.may_find_no_case, CaseState.FILED, {}, False),
        (rules.may_drop, CaseState.FILED, {}, True),
        (rules.may_drop, CaseState.LEAD, {}, False),
        (rules.may_withdraw, CaseState.REPORTED, {"origin": "complaint"}, True),
        (rules.may_withdraw, CaseState.REPORTED, {"origin": "patrol"}, False),
        (rules.may_withdraw, CaseState.NOTICED, {"origin": "complaint"}, False),
        (rules.may_settle, CaseState.HEARD, {"severity": 2}, True),
        (rules.may_settle, CaseState.HEARD, {"severity": 3}, False),
        (rules.may_settle, CaseState.PANEL, {"severity": 2}, False),
        (rules.may_time_bar, CaseState.LEAD, {"occurred_on": LONG_AGO}, True),
        (rules.may_time_bar, CaseState.LEAD, {}, False),
        (rules.may_transfer, CaseState.PANEL, {}, True),
        (rules.may_transfer, CaseState.DECIDED, {}, False),
    ],
)
def test_may_end(rule, state, row, may):
    case = file(state, case={"occurred_on": OPENED, **row})
    assert bool(rule(DECIDER, case, on=TODAY, reasons="理由")) == may
    assert not rule(DECIDER, case, on=TODAY, reasons=" ")
    assert not rule(CLERK, case, on=TODAY, reasons="理由")
    assert not rule(None, case, on=TODAY, reasons="理由")


@pytest.mark.parametrize(
    ("receiver", "receipt", "may"), [("某局", "收据", True), ("某局", " ", False), (" ", "收据", False)]
)
def test_may_transfer(receiver, receipt, may):
    verdict = rules.may_transfer(
        DECIDER, file(CaseState.FILED), on=TODAY, reasons="移送", receiver=receiver, receipt=receipt
    )
    assert bool(verdict) == may

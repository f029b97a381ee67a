"""What is not lawful is refused with a sentence, and nothing changes."""

from datetime import date

import pytest

from associations.discipline import services
from associations.discipline.models import Seat
from associations.registry.services import adopt_charter
from associations.tenancy import scope
from core.accounts.states import Role
from core.verdicts import Denied
from tests.associations.discipline.conftest import DECIDED, DUE, NOTICED, ORDER, VOTED, Walk, snapshot
from tests.cast import appoint

LATE = date(2026, 6, 14)
STAGES = ["lead", *(stage for stage in ORDER if stage != "voted"), "appealed", "effective", "enforced"]
VERBS = {
    "file": lambda walk: walk.file_case(on=LATE),
    "reassign": lambda walk: services.reassign(
        case=walk.case, investigator=walk.house.second_clerk, reason="亲属", on=LATE, by=walk.house.decider
    ),
    "report": lambda walk: walk.report(on=LATE),
    "weigh": lambda walk: services.weigh(
        case=walk.case, kind="self", words="主动报告", on=LATE, by=walk.house.clerk
    ),
    "extend": lambda walk: services.extend(
        case=walk.case, reasons="案情复杂", on=LATE, by=walk.house.decider
    ),
    "ask hearing": lambda walk: walk.ask_hearing(on=NOTICED),
    "give up hearing": lambda walk: services.give_up_hearing(
        case=walk.case, text="书面放弃", on=LATE, by=walk.house.clerk
    ),
    "call hearing": lambda walk: walk.call_hearing(served_on=LATE, held_on=date(2026, 6, 30)),
    "hold hearing": lambda walk: walk.hold_hearing(on=LATE),
    "board": lambda walk: walk.board(measure=5, held_on=LATE),
    "approve": lambda walk: walk.approve(walk.house.admin, on=LATE),
    "appeal": lambda walk: walk.appeal(),
    "withdraw appeal": lambda walk: services.withdraw_appeal(
        case=walk.case, text="撤回", on=LATE, by=walk.house.clerk
    ),
    "review": lambda walk: walk.review(4, "uphold"),
    "perform": lambda walk: walk.perform(),
    "no case": lambda walk: services.no_case(case=walk.case, reasons="查无", on=LATE, by=walk.house.decider),
    "withdraw": lambda walk: services.withdraw(
        case=walk.case, reasons="撤诉", on=LATE, by=walk.house.decider
    ),
    "settle": lambda walk: services.settle(case=walk.case, reasons="和解", on=LATE, by=walk.house.decider),
    "time bar": lambda walk: services.time_bar(
        case=walk.case, reasons="超期", on=LATE, by=walk.house.decider
    ),
    "transfer": lambda walk: services.transfer(
        case=walk.case, receiver="某局", receipt="收据 1", reasons="移送", on=LATE, by=walk.house.decider
    ),
    "notice": lambda walk: walk.notice(served_on=LATE),
    "statement": lambda walk: walk.statement(received_on=LATE),
    "waive": lambda walk: walk.waive(received_on=LATE),
    "lapse": lambda walk: walk.lapse(on=LATE),
    "panel": lambda walk: walk.panel(on=LATE),
    "recuse": lambda walk: services.recuse(
        case=walk.case, member=walk.house.reviewers[0], reason="亲属", on=LATE, by=walk.house.reviewers[0]
    ),
    "vote": lambda walk: walk.vote(0, on=LATE),
    "decide": lambda walk: walk.decide(on=LATE),
    "serve": lambda walk: walk.serve(served_on=LATE),
    "close": lambda walk: walk.close(),
    "reverse": lambda walk: walk.reverse(),
    "propose reversal": lambda walk: walk.propose(),
    "refuse reversal": lambda walk: walk.refuse(),
    "take proposal back": lambda walk: walk.take_back(),
    "serve appeal": lambda walk: walk.serve_appeal(),
    "lay notice": lambda walk: services.lay_notice(
        case=walk.case, text="拟作出警告", measure=2, on=LATE, by=walk.house.clerk
    ),
    "drop": lambda walk: walk.drop(),
}
MEANWHILE = {"weigh", "extend", "drop", "transfer"}
LAWFUL = {
    "lead": {"file", "extend", "no case", "transfer"},
    "filed": {"reassign", "report", *MEANWHILE},
    "reported": {"notice", *MEANWHILE},
    "noticed": {"statement", "waive", "lapse", "ask hearing", "drop", "transfer"},
    "heard": {"give up hearing", "panel", *MEANWHILE},
    "panel": {"recuse", "vote", *MEANWHILE},  # not decide: nobody has voted
    "decided": {"serve", "reverse"},
    "served": {"appeal", "reverse"},
    "appealed": {"withdraw appeal", "review"},
    "effective": {"perform", "reverse"},
    "enforced": {"close", "reverse"},
}


def reach(walk, stage):
    """Walk the case to a stage the way of `Walk.to` does not reach."""
    if stage == "lead":
        walk.lead()
        return
    walk.to(stage if stage in ORDER else "served")
    if stage == "appealed":
        walk.appeal()
    if stage in {"effective", "enforced"}:
        services.take_effect()
    if stage == "enforced":
        walk.perform()


@pytest.mark.parametrize("stage", STAGES)
def test_only_the_next_steps_are_open(walk, stage):
    reach(walk, stage)
    open_ = set()
    for name, verb in VERBS.items():
        if name in LAWFUL[stage]:
            open_.add(name)
            continue
        before = snapshot()
        with pytest.raises((Denied, Seat.DoesNotExist)):
            verb(walk)
        assert snapshot() == before
    assert open_ == LAWFUL[stage]


def refused(verb, words):
    before = snapshot()
    with pytest.raises(Denied, match=words):
        verb()
    assert snapshot() == before


def test_twice_is_refused(walk):
    walk.to("noticed")
    refused(lambda: walk.notice(served_on=LATE), "done already")
    walk.statement()
    refused(lambda: walk.waive(received_on=LATE), "done already")
    walk.panel()
    walk.vote(0)
    refused(lambda: walk.vote(0), "voted already")


def test_a_panel_without_enough_votes_decides_nothing(walk):
    walk.to("panel").vote(0)
    refused(walk.decide, "fewer members")
    walk.vote(1, in_favour=False)
    walk.vote(2, in_favour=False)
    refused(walk.decide, "no majority")


def test_nothing_is_decided_before_the_time_for_defence_is_over(walk):
    walk.to("heard").panel(on=date(2026, 5, 7))
    for number in range(3):
        walk.vote(number, on=date(2026, 5, 7))
    refused(lambda: walk.decide(on=DUE), "time for defence")
    walk.decide(on=DECIDED)


def test_a_measure_the_charter_does_not_know_is_not_decided(walk):
    walk.to("voted")
    adopt_charter(
        version="2026", adopted_on=date(2026, 5, 1), effective_on=date(2026, 5, 1),
        articles=[{"article": "第五条", "text": "谈话提醒", "measures": [1]}], by=None,
    )  # fmt: skip
    refused(walk.decide, "charter")


@pytest.fixture
def mighty_clerk(city):
    """Give the clerk who opens the cases every office that judges them."""
    for role in (Role.REVIEWER, Role.DECIDER):
        appoint(city.association, city.clerk, role)


@pytest.fixture
def partial_reviewer(city, operator):
    """Let a reviewer act for the member, too."""
    appoint(city.association, city.reviewers[2], Role.MEMBER, subject_id=operator.subject_id)


def test_the_clerk_who_opened_the_case_neither_sits_nor_votes_nor_decides(mighty_clerk, walk, city):
    walk.to("heard")
    refused(lambda: walk.panel(members=[city.clerk, *city.reviewers[:3]]), "opened this case")
    walk.panel()
    refused(
        lambda: services.vote(case=walk.case, in_favour=True, on=VOTED, by=city.clerk),
        "opened this case",
    )
    for number in range(3):
        walk.vote(number)
    refused(lambda: walk.decide(by=city.clerk), "opened this case")
    walk.decide()
    refused(lambda: walk.reverse(by=city.clerk), "opened this case")


def test_whoever_acts_for_the_member_does_not_sit(partial_reviewer, walk):
    walk.to("heard")
    refused(walk.panel, "acts for the member")


def test_officers_of_another_association_can_do_nothing(province, walk):
    walk.to("noticed")
    refused(lambda: walk.statement(by=province.clerk), "roles")
    walk.statement()
    refused(
        lambda: walk.panel(members=province.reviewers[:3], chair=province.reviewers[0]), "not a reviewer|不是"
    )


def test_another_associations_case_does_not_exist(city, province, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("noticed")
    with scope.of(province.association), pytest.raises(walk.case.DoesNotExist):
        services.take_statement(case=walk.case, text="意见", by=province.clerk)
    with scope.of(city.association):
        assert walk.state == "noticed"


def test_who_has_voted_is_not_recused_any_more(walk, city):
    walk.to("panel").vote(0)
    refused(
        lambda: services.recuse(
            case=walk.case, member=city.reviewers[0], reason="亲属", on=VOTED, by=city.admin
        ),
        "has voted",
    )


@pytest.mark.parametrize("day", [date(2026, 6, 16), NOTICED.replace(day=21)])
def test_no_step_lies_in_the_future_or_before_the_last_one(walk, day):
    walk.to("noticed")
    refused(lambda: walk.statement(received_on=day), "This day lies")


@pytest.mark.parametrize(
    ("code", "acted_on", "words"),
    [
        (13, date(2025, 10, 14), "first on file is in force from 2025-10-15"),  # PR03, before the revision
        (42, date(2025, 8, 31), "first on file is in force from 2025-09-01"),  # AI01, before the labels
        (10, date(2026, 1, 31), "first on file is in force from 2026-02-01"),  # AD10, before Order 117
    ],
)
def test_an_act_before_any_text_of_the_entry_is_no_violation_under_it(walk, code, acted_on, words):
    walk.open(code=code, occurred_on=acted_on)
    for verb in (walk.report, walk.notice, walk.statement, walk.panel, walk._all_vote):
        verb()
    refused(walk.decide, words)


@pytest.mark.parametrize(
    ("acted_on", "basis"),
    [
        (date(2025, 10, 14), "反不正当竞争法（2025年修订前）§8、§20"),
        (date(2025, 10, 15), "反不正当竞争法(2025) §9、§25"),
        (date(2026, 2, 1), "令117 §34①、§62；反不正当竞争法(2025) §9、§25"),
    ],
)
def test_the_basis_is_the_text_of_the_day_of_the_act(walk, acted_on, basis):
    walk.open(code=1, occurred_on=acted_on)
    for verb in (walk.report, walk.notice, walk.statement, walk.panel, walk._all_vote):
        verb()
    assert (walk.case.basis, walk.decide().basis) == (basis, basis)

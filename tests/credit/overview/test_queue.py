"""The queue: what waits for whom, in which order; and the same matters in a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from associations.discipline import models as discipline_models
from associations.discipline import services as discipline
from associations.discipline.states import CaseState
from associations.discipline.waiting import NEXT
from associations.members import services as members
from associations.members.states import Category
from associations.registry.waiting import Matter
from associations.tenancy import scope
from core.accounts.states import Role
from core.calendar.selectors import calendar
from core.subjects.models import WatchMark
from credit.blacklist.services import list_bars
from credit.overview import queue as queues
from credit.publication.services import publish_due
from tests.associations.discipline.conftest import NOW, Walk
from tests.cast import admit, client_for, firm
from tests.credit.publication.conftest import consent, facts_for, past_decision, rate

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def asked(house, officer, page="queue", **what):
    return client_for(officer).get(reverse(f"overview:{page}", args=[house.slug]), what)


def mine(house, who) -> list[tuple[str, str]]:
    """(about, what) of the officer's queue."""
    rows = asked(house, who).context["mine"]
    return [(line.matter.name, str(line.matter.what)) for line, _url in rows]


def walked(house, member, stage):
    with scope.of(house.association):
        return Walk(house, member).to(stage).case


# --- whom a case waits for ---


@pytest.mark.parametrize(
    ("stage", "who", "what"),
    [
        ("filed", {"clerk"}, "Report the investigation"),  # who investigates
        ("reported", {"clerk", "second_clerk"}, "Serve the prior notice"),
        ("heard", {"decider", "admin"}, "Form a panel"),
        ("voted", {"decider"}, "Sign the decision"),
        ("decided", {"clerk", "second_clerk"}, "Hand the decision over"),
    ],
)
def test_a_case_waits_for_those_who_may_move_it(city, stage, who, what):
    number = walked(city, admit(city, firm(1)), stage).number
    for name in ("clerk", "second_clerk", "reviewer", "decider", "admin", "observer"):
        found = [each for each in mine(city, getattr(city, name)) if each[0] == number]
        assert found == ([(number, what)] if name in who else []), name


def test_a_vote_waits_for_those_of_the_panel_who_have_not_cast_it(city, operator):
    case = walked(city, operator, "panel")
    with scope.of(city.association):
        discipline.vote(case=case, in_favour=True, measure=2, on=date(2026, 5, 11), by=city.reviewers[0])
        discipline.recuse(
            case=case, member=city.reviewers[1], reason="同学", on=date(2026, 5, 11), by=city.decider
        )
    waits = [mine(city, each) for each in (*city.reviewers, city.decider)]
    vote = [(case.number, "Vote")]
    assert waits == [[], [], vote, [], [], [(case.number, "Seat a replacement")]]
    rows = asked(city, city.clerk, "dashboard").context["running"]
    told = {str(each.matter.what): each.who for each, _url in rows if each.matter.name == case.number}
    assert told["Vote"] == city.reviewers[2].name


def offered(house, who) -> list[str]:
    """What the officer's queue says of the one case there is."""
    return [what for about, what in mine(house, who) if about.startswith("案")]


def waits(house) -> dict[str, list[str]]:
    """By officer, what waits for them; who is waited for in nothing is left out."""
    people = {
        "clerk": house.clerk, "decider": house.decider, "admin": house.admin,
        **{f"reviewer {number}": each for number, each in enumerate(house.reviewers)},
    }  # fmt: skip
    found = {name: sorted(offered(house, who)) for name, who in people.items()}
    return {name: what for name, what in found.items() if what}


def panel_for(house, member, measure):
    """A case whose panel of three has voted for the measure; nothing else is done yet."""
    walk = Walk(house, member, measure=measure)
    with scope.of(house.association):
        walk.to("panel")
        for number in range(3):
            walk.vote(number)
    return walk


def test_an_expulsion_waits_for_the_vote_of_the_board_and_then_for_who_signs(city, operator):
    walk = panel_for(city, operator, 5)
    board = ["Record the vote of the board"]
    assert waits(city) == {"clerk": board, "admin": board}
    with scope.of(city.association):
        walk.board(in_favour=3)  # not carried: the board may vote again
    assert waits(city) == {"clerk": board, "admin": board}
    with scope.of(city.association):
        walk.board()
    assert waits(city) == {"decider": ["Sign the decision"]}


def test_a_bar_waits_for_two_approvals_by_those_who_had_no_hand_in_it(city, operator):
    walk = panel_for(city, operator, 6)
    board, approve = ["Record the vote of the board"], ["Approve the bar"]
    both = sorted([*board, *approve])
    free = {f"reviewer {number}": approve for number in (3, 4)}
    assert waits(city) == {"clerk": board, "admin": both, "decider": approve, **free}
    with scope.of(city.association):
        walk.board()
        walk.approve(city.admin)
    assert waits(city) == {"decider": approve, **free}
    with scope.of(city.association):
        walk.approve(city.reviewers[4])
    assert waits(city) == {"decider": ["Sign the decision"]}


def test_the_chair_is_waited_for_to_be_seated_anew_beside_the_votes(city, operator):
    walk = Walk(city, operator)
    with scope.of(city.association):
        walk.to("panel")
        discipline.recuse(
            case=walk.case, member=city.reviewers[0], reason="同学", on=date(2026, 5, 11), by=city.decider
        )
    chair, vote = ["Seat another in the chair"], ["Vote"]
    assert waits(city) == {
        "decider": chair, "admin": chair, "reviewer 1": vote, "reviewer 2": vote,
    }  # fmt: skip
    (line,) = (
        line
        for line, _url in asked(city, city.decider).context["mine"]
        if line.matter.page == "discipline:case"
    )
    assert line.matter.due == date(2026, 7, 19)  # ninety days from the filing
    with scope.of(city.association):
        for number in (1, 2):
            walk.vote(number)
    assert waits(city) == {"decider": chair, "admin": chair}  # nothing is signed by two
    with scope.of(city.association):
        discipline.replace(
            case=walk.case, recused=city.reviewers[0], member=city.reviewers[3], on=date(2026, 5, 11),
            by=city.admin,
        )  # fmt: skip
    assert waits(city) == {"reviewer 3": vote}


def test_a_panel_that_has_become_too_small_waits_for_a_replacement(city, operator):
    walk = Walk(city, operator)
    with scope.of(city.association):
        walk.to("panel")
        discipline.recuse(
            case=walk.case, member=city.reviewers[2], reason="同学", on=date(2026, 5, 11), by=city.decider
        )
    assert waits(city)["admin"] == ["Seat a replacement"]


def test_a_proposal_to_reverse_waits_for_another_reviewer_with_its_last_day(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator, measure=5).to("served")
        walk.propose(on=date(2026, 6, 2))
        due = discipline_models.ReversalProposal.objects.get().answer_by
    assert waits(city) == {"reviewer 4": ["Approve the reversal, or not"]}
    (line,) = (
        line
        for line, _url in asked(city, city.reviewers[4]).context["mine"]
        if line.matter.page == "discipline:case"
    )
    assert line.matter.due == due == date(2026, 6, 11)
    with scope.of(city.association):
        walk.appeal()
    assert "reviewer 4" in waits(city)
    assert waits(city)["reviewer 4"] == ["Give an opinion on the appeal"]
    with scope.of(city.association):
        discipline.withdraw_appeal(case=walk.case, text="撤回", by=city.clerk)
        walk.refuse()
    assert "reviewer 4" not in waits(city)


def test_a_decision_on_appeal_waits_to_be_handed_over_within_seven_days(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("served")
        walk.appeal()
        walk.review(3, "allow")
        walk.review(4, "allow")
    told = ["Hand the decision on the appeal over"]
    assert waits(city) == {"clerk": told}
    (line,) = (
        line
        for line, _url in asked(city, city.clerk).context["mine"]
        if line.matter.page == "discipline:case"
    )
    assert (line.matter.due, line.overdue) == (TODAY + timedelta(days=7), False)
    with scope.of(city.association):
        walk.serve_appeal()
    assert waits(city) == {}


def test_a_statement_waits_for_the_member_and_then_for_the_clerk(city, operator):
    case = walked(city, operator, "noticed")  # its time was over on 9 May
    assert (case.number, "Record that the time for the statement is over") in mine(city, city.clerk)
    with time_machine.travel(NOW - timedelta(days=40), tick=False):
        rows = asked(city, city.clerk, "dashboard").context["running"]
        told = {str(line.matter.what): (line.who, line.mine) for line, _url in rows}
        assert told["Statement of the member"] == ("the member", False)


def test_every_open_state_of_a_case_waits_for_somebody():
    still = {CaseState.NOTICED, CaseState.SERVED}  # the member; the appeal's time
    over = {CaseState.REVERSED, CaseState.CLOSED, CaseState.DROPPED, CaseState.HISTORY}
    assert set(NEXT) | still | over == set(CaseState)


# --- the other rooms ---


def test_every_room_offers_what_waits_there(city, province, operator):
    facts_for(operator)
    rate()
    with scope.across_associations(why="a test lists a bar"):
        kind, index = firm(7).marks()[0]
        WatchMark.objects.create(kind=kind, index=index, bar_public_id="b" * 22, set_by=province.association)
    with scope.of(city.association):
        members.apply_to_join(identity=firm(7), category=Category.OPERATOR, by=city.clerk)
    told = mine(city, city.reviewer)
    assert [what for _about, what in told] == ["Answer the screening question"]
    assert "Answer the application" in [what for _about, what in mine(city, city.clerk)]
    assert ("某市棠屿电子商务有限公司", "Verify the identity again") in mine(city, city.clerk)


def test_a_bar_waits_for_its_review_and_a_record_for_confirmation(city, operator, streamer):
    past_decision(
        city, operator, measure=6, severity=4, decided_on=TODAY - timedelta(days=3 * 365 - 20),
        notice_served_on=TODAY - timedelta(days=3 * 365 + 20), appeal_until=TODAY - timedelta(days=900),
    )  # fmt: skip
    facts_for(streamer)
    consent(city, streamer)
    rate()
    list_bars(today=TODAY)
    publish_due(today=TODAY)
    assert ("某市棠屿电子商务有限公司", "Review the bar") in mine(city, city.reviewer)
    assert ("小满在播", "Confirm for publication: Rating") in mine(city, city.decider)


def test_nothing_waits_in_the_other_association(city, province, operator):
    walked(city, operator, "filed")
    for who in (province.clerk, province.decider, province.reviewer):
        assert mine(province, who) == []
        assert asked(province, who).context["others"] == []


# --- order, clocks, the month ---


def matter(name, *, due=None, since=TODAY, **more):
    return Matter("what", name, "overview:dashboard", "", since, due=due, **more)


def test_overdue_comes_first_and_what_has_no_clock_last(city):
    told = [
        matter("none"), matter("later", due=TODAY + timedelta(days=9)), matter("late", due=TODAY - timedelta(days=1)),
        matter("today", due=TODAY), matter("older", since=TODAY - timedelta(days=5)),
    ]  # fmt: skip
    found = queues._lines(told, city.clerk, frozenset({Role.CLERK}), TODAY, calendar())
    assert [line.matter.name for line in found] == ["late", "today", "later", "older", "none"]
    assert [line.overdue for line in found] == [True, False, False, False, False]
    assert [line.clock and line.clock.tone for line in found] == ["over", "soon", "", None, None]


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ({"roles": frozenset({Role.CLERK})}, True),
        ({"roles": frozenset({Role.DECIDER})}, False),
        ({}, False),
        ({"people": frozenset({1})}, True),
        ({"people": frozenset({2}), "roles": frozenset({Role.CLERK})}, False),
        ({"roles": frozenset({Role.CLERK}), "never": frozenset({1})}, False),
    ],
)
def test_whom_a_matter_waits_for(told, waits):
    from core.accounts.models import User

    assert matter("x", **told).waits_for(User(pk=1), frozenset({Role.CLERK})) is waits


def test_the_month_marks_working_days_and_what_is_due(city):
    lines = queues._lines([matter("due", due=date(2026, 10, 9))], city.clerk, frozenset(), TODAY, calendar())
    weeks = queues.month(lines, date(2026, 10, 1), TODAY)
    days = {day.on: day for week in weeks for day in week}
    assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2026, 9, 28), date(2026, 11, 1))
    assert [days[date(2026, 10, n)].working for n in (1, 7, 8, 10, 11)] == [False, False, True, True, False]
    assert [line.matter.name for line in days[date(2026, 10, 9)].lines] == ["due"]
    assert not days[date(2026, 9, 30)].in_month


def test_a_year_that_is_not_known_is_said_and_breaks_nothing(city, operator):
    walked(city, operator, "noticed")
    page = asked(city, city.clerk, "calendar", month="2031-02")
    assert (page.status_code, page.context["unknown"]) == (200, True)
    assert "Calendar years" in page.content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "x", "9999-01", "2026-06-01"])
def test_a_month_that_is_none_is_this_one(city, month):
    assert asked(city, city.clerk, "calendar", month=month).context["first"] == date(2026, 6, 1)


def test_the_calendar_shows_mine_only_when_asked(city, operator):
    case = walked(city, operator, "filed")  # to be decided by 19 July
    for who, mine_only, shown in (
        (city.clerk, "me", True),
        (city.decider, "me", False),
        (city.decider, "", True),
    ):
        page = asked(city, who, "calendar", month="2026-07", who=mine_only)
        assert (case.number in page.content.decode()) is shown


# --- cost ---


@pytest.mark.parametrize(("where", "queries"), [("queue", 32), ("calendar", 34)])
@pytest.mark.parametrize("rows", [1, 4])
def test_the_pages_take_the_same_queries(city, where, queries, rows, django_assert_num_queries):
    for number in range(rows):
        member = admit(city, firm(number))
        walked(city, member, "panel")
    client = client_for(city.clerk)
    # who asks and where (7), the rooms (23), the working days (2; the calendar asks them again)
    with django_assert_num_queries(queries):
        client.get(reverse(f"overview:{where}", args=[city.slug]))

"""The longer ways: leads, hearings, the board, appeals, performance, and every end without a decision."""

from datetime import date

import pytest

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services
from associations.discipline.models import Case, Decision, Ending, Part, Reversal
from associations.discipline.selectors import cases, decision_for_publication, due_of, people_involved
from associations.discipline.states import CaseState, Measure, Side
from associations.members import services as members
from associations.members.models import Membership
from core.calendar.selectors import UnknownYear
from core.verdicts import Denied
from tests.associations.discipline.conftest import APPEAL, NOTICED, OPENED, SEATED, TODAY, VOTED
from tests.associations.discipline.test_denied import refused

HEARD = date(2026, 5, 14)


def facts(membership):
    rows = Fact.objects.filter(membership=membership, source="decision").order_by("id")
    return [(FactKind(fact.kind), fact.ref.kind if fact.ref else None) for fact in rows]


def state_of(membership):
    return Membership.objects.get(pk=membership.pk).state


# --- lead, filing, investigation ---


def test_a_lead_is_checked_and_filed_in_fifteen_working_days(walk, city):
    case = walk.lead(origin="complaint", origin_ref="诉〔2026〕7号")
    due = due_of(cases().get(), today=OPENED)
    assert (case.state, due.on, due.remaining) == (CaseState.LEAD, date(2026, 5, 13), 15)
    assert "clerk" in str(due.waits_for)
    walk.file_case(investigator=city.second_clerk)
    due = due_of(cases().get(), today=OPENED)
    assert (walk.state, due.on) == (CaseState.FILED, date(2026, 7, 19))
    refused(walk.report, "investigated by")
    walk.report(by=city.second_clerk)
    assert {part.user_id: part.side for part in Part.objects.all()} == {
        city.clerk.pk: "accuse", city.second_clerk.pk: "accuse",
    }  # fmt: skip


def test_a_lead_into_a_year_without_calendar_says_where_to_enter_it(walk):
    import time_machine

    with time_machine.travel(date(2026, 12, 20), tick=False), pytest.raises(UnknownYear, match="Operations"):
        walk.lead(opened_on=date(2026, 12, 20))
    assert not Case.objects.exists()


def test_a_clock_is_extended_once_with_reasons_before_it_has_run_out(walk, city):
    walk.open()
    extend = {"case": walk.case, "reasons": "涉及多地取证", "by": city.decider}
    refused(lambda: services.extend(**{**extend, "reasons": " "}), "Reasons")
    services.extend(**extend)
    assert Case.objects.get().due_on == date(2026, 8, 18)
    refused(lambda: services.extend(**extend), "extended already")
    walk.report(on=TODAY)
    assert Case.objects.get().due_on == date(2026, 8, 18)  # it runs on, extended


def test_another_investigates_and_who_did_so_far_never_judges(walk, city):
    walk.open()
    services.reassign(
        case=walk.case, investigator=city.second_clerk, reason="亲属", on=OPENED, by=city.decider
    )
    walk.report(by=city.second_clerk)
    assert walk.file.side_of(city.clerk.pk) == walk.file.side_of(city.second_clerk.pk) == Side.ACCUSE


def test_an_act_found_after_two_years_is_not_filed_but_ended(walk, city):
    old = {"occurred_on": date(2024, 4, 19)}
    refused(lambda: walk.open(**old), "Out of time")
    walk.lead(**old)
    refused(walk.file_case, "Out of time")
    services.time_bar(case=walk.case, reasons="超过二年", on=TODAY, by=city.decider)
    assert (walk.state, Ending.objects.get().kind) == ("dropped", "time_bar")
    walk.open(code=14, **old)  # goods that endanger persons: five years


# --- the hearing ---


def test_a_hearing_asked_for_is_held_before_a_panel_judges(walk, city):
    walk.to("noticed").ask_hearing()
    refused(walk.ask_hearing, "asked for already")
    walk.statement()
    refused(walk.panel, "hearing was asked for")
    refused(lambda: walk.call_hearing(held_on=date(2026, 5, 13)), "seven days ahead")
    refused(lambda: walk.call_hearing(chair=city.second_clerk), "not a reviewer")
    walk.call_hearing()
    refused(lambda: walk.hold_hearing(by=city.reviewers[0]), "has the chair")
    refused(lambda: walk.hold_hearing(on=date(2026, 5, 13)), "is on 2026-05-14")
    walk.hold_hearing()
    assert (walk.file.minutes.attended, walk.file.case.hearing_owed) == (True, False)
    walk.panel(on=HEARD)


def test_a_hearing_is_asked_for_within_five_working_days(walk):
    walk.to("noticed")
    refused(lambda: walk.ask_hearing(on=date(2026, 4, 30)), "until 2026-04-29")
    walk.ask_hearing(on=date(2026, 4, 29))


def test_no_panel_while_a_hearing_may_still_be_asked_for(walk, city):
    walk.to("noticed").statement(received_on=NOTICED)
    refused(lambda: walk.panel(on=date(2026, 4, 29)), "may ask for a hearing until")
    services.give_up_hearing(case=walk.case, text="书面放弃", on=NOTICED, by=city.clerk)
    walk.panel(on=date(2026, 4, 29))


def test_a_waiver_gives_up_the_hearing_too(walk):
    walk.to("noticed").ask_hearing()
    walk.waive()
    walk.panel()
    assert not walk.file.case.hearing_owed


# --- who does what for the member ---


@pytest.fixture
def voice(city, operator):
    """A user who acts for the member."""
    from core.accounts.states import Role
    from tests.cast import appoint, user

    somebody = user("voice", "会员甲")
    appoint(city.association, somebody, Role.MEMBER, subject_id=operator.subject_id)
    return somebody


def test_who_acts_for_the_member_speaks_for_it(voice, walk):
    walk.to("noticed").ask_hearing(by=voice)
    walk.statement(by=voice)
    services.give_up_hearing(case=walk.case, text="撤回听证申请", on=SEATED, by=voice)
    for step in (walk.panel, walk._all_vote, walk.decide, walk.serve):
        step()
    walk.appeal(by=voice)
    services.withdraw_appeal(case=walk.case, text="撤回", by=voice)
    assert walk.state == CaseState.EFFECTIVE


def test_nobody_else_does(walk, city):
    walk.to("noticed")
    refused(lambda: walk.statement(by=city.reviewers[4]), "roles")
    refused(lambda: walk.ask_hearing(by=city.decider), "roles")


# --- the board, two approvals ---


def test_no_expulsion_without_the_board(walk_person):
    walk_person.to("panel")
    for number in range(3):
        walk_person.vote(number)
    refused(walk_person.decide, "board")
    assert walk_person.board(present=5, in_favour=5).carried is False  # 5 of 9: no quorum
    assert walk_person.board(in_favour=4).carried is False  # 4 of 8: a tie
    refused(walk_person.decide, "board")
    assert walk_person.board().carried is True
    refused(walk_person.board, "carried this measure already")
    assert walk_person.decide().board.in_favour == 6


def test_no_bar_for_life_without_two_approvals_of_people_not_involved(walk_person, city):
    walk_person.measure = Measure.LIFETIME_BAR
    walk_person.to("panel")
    for number in range(3):
        walk_person.vote(number)
    walk_person.board()
    refused(walk_person.decide, "two approvals")
    refused(lambda: walk_person.approve(city.reviewers[0]), "judged this case")
    refused(lambda: walk_person.approve(city.clerk), "roles")
    walk_person.approve(city.admin)
    refused(lambda: walk_person.approve(city.admin), "approved already")
    refused(walk_person.decide, "two approvals")
    walk_person.approve(city.decider)
    refused(walk_person.decide, "approved the bar")  # who approved does not sign


# --- the appeal ---


@pytest.fixture
def appealed(walk_person):
    walk_person.to("served").appeal()
    return walk_person


def test_an_appeal_stays_the_record_at_once(appealed):
    assert (appealed.state, state_of(appealed.membership)) == ("appealed", "active")
    assert facts(appealed.membership)[2:] == [
        (FactKind.STAY, FactKind.VIOLATION), (FactKind.STAY, FactKind.BAN),
    ]  # fmt: skip
    assert decision_for_publication(Decision.objects.get().public_id).stayed
    assert services.take_effect(today=date(2026, 9, 1)) == 0


def test_two_who_were_not_involved_uphold_it(appealed, city):
    for number in range(3):
        refused(lambda: appealed.review(number, "uphold"), "judged this case")  # noqa: B023 - called at once
    refused(lambda: appealed.review(3, "uphold", by=city.clerk), "roles")
    assert appealed.review(3, "uphold") is None
    assert appealed.review(3, "uphold") is None  # the same person again is not two
    assert appealed.state == CaseState.APPEALED
    assert appealed.review(4, "uphold").outcome == "uphold"
    assert (appealed.state, state_of(appealed.membership)) == ("effective", "expelled")
    assert facts(appealed.membership)[4:] == [
        (FactKind.STAY_ENDED, FactKind.VIOLATION), (FactKind.STAY_ENDED, FactKind.BAN),
    ]  # fmt: skip


def test_they_make_it_lighter_and_nothing_worse(appealed):
    refused(lambda: appealed.review(3, "lighten", Measure.EXPULSION), "lighter")
    refused(lambda: appealed.review(3, "lighten", Measure.LIFETIME_BAR), "lighter")
    refused(lambda: appealed.review(3, "uphold", Measure.WARNING), "only to change")
    appealed.review(3, "lighten", Measure.WARNING)
    assert appealed.review(4, "uphold") is None  # they differ
    appealed.review(4, "lighten", Measure.WARNING)
    assert (appealed.state, state_of(appealed.membership)) == ("effective", "active")
    assert facts(appealed.membership)[4:] == [
        (FactKind.STAY_ENDED, FactKind.VIOLATION), (FactKind.REVERSAL, FactKind.BAN),
    ]  # fmt: skip
    row = decision_for_publication(Decision.objects.get().public_id)
    assert (row.measure, row.ends_on, row.stayed) == (Measure.WARNING, date(2029, 5, 11), False)


def test_they_reverse_it(appealed):
    appealed.review(3, "allow")
    appealed.review(4, "allow")
    assert (appealed.state, state_of(appealed.membership)) == ("reversed", "active")
    assert facts(appealed.membership)[4:] == [
        (FactKind.REVERSAL, FactKind.VIOLATION), (FactKind.REVERSAL, FactKind.BAN),
    ]  # fmt: skip
    assert Reversal.objects.get().by == appealed.house.reviewers[4]


def test_they_send_it_back_to_others(appealed, city):
    appealed.review(3, "send_back")
    appealed.review(4, "send_back")
    again = Case.objects.get(continues=appealed.case)
    assert (appealed.state, again.state, again.number) == ("reversed", "filed", "案〔2026〕2号")
    before = people_involved(Decision.objects.get().public_id) - {city.clerk.pk}
    parts = dict(again.parts.values_list("user_id", "side"))
    assert parts == dict.fromkeys(before, "before") | {city.clerk.pk: "accuse"}
    appealed.case = again
    appealed.report(on=TODAY)
    appealed.notice(served_on=TODAY)
    appealed.waive(received_on=TODAY)
    refused(lambda: appealed.panel(on=TODAY), "before it was sent back")


def test_too_late_is_too_late(walk):
    walk.to("served")
    refused(lambda: walk.appeal(on=date(2026, 6, 4)), "ended on 2026-06-03")
    walk.appeal(on=APPEAL)


# --- performance ---


def test_what_is_not_carried_out_is_a_fact_until_it_is(walk):
    walk.to("served")
    services.take_effect()
    walk.perform(performed=False)
    refused(lambda: walk.perform(performed=False), "recorded already")
    walk.close()
    walk.perform()
    refused(walk.perform, "recorded already")
    assert facts(walk.membership)[1:] == [
        (FactKind.UNPERFORMED, None), (FactKind.DISCHARGE, FactKind.UNPERFORMED),
    ]  # fmt: skip


# --- ends without a decision; members who leave ---


@pytest.mark.parametrize(
    ("verb", "stage", "changes", "words"),
    [
        ("no_case", "lead", {}, None),
        ("no_case", "filed", {}, "can be done only at"),
        ("withdraw", "lead", {}, "own checks"),
        ("withdraw", "lead", {"origin": "complaint"}, None),
        ("settle", "filed", {}, "minor and general"),
        ("settle", "filed", {"severity": 2}, None),
        ("time_bar", "filed", {}, "found in time"),
        ("drop", "filed", {}, None),
        ("drop", "lead", {}, "can be done only at"),
    ],
)
def test_each_end_has_its_by_law(walk, city, verb, stage, changes, words):  # noqa: PLR0917 - a truth table
    (walk.lead if stage == "lead" else walk.open)(**changes)

    def end():
        return getattr(services, verb)(case=walk.case, reasons="理由", on=TODAY, by=city.decider)

    if words:
        refused(end, words)
    else:
        end()
        assert (walk.state, Ending.objects.get().kind) == (CaseState.DROPPED, verb)


def test_a_case_is_handed_over_against_a_receipt(walk, city):
    walk.open()
    told = {"case": walk.case, "receiver": "某市市场监督管理局", "reasons": "涉嫌违法", "by": city.decider}
    refused(lambda: services.transfer(**told, receipt=" "), "the receipt")
    services.transfer(**told, receipt="收〔2026〕9号")
    assert Ending.objects.get().receipt == "收〔2026〕9号"


def test_a_member_who_leaves_can_still_be_judged(walk_person, city):
    walk_person.to("heard")
    members.leave(membership=walk_person.membership, on=SEATED, reason="退会", by=city.clerk)
    for step in (walk_person.panel, walk_person._all_vote, walk_person.decide, walk_person.serve):
        step()
    assert state_of(walk_person.membership) == "left"
    assert [kind for kind, _ref in facts(walk_person.membership)] == [FactKind.VIOLATION, FactKind.BAN]
    walk_person.appeal()
    walk_person.review(3, "uphold")
    walk_person.review(4, "uphold")
    walk_person.perform()
    walk_person.close()
    assert state_of(walk_person.membership) == "left"


def test_or_the_case_ends(walk, city):
    walk.to("panel")
    members.leave(membership=walk.membership, on=VOTED, reason="退会", by=city.clerk)
    walk.drop()
    assert walk.state == CaseState.DROPPED
    walk.membership.refresh_from_db()
    with pytest.raises(Denied, match="membership ended"):
        walk.open()

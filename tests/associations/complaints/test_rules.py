"""The by-laws as truth tables: who may do what in which state, and what else is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from associations.complaints import rules, services
from associations.complaints.filters import counted, views
from associations.complaints.models import Complaint
from associations.complaints.selectors import complaints, due_of
from associations.complaints.states import TRANSITIONS, ComplaintState, Side, Step
from associations.complaints.views.steps import PAGES
from core.calendar.selectors import calendar
from core.verdicts import Denied
from tests.associations.complaints.conftest import TODAY, snapshot

ROLES = ("clerk", "reviewer", "decider", "admin", "observer")
HANDLE, FIND, KEEP = {"clerk", "admin"}, {"reviewer", "decider"}, {"decider", "admin"}
WHO = {
    **dict.fromkeys(PAGES, HANDLE),
    "find": FIND,
    "refer": {"clerk"},  # who opens cases
    "advance": KEEP,
    "recover": KEEP,
    "write-off": KEEP,
}


@pytest.fixture
def nobodys(walk):
    """A complaint nobody owns, so that only the role decides."""
    walk.receive(proven=False)
    return walk


@pytest.mark.parametrize("name", PAGES)
def test_who_may_use_a_verb_is_its_line_in_the_role_table(nobodys, name):
    """A role outside the line is told which roles may; one inside is told something else, or may."""
    for role in ROLES:
        verdict = PAGES[name].rule(getattr(nobodys.house, role), nobodys.file)
        refused_for_role = "Only these roles" in str(verdict.reason)
        assert (role, refused_for_role) == (role, role not in WHO[name])


@pytest.mark.parametrize("state", ComplaintState)
def test_a_verb_is_open_only_where_the_table_has_it(walk, state):
    """Asked in every state by who may, every verb with a step is refused where the table does not know it."""
    walk.to("acknowledged")
    Complaint.objects.filter(pk=walk.complaint.pk).update(
        state=state,
        accepted_on=TODAY,
        reply_until=TODAY,
        closed_on=TODAY if state in {"closed", "refused", "withdrawn", "transferred"} else None,
    )
    file = walk.file
    for page in PAGES.values():
        if page.step is None:
            continue
        who = walk.house.reviewer if page.name == "find" else walk.house.clerk
        out_of_turn = "can be done only at" in str(page.rule(who, file).reason)
        assert (page.name, out_of_turn) == (page.name, page.step not in TRANSITIONS[state])


def test_a_step_is_dated_neither_before_the_last_nor_in_the_future(walk):
    walk.to("acknowledged")
    for on, said in ((TODAY - timedelta(1), "before the previous step"), (TODAY + timedelta(1), "future")):
        before = snapshot()
        with pytest.raises(Denied, match=said):
            walk.accept(on=on)
        assert snapshot() == before


def test_what_is_set_aside_is_looked_at_first_and_never_refused_by_itself(nobodys, city):
    nobodys.acknowledge()
    with pytest.raises(Denied, match="look at its signs first"):
        nobodys.accept()
    with pytest.raises(Denied, match="in words"):
        services.release(complaint=nobodys.complaint, reasons=" ", by=city.clerk)
    services.release(complaint=nobodys.complaint, reasons="属实", by=city.clerk)
    with pytest.raises(Denied, match="not set aside"):
        services.release(complaint=nobodys.complaint, reasons="属实", by=city.clerk)
    nobodys.accept()
    assert nobodys.state == "accepted"


def test_a_member_is_named_that_is_one_and_not_the_complainant(walk, city, operator, agency):
    walk.receive(
        own=True, by=city.clerk, origin="member", complainant=agency, membership=None, about="某直播间"
    )
    with pytest.raises(Denied, match="cannot complain of itself"):
        services.name_member(complaint=walk.complaint, member=agency, by=city.clerk)
    operator.left_on = date(2026, 5, 1)
    with pytest.raises(Denied, match="ended on 2026-05-01"):
        services.name_member(complaint=walk.complaint, member=operator, by=city.clerk)


def test_the_contact_is_for_the_owner(walk, city):
    walk.receive()
    for who, said in (
        (city.clerk, "Nobody has taken it up"),
        (city.reviewer, "Only these roles"),
        (None, "person"),
    ):
        assert said in str(rules.may_see_contact(who, walk.file).reason)
    walk.acknowledge()
    assert rules.may_see_contact(city.clerk, walk.file)
    assert "handed to you" in str(rules.may_see_contact(city.second_clerk, walk.file).reason)


def test_after_a_finding_the_complaint_stays_with_who_handled_it(walk, city):
    walk.to("heard")
    walk.find()
    with pytest.raises(Denied, match="stays with who handled it"):
        services.hand_on(complaint=walk.complaint, to=city.second_clerk, reasons="x", by=city.clerk)


# --- clocks ---


@pytest.mark.parametrize(
    ("state", "what", "on", "side"),
    [
        ("received", "Acknowledge", date(2026, 6, 2), Side.ASSOCIATION),
        ("acknowledged", "Accept or refuse", date(2026, 6, 10), Side.ASSOCIATION),
        ("accepted", "Member's reply", date(2026, 6, 15), Side.MEMBER),
        ("heard", "Finding or agreement", date(2026, 7, 31), Side.ASSOCIATION),
        ("mediation", "Finding or agreement", date(2026, 7, 31), Side.ASSOCIATION),
        ("agreed", "Performance", date(2026, 6, 11), Side.MEMBER),
    ],
)
def test_the_clock_of_each_state_and_for_whom_it_waits(  # noqa: PLR0917 - what pytest gives
    walk, clock, state, what, on, side
):
    walk.to(state)
    due = due_of(walk.row)
    assert (str(due.what), due.on, due.waits_for, due.late) == (what, on, side, False)
    clock.move_to(f"{on}T23:00+08:00")
    assert not due_of(walk.row).late
    assert counted(0, calendar())["late"] == 0
    clock.shift(timedelta(days=3))  # beyond a weekend
    assert due_of(walk.row).late
    assert counted(0, calendar())["late"] == 1


def test_a_proposal_waits_for_who_has_not_answered(walk):
    walk.to("mediation")
    walk.propose()
    assert due_of(walk.row).waits_for == Side.MEMBER
    walk.say(Side.MEMBER)
    assert due_of(walk.row).waits_for == Side.COMPLAINANT


def test_working_days_are_the_official_ones(walk):
    """A Tuesday that is a holiday by announcement moves the first clock to Wednesday."""
    walk.receive()
    assert due_of(walk.row).on == date(2026, 6, 2)
    days = calendar()
    moved = type(days)({**days.overrides, date(2026, 6, 2): False}, days.years)
    assert due_of(walk.row, days=moved).on == date(2026, 6, 3)


def test_an_ended_complaint_has_no_clock(walk, city):
    walk.to("acknowledged")
    services.refuse(complaint=walk.complaint, reasons="不属本会", by=city.clerk)
    assert due_of(walk.row) is None


def test_every_view_above_the_list_counts_what_it_shows(walk, city):
    for state in ("received", "acknowledged", "heard", "agreed"):
        walk.to(state)
    walk.receive(proven=False)
    counts = counted(city.clerk.pk, calendar())
    shown = {
        name: complaints().filter(q).count() for name, (_label, q) in views(city.clerk.pk, calendar()).items()
    }
    assert counts == shown == {"open": 5, "mine": 3, "new": 2, "aside": 1, "late": 0, "over": 0, "all": 5}


def test_steps_that_are_done_while_the_complaint_stays():
    """Leads can be handed on at any time, words and owners change while it is open."""
    for state, table in TRANSITIONS.items():
        stays = {step for step, after in table.items() if after == state}
        assert {Step.LEAD, Step.REFER} <= stays
        assert (Step.WRITE in stays) == (state not in {"closed", "refused", "withdrawn", "transferred"})

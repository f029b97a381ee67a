"""The console's pages: who sees what, how many questions a page asks, and a complaint handled by hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from associations.complaints import services
from associations.complaints.models import BookEntry, Complaint, Pattern
from associations.members.models import Membership
from associations.tenancy import scope
from core.verdicts import Denied
from tests.associations.complaints.conftest import FACTS, PERSON, PHONE, TODAY, Walk
from tests.cast import client_for

ROLES = {
    "clerk": 200, "reviewer": 200, "decider": 200, "admin": 200, "observer": 200, "former": 404, "suspended": 302,
}  # fmt: skip


def url(name, complaint=None, slug="city"):
    given = {"complaint": complaint.public_id} if complaint else {}
    return reverse(f"complaints:{name}", kwargs={"slug": slug, **given})


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def at(city, operator, clock):
    """A complaint walked to a state, outside any scope."""

    def walked(state):
        with scope.of(city.association):
            return Walk(city, operator, clock).to(state)

    return walked


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_officers_read_the_list_the_file_patterns_and_the_register(city, at, role, status):
    walk = at("agreed")
    client = client_for(getattr(city, role))
    pages = [url("complaints"), url("complaint", walk.complaint), url("patterns"), url("register")]
    assert [client.get(page).status_code for page in pages] == [status] * 4


def test_the_contact_is_masked_until_the_owner_asks(city, at):
    walk = at("acknowledged")
    page = client_for(city.clerk).get(url("complaint", walk.complaint))
    assert [word for word in (PERSON, PHONE) if word in page.content.decode()] == []
    assert "139******23" in text(page)
    assert client_for(city.second_clerk).post(url("contact", walk.complaint)).status_code == 403
    shown = client_for(city.clerk).post(url("contact", walk.complaint))
    assert [word for word in (PERSON, PHONE) if word not in shown.content.decode()] == []
    assert shown.headers["Cache-Control"] == "no-store"


def asked(client, page):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_a_longer_list_asks_no_more(city, at):
    client = client_for(city.clerk)
    at("agreed")
    one = asked(client, url("complaints"))
    at("acknowledged")
    at("mediation")
    assert asked(client, url("complaints")) == one == 14


@pytest.mark.parametrize(("state", "count"), [("received", 18), ("agreed", 19)])
def test_a_file_asks_so_many_questions_however_long_it_is(city, at, state, count):
    """The one more is the agreement's day, by which its clock runs."""
    client, walk = client_for(city.clerk), at(state)
    page = url("complaint", walk.complaint)
    assert asked(client, page) == count
    with scope.of(city.association):
        for n in range(5):
            services.answer(complaint=walk.complaint, text=f"补充{n}")
    assert asked(client, page) == count


def test_the_list_says_whom_an_overdue_clock_waits_for(city, at, clock):
    at("agreed")
    clock.move_to("2026-06-12T10:00+08:00")
    page = client_for(city.clerk).get(f"{url('complaints')}?view=late")
    assert "waits for: Member" in text(page)


def entry(**changes):
    return {
        "origin": "platform", "source": "某音", "source_number": "P-1", "topic": "quality", "facts": FACTS,
        "wish": "退款", "amount": "129", "token": "by hand",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "which platform or authority"),
        ({"origin": "member"}, "which member complains"),
        ({"origin": "public"}, "can be answered"),
        ({"member": "没有这家"}, "No member has this number"),
    ],
)
def test_what_an_entry_lacks_is_named(city, operator, changes, said):
    told = entry(member=operator.number) | changes
    answer = client_for(city.clerk).post(url("enter"), told)
    assert (answer.status_code, said in text(answer)) == (400, True)


def test_a_complaint_is_handled_by_hand(city, operator, clock):
    """Entered, acknowledged, accepted, replied to, mediated, paid in advance, performed, recovered, closed."""
    clerk, decider = client_for(city.clerk), client_for(city.decider)
    assert clerk.post(url("enter"), entry(member=operator.number)).status_code == 302
    with scope.of(city.association):
        row = Complaint.objects.get()
    today, due = TODAY.isoformat(), (TODAY + timedelta(9)).isoformat()
    money = {"amount": "129", "proof": "回单", "on": today}
    steps = [
        (clerk, "acknowledge", {"on": today}),
        (clerk, "accept", {"on": today}),
        (clerk, "reply", {"on": today, "text": "愿意退款"}),
        (clerk, "mediate", {"on": today}),
        (clerk, "propose", {"terms": "退款", "amount": "129.00", "due_on": due, "on": today}),
        (clerk, "say", {"side": "complainant", "yes": "yes", "words": "书面同意", "on": today}),
        (clerk, "say", {"side": "member", "yes": "yes", "words": "书面同意", "on": today}),
        (decider, "advance", money | {"token": "1"}),
        (decider, "recover", money | {"token": "2"}),
        (clerk, "perform", {"proof": "转账", "on": today}),
        (clerk, "close", {"note": "已办结", "on": today}),
    ]
    deposit = money | {"amount": "1,000.00", "token": "0"}
    assert decider.post(url("register"), deposit).status_code == 302
    for client, name, told in steps:
        answer = client.post(url(name, row), told)
        assert (name, answer.status_code) == (name, 302)
    with scope.of(city.association):
        assert Complaint.objects.get().state == "closed"
        assert list(BookEntry.objects.order_by("id").values_list("kind", "amount")) == [
            ("deposit", 100_000), ("advance", 12_900), ("recovery", 12_900),
        ]  # fmt: skip
    assert "¥1,000.00" in text(clerk.get(url("register")))


def test_a_refusal_stands_in_the_form_with_what_was_typed(city, at):
    walk = at("acknowledged")
    answer = client_for(city.clerk).post(
        url("refuse", walk.complaint), {"reasons": "不予受理", "on": "2026-06-02"}
    )
    assert (answer.status_code, "不予受理" in answer.content.decode()) == (400, True)


def test_who_has_left_is_not_named_and_the_officer_reads_what_to_do(city, operator, clock):
    with scope.of(city.association):
        walk = Walk(city, operator, clock).to("acknowledged")
        Membership.objects.filter(pk=operator.pk).update(state="left", left_on=TODAY)
    answer = client_for(city.clerk).post(url("name", walk.complaint), {"member": operator.number})
    told = "The membership ended on 2026-06-01. Transfer the complaint to who is competent."
    assert (answer.status_code, told in text(answer)) == (400, True)


def test_every_complaint_of_a_pattern_says_so_the_first_too(city, operator, clock):
    with scope.of(city.association):
        walk = Walk(city, operator, clock)
        for number in range(3):
            walk.receive(contact=f"139009901{number:02d}")
        rows = list(Complaint.objects.order_by("id"))
    client = client_for(city.clerk)
    assert ["Part of a pattern" in text(client.get(url("complaint", row))) for row in rows] == [True] * 3


def test_a_pattern_is_answered_by_hand(city, operator, clock):
    with scope.of(city.association):
        for n in range(3):
            Walk(city, operator, clock).receive(contact=f"139009900{n}0")
        pattern = Pattern.objects.get()
    where = reverse("complaints:answer_pattern", kwargs={"slug": "city", "pattern": pattern.public_id})
    assert client_for(city.observer).post(where, {"note": "x"}).status_code == 403
    assert client_for(city.clerk).post(where, {"note": "已约谈"}).status_code == 302
    assert "已约谈" in text(client_for(city.observer).get(url("patterns")))


def test_for_everybody_else_a_complaint_does_not_exist(city, province, at):
    walk = at("acknowledged")
    theirs = client_for(province.clerk)
    for slug in ("city", "province"):
        for name in ("complaint", "accept", "contact"):
            assert theirs.post(url(name, walk.complaint, slug), {"on": "2026-06-01"}).status_code in {
                404,
                405,
            }
    assert client_for(None).get(url("complaint", walk.complaint)).status_code == 302
    with scope.of(city.association):
        assert walk.state == "acknowledged"


def test_two_officers_at_once_are_told_apart(city, at):
    """The second to acknowledge is refused: the first receiver owns it."""
    walk = at("acknowledged")
    with scope.of(city.association), pytest.raises(Denied, match="can be done only at"):
        services.acknowledge(complaint=walk.complaint, by=city.second_clerk)

"""The public's pages: complaining without an account, and following one's complaint with number and code."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from associations.complaints import challenge, services
from associations.complaints.models import Complaint, Tries
from associations.tenancy import scope
from core.ledger.models import Entry
from tests.associations.complaints.conftest import FACTS, PERSON, PHONE, Walk
from tests.cast import client_for, user_of

NEW, STATUS = "/en/complaints/new/", "/en/complaints/status/"


def solve(given: str) -> str:
    """What the page's script does."""
    bits = int(given.split(":", maxsplit=1)[0].split(".")[1])
    number = 0
    while int(hashlib.sha256(f"{given}.{number}".encode()).hexdigest()[:8], 16) >> (32 - bits):
        number += 1
    return str(number)


def form(**changes):
    given = changes.pop("challenge", None) or challenge.issue(bits=8)
    return {
        "association": "city", "about": "直播间：甜甜蜂蜜", "topic": "quality", "facts": FACTS, "wish": "退款",
        "amount": "129.00", "person": PERSON, "contact": PHONE, "consent": "on", "challenge": given,
        "answer": solve(given),
    } | changes  # fmt: skip


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def keys(response):
    found = re.findall(r'name="(number|code)" value="([^"]+)"', response.content.decode())
    return dict(found)


@pytest.fixture
def public(city, province):
    return Client()


def rows(house):
    with scope.of(house.association):
        return list(Complaint.objects.order_by("id"))


def test_somebody_complains_and_follows_it(public, city, operator):
    assert public.get(NEW).status_code == 200
    sent = public.post(NEW, form(about=operator.name))
    assert sent.status_code == 200
    [row] = rows(city)
    assert (row.membership_id, row.amount, row.aside) == (operator.pk, 12_900, False)
    mine = keys(sent)
    seen = public.post(STATUS, mine)
    assert seen.status_code == 200
    assert ("Received" in text(seen), FACTS in text(seen)) == (True, True)
    assert "2026-06-02" in text(sent)  # acknowledged within one working day
    assert sent.headers["Cache-Control"] == seen.headers["Cache-Control"] == "no-store"
    assert (sent.cookies, seen.cookies) == ({}, {})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"association": ""}, "required"),
        ({"facts": "短"}, "at least ten characters"),
        ({"facts": "长" * 5001}, "at most 5000 characters"),
        ({"contact": "12"}, "7 to 15 digits"),
        ({"contact": "a@b"}, "no mail address"),
        ({"amount": "many"}, "no amount"),
        ({"amount": "-1"}, "above zero"),
        ({"amount": "1.234"}, "two decimals"),
        ({"occurred_on": "2026-06-02"}, "lies in the future"),
        ({"topic": "nonsense"}, "Select a valid choice"),
        ({"challenge": "forged.1:x:y"}, "open for too long"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(public, city, wrong, said):
    given = form() | wrong
    answer = public.post(NEW, given)
    assert (answer.status_code, said in text(answer)) == (400, True)
    assert "甜甜蜂蜜" in answer.content.decode()
    assert rows(city) == []


def test_sent_twice_it_is_one(public, city):
    once = form()
    first, again = public.post(NEW, once), public.post(NEW, once)
    assert keys(first) == keys(again)
    changed = public.post(NEW, once | {"facts": "后来又改成了完全不同的内容，请以此为准。"})
    assert (keys(changed), "had been sent already" in text(changed)) == (keys(first), True)
    assert len(rows(city)) == 1


def test_a_proof_is_good_once(public, city, province):
    """The same proof for another association is none: that complaint is set aside for a person."""
    once = form()
    public.post(NEW, once)
    public.post(NEW, once | {"association": "province"})
    assert [row.aside for row in rows(city)] == [False]
    assert [row.aside for row in rows(province)] == [True]


@pytest.mark.parametrize("answer", ["", "x", "-1", "9" * 40, "٣"])
def test_without_proof_a_person_looks_first_and_few_are_taken(public, city, answer):
    statuses = [public.post(NEW, form(answer=answer)).status_code for _each in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert [row.aside for row in rows(city)] == [True] * 3


def test_a_challenge_runs_out(public, city, clock):
    given = form()
    clock.shift(challenge.SECONDS + 1)
    late = public.post(NEW, given)
    assert (late.status_code, "press Send once more" in text(late)) == (400, True)
    fresh = re.search(r'name="challenge" value="([^"]+)"', late.content.decode())[1]
    assert fresh != given["challenge"]
    assert public.post(NEW, given | {"challenge": fresh, "answer": solve(fresh)}).status_code == 200


def test_a_wrong_code_and_an_unknown_number_are_told_alike(public, city):
    mine = keys(public.post(NEW, form()))
    wrong = public.post(STATUS, mine | {"code": "0000-0000-0000"})
    unknown = public.post(STATUS, {"number": "001-00000-00000", "code": "0000-0000-0000"})
    nowhere = public.post(STATUS, {"number": "999-00000-00000", "code": "0000-0000-0000"})
    bodies = {re.sub(r'value="[^"]*"', "", each.content.decode()) for each in (wrong, unknown, nowhere)}
    assert ([each.status_code for each in (wrong, unknown, nowhere)], len(bodies)) == ([400] * 3, 1)


def test_a_hundred_wrong_codes(public, city):
    mine = keys(public.post(NEW, form()))
    statuses = [public.post(STATUS, mine | {"code": f"{n:012d}"}).status_code for n in range(100)]
    assert statuses == [400] * 10 + [429] * 90
    shut = public.post(STATUS, mine)
    assert (shut.status_code, shut.headers["Retry-After"]) == (429, "3600")


def test_the_right_code_forgives_what_went_before_and_an_hour_does(public, city, clock):
    mine = keys(public.post(NEW, form()))
    for _round in range(3):
        for n in range(9):
            assert public.post(STATUS, mine | {"code": f"{n:012d}"}).status_code == 400
        assert public.post(STATUS, mine).status_code == 200
    for n in range(11):
        public.post(STATUS, mine | {"code": f"{n:012d}"})
    assert public.post(STATUS, mine).status_code == 429
    clock.shift(3601)
    assert public.post(STATUS, mine).status_code == 200


def test_number_and_code_are_read_however_they_are_written(public, city):
    mine = keys(public.post(NEW, form()))
    alike = str.maketrans("-01", " ol")
    other = {name: f" {value.lower()} ".translate(alike) for name, value in mine.items()}
    assert public.post(STATUS, other).status_code == 200


def test_the_complainant_answers_agrees_and_says_whether_satisfied(public, city, operator, clock):
    mine = keys(public.post(NEW, form(about=operator.number)))
    with scope.of(city.association):
        walk = Walk(city, operator, clock)
        walk.complaint = Complaint.objects.get()
        walk.acknowledge()
        walk.accept()
    said = public.post(STATUS, mine | {"act": "answer", "words": "补充：检测报告编号77"})
    assert "Your message is with the association" in text(said)
    public.post(STATUS, mine | {"act": "answer", "words": "补充：检测报告编号77"})  # the page loaded again
    with scope.of(city.association):
        walk.reply()
        walk.mediate()
        walk.propose()
    assert "退款129元" in text(public.post(STATUS, mine))
    assert public.post(STATUS, mine | {"act": "satisfaction", "satisfaction": "satisfied"}).status_code == 400
    assert public.post(STATUS, mine | {"act": "yes", "words": "同意"}).status_code == 200
    assert public.post(STATUS, mine | {"act": "no"}).status_code == 400
    with scope.of(city.association):
        walk.say()
        walk.perform()
        walk.close()
    unchosen = public.post(STATUS, mine | {"act": "satisfaction", "words": "很快"})
    assert (unchosen.status_code, ">很快</textarea>" in unchosen.content.decode()) == (400, True)
    done = public.post(STATUS, mine | {"act": "satisfaction", "satisfaction": "satisfied", "words": "好"})
    assert "Thank you" in text(done)
    assert "Satisfied · 好" in text(done)
    file = client_for(city.clerk).get(f"/en/a/city/complaints/{walk.complaint.public_id}/")
    assert "Complainant · Satisfied · 好" in text(file)
    with scope.of(city.association):
        assert (walk.state, walk.row.satisfaction) == ("closed", "satisfied")
        assert [event.step for event in walk.file.events].count("answer") == 1


def test_both_sides_see_what_was_paid_in_advance(public, city, operator, clock):
    mine = keys(public.post(NEW, form(about=operator.number)))
    member = client_for(user_of(city, operator, "desk-owes", "会员"))
    with scope.of(city.association):
        walk = Walk(city, operator, clock)
        walk.complaint = Complaint.objects.get()
        for verb in (walk.acknowledge, walk.accept, walk.reply, walk.mediate, walk.agree):
            verb()
    desk = f"/en/me/city/{operator.public_id}/complaints/?complaint={walk.complaint.public_id}"
    assert "in advance" not in text(public.post(STATUS, mine)) + text(member.get(desk))
    with scope.of(city.association):
        told = {"complaint": walk.complaint, "proof": "回单", "by": city.decider}
        services.deposit(amount=50_000, proof="回单", token="fund", by=city.decider)
        services.advance(amount=12_900, token="advance", **told)
        services.recover(amount=2_900, token="recovery", **told)
    assert "Paid to you in advance by the association 2026-06-01 ¥129.00" in text(public.post(STATUS, mine))
    owed = "Paid in advance by the association ¥129.00 Still owed to the association ¥100.00"
    assert owed in text(member.get(desk))


def test_who_is_refused_reads_why_and_where_else_to_turn(public, city):
    mine = keys(public.post(NEW, form()))
    with scope.of(city.association):
        row = Complaint.objects.get()
        services.acknowledge(complaint=row, by=city.clerk)
    assert "12315" not in text(public.post(STATUS, mine))
    with scope.of(city.association):
        services.refuse(complaint=row, reasons="同一订单已在办理", by=city.clerk)
    shown = text(public.post(STATUS, mine))
    assert [word in shown for word in ("同一订单已在办理", "12315", "complain again")] == [True] * 3


def test_the_complainant_withdraws_with_words(public, city):
    mine = keys(public.post(NEW, form()))
    assert public.post(STATUS, mine | {"act": "withdraw", "words": " "}).status_code == 400
    assert public.post(STATUS, mine | {"act": "withdraw", "words": "已解决"}).status_code == 200
    assert rows(city)[0].state == "withdrawn"


def test_internal_steps_and_officers_are_not_shown(public, city, operator):
    mine = keys(public.post(NEW, form(answer="")))
    with scope.of(city.association):
        row = Complaint.objects.get()
        services.release(complaint=row, reasons="内部核实记录", by=city.clerk)
        services.acknowledge(complaint=row, by=city.clerk)
        services.hand_on(complaint=row, to=city.second_clerk, reasons="内部调整", by=city.clerk)
    shown = text(public.post(STATUS, mine))
    assert "Receipt acknowledged" in shown
    assert [
        word for word in ("内部", city.clerk.name, city.second_clerk.name, PHONE, PERSON) if word in shown
    ] == []


def test_a_link_names_the_member_without_telling_its_name(public, city, streamer):
    page = public.get(f"{NEW}?association=city&member={streamer.public_id}&about=主播")
    assert streamer.name not in page.content.decode()
    public.post(NEW, form(member=streamer.public_id))
    public.post(NEW, form(member="nobody-has-this-id-0000"[:22]))
    assert [row.membership_id for row in rows(city)] == [streamer.pk, None]


def test_nothing_legible_is_left_of_contact_or_address(public, city, owner):
    public.post(NEW, form(), REMOTE_ADDR="203.0.113.77")
    with scope.of(city.association):
        assert PHONE not in "".join(str(entry.detail) for entry in Entry.objects.all())
    assert Tries.objects.count() == 2
    assert all(b"203.0.113" not in bytes(each.key) for each in Tries.objects.all())


def test_hostile_input_is_answered_and_kept_harmless(public, city):
    told = {
        "about": "<script>alert(1)</script>\x00\u202e",
        "wish": "{{ 7*7 }}",
        "facts": "'; DROP TABLE x;\x00" * 9,
    }
    sent = public.post(NEW, form(**told))
    assert sent.status_code == 200
    seen = public.post(STATUS, keys(sent)).content.decode()
    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen
    assert "{{ 7*7 }}" in seen

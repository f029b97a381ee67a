"""Platforms and authorities file by a key: once each, as themselves, and see only what they filed."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from associations.complaints import services
from associations.complaints.models import Complaint, Filing
from associations.complaints.services import filing as verbs
from associations.complaints.states import ComplaintState, Origin
from associations.exchange import peers, rules
from associations.exchange.models import Peer
from associations.exchange.states import PeerKind
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.complaints.conftest import FACTS, PERSON, PHONE, TODAY
from tests.cast import client_for

DOOR = "/api/v1/complaints/"
PAGE = "/en/a/city/exchange/"


@pytest.fixture(autouse=True)
def _counted_from_nothing():
    cache.clear()


def given(house, kind=PeerKind.PLATFORM, name="某音平台"):
    with scope.of(house.association):
        return peers.give_key(kind=kind, name=name, by=house.admin)


@pytest.fixture
def key(city):
    return given(city)[1]


def body(**changes):
    return {
        "about": "直播间：甜甜蜂蜜", "topic": "quality", "facts": FACTS, "wish": "退货退款",
        "own_number": "DY-2026-0077", "amount": "129.00", "occurred_on": "2026-05-30",
        "person": PERSON, "contact": PHONE,
    } | changes  # fmt: skip


def send(key, sending="sending-0001", **changes):
    headers = {"authorization": f"Bearer {key}", "idempotency-key": sending}
    return Client().post(DOOR, json.dumps(body(**changes)), content_type="application/json", headers=headers)


def follow(key, url):
    return Client().get(url, headers={"authorization": f"Bearer {key}"})


def rows(house):
    with scope.of(house.association):
        return list(Complaint.objects.order_by("id"))


def test_a_complaint_is_filed_as_from_the_platform_and_followed(city, key):
    answer = send(key)
    told = answer.json()
    assert (answer.status_code, told["own_number"], told["received_on"]) == (
        201, "DY-2026-0077", TODAY.isoformat(),
    )  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"
    (row,) = rows(city)
    assert (row.origin, row.source, row.source_number, row.amount, row.state) == (
        Origin.PLATFORM, "某音平台", "DY-2026-0077", 12_900, ComplaintState.RECEIVED,
    )  # fmt: skip
    assert PHONE.encode() not in bytes(row.contact_sealed)
    with scope.of(city.association):
        services.acknowledge(complaint=row, by=city.clerk)
    followed = follow(key, told["url"])
    assert followed.status_code == 200
    assert followed.json() == told | {
        "state": "acknowledged", "state_name": {"zh": "已签收", "en": "Acknowledged"}, "accepted_on": None,
        "closed_on": None,
    }  # fmt: skip
    assert PHONE not in followed.content.decode()


def test_an_authority_files_as_an_authority(city):
    _peer, key = given(city, PeerKind.AUTHORITY, "某市市场监督管理局")
    assert send(key, person="", contact="").status_code == 201
    assert [(row.origin, row.source) for row in rows(city)] == [(Origin.AUTHORITY, "某市市场监督管理局")]


def test_sent_again_it_is_the_same_complaint_and_the_same_answer(city, key):
    first = send(key)
    with scope.of(city.association):
        services.acknowledge(complaint=Complaint.objects.get(), by=city.clerk)
    again = send(key)
    assert (again.status_code, again.content) == (201, first.content)
    other = send(key, amount="130.00")
    assert (other.status_code, other.headers["Content-Type"]) == (422, "application/problem+json")
    assert "Idempotency-Key" in other.json()["detail"]
    assert len(rows(city)) == 1
    assert send(key, "sending-0002").json()["number"] != first.json()["number"]
    assert send(given(city, name="某手平台")[1]).status_code == 201  # another's name for its own sending
    assert len(rows(city)) == 3


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_is_one(city, key):
    answers, start = [], threading.Barrier(20)

    def run():
        try:
            start.wait()
            answers.append(send(key))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert len(rows(city)) == 1


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer 001-x", "Bearer 999-x", "Bearer ١٢٣-x", "Basic eDp5"]
)
def test_without_a_key_nothing_opens(city, key, header):
    told = {"authorization": header, "idempotency-key": "sending-0001"}
    answer = Client().post(DOOR, json.dumps(body()), content_type="application/json", headers=told)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client_for(city.admin).get(f"{DOOR}001-AAAAA-AAAAA/").status_code == 401
    assert rows(city) == []


def test_an_ended_key_opens_nothing_more(city):
    peer, key = given(city)
    url = send(key).json()["url"]
    with scope.of(city.association):
        peers.end_key(peer=peer, by=city.admin)
        peers.end_key(peer=peer, by=city.admin)
        assert Entry.objects.filter(act=Act.PEER_KEY_ENDED).count() == 1
    assert (send(key, "sending-0002").status_code, follow(key, url).status_code) == (401, 401)
    with (
        scope.of(city.association),
        translation.override("en"),
        pytest.raises(Denied, match="ended"),
    ):  # ended after it was let in
        verbs.file_by_key(peer=peer, sending="sending-0003", body_sha256="0" * 64, told=services.Told(
            about="x", topic="quality", facts="x", wish="x"))  # fmt: skip
    assert len(rows(city)) == 1


@pytest.mark.parametrize(("known", "ended", "allowed"), [
    (False, False, False), (True, False, True), (True, True, False),
])  # fmt: skip
def test_whose_key_opens(known, ended, allowed):
    peer = Peer(until=TODAY if ended else None) if known else None
    assert bool(rules.may_send(peer)) is allowed


def test_nobody_follows_what_another_filed(city, province, key):
    url = send(key).json()["url"]
    others = [given(city, name="某手平台")[1], given(province)[1]]
    assert [follow(each, url).status_code for each in others] == [404, 404]
    public = services.receive
    with scope.of(city.association):
        from_public = public(
            told=services.Told(
                about="x", topic="quality", facts=FACTS, wish="x", person=PERSON, contact=PHONE
            ),
            token="a form",
            by=None,
        )
    assert follow(key, f"{DOOR}{from_public.tracking}/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "weather"}, "topic"),
        ({"facts": ""}, "facts"),
        ({"facts": "字" * 5001}, "facts"),
        ({"wish": None}, "wish"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"contact": "none"}, "contact"),
        ({"occurred_on": (TODAY + timedelta(days=1)).isoformat()}, "occurred_on"),
        ({"about": "x\x00y"}, "about"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_kept(city, key, changes, field):
    answer = send(key, **changes)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert rows(city) == []


def test_a_topic_that_is_none_is_told_which_there_are(city, key):
    (error,) = send(key, topic="weather").json()["errors"]
    assert error["detail"].startswith("没有“weather”这一类。可选：quality, promotion, ")


@pytest.mark.parametrize("sending", ["", "short", "x" * 81, "有汉字的名字啊啊", "with a space"])
def test_a_sending_needs_a_name(city, key, sending):
    answer = send(key, sending)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")
    assert rows(city) == []


def test_the_database_holds_a_name_to_one_complaint(city, key):
    send(key)
    send(key, "sending-0002")
    with scope.of(city.association):
        first, second = Filing.objects.order_by("id")
        again = Filing(
            association=city.association, peer=first.peer, sending=first.sending, body_sha256="0" * 64,
            complaint=second.complaint,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


def test_too_many_an_hour_are_refused(city, key, monkeypatch):
    monkeypatch.setattr("associations.complaints.api.PeerThrottle.rate", "2/hour")
    assert [send(key, f"sending-{n:04d}").status_code for n in range(3)] == [201, 201, 429]


# --- the console's page ---


def test_an_administrator_gives_a_key_shown_once_and_ends_it(city):
    admin = client_for(city.admin)
    page = admin.post(PAGE, {"kind": "platform", "name": "某音平台"}).content.decode()
    key = page.split('class="code">')[1].split("<")[0]
    assert send(key).status_code == 201
    assert key not in admin.get(PAGE).content.decode()
    with scope.of(city.association):
        peer = Peer.objects.get()
        assert key.encode() not in bytes(peer.key_index)
        detail = Entry.objects.get(act=Act.PEER_KEY_GIVEN).detail
    assert detail == {"kind": "platform", "name": "某音平台"}
    assert client_for(city.clerk).post(f"{PAGE}{peer.public_id}/end/").status_code == 403
    assert admin.post(f"{PAGE}{peer.public_id}/end/").status_code == 302
    assert send(key, "sending-0002").status_code == 401


@pytest.mark.parametrize("who", ["clerk", "reviewer", "decider", "observer"])
def test_who_gives_no_keys_sees_why(city, who):
    them = client_for(getattr(city, who))
    assert "Only these roles" in them.get(PAGE).content.decode()
    assert them.post(PAGE, {"kind": "platform", "name": "某音平台"}).status_code == 403


def test_a_key_needs_a_name_and_the_empty_page_says_what_keys_are_for(city):
    admin = client_for(city.admin)
    assert "None. With a key" in admin.get(PAGE).content.decode()
    assert admin.post(PAGE, {"kind": "platform", "name": " "}).status_code == 400


@pytest.mark.parametrize("keys", [1, 3])
def test_the_page_takes_the_same_queries(city, keys, django_assert_num_queries):
    for n in range(keys):
        given(city, name=f"平台{n}")
    admin = client_for(city.admin)
    admin.get(PAGE)
    with django_assert_num_queries(9):
        admin.get(PAGE)

"""Files handed in for a complaint: by the public with the proof of work or the code, by officers, by the member."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from associations.complaints import services
from associations.complaints.models import Complaint, ComplaintEvidence
from associations.complaints.rules import hearing
from associations.complaints.selectors import file_of
from associations.evidence.models import Evidence
from associations.tenancy import scope
from tests.associations.complaints.conftest import Walk
from tests.associations.complaints.test_public import NEW, STATUS, form, keys, text
from tests.cast import client_for, user_of

CHAT = "客服：稍等\n我：已经三天了\n".encode()


def picture(name="聊天记录.txt", content=CHAT):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def public(city):
    return Client()


def kept(house):
    with scope.of(house.association):
        return [
            (each.evidence.name, each.by_id, each.evidence.size)
            for each in ComplaintEvidence.objects.select_related("evidence").order_by("id")
        ]


def test_a_file_comes_with_the_complaint_and_more_with_the_code(public, city):
    sent = public.post(NEW, form() | {"evidence": [picture()]})
    assert sent.status_code == 200
    mine = keys(sent)
    assert public.post(STATUS, mine | {"act": "files"}).status_code == 400
    added = public.post(STATUS, mine | {"act": "files", "evidence": [picture("发票.txt", b"No. 77\n")]})
    assert "Your files are with the association" in text(added)
    assert [name for name, _by, _size in kept(city)] == ["聊天记录.txt", "发票.txt"]
    assert {by for _name, by, _size in kept(city)} == {None}
    assert "发票.txt" in text(public.post(STATUS, mine))


@pytest.mark.parametrize(
    ("files", "changes", "said"),
    [
        ([picture("x.exe", b"MZ\x90\x00" * 30)], {}, ""),
        ([picture(f"{n}.txt", b"abc\n") for n in range(6)], {}, "Five files at the most"),
        ([picture("a.txt", b"abc\n")], {"answer": ""}, "Without scripts no file"),
        ([picture("empty.txt", b"")], {}, "empty"),
    ],
)
def test_what_is_not_taken_is_said_at_the_field_and_nothing_is_kept(public, city, files, changes, said):
    answer = public.post(NEW, form(**changes) | {"evidence": files})
    assert (answer.status_code, said in text(answer)) == (400, True)
    with scope.of(city.association):
        assert (Complaint.objects.count(), Evidence.objects.count()) == (0, 0)


def test_forty_files_are_the_most(public, city, monkeypatch):
    monkeypatch.setattr(hearing, "MOST_FILES", 2)
    mine = keys(public.post(NEW, form() | {"evidence": [picture()]}))
    many = [picture("a.txt", b"a\n"), picture("b.txt", b"b\n")]
    refused = public.post(STATUS, mine | {"act": "files", "evidence": many})
    assert (refused.status_code, "2 files at the most" in text(refused)) == (400, True)
    assert len(kept(city)) == 1


def test_the_member_sees_the_complainants_files_only_with_consent(public, city, operator, clock):
    member = client_for(user_of(city, operator, "desk-evidence", "会员"))
    for consent in ("on", ""):
        public.post(NEW, form(about=operator.number, consent=consent) | {"evidence": [picture()]})
        with scope.of(city.association):
            walk = Walk(city, operator, clock)
            walk.complaint = Complaint.objects.order_by("-id")[0]
            walk.acknowledge()
            walk.accept()
            evidence = file_of(walk.complaint).evidence[0].evidence.public_id
        where = f"/en/me/city/{operator.public_id}/complaints/?complaint={walk.complaint.public_id}"
        assert ("聊天记录.txt" in member.get(where).content.decode()) == bool(consent)
        assert member.get(f"{where}&evidence={evidence}").status_code == (200 if consent else 404)
        assert client_for(city.clerk).get(f"/a/city/evidence/{evidence}/").status_code == 200


def test_the_member_replies_with_a_file(public, city, operator, clock):
    member = client_for(user_of(city, operator, "desk-reply", "会员"))
    where = f"/en/me/city/{operator.public_id}/complaints/"
    with scope.of(city.association):
        walk = Walk(city, operator, clock).to("received")
    told = {"complaint": walk.complaint.public_id, "act": "reply", "words": "已退款"}
    assert member.post(where, told).status_code == 404  # not accepted yet: the member was not told
    with scope.of(city.association):
        walk.acknowledge()
        walk.accept()
    silent = member.post(where, told | {"words": " "})
    assert (silent.status_code, "Write what you have to say" in text(silent)) == (400, True)
    assert member.post(where, told | {"files": [picture("x.exe", b"MZ\x90\x00" * 30)]}).status_code == 400
    assert kept(city) == []
    assert member.post(where, told | {"files": [picture("回单.txt", b"77\n")]}).status_code == 302
    with scope.of(city.association):
        assert (walk.state, [event.side for event in walk.file.events][-2:]) == (
            "heard",
            ["member", "member"],
        )
        walk.mediate()
        walk.propose()
    assert member.post(where, told | {"act": "no"}).status_code == 302
    with scope.of(city.association):
        assert walk.file.settlement is None


def test_the_member_reads_what_it_said_and_proves_that_it_performed(city, operator, clock):
    """Of what the complainant wrote to the association, or the association to an authority, it is not told."""
    member = client_for(user_of(city, operator, "desk-proves", "会员"))
    with scope.of(city.association):
        walk = Walk(city, operator, clock).to("accepted")
        services.answer(complaint=walk.complaint, text="只给协会看")
        services.lead(
            complaint=walk.complaint, receiver="市场监督管理局", receipt="8", reasons="涉嫌", by=city.clerk
        )
        walk.reply(text="已寄出新货", own=True)
        walk.mediate()
        walk.agree()
    where = f"/en/me/city/{operator.public_id}/complaints/"
    seen = text(member.get(f"{where}?complaint={walk.complaint.public_id}"))
    assert "已寄出新货" in seen
    assert [word for word in ("只给协会看", "市场监督", "authority") if word in seen] == []
    told = {"complaint": walk.complaint.public_id, "act": "files", "words": "退款回单"}
    assert member.post(where, told).status_code == 400
    assert member.post(where, told | {"files": [picture("回单.txt", b"77\n")]}).status_code == 302
    with scope.of(city.association):
        assert [(each.shows, each.evidence.name) for each in walk.file.evidence] == [("退款回单", "回单.txt")]
        walk.perform()
        walk.close()
    assert member.post(where, told | {"files": [picture("晚.txt", b"7\n")]}).status_code == 400


def test_a_member_complains_of_another_and_not_of_itself(city, operator, agency):
    mine = client_for(user_of(city, operator, "desk-complain", "会员"))
    where = f"/en/me/city/{operator.public_id}/complaints/new/"
    told = {"topic": "conduct", "facts": "在直播间诋毁我方商品，称为假货。", "wish": "道歉", "token": "one"}
    assert mine.post(where, told | {"about": ""}).status_code == 400
    for _twice in range(2):
        sent = mine.post(where, told | {"about": agency.name}, follow=True)
        code = re.search(r"Its code is ([\w-]+)", text(sent))
        assert code
    with scope.of(city.association):
        number = Complaint.objects.get().tracking
    assert Client().post(STATUS, {"number": number, "code": code[1]}).status_code == 200
    assert mine.post(where, told | {"about": operator.name, "token": "two"}).status_code == 302
    with scope.of(city.association):
        rows = list(Complaint.objects.order_by("id").values_list("origin", "membership_id", "complainant_id"))
    assert rows == [("member", agency.pk, operator.pk), ("member", None, operator.pk)]


def test_an_officer_adds_evidence(city, operator, clock):
    with scope.of(city.association):
        walk = Walk(city, operator, clock).to("accepted")
    where = f"/en/a/city/complaints/{walk.complaint.public_id}/evidence/"
    clerk = client_for(city.clerk)
    assert clerk.post(where, {"shows": "检测报告"}).status_code == 400
    assert (
        clerk.post(
            where, {"shows": "检测报告", "evidence": [picture("报告.txt", "检测结果\n".encode())]}
        ).status_code
        == 302
    )
    assert [(name, by) for name, by, _size in kept(city)] == [("报告.txt", city.clerk.pk)]
    assert client_for(city.second_clerk).get(where).status_code == 403

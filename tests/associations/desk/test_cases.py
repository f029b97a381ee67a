"""A case at the member's desk: letters and their delivery, the answers, and who may not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from associations.discipline import rules
from associations.discipline.models import CaseEvidence
from associations.discipline.selectors import LetterRow, letters_of
from associations.discipline.services import issue_document
from associations.discipline.states import CaseState, Letter
from associations.documents.states import DocumentKind
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from tests.associations.desk.conftest import on
from tests.associations.discipline.conftest import DUE, NOTICED
from tests.associations.evidence import samples
from tests.cast import client_for, user_of

MY_WORDS = "“原价”为建议零售价，已当晚更正。"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


# --- delivery ---


def test_a_letter_is_closed_until_it_is_opened_and_that_is_kept_once(desk):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        assert "拟作出警告" not in desk.get().content.decode()
        cover = desk.get("letters/notice/").content.decode()
        assert "拟作出警告" not in cover
        assert "This letter lies here since 2026-04-22" in cover
        assert desk.opened() == []
        assert desk.post("letters/notice/").status_code == 302
        assert "拟作出警告" in desk.get("letters/notice/").content.decode()
        assert "opened by me 2026-04-23 10:00" in desk.get().content.decode()
        desk.post("letters/notice/")
    assert desk.opened() == [("notice", "韩经理")]
    with scope.of(desk.house.association):
        entry = Entry.objects.get(act=Act.LETTER_OPENED)
    assert (entry.thing_id, entry.detail) == (
        desk.walk.case.public_id, {"letter": "notice", "first": True},
    )  # fmt: skip


def test_each_who_acts_for_the_member_opens_for_themselves(desk, city, operator):
    desk.to("noticed")
    with on(date(2026, 1, 5)):
        second = user_of(city, operator, "second", "杜法务")
    desk.post("letters/notice/")
    other = client_for(second)
    page = other.get(desk.url()).content.decode()
    assert "opened by 韩经理" in page
    other.post(desk.url("letters/notice/"))
    assert desk.opened() == [("notice", "韩经理"), ("notice", "杜法务")]


def test_what_was_opened_is_never_changed(desk):
    desk.to("noticed").post("letters/notice/")
    for statement in (
        "UPDATE associations_letteropened SET by_id = by_id",
        "DELETE FROM associations_letteropened",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), scope.of(desk.house.association):
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_letters_of_a_whole_course(desk):
    desk.to("served")
    assert desk.get("letters/call/").status_code == 404
    assert desk.get("letters/appeal/").status_code == 404
    desk.post("letters/decision/")
    page = desk.get("letters/decision/").content.decode()
    assert "事实成立" in page
    assert "How the record is repaired" in page  # the guide is served with the decision
    with scope.of(desk.house.association):
        assert [each.letter for each in letters_of(desk.file)] == [Letter.NOTICE, Letter.DECISION]


def test_a_decision_not_handed_over_is_no_letter(desk):
    desk.to("decided")
    assert desk.get("letters/decision/").status_code == 404
    assert desk.post("letters/decision/").status_code == 404


def test_officers_see_what_was_opened(desk, city):
    desk.to("noticed")
    page = f"/en/a/{city.slug}/cases/{desk.walk.case.public_id}/"
    assert "not opened at the desk yet" in client_for(city.clerk).get(page).content.decode()
    with on(date(2026, 4, 23)):
        desk.post("letters/notice/")
    assert (
        "opened at the desk by 韩经理 2026-04-23 10:00" in client_for(city.clerk).get(page).content.decode()
    )


@pytest.mark.parametrize(
    ("letter", "acting", "allowed"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_who_opens_a_letter(operator_user, letter, acting, allowed):
    row = LetterRow(Letter.NOTICE, 1, NOTICED) if letter else None
    assert bool(rules.may_open_letter(operator_user, row, {operator_user.pk} if acting else set())) is allowed
    assert not rules.may_open_letter(None, row, {1})


def test_the_letter_as_pdf_is_there_once_it_is_opened(desk, city):
    desk.to("noticed")
    assert desk.get("letters/notice/paper/").status_code == 404
    with scope.of(city.association):
        issue_document(case=desk.walk.case, kind=DocumentKind.NOTICE, by=city.clerk)
    assert desk.get("letters/notice/paper/").status_code == 404  # not opened yet
    desk.post("letters/notice/")
    assert "letters/notice/paper/" in desk.get("letters/notice/").content.decode()
    assert b"".join(desk.get("letters/notice/paper/").streaming_content).startswith(b"%PDF")
    assert desk.get("letters/decision/paper/").status_code == 404


# --- answers ---


def test_a_statement_with_files_and_a_hearing_is_one_act(desk):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        files = [
            SimpleUploadedFile("改正.png", samples.png()), SimpleUploadedFile("页面.jpg", samples.jpeg()),
        ]  # fmt: skip
        answer = desk.post("statement/", text=MY_WORDS, evidence=files, hearing="on")
        assert answer.status_code == 302, answer.content.decode()
    file = desk.file
    assert (file.state, file.statement.text, file.statement.kind) == (CaseState.HEARD, MY_WORDS, "submitted")
    assert file.case.hearing_owed
    with scope.of(desk.house.association):
        rows = list(CaseEvidence.objects.order_by("id").values_list("evidence__name", "by__name"))
    assert rows == [("改正.png", "韩经理"), ("页面.jpg", "韩经理")]
    page = desk.get().content.decode()
    assert MY_WORDS in page
    (first,) = re.findall(r'href="([^"]+/files/[^"]+)" download>改正', page)
    assert b"".join(desk.client.get(first).streaming_content) == samples.png()


def test_a_hostile_file_leaves_nothing_behind(desk):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        answer = desk.post(
            "statement/", text=MY_WORDS, evidence=[SimpleUploadedFile("x.png", b"MZ\x90\0" * 40)]
        )
    assert (answer.status_code, MY_WORDS in answer.content.decode()) == (422, True)
    assert desk.file.state == CaseState.NOTICED
    with scope.of(desk.house.association):
        assert not CaseEvidence.objects.exists()


def test_a_statement_needs_words_and_is_given_once(desk):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        assert desk.post("statement/", text="  ").status_code == 422
        assert desk.post("statement/", text=MY_WORDS).status_code == 302
        again = desk.post("statement/", text="又一份")
    assert again.status_code == 403
    assert desk.file.statement.text == MY_WORDS


def test_waiving_is_confirmed_and_says_who_declared_it(desk):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        assert desk.post("waiver/", text="").status_code == 422
        assert desk.post("waiver/", text="", sure="on").status_code == 302
    statement = desk.file.statement
    assert (statement.kind, "韩经理" in statement.text) == ("waived", True)


def test_a_hearing_is_asked_for_and_given_up(desk):
    desk.to("noticed")
    with on(date(2026, 4, 24)):
        assert desk.post("hearing/", words="请听证").status_code == 302
        assert desk.post("hearing/", words="再次").status_code == 403
        assert desk.post("statement/", text=MY_WORDS).status_code == 302
        assert desk.post("hearing-waiver/", text="不再需要").status_code == 302
    assert not desk.file.case.hearing_owed


def test_a_hearing_asked_for_too_late_is_refused_with_its_day(desk):
    desk.to("noticed")
    with on(DUE):
        answer = desk.get("hearing/")
        assert answer.status_code == 403
        page = desk.get().content.decode()
    assert "A hearing could be asked for until 2026-04-29." in page


def test_an_appeal_with_files_binds_nobody_until_it_is_withdrawn(desk):
    desk.to("served")
    with on(date(2026, 5, 20)):
        picture = [SimpleUploadedFile("新证据.png", samples.png())]
        assert desk.post("appeal/", grounds="新证据", evidence=picture).status_code == 302
        assert desk.file.state == CaseState.APPEALED
        assert desk.post("appeal-withdrawal/", text="已和解").status_code == 422  # not confirmed
        assert desk.post("appeal-withdrawal/", text="已和解", sure="on").status_code == 302
    assert desk.file.state == CaseState.EFFECTIVE


def test_an_appeal_too_late_is_refused(desk):
    desk.to("served")
    assert desk.post("appeal/", grounds="晚了").status_code == 403
    assert desk.file.state == CaseState.SERVED


# --- whose case it is ---


def test_the_member_reads_why_a_decision_was_reversed(desk):
    desk.to("served")
    notices = f"/en/me/{desk.house.slug}/{desk.membership.public_id}/notices/"
    assert "Appeal until" in desk.client.get(notices).content.decode()
    with scope.of(desk.house.association):
        desk.walk.reverse(reasons="供货方承认伪造证书。")
    page = desk.get().content.decode()
    assert ("Reversed on 2026-06-15" in page, "供货方承认伪造证书。" in page) == (True, True)
    assert "Appeal until" not in desk.client.get(notices).content.decode()


def test_a_case_the_member_was_not_told_of_does_not_exist(desk):
    desk.to("filed")
    assert desk.get().status_code == 404
    assert desk.get("statement/").status_code == 404


def test_nobody_elses_case_opens(desk, city, province, streamer_user, streamer):
    desk.to("noticed")
    theirs = f"/en/me/city/{streamer.public_id}/notices/{desk.walk.case.public_id}/"
    for who in (streamer_user, city.clerk, city.admin, province.clerk):
        client = client_for(who)
        for where in ("", "letters/notice/", "statement/"):
            assert client.get(desk.url(where)).status_code == 404
            assert client.get(theirs + where).status_code == 404
            if where:
                assert client.post(theirs + where, {"text": "x"}).status_code == 404
    assert desk.opened() == []


def test_a_file_of_the_clerk_is_not_the_members_to_fetch(desk, city):
    desk.to("noticed")
    from associations.discipline import services

    with scope.of(city.association):
        link = services.add_evidence(
            case=desk.walk.case,
            upload=SimpleUploadedFile("内部.png", samples.png()),
            shows="内部",
            by=city.clerk,
        )
        key = link.evidence.public_id
    assert desk.get(f"files/{key}/").status_code == 404


# --- the pages ---


@pytest.mark.parametrize("where", ["", "letters/notice/", "statement/", "waiver/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_need_no_script_and_no_style(desk, where, prefix):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        answer = desk.client.get(desk.url(where).replace("/en", prefix, 1))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page) == []
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("files", [0, 3])
def test_what_a_case_costs(desk, files, django_assert_num_queries):
    desk.to("noticed")
    with on(date(2026, 4, 23)):
        pictures = [SimpleUploadedFile(f"{n}.png", samples.png()) for n in range(files)]
        desk.post("statement/", text=MY_WORDS, evidence=pictures)
        with django_assert_num_queries(19):
            desk.get()

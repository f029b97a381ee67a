"""The public page of verification, and the administrator's pages of templates."""

import io

import pypdf
import pytest
from django.urls import reverse
from django.utils import translation

from associations.documents.models import Template
from associations.documents.selectors import default_text
from associations.documents.services import issue, withdraw
from associations.documents.states import DocumentKind
from associations.tenancy import scope
from tests.associations.documents.conftest import told
from tests.cast import client_for

SECRET = "秘鹮某某有限公司"
NOTICE = DocumentKind.NOTICE


@pytest.fixture
def letter(city):
    with scope.of(city.association):
        return issue(kind=NOTICE, told=told(NOTICE, member=SECRET), by=city.clerk)


def asked(path: str, **query):
    with translation.override("en"):
        address = (
            reverse(f"documents:{path}") if path == "verify" else reverse("documents:verified", args=[path])
        )
    return client_for(None).get(address, query)


# --- verifying ---


def test_genuine_withdrawn_unknown(city, letter):
    page = asked(letter.public_id)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Genuine" in text
    for shown in (letter.number, letter.sha256, city.association.name, "Prior notice"):
        assert shown in text
    assert SECRET not in text
    with scope.of(city.association):
        withdraw(document=letter, reasons=f"{SECRET}有误", by=city.decider)
    text = asked(letter.public_id).content.decode()
    assert "withdrawn on" in text
    assert "Genuine" not in text
    assert SECRET not in text
    unknown = asked("A" * 22)
    assert (unknown.status_code, "Unknown" in unknown.content.decode()) == (404, True)


@pytest.mark.parametrize("code", ["x", "A" * 21, "%00" * 8, "<script>", "A" * 22 + "'"])
def test_what_is_no_code_is_unknown(db, code):
    assert asked(code).status_code == 404


def test_one_asks_by_code_address_or_hash(letter):
    for q in (
        letter.public_id,
        f"https://register.example/verify/{letter.public_id}/",
        f" {letter.public_id} ",
    ):
        answer = asked("verify", q=q)
        assert (answer.status_code, answer["Location"]) == (302, f"/en/verify/{letter.public_id}/")
    answer = asked("verify", q=letter.sha256.upper())
    assert answer["Location"] == f"/en/verify/{letter.public_id}/?sha256={letter.sha256}"
    assert asked("verify", q="0" * 64).status_code == 404
    assert asked("verify", q="协告〔2026〕1号").status_code == 400
    assert asked("verify").status_code == 200


def test_a_typed_hash_is_compared(letter):
    spaced = " ".join(letter.sha256[place : place + 8] for place in range(0, 64, 8)).upper()
    assert "The same" in asked(letter.public_id, sha256=spaced).content.decode().split("data-compare")[0]
    assert (
        "Not the same" in asked(letter.public_id, sha256="0" * 64).content.decode().split("data-compare")[0]
    )
    assert asked(letter.public_id, sha256="12").status_code == 400


def test_the_page_knows_nobody_and_keeps_nothing(letter, django_assert_num_queries):
    with django_assert_num_queries(5):
        page = asked(letter.public_id)
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-cache", "noindex")
    assert "script-src 'self'" in page["Content-Security-Policy"]


# --- templates ---


def url(name: str, house, *more):
    with translation.override("en"):
        return reverse(f"documents:{name}", args=[house.slug, *more])


def test_the_administrator_changes_a_text(city):
    admin = client_for(city.admin)
    listed = admin.get(url("templates", city)).content.decode()
    assert listed.count("the register's</td>") == len(DocumentKind)
    page = url("template", city, "notice")
    sent = {"text": default_text(NOTICE) + "本会地址：某市某路。", "pattern": "云直协告〔{year}〕{number}号"}
    answer = admin.post(page, sent)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "本会地址" in admin.get(page).content.decode()
    assert "云直协告" in admin.get(url("templates", city)).content.decode()
    sample = admin.get(url("sample", city, "notice"))
    assert sample["Content-Disposition"].startswith("attachment")
    assert "本会地址" in pypdf.PdfReader(io.BytesIO(sample.content)).pages[0].extract_text()


def test_a_refused_text_is_told_and_kept_in_the_form(city):
    page = client_for(city.admin).post(
        url("template", city, "notice"), {"text": "{会员}{密码}", "pattern": "x"}
    )
    text = page.content.decode()
    assert page.status_code == 400
    for words in ("there is no field {密码}", "{申辩截止日}", "once each", "{会员}{密码}"):
        assert words in text
    with scope.of(city.association):
        assert Template.objects.count() == 0


def test_others_read_the_text_and_change_nothing(city):
    for other in (city.clerk, city.observer):
        client = client_for(other)
        assert "Not available" in client.get(url("template", city, "notice")).content.decode()
        assert client.post(url("template", city, "notice"), {"text": "x", "pattern": "x"}).status_code == 403
        assert client.get(url("sample", city, "notice")).status_code == 403
    assert client_for(city.admin).get(url("template", city, "nothing")).status_code == 404


def test_a_document_is_withdrawn_by_its_page(city, letter):
    page = url("withdraw", city, letter.public_id)
    assert client_for(city.clerk).get(page).status_code == 403
    decider = client_for(city.decider)
    assert decider.get(page).status_code == 200
    assert decider.post(page, {"reasons": ""}).status_code == 400
    assert decider.post(page, {"reasons": "期限有误"}).status_code == 302
    assert decider.get(page).status_code == 403

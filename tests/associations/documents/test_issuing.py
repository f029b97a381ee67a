"""Issuing: numbers without gaps, sealed into the ledger, withdrawn with reasons; only templates that work."""

import hashlib
import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from associations.documents import rules, selectors, services
from associations.documents.models import Document, Template
from associations.documents.rendering import Unshowable
from associations.documents.services import TemplateRefused, issue, settle_template, withdraw
from associations.documents.states import FIELDS, SPECS, DocumentKind
from associations.evidence.selectors import contents
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.documents import qr_reader
from tests.associations.documents.conftest import text_of, told

NOTICE, DECISION = DocumentKind.NOTICE, DocumentKind.DECISION
OWN = "> {会员}：\n{告知内容}\n{依据}\n{措施}，{申辩截止日}前可以申辩。\n"
PATTERN = "云直协告〔{year}〕{number}号"
DAY = date(2026, 5, 12)


def of(kind, **changes):
    return {"kind": kind, "told": told(kind), "issued_on": DAY, **changes}


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if SPECS[kind].word])
def test_every_kind_is_issued_and_says_what_it_was_told(office, kind, settings):
    document = issue(**of(kind), by=office.clerk)
    paper = b"".join(contents(document.paper))
    assert document.sha256 == document.paper.sha256 == hashlib.sha256(paper).hexdigest()
    read = text_of(paper)
    assert document.number == f"协{SPECS[kind].word}〔2026〕1号"
    assert SPECS[kind].title in read
    for key in SPECS[kind].needed:
        value = told(kind)[key]
        for said in value if isinstance(value, list) else [value]:
            assert "".join(said.split()) in read, key
    assert ("信用修复指引" in read and "不收取任何费用" in read) is SPECS[kind].guide
    assert qr_reader.read(qr_reader.squares(paper)) == f"{settings.SITE_URL}/verify/{document.public_id}/"
    entry = Entry.objects.get(act=Act.DOCUMENT_ISSUED)
    assert (entry.thing_id, entry.detail) == (
        document.public_id, {"kind": kind.value, "number": document.number, "sha256": document.sha256},
    )  # fmt: skip
    assert first_broken(association_id=office.association.pk) is None


def test_what_is_needed_must_be_told(office):
    for key in SPECS[NOTICE].needed:
        with pytest.raises(ValueError, match=key):
            issue(**of(NOTICE, told=told(NOTICE, **{key: ""})), by=office.clerk)
    with pytest.raises(ValueError, match="does not know"):
        issue(**of(NOTICE, told=told(NOTICE) | {"votes": "三人"}), by=office.clerk)
    with pytest.raises(ValueError, match="guide"):
        issue(kind=DocumentKind.GUIDE, told={}, by=office.clerk)


def test_numbers_run_by_kind_and_year(office):
    days = [(NOTICE, DAY), (DECISION, DAY), (NOTICE, DAY), (NOTICE, date(2027, 1, 1)), (NOTICE, DAY)]
    numbers = [issue(**of(kind, issued_on=day), by=office.clerk).number for kind, day in days]
    assert numbers == [
        "协告〔2026〕1号",
        "协决〔2026〕1号",
        "协告〔2026〕2号",
        "协告〔2027〕1号",
        "协告〔2026〕3号",
    ]


def test_a_refused_document_takes_no_number(office):
    issue(**of(NOTICE), by=office.clerk)
    before = Entry.objects.count()
    with pytest.raises(Unshowable, match="𪚥"), transaction.atomic():
        issue(**of(NOTICE, told=told(NOTICE, member="𪚥")), by=office.clerk)
    assert Entry.objects.count() == before
    assert issue(**of(NOTICE), by=office.clerk).running == 2


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_issue_at_once(city):
    """Eight at a time, every third undone after it had its number."""
    failed: list[BaseException] = []

    def work(number: int):
        try:
            with scope.of(city.association):
                issue(**of(NOTICE), by=city.clerk)
                if number % 3 == 0:
                    transaction.set_rollback(True)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with scope.of(city.association):
        assert sorted(Document.objects.values_list("running", flat=True)) == [1, 2, 3, 4, 5]
        assert first_broken(association_id=city.association.pk) is None


def test_the_row_says_the_hash_of_its_paper_by_the_databases_word(office):
    document = issue(**of(NOTICE), by=office.clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        other = issue(**of(DECISION), by=office.clerk)
        Document.objects.create(
            association_id=office.association.pk, kind=NOTICE, year=2026, running=9, number="x", issued_on=DAY,
            paper=other.paper, sha256=document.sha256,
        )  # fmt: skip
        connection.check_constraints()


# --- withdrawing ---


def test_who_signs_withdraws_once_with_reasons(office):
    document = issue(**of(NOTICE), by=office.clerk)
    for other in (office.clerk, office.reviewer, office.admin, office.observer):
        assert not rules.may_withdraw(other, document)
    with pytest.raises(Denied, match="Reasons"):
        withdraw(document=document, reasons=" ", by=office.decider)
    withdraw(document=document, reasons="告知期限有误", by=office.decider)
    with pytest.raises(Denied, match="already"):
        withdraw(document=document, reasons="再次", by=office.decider)
    entry = Entry.objects.get(act=Act.DOCUMENT_WITHDRAWN)
    assert (entry.why, entry.thing_id) == ("告知期限有误", document.public_id)
    assert issue(**of(NOTICE), by=office.clerk).running == 2


# --- templates ---


def test_an_own_text_and_numbering_are_used_from_then_on(office):
    before = issue(**of(NOTICE), by=office.clerk)
    settled = settle_template(kind=NOTICE, text=OWN, pattern=PATTERN, by=office.admin)
    after = issue(**of(NOTICE), by=office.clerk)
    assert (before.template, after.template, settled.version) == (None, settled, 1)
    assert after.number == "云直协告〔2026〕2号"
    assert "2026年5月9日前可以申辩。" in text_of(b"".join(contents(after.paper)))
    assert settle_template(kind=NOTICE, text=OWN, pattern=PATTERN, by=office.admin).version == 2
    assert Entry.objects.filter(act=Act.TEMPLATE_SETTLED).count() == 2


def test_a_scheme_that_meets_a_number_given_before_is_refused_by_the_database(office):
    issue(**of(NOTICE), by=office.clerk)
    same = selectors.default_pattern(NOTICE)
    text = selectors.default_text(DECISION)
    settle_template(kind=DECISION, text=text, pattern=same, by=office.admin)
    with pytest.raises(Denied, match="given already"):
        issue(**of(DECISION), by=office.clerk)


def test_only_the_administrator_settles_templates(office):
    for other in (office.clerk, office.reviewer, office.decider, office.observer):
        with pytest.raises(Denied):
            settle_template(kind=NOTICE, text=OWN, pattern=PATTERN, by=other)
    assert Template.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "pattern", "told_"),
    [
        (OWN.replace("{措施}", ""), PATTERN, FIELDS["measure"]),
        (OWN + "{密码}", PATTERN, "密码"),
        (OWN, "云直协告〔{year}〕号", "once each"),
        (OWN, "{year}{number}{number}", "once each"),
        (OWN, "{year}{number}{x}", "once each"),
        (OWN, "字" * 30 + "{year}{number}", "longer"),
        (OWN, "", "once each"),
    ],
)
def test_a_template_that_lacks_something_is_refused(office, text, pattern, told_):
    with pytest.raises(TemplateRefused) as refused:
        settle_template(kind=NOTICE, text=text, pattern=pattern, by=office.admin)
    assert any(told_ in problem for problem in refused.value.problems)
    assert Template.objects.count() == 0


def test_a_template_that_cannot_be_set_is_refused(office):
    with pytest.raises(Unshowable, match="𪚥"):
        settle_template(kind=NOTICE, text=OWN + "𪚥", pattern=PATTERN, by=office.admin)
    assert Template.objects.count() == 0


def test_the_guide_can_be_worded_and_has_no_number(office):
    settle_template(kind=DocumentKind.GUIDE, text="向本会秘书处提出即可。", by=office.admin)
    document = issue(**of(DECISION), by=office.clerk)
    assert "向本会秘书处提出即可。" in text_of(b"".join(contents(document.paper)))
    assert document.guide.version == 1
    with pytest.raises(TemplateRefused):
        settle_template(kind=DocumentKind.GUIDE, text="x", pattern=PATTERN, by=office.admin)


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "#panic()", "$$ #set page(footer: none)"])
def test_a_hostile_template_is_only_words(office, text):
    settle_template(kind=NOTICE, text=OWN + text, pattern=PATTERN, by=office.admin)
    document = issue(**of(NOTICE), by=office.clerk)
    read = text_of(b"".join(contents(document.paper)))
    assert "".join(text.split()) in read
    assert document.public_id in read  # the foot is where it was


def test_templates_of_others_are_not_ours(city, province):
    with scope.of(city.association):
        settle_template(kind=NOTICE, text=OWN, pattern=PATTERN, by=city.admin)
    with scope.of(province.association):
        assert services.sample(selectors.wording_of(NOTICE))
        assert issue(**of(NOTICE), by=province.clerk).number == "协告〔2026〕1号"

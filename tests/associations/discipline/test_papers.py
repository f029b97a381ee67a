"""The documents of a case: what each says, when it may be issued, and the whole file taken out."""

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from associations.discipline.models import CaseDocument
from associations.discipline.rules import RESTS_ON, may_export, may_issue
from associations.discipline.selectors import documents_of
from associations.discipline.services import add_evidence, export_case, issue_document
from associations.discipline.states import Outcome
from associations.documents.selectors import verified
from associations.documents.services import withdraw
from associations.documents.states import DocumentKind
from associations.evidence.selectors import contents
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.discipline.conftest import Walk
from tests.associations.documents.conftest import text_of
from tests.associations.evidence import samples as made
from tests.cast import client_for

K = DocumentKind
STAGES = {
    "filed": set(), "reported": set(), "noticed": {K.NOTICE}, "heard": {K.NOTICE}, "panel": {K.NOTICE},
    "voted": {K.NOTICE}, "decided": {K.NOTICE, K.DECISION}, "served": {K.NOTICE, K.DECISION, K.SERVICE},
}  # fmt: skip


def issued(walk, kind):
    return text_of(b"".join(contents(issue_document(case=walk.case, kind=kind, by=walk.house.clerk).paper)))


@pytest.mark.parametrize("stage", STAGES)
def test_a_document_is_issued_once_the_file_holds_what_it_says(walk, stage):
    """By a clerk, by name; of each kind one stands at a time."""
    house, file = walk.house, walk.to(stage).file
    for kind in DocumentKind:
        assert bool(may_issue(house.clerk, file, kind, frozenset())) is (kind in STAGES[stage]), kind
        assert not may_issue(house.clerk, file, kind, {kind.value})
        for other in (house.reviewer, house.decider, house.admin, house.observer, None):
            assert not may_issue(other, file, kind, frozenset())


def test_the_notice_the_decision_and_the_service_record_say_what_was_recorded(walk):
    walk.to("served")
    read = issued(walk, K.NOTICE)
    for said in (walk.membership.name, walk.case.number, "拟作出警告", "2026年5月9日", walk.case.basis):
        assert "".join(said.split()) in read
    read = issued(walk, K.DECISION)
    for said in ("事实成立", "第二十二条", "应到3人，实到3人，3人赞成", "信用修复指引", "不收取任何费用"):
        assert said in read
    read = issued(walk, K.SERVICE)
    for said in (
        "纪律处分决定书协决〔2026〕1号",
        "2026年5月13日",
        "EMS",
        "签收单2号",
        "2026年6月3日",
        "公示",
    ):
        assert said in read
    for word in ("Warning", "Waived"):
        assert word not in read


def test_the_hearing_its_minutes_and_the_appeal_are_put_on_paper(walk):
    walk.to("noticed").ask_hearing()
    walk.statement()
    walk.call_hearing()
    read = issued(walk, K.HEARING)
    assert "2026年5月14日" in read
    assert "协会三楼，9时" in read
    assert walk.house.reviewers[3].name in read
    walk.hold_hearing()
    read = issued(walk, K.MINUTES)
    assert "双方陈述" in read
    assert "当事人：到场" in read


def test_the_decision_on_appeal_names_the_decision_as_it_was_issued(walk):
    walk.to("served")
    issued(walk, K.DECISION)
    walk.appeal()
    for number in (3, 4):
        walk.review(number, Outcome.UPHOLD)
    read = issued(walk, K.APPEAL)
    for said in ("协决〔2026〕1号决定", "事实不清", "复核查明", "信用修复指引"):
        assert said in read


def test_one_stands_at_a_time_and_a_withdrawn_one_makes_room(walk):
    walk.to("noticed")
    first = issue_document(case=walk.case, kind=K.NOTICE, by=walk.house.clerk)
    with pytest.raises(Denied, match="stands"):
        issue_document(case=walk.case, kind=K.NOTICE, by=walk.house.clerk)
    withdraw(document=first, reasons="期限有误", by=walk.house.decider)
    second = issue_document(case=walk.case, kind=K.NOTICE, by=walk.house.clerk)
    assert [row.document.number for row in documents_of(walk.case)] == [first.number, second.number]
    assert (first.running, second.running) == (1, 2)


@pytest.mark.parametrize(
    ("outcome", "measure", "stands"),
    [(Outcome.UPHOLD, None, True), (Outcome.ALLOW, None, False), (Outcome.LIGHTEN, 1, False)],
)
def test_the_paper_of_a_decision_that_fell_on_appeal_stands_no_more(walk, outcome, measure, stands):
    """Whoever verifies it is told; the notice and the record of service say what happened, and stay."""
    walk.to("served")
    papers = {
        kind: issue_document(case=walk.case, kind=kind, by=walk.house.clerk)
        for kind in (K.NOTICE, K.DECISION, K.SERVICE)
    }
    walk.appeal()
    for number in (3, 4):
        walk.review(number, outcome, measure)
    fallen = {kind for kind, paper in papers.items() if verified(code=paper.public_id).withdrawn_on}
    assert fallen == (set() if stands else {K.DECISION})
    again = may_issue(walk.house.clerk, walk.file, K.DECISION, frozenset())
    assert bool(again) is stands
    issued(walk, K.APPEAL)


def test_a_hostile_name_is_only_a_name(walk):
    walk.membership.name = '#panic() *某* "{措施}"'
    walk.membership.save(update_fields=["name"])
    walk.to("noticed")
    assert '#panic()*某*"{措施}"：' in issued(walk, K.NOTICE)


def test_what_cannot_be_set_leaves_nothing(walk):
    walk.membership.name = "𪚥"
    walk.membership.save(update_fields=["name"])
    walk.to("noticed")
    before = Entry.objects.count()
    with pytest.raises(Denied, match="𪚥"):
        issue_document(case=walk.case, kind=K.NOTICE, by=walk.house.clerk)
    assert (CaseDocument.objects.count(), Entry.objects.count()) == (0, before)


# --- the whole file ---


@pytest.fixture
def full(walk):
    """A case decided and served, with its papers and two pieces of evidence."""
    walk.to("panel")
    for name, content in (("a", made.png()), ("b", made.pdf(b"%" + b"x" * (2 << 20)))):
        add_evidence(case=walk.case, upload=io.BytesIO(content), shows=f"证明{name}", by=walk.house.clerk)
    walk._all_vote()
    walk.decide()
    walk.serve()
    for kind in (K.NOTICE, K.DECISION, K.SERVICE):
        issue_document(case=walk.case, kind=kind, by=walk.house.clerk)
    return walk


def test_the_archive_holds_everything_under_its_hash(full):
    archive = export_case(case=full.case, by=full.house.clerk)
    pieces = list(archive.stream())
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as read:
        assert read.testzip() is None
        index = json.loads(read.read("index.json"))
        names = {*read.namelist()} - {"index.html", "index.css", "index.json", "SHA256SUMS"}
        assert names == {each["path"] for each in index["files"]}
        assert len(names) == 5
        for each in index["files"]:
            content = read.read(each["path"])
            assert (hashlib.sha256(content).hexdigest(), len(content)) == (each["sha256"], each["size"])
            assert f"{each['sha256']}  {each['path']}\n" in read.read("SHA256SUMS").decode()
        entry = Entry.objects.get(act=Act.CASE_EXPORTED)
        assert entry.detail == {
            "index_sha256": hashlib.sha256(read.read("index.json")).hexdigest(), "files": 5,
        }  # fmt: skip
        page = read.read("index.html").decode()
    assert (index["case"], index["member"]) == (full.case.number, full.membership.name)
    assert [each["step"] for each in index["events"]][:2] == ["open", "report"]
    assert {each["act"] for each in index["ledger"]} >= {
        "discipline.decision.made",
        "discipline.evidence.added",
    }
    for shown in (
        "证明a",
        "证明b",
        "事实成立",
        "拟作出警告",
        "协决〔2026〕1号",
        full.house.reviewers[0].name,
    ):
        assert shown in page
    for active in ("<script", "style=", "http://", "https://"):
        assert active not in page


def test_no_more_of_the_archive_is_in_memory_than_a_piece(full):
    archive = export_case(case=full.case, by=full.house.clerk)
    assert max(len(piece) for piece in archive.stream()) < (1 << 20) + (64 << 10)


def test_who_may_export_takes_it_out_by_name(walk):
    house = walk.house
    for user, allowed in (
        (house.clerk, True), (house.admin, True), (house.observer, True), (house.reviewer, False),
        (house.decider, False), (house.former, False), (None, False),
    ):  # fmt: skip
        assert bool(may_export(user)) is allowed
    with pytest.raises(Denied):
        export_case(case=walk.open(), by=house.reviewer)
    assert not Entry.objects.filter(act=Act.CASE_EXPORTED).exists()


# --- pages ---


def url(name, walk, *more):
    return reverse(f"discipline:{name}", args=[walk.house.slug, walk.case.public_id, *more])


def test_a_clerk_issues_and_exports_from_the_case_page(city, operator):
    walk = Walk(city, operator)
    with scope.of(city.association):
        walk.to("noticed")
    clerk = client_for(city.clerk)
    page = clerk.get(url("case", walk)).content.decode()
    assert url("issue", walk, "notice") in page
    assert url("issue", walk, "decision") not in page
    assert clerk.post(url("issue", walk, "notice")).status_code == 302
    page = clerk.get(url("case", walk)).content.decode()
    assert "协告〔2026〕1号" in page
    assert url("issue", walk, "notice") not in page
    assert clerk.post(url("issue", walk, "notice")).status_code == 403
    assert clerk.post(url("issue", walk, "nothing")).status_code == 404
    assert clerk.get(url("issue", walk, "notice")).status_code == 405
    assert client_for(city.reviewer).post(url("issue", walk, "decision")).status_code == 403
    answer = clerk.post(url("export", walk))
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as read:
        assert any(name.startswith("documents/01-") for name in read.namelist())
    assert client_for(city.reviewer).post(url("export", walk)).status_code == 403


def test_every_kind_that_rests_on_a_case_is_known():
    assert {*RESTS_ON} == {*DocumentKind} - {K.REPAIR, K.GUIDE}

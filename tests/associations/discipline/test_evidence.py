"""Evidence in the file of a case: who puts it in and until when, what the page says, what is refused."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations.discipline.models import CaseEvidence
from associations.discipline.rules import may_add_evidence
from associations.discipline.services import add_evidence
from associations.evidence.models import Evidence
from associations.evidence.services import keep
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.discipline.conftest import Walk
from tests.associations.evidence import samples as made
from tests.cast import client_for

SHOWS = "4 月 1 日的价格页，划线价从未成交"
STAGES = {
    "filed": True, "reported": True, "noticed": True, "heard": True, "panel": True, "voted": True,
    "decided": False, "served": False,
}  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_evidence_is_added_until_the_decision(walk, stage):
    """By a clerk, by name; not by the system, nor by whoever judges or observes."""
    house, file = walk.house, walk.to(stage).file
    assert bool(may_add_evidence(house.clerk, file)) is STAGES[stage]
    assert bool(may_add_evidence(house.second_clerk, file)) is STAGES[stage]
    for other in (house.reviewer, house.decider, house.admin, house.observer, house.former, None):
        assert not may_add_evidence(other, file)


def test_a_dropped_case_takes_none(walk):
    walk.to("noticed").drop()
    assert not may_add_evidence(walk.house.clerk, walk.file)


def test_a_file_is_kept_linked_and_told_to_the_ledger(walk):
    case = walk.to("filed").case
    link = add_evidence(case=case, upload=io.BytesIO(made.png()), shows=f" {SHOWS} ", by=walk.house.clerk)
    assert (link.shows, link.case_id, link.by) == (SHOWS, case.pk, walk.house.clerk)
    entry = Entry.objects.get(act=Act.CASE_EVIDENCE_ADDED)
    assert entry.thing_id == case.public_id
    assert entry.detail == {"evidence": link.evidence.public_id, "sha256": link.evidence.sha256}


def test_a_file_kept_already_is_linked_as_it_is(walk):
    """What came with a complaint becomes evidence in the case without being handed in again."""
    case = walk.to("filed").case
    kept = keep(association=walk.house.association, upload=io.BytesIO(made.jpeg()), by=None)
    link = add_evidence(case=case, upload=kept, shows=SHOWS, by=walk.house.clerk)
    assert link.evidence_id == kept.pk
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("refusal", ["late", "hostile"])
def test_what_is_refused_leaves_nothing(walk, refusal):
    case = walk.to("decided" if refusal == "late" else "filed").case
    before = Entry.objects.count()
    content = made.png() if refusal == "late" else made.png(30_000, 30_000)
    with pytest.raises(Denied):
        add_evidence(case=case, upload=io.BytesIO(content), shows=SHOWS, by=walk.house.clerk)
    assert (CaseEvidence.objects.count(), Evidence.objects.count(), Entry.objects.count()) == (0, 0, before)


# --- the page ---


@pytest.fixture
def filed(city, operator):
    """Open a case of the city and leave the scope: pages take their own."""
    walk = Walk(city, operator)
    with scope.of(city.association):
        walk.open()
    return walk


def url(name, walk):
    return reverse(f"discipline:{name}", args=[walk.house.slug, walk.case.public_id])


def sent(content, name="价格页.png"):
    return {"file": SimpleUploadedFile(name, content), "shows": SHOWS}


def test_a_clerk_puts_it_in_and_the_file_shows_it(filed):
    clerk = client_for(filed.house.clerk)
    form = clerk.get(url("add_evidence", filed))
    assert (form.status_code, 'enctype="multipart/form-data"' in form.content.decode()) == (200, True)
    answer = clerk.post(url("add_evidence", filed), sent(made.png()))
    assert (answer.status_code, answer["Location"]) == (302, url("case", filed))
    page = clerk.get(url("case", filed)).content.decode()
    with scope.of(filed.house.association):
        kept = Evidence.objects.get()
    for shown in (SHOWS, "价格页.png", kept.sha256, filed.house.clerk.name):
        assert shown in page
    fetched = clerk.get(reverse("evidence:download", args=[filed.house.slug, kept.public_id]))
    assert b"".join(fetched.streaming_content) == made.png()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg onload=alert(1)>", "web page or a drawing"),
        (made.png(30_000, 30_000), "30000 × 30000 points"),
        (b"", "empty"),
    ],
)
def test_a_refused_file_is_told_beside_the_field_and_the_words_are_kept(filed, content, words):
    page = client_for(filed.house.clerk).post(url("add_evidence", filed), sent(content))
    text = page.content.decode()
    assert (page.status_code, words in text, SHOWS in text) == (400, True, True)
    with scope.of(filed.house.association):
        assert Evidence.objects.count() == 0


def test_space_that_is_used_up_is_told_in_the_form(filed, settings):
    settings.EVIDENCE_QUOTA_MB = 0
    page = client_for(filed.house.clerk).post(url("add_evidence", filed), sent(made.png()))
    assert (page.status_code, "space for files is used up" in page.content.decode()) == (400, True)


def test_more_evidence_asks_no_more_questions(filed, django_assert_num_queries):
    clerk = client_for(filed.house.clerk)
    for more in (1, 5):
        with scope.of(filed.house.association):
            for number in range(more):
                upload = io.BytesIO(f"记录 {number}".encode())
                add_evidence(case=filed.case, upload=upload, shows=SHOWS, by=filed.house.clerk)
        with django_assert_num_queries(19):
            page = clerk.get(url("case", filed))
    assert page.content.decode().count(SHOWS) == 6

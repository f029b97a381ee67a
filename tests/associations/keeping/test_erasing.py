"""What is over is erased by the timetable, and nothing that anybody may still need."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from associations.complaints import services as complaints
from associations.complaints.models import ComplaintEvidence
from associations.complaints.services import Told
from associations.complaints.states import Origin, Topic
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.discipline import services as discipline
from associations.discipline.models import CaseEvidence
from associations.documents.services import issue
from associations.documents.states import DocumentKind
from associations.evidence.models import Evidence, EvidencePiece
from associations.evidence.services import KEPT_DAYS, attach, keep
from associations.keeping import rules, services
from associations.keeping.selectors import Kept
from associations.keeping.tasks import erase
from associations.remedies import services as remedies
from associations.remedies.states import Thing
from associations.tenancy import scope
from config.celery import app
from core.ledger.models import Entry
from core.ledger.states import Act
from tests.associations.documents.conftest import told
from tests.cast import client_for

UNTIL = date(2026, 3, 1)
LONG_AGO = datetime(2022, 6, 15, 10, tzinfo=timezone.get_default_timezone())
WORDS = "账本与聊天记录"


# --- the rule ---


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("needed", [False, True])
def test_when_a_file_may_go(days, paper, needed):
    file = Kept(1, 10, UNTIL, paper=paper, open=needed)
    verdict = rules.may_erase(file, UNTIL + timedelta(days=days))
    assert bool(verdict) is (days > 0 and not paper and not needed)
    if not verdict:
        first = "time is not over" if days <= 0 else "issued" if paper else "matter"
        with translation.override("en"):
            assert first in str(verdict.reason)


# --- the sweep ---


def taken_in(house, when=LONG_AGO, size=1):
    """A file handed in back then: its three years are over today."""
    with time_machine.travel(when, tick=False):
        return keep(association=house.association, upload=io.BytesIO((WORDS * size).encode()), by=house.clerk)


def left(house):
    """How many files' bytes are there."""
    with scope.of(house.association):
        return EvidencePiece.objects.filter(number=0).count()


def told_in_ledger(house):
    with scope.of(house.association):
        return list(
            Entry.objects.filter(act=Act.EVIDENCE_ERASED).order_by("seq").values_list("detail", flat=True)
        )


def case_of(house, member, file):
    case = discipline.open_case(
        membership=member, code=12, allegation="以从未成交的“原价”作比较",
        occurred_on=timezone.localdate() - timedelta(days=20), by=house.clerk,
    )  # fmt: skip
    attach(CaseEvidence, association=house.association, upload=file, case=case, by=house.clerk)
    return lambda: discipline.drop(case=case, reasons="证据不足", by=house.decider)


def complaint_of(house, member, file):
    words = Told(
        about=member.name, topic=Topic.QUALITY, facts="蜂蜜含糖浆，客服三次无人回复。", wish="退款",
        membership=member, origin=Origin.PUBLIC, person="史投诉", contact="13900990123", consent=True,
    )  # fmt: skip
    complaint = complaints.receive(told=words, token="token", by=None).complaint
    attach(ComplaintEvidence, association=house.association, upload=file, complaint=complaint, by=house.clerk)
    return lambda: complaints.withdraw(complaint=complaint, words="已退款", by=house.clerk)


def dropped(house, member, file):
    """A case long over, in whose file the file lies."""
    case_of(house, member, file)()


def contested(house, member, file):
    dropped(house, member, file)
    objection = remedies.object_to(
        membership=member, thing=Thing.LINE, ref="2.1:3", text="不属实", by=house.clerk
    )
    return lambda: remedies.withdraw(remedy=objection, by=house.clerk)


def barred(house, member, file):
    dropped(house, member, file)
    shared = {"membership": member, "source": "decision", "occurred_on": timezone.localdate()}
    ban = record(**shared, kind=FactKind.BAN, key="ban", code=6)
    return lambda: record(**shared, kind=FactKind.REVERSAL, key="reversal", ref=ban)


def barred_for_a_time(house, member, file):
    dropped(house, member, file)
    today = timezone.localdate()
    record(
        membership=member, source="decision", occurred_on=today - timedelta(days=400), kind=FactKind.BAN,
        key="ban", code=5, until_on=today - timedelta(days=2),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("matter", [case_of, complaint_of, contested, barred])
def test_what_an_open_matter_needs_stays_until_the_matter_ends(city, operator, matter):
    file = taken_in(city)
    with scope.of(city.association):
        end = matter(city, operator, file)
    assert (services.erase_over(), left(city)) == (0, 1)
    assert told_in_ledger(city) == []
    with scope.of(city.association):
        end()
    assert (services.erase_over(), left(city)) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("matter", [None, dropped, barred_for_a_time])
def test_what_nobody_needs_goes_at_once(city, operator, matter):
    file = taken_in(city)
    with scope.of(city.association):
        if matter:
            matter(city, operator, file)
    assert (erase(), erase(), left(city)) == (1, 0, 0)
    with scope.of(city.association):
        assert Evidence.objects.get().sha256 == file.sha256  # what it was stays known
    page = client_for(city.clerk).get(reverse("evidence:download", args=[city.slug, file.public_id]))
    assert page.status_code == 404


@pytest.mark.django_db
def test_the_day_itself_is_still_kept_and_the_database_holds_to_its_own_clock(city):
    today = min(timezone.localdate(), timezone.now().date())
    noon = datetime.combine(today - timedelta(days=KEPT_DAYS), LONG_AGO.timetz())
    last_day, over = taken_in(city, noon), taken_in(city, noon - timedelta(days=1))
    assert (last_day.keep_until, over.keep_until) == (today, today - timedelta(days=1))
    assert services.erase_over() == 1
    with scope.of(city.association):
        assert EvidencePiece.objects.get().evidence_id == last_day.pk
    with pytest.raises(ProgrammingError, match="kept until their day"), transaction.atomic():
        services.erase_over(today + timedelta(days=1))  # a clock of ours that is ahead
    assert left(city) == 1


@pytest.mark.django_db
def test_a_paper_of_the_associations_own_is_verified_for_good(city):
    with time_machine.travel(LONG_AGO, tick=False), scope.of(city.association):
        issue(kind=DocumentKind.NOTICE, told=told(DocumentKind.NOTICE), by=city.clerk)
    assert (services.erase_over(), left(city)) == (0, 1)


@pytest.mark.django_db
def test_the_ledger_says_how_many_and_nothing_of_whom(city, province, operator, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    for size in (1, 2, 3):
        taken_in(city, size=size)
    needed = taken_in(city, size=9)
    taken_in(province)
    with scope.of(city.association):
        case_of(city, operator, needed)
    assert services.erase_over() == 4
    one = len(WORDS.encode())
    assert told_in_ledger(city) == [
        {"files": 2, "bytes": 3 * one, "still_needed": 0}, {"files": 1, "bytes": 3 * one, "still_needed": 1},
    ]  # fmt: skip
    assert told_in_ledger(province) == [{"files": 1, "bytes": one, "still_needed": 0}]
    with scope.of(city.association):
        entry = Entry.objects.filter(act=Act.EVIDENCE_ERASED).first()
    assert (entry.actor, entry.thing, entry.why) == (None, "retention", "")
    assert (left(city), left(province)) == (1, 0)


def test_the_timetable_erases_every_night():
    (line,) = [
        line for line in app.conf.beat_schedule.values() if line["task"] == "associations.keeping.tasks.erase"
    ]
    assert isinstance(line["schedule"], crontab)
    app.loader.import_default_modules()
    assert "associations.keeping.tasks.erase" in app.tasks

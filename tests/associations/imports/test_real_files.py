"""The six files as associations keep them: their counts, what they leave, and that once is enough."""

import json

import pytest
from django.db import connection

from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.discipline.models import Case, Decision
from associations.discipline.states import CaseState
from associations.imports.models import Run
from associations.imports.states import RunState
from associations.members.models import (
    AgencyLink,
    Check,
    Consent,
    Membership,
    MembershipEvent,
    PlatformAccount,
)
from associations.members.states import Category, Change, Item, Purpose
from associations.tenancy import scope
from associations.training.models import Attendance, Session
from core.ledger.services import first_broken
from core.subjects.encryption import unseal
from core.subjects.identifiers import parse_identity
from tests.associations.imports.conftest import EXPECTED, FILES, ORDER, command

TABLES = (
    "core_subject", "core_mark", "core_entry", "associations_run", "associations_refusal",
    "associations_membership", "associations_membershipevent", "associations_check", "associations_consent",
    "associations_agencylink", "associations_platformaccount", "associations_screeningquestion",
    "associations_course", "associations_session", "associations_attendance", "associations_certificate",
    "associations_case", "associations_decision", "associations_caseevent", "associations_fact",
)  # fmt: skip


ACCEPTED = {"members": 164, "streamers": 137, "training": 450, "decisions": 46, "figures": 2995}


def rows_of(owner):
    return {table: owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def told(summary, name):
    """The part of a summary that expected.json speaks of."""
    return {key: summary[key] for key in EXPECTED[name]}


def test_the_province_file_tells_the_operator_how_many_are_in_both(city, province):
    command("members", city.slug, FILES / "会员名册.xlsx")
    dry = command("members", province.slug, FILES / "省协会单位会员.csv", "--dry-run")
    wet = command("members", province.slug, FILES / "省协会单位会员.csv")
    assert (
        told(dry, "省协会单位会员.csv") == told(wet, "省协会单位会员.csv") == EXPECTED["省协会单位会员.csv"]
    )
    with scope.of(province.association):
        assert Membership.objects.filter(state="suspended").count() == 141
        assert "also" not in json.dumps(list(Run.objects.values_list("summary", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_once_is_enough(city, owner):
    for kind, name in ORDER:
        command(kind, city.slug, FILES / name)
    before = rows_of(owner)
    for kind, name in ORDER:
        again = command(kind, city.slug, FILES / name)
        assert again["accepted"] == 0
        assert again["unchanged"] == ACCEPTED[kind]
    assert rows_of(owner) == before


def left_by_a_member_list():
    member = Membership.objects.get(code="9199000077631706DQ")
    assert (member.name, member.category, str(member.joined_on)) == (
        "某市禾闻文化传媒有限公司", Category.AGENCY, "2024-05-29",
    )  # fmt: skip
    assert member.number == "M00001"
    assert json.loads(unseal(member.contact_sealed, "contact")) == {
        "contact": "周某", "phone": "19900000992",
    }  # fmt: skip
    assert MembershipEvent.objects.get(membership=member).change == Change.JOINED
    check = Check.objects.get(membership=member)
    assert (check.item, check.passed, check.checked_on) == (Item.IDENTITY, True, member.verified_on)
    fact = Fact.objects.get(membership=member, kind=FactKind.CHECK)
    assert (fact.key, fact.code, fact.a, fact.source) == (f"check:{check.pk}", Item.IDENTITY, 1, "import")
    assert ConductDue.objects.filter(membership=member).exists()


def left_by_a_streamer_list():
    streamers = Membership.objects.filter(category=Category.STREAMER)
    assert streamers.count() == PlatformAccount.objects.count() == 137
    given = Consent.objects.filter(given=True, method="import")
    assert given.filter(purpose=Purpose.JOIN).count() == given.filter(purpose=Purpose.RATE).count() == 137
    published = set(given.filter(purpose=Purpose.PUBLISH).values_list("membership__name", flat=True))
    assert {"鹭川", "星南"} <= published
    assert "拾槿" not in published
    assert AgencyLink.objects.count() == 132
    one = streamers.get(name="拾槿")
    assert (one.code, one.code_masked) == ("", "**************7567")
    assert str(AgencyLink.objects.get(streamer=one).since) == "2025-04-01"
    assert AgencyLink.objects.get(streamer=one).agency.code == "91990000917332106E"


def left_by_a_sign_in_sheet():
    assert Session.objects.count() == 3
    assert Session.objects.get(course__name="开播前合规必修").course.before_first_stream
    assert Attendance.objects.filter(presence="present").count() == EXPECTED["培训签到表.xlsx"]["attended"]
    assert Attendance.objects.exclude(presence="present").count() == EXPECTED["培训签到表.xlsx"]["absent"]
    assert Fact.objects.filter(kind=FactKind.TRAINING).count() == 399


def left_by_past_decisions():
    history = Case.objects.filter(state=CaseState.HISTORY)
    assert history.count() == 6
    assert not Decision.objects.filter(case__in=history, counts=True).exists()
    assert (
        Decision.objects.filter(counts=True).count()
        == Fact.objects.filter(kind=FactKind.VIOLATION).count()
        == 40
    )
    assert Fact.objects.filter(kind=FactKind.BAN).count() == 3  # one expulsion lacks its notice
    assert Membership.objects.filter(state="expelled").count() == 3


def left_by_monthly_figures():
    member = Membership.objects.get(code="9199000077631706DQ")
    fact = Fact.objects.get(membership=member, kind=FactKind.FIGURES, occurred_on="2026-01-31")
    assert (fact.a, fact.b, fact.c, fact.d, fact.e) == (211, 0, 1, 0, 1)
    assert (fact.source, fact.source_ref) == ("甲平台", "2026-01")
    assert Fact.objects.filter(kind=FactKind.FIGURES).count() == 2995


def left_by_each(city):
    runs = list(Run.objects.order_by("id"))
    assert [run.paper for run in runs] == [kind for kind, _name in ORDER]
    assert {(run.state, run.content) for run in runs} == {(RunState.DONE, None)}
    assert [run.done for run in runs] == [run.total for run in runs] == [182, 140, 453, 46, 3010]
    assert first_broken(association_id=city.association.pk) is None


def nothing_personal_in_the_clear():
    identities = []
    for line in (FILES / "主播名单.csv").read_text(encoding="utf-8-sig").splitlines()[1:]:
        cell = line.split(",")[2]
        identities.append(cell)
    assert sum(_is_number(cell) for cell in identities) == 137
    with connection.cursor() as cursor:
        for table in ("associations_run", "associations_refusal", "core_entry", "associations_membership",
                      "associations_fact", "associations_consent", "associations_platformaccount"):  # fmt: skip
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            (text,) = cursor.fetchone()
            assert not [number for number in identities if number in (text or "")], table
            assert "acct1000" not in text


def _is_number(cell):
    try:
        return bool(parse_identity(cell))
    except ValueError:
        return False


def test_the_city_files(city, everything):
    for kind, name in ORDER:
        assert told(everything[kind], name) == EXPECTED[name]
    assert everything["members"] == {
        "accepted": 164, "refused": 16, "duplicates": 2, "unchanged": 0, "bad_code": 0, "duplicates_in_file": 2,
        "joined_in_future": 2, "missing_name": 2, "screening_questions": 0, "wrong_check_digit": 6,
        "wrong_length": 6,
    }  # fmt: skip
    assert everything["decisions"]["history"] == 6  # four without quorum, two without proof of notice
    with scope.of(city.association):
        left_by_a_member_list()
        left_by_a_streamer_list()
        left_by_a_sign_in_sheet()
        left_by_past_decisions()
        left_by_monthly_figures()
        left_by_each(city)
        nothing_personal_in_the_clear()
        connection.check_constraints()

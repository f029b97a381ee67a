"""Fee tables and payments: what is kept, what is refused, and who cannot read it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from associations.fees import rules, selectors, services
from associations.fees.forms import PaymentsForm, TableForm, fen
from associations.fees.models import FeePaid, FeeTable
from associations.fees.services import Payment
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.cast import admit, client_for, firm

TODAY = timezone.localdate()
PAGE = "/en/a/city/fees/"
ITEMS = [{"name": "理事单位", "amount": 500_000}, {"name": "会员单位", "amount": 100_000}]


def adopt(house, version="2026", **more):
    told = {
        "version": version, "adopted_on": date(2026, 1, 5), "effective_on": date(2026, 2, 1),
        "basis": "第三届会员大会决议", "items": ITEMS, "by": house.admin,
    }  # fmt: skip
    with scope.of(house.association):
        return services.adopt_table(**told | more)


def keep(house, *lines, year=2026, by=None):
    with scope.of(house.association):
        return services.keep_payments(year=year, lines=lines, by=by or house.clerk)


def paid(member, yuan=3000, receipt="SJ-1", reason="", on=TODAY):
    return Payment(member.number, yuan * 100, on, receipt, reason)


# --- the wall before every judgement ---


@pytest.mark.parametrize("model", [FeeTable, FeePaid])
def test_who_rates_cannot_read_what_was_paid(city, operator, model):
    adopt(city)
    keep(city, paid(operator))
    table = model._meta.db_table
    with scope.of(city.association):
        assert model.objects.count() == 1
    for within in (None, city.association.pk):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            with scope.across_associations(why="test", within=within), connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table}")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with scope.public(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")


@pytest.mark.parametrize(
    "act", ["UPDATE associations_feepaid SET amount = 1", "DELETE FROM associations_feepaid"]
)
def test_a_payment_is_never_changed(city, operator, owner, act):
    keep(city, paid(operator))
    with pytest.raises(ProgrammingError), transaction.atomic(), scope.of(city.association):
        with connection.cursor() as cursor:
            cursor.execute(act)


# --- by-laws ---


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("理事单位", True), ("会员单位年度会费", True), ("Council member", True), ("培训费", True),
        ("信用评级费", False), ("AAA级评定", False), ("Rating fee", False), ("证书认证", False), ("评估服务", False),
    ],
)  # fmt: skip
def test_no_fee_is_for_a_rating(name, allowed):
    assert bool(rules.no_fee_for_rating(["会费", name])) is allowed


@pytest.mark.parametrize(("day", "allowed"), [(-1, True), (0, True), (1, False)])
def test_money_to_come_is_not_kept(day, allowed):
    assert bool(rules.not_in_future(timezone.localdate() + timedelta(days=day))) is allowed


@pytest.mark.parametrize(
    ("before", "amount", "allowed"), [(0, 1, True), (5, -5, True), (5, -6, False), (0, -1, False)]
)
def test_no_more_is_given_back_than_was_paid(before, amount, allowed):
    assert bool(rules.may_give_back(before, amount)) is allowed


@pytest.mark.parametrize(
    ("who", "keeps", "adopts"),
    [
        ("clerk", True, False), ("admin", True, True), ("reviewer", False, False), ("decider", False, False),
        ("observer", False, False), ("former", False, False),
    ],
)  # fmt: skip
def test_who_keeps_and_who_adopts(city, who, keeps, adopts):
    with scope.of(city.association):
        somebody = getattr(city, who)
        assert (bool(rules.may_keep(somebody)), bool(rules.may_adopt(somebody))) == (keeps, adopts)


# --- verbs ---


def test_the_table_in_force_is_the_latest_that_has_begun(city):
    adopt(city)
    adopt(city, "2027", adopted_on=date(2026, 11, 1), effective_on=date(2027, 1, 1))
    with scope.of(city.association):
        on = [selectors.table_on(day) for day in (date(2026, 1, 31), date(2026, 2, 1), date(2027, 1, 1))]
        assert [each and each.version for each in on] == [None, "2026", "2027"]
        assert list(Entry.objects.filter(act=Act.FEE_TABLE_ADOPTED).values_list("thing_id", flat=True)) == [
            "2026",
            "2027",
        ]


def test_all_lines_are_kept_or_none(city, operator, agency):
    with pytest.raises(Denied, match="no member M09999"):
        keep(city, paid(operator), Payment("M09999", 100, TODAY, "SJ-2"))
    with pytest.raises(Denied, match="SJ-1 is kept already"):
        keep(city, paid(operator), paid(agency))
    with scope.of(city.association):
        assert FeePaid.objects.count() == 0
    keep(city, paid(operator), paid(agency, 500, "SJ-2"))
    with pytest.raises(Denied, match="SJ-2 is kept already"):
        keep(city, paid(operator, 1, "SJ-2"))
    with scope.of(city.association):
        assert selectors.paid_for([operator.pk, agency.pk], 2026) == {operator.pk: 300_000, agency.pk: 50_000}
        entry = Entry.objects.get(act=Act.FEES_KEPT)
        assert (entry.thing_id, entry.detail["count"], entry.detail["total"]) == ("2026", 2, 350_000)


def test_given_back_counts_against_the_year_it_was_paid_for(city, operator):
    keep(city, paid(operator))
    with pytest.raises(Denied, match="More would be given back"):
        keep(city, paid(operator, -1, "TK-1", "误收"), year=2025)
    keep(city, paid(operator, -3000, "TK-1", "误收"))
    with scope.of(city.association):
        assert selectors.paid_by(operator) == [(2026, 0)]
        assert list(selectors.payers(TODAY, TODAY)) == []


def test_who_paid_within_the_days_asked(city, operator, agency):
    keep(city, paid(operator, on=TODAY - timedelta(days=400)), paid(agency, receipt="SJ-2"))
    with scope.of(city.association):
        found = selectors.payers(TODAY - timedelta(days=365), TODAY)
        assert [each["membership_id"] for each in found] == [agency.pk]


def test_a_member_of_another_association_does_not_exist(city, province):
    theirs = admit(province, firm(77))
    with scope.of(province.association):
        number = theirs.number
    with pytest.raises(Denied, match="no member"):
        keep(city, Payment(f"{number}9", 100, TODAY, "SJ-1"))


@pytest.mark.parametrize(
    "wrong", [{"amount": 0}, {"amount": -5}, {"receipt": ""}, {"year": 1900}, {"receipt": "SJ-1"}]
)
def test_the_database_refuses_it_too(city, operator, wrong):
    keep(city, paid(operator))
    row = {
        "association_id": city.association.pk, "membership": operator, "year": 2026, "amount": 100,
        "paid_on": TODAY, "receipt": "SJ-9",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic(), scope.of(city.association):
        FeePaid.objects.create(**row | wrong)


# --- forms ---


@pytest.mark.parametrize(
    ("written", "amount"),
    [("3000", 300_000), ("3,000.5", 300_050), ("-200", -20_000), ("¥3，000元", 300_000), ("0", 0)],
)
def test_yuan_are_read_as_fen(written, amount):
    assert fen(written) == amount


@pytest.mark.parametrize("written", ["", "三千", "3,00", "1e9", "3000.001", "--5"])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(ValueError, match="no amount"):
        fen(written)


def test_every_wrong_line_is_named():
    form = PaymentsForm(
        {"year": 2026, "lines": "M00001 3000 2026-03-02 SJ-1\nM00002 3000\n\nM1 -5 2026-01-01 TK-1"}
    )
    assert not form.is_valid()
    assert form.errors["lines"][0].startswith("Not understood: line 2, 4.")


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ("理事单位", "Line 1"),
        ("理事单位 5000\n会员 x", "Line 2"),
        ("信用评级 800", "Rating is free of charge"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(city, items, problem):
    told = {
        "version": "1",
        "adopted_on": "2026-01-01",
        "effective_on": "2026-01-01",
        "basis": "决议",
        "items": items,
    }
    with scope.of(city.association):
        form = TableForm(told)
        assert not form.is_valid()
    assert problem in str(form.errors["items"])


# --- the page ---


def test_a_clerk_keeps_payments_on_the_page(city, operator):
    client = client_for(city.clerk)
    lines = f"{operator.number} 3,000 2026-03-02 SJ-1"
    assert client.post(PAGE, {"year": 2026, "lines": lines}).status_code == 302
    again = client.post(PAGE, {"year": 2026, "lines": lines})
    assert (again.status_code, "SJ-1 is kept already" in again.content.decode()) == (422, True)
    page = client.get(PAGE).content.decode()
    assert "3,000" in page
    assert operator.name in page


def test_an_administrator_enters_a_table_and_a_clerk_does_not(city):
    told = {
        "version": "2026", "adopted_on": "2026-01-05", "effective_on": "2026-02-01", "basis": "第三届会员大会决议",
        "items": "理事单位 5000\n会员单位 1000",
    }  # fmt: skip
    address = reverse("fees:adopt", args=[city.slug])
    assert client_for(city.clerk).post(address, told).status_code == 403
    assert client_for(city.admin).post(address, told | {"items": "x"}).status_code == 422
    assert client_for(city.admin).post(address, told).status_code == 302
    assert "理事单位" in client_for(city.observer).get(PAGE).content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_takes_the_same_queries(city, rows, django_assert_num_queries):
    for number in range(rows):
        keep(city, paid(admit(city, firm(number)), receipt=f"SJ-{number}"))
    client = client_for(city.clerk)
    with django_assert_num_queries(12):
        assert client.get(PAGE).context["page"].items


# --- the member's own page ---


def my(house, member):
    return f"/en/me/{house.slug}/{member.public_id}/fees/"


def test_a_member_sees_its_own_payments_and_nobody_elses(city, operator, agency, operator_user):
    adopt(city)
    keep(city, paid(operator), paid(agency, 9000, "SJ-2"), year=2025)
    keep(city, paid(operator, 1000, "SJ-3"))
    keep(city, paid(operator, -200, "SJ-4", "多收"))
    answer = client_for(operator_user).get(my(city, operator))
    assert list(answer.context["years"]) == [(2026, 80_000), (2025, 300_000)]
    assert [each.receipt for each in answer.context["page"]] == ["SJ-4", "SJ-3", "SJ-1"]
    page = answer.content.decode()
    assert [words in page for words in ("−¥200.00", "多收", "¥3,000.00", "理事单位", "SJ-2", "9,000")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    assert client_for(operator_user).get(my(city, agency)).status_code == 404
    assert client_for(operator_user).post(my(city, operator)).status_code == 405
    assert client_for(city.clerk).get(my(city, operator)).status_code == 404


def test_who_paid_nothing_is_told_what_to_do(city, operator, operator_user):
    page = client_for(operator_user).get(my(city, operator)).content.decode()
    assert page.count("No payment of yours is on file") == 1
    assert "Fee table" not in page
    data = client_for(operator_user).get(my(city, operator).replace("fees", "data")).content.decode()
    assert my(city, operator) in data


@pytest.mark.parametrize("rows", [1, 60])
def test_the_members_page_takes_the_same_queries(
    city, operator, operator_user, rows, django_assert_num_queries
):
    adopt(city)
    keep(city, *(paid(operator, receipt=f"SJ-{n}") for n in range(rows)))
    mine = client_for(operator_user)
    mine.get(my(city, operator))
    with django_assert_num_queries(12):
        answer = mine.get(my(city, operator))
    assert bool(answer.context["page"].next) is (rows > 1)

"""Becoming a member: who may be one, numbers, keys, applications."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from associations.members import rules, services
from associations.members.models import Application, Membership, MembershipEvent, PlatformAccount
from associations.members.states import ApplicationState, Category, Change, MembershipState
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.subjects import encryption
from core.subjects.states import Kind
from core.verdicts import ALLOWED, Denied
from tests.cast import JOINED, admit, firm, identity_number, person, uscc

# --- admit ---


def test_a_firm_is_admitted_with_its_keys_history_and_ledger_line(city):
    with scope.of(city.association):
        member = services.admit(
            identity=firm(7, "某市乐行电子商务有限公司"),
            category=Category.OPERATOR,
            joined_on=JOINED,
            contact={"person": "李某", "phone": "19900000001"},
            by=city.clerk,
        )
        kept = Membership.objects.get()
        assert (kept.pk, kept.number, kept.name, kept.code, kept.code_masked, kept.is_person) == (
            member.pk, "M00001", "某市乐行电子商务有限公司", uscc(7), uscc(7), False,
        )  # fmt: skip
        assert kept.name_key == "某市乐行电子商务有限公司"
        assert kept.pinyin.split(" ")[:2] == [
            "moushilexingdianzishangwuyouxiangongsi",
            "moushiyuexingdianzishangwuyouxiangongsi",
        ]
        assert kept.initials.split(" ")[0] == "mslxdzswyxgs"
        assert encryption.unseal(kept.contact_sealed, "contact") == '{"person":"李某","phone":"19900000001"}'
        assert (kept.state, kept.verified_on, kept.verify_by) == (MembershipState.ACTIVE, None, JOINED)
        assert list(MembershipEvent.objects.values_list("change", "on", "by")) == [
            (Change.JOINED, JOINED, city.clerk.pk)
        ]
        entry = Entry.objects.order_by("-seq").first()
        assert (entry.act, entry.thing_id, entry.detail, entry.actor) == (
            "members.membership.admitted", kept.public_id, {"number": "M00001", "category": 3}, city.clerk,
        )  # fmt: skip
        assert first_broken(association_id=city.association.pk) is None


def test_a_person_shows_no_code_and_her_accounts_are_sealed(city, streamer):
    with scope.of(city.association):
        assert (streamer.name, streamer.code, streamer.code_masked, streamer.is_person) == (
            "小满在播", "", "*" * 14 + identity_number(1)[-4:], True,
        )  # fmt: skip
        account = PlatformAccount.objects.get()
        assert (account.platform, encryption.unseal(account.account_sealed, "account")) == ("某音", "shibo-1")


def test_numbers_are_per_association_and_skip_those_that_stand(city, province):
    admit(city, firm(1), number="M00002")
    assert admit(city, firm(2)).number == "M00001"
    assert admit(city, firm(3)).number == "M00003"
    assert admit(province, firm(1)).number == "M00001"
    with scope.of(city.association):
        assert services.take_numbers(3) == ["M00004", "M00005", "M00006"]


def test_a_number_is_given_once_and_a_subject_is_a_member_once(city, operator):
    with scope.of(city.association):
        with pytest.raises(Denied, match="number is taken"):
            services.admit(
                identity=firm(5),
                category=Category.OPERATOR,
                joined_on=JOINED,
                number=operator.number,
                by=city.clerk,
            )
        with pytest.raises(Denied, match="member already"):
            services.admit(identity=firm(1), category=Category.OPERATOR, joined_on=JOINED, by=city.clerk)
        assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_two_numbers_and_one_member(city):
    results = []
    start = threading.Barrier(2)

    def work(number):
        try:
            start.wait()
            results.append(admit(city, firm(number)).number)
        except Denied as refusal:
            results.append(str(refusal))
        finally:
            connection.close()

    def both(*numbers):
        threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    both(1, 2)
    assert sorted(results) == ["M00001", "M00002"]
    results.clear()
    both(3, 3)
    assert sorted(results) == ["M00003", "已是会员：请直接打开会员档案。"]
    with scope.of(city.association):
        assert sorted(Membership.objects.values_list("number", flat=True)) == ["M00001", "M00002", "M00003"]


UNDER = person(9, born=date(2010, 6, 1))


@pytest.mark.parametrize(
    ("identity", "category", "on", "allowed"),
    [
        (firm(1), Category.PLATFORM, JOINED, True),
        (firm(1), Category.AGENCY, JOINED, True),
        (firm(1), Category.OPERATOR, JOINED, True),
        (firm(1), Category.STREAMER, JOINED, False),
        (person(1), Category.PLATFORM, JOINED, False),
        (person(1), Category.AGENCY, JOINED, False),
        (person(1), Category.OPERATOR, JOINED, True),
        (person(1), Category.STREAMER, JOINED, True),
        (UNDER, Category.STREAMER, date(2026, 5, 31), False),
        (UNDER, Category.STREAMER, date(2026, 6, 1), True),
        (UNDER, Category.OPERATOR, date(2026, 5, 31), False),
    ],
)
def test_who_may_be_a_member(identity, category, on, allowed):
    assert rules.may_be_member(identity, category, on).allowed is allowed


def test_a_minor_is_refused_with_the_law_and_nothing_is_kept(city):
    today = timezone.localdate()
    child = person(9, born=today.replace(year=today.year - 15, day=1))
    before = _ledger_length(city)
    with scope.of(city.association):
        with pytest.raises(Denied, match="Protection of Minors, Article 76"):
            services.admit(identity=child, category=Category.STREAMER, joined_on=today, by=city.clerk)
        with pytest.raises(Denied, match="Protection of Minors, Article 76"):
            services.apply_to_join(identity=child, category=Category.STREAMER, by=city.clerk)
        assert (Membership.objects.count(), Application.objects.count()) == (0, 0)
    assert _ledger_length(city) == before


def test_only_clerks_and_the_administrator_admit(city, province):
    may = {officer for officer in city.officers if _may_manage(city, officer)}
    assert may == {city.clerk, city.second_clerk, city.admin}
    for stranger in (city.observer, city.suspended, city.former, province.clerk):
        with pytest.raises(Denied):
            admit(city, firm(1), by=stranger)
    with scope.of(city.association):
        assert Membership.objects.count() == 0


def test_nobody_joins_tomorrow(city):
    with pytest.raises(Denied, match="future"):
        admit(city, firm(1), joined_on=timezone.localdate() + timedelta(days=1))


# --- applications ---


@pytest.fixture
def application(city):
    with scope.of(city.association):
        return services.apply_to_join(
            identity=firm(8), category=Category.OPERATOR, contact={"person": "某甲"}, by=city.clerk
        )


def test_an_application_without_a_hit_can_be_accepted_at_once(city, application):
    with scope.of(city.association):
        assert application.state == ApplicationState.RECEIVED
        assert rules.may_accept(application) == ALLOWED
        member = services.accept(application=application, joined_on=JOINED, by=city.second_clerk)
        application.refresh_from_db()
        assert (application.state, application.membership, application.answered_by) == (
            ApplicationState.ACCEPTED, member, city.second_clerk,
        )  # fmt: skip
        assert (member.name, member.code, member.number, member.state) == (
            firm(8).name, uscc(8), "M00001", MembershipState.ACTIVE,
        )  # fmt: skip
        assert encryption.unseal(member.contact_sealed, "contact") == '{"person":"某甲"}'


def test_an_application_is_answered_once(city, application):
    with scope.of(city.association):
        services.refuse(application=application, reason="材料不齐", by=city.clerk)
        with pytest.raises(Denied, match="answered already"):
            services.accept(application=application, joined_on=JOINED, by=city.clerk)
        with pytest.raises(Denied, match="answered already"):
            services.refuse(application=application, reason="再拒", by=city.clerk)
        application.refresh_from_db()
        assert (application.state, application.reason, Membership.objects.count()) == (
            "refused",
            "材料不齐",
            0,
        )


def test_a_refusal_needs_its_reason(city, application):
    with scope.of(city.association):
        with pytest.raises(Denied, match="Say why"):
            services.refuse(application=application, reason="  ", by=city.clerk)
        application.refresh_from_db()
        assert application.state == ApplicationState.RECEIVED


def test_one_application_at_a_time_and_none_from_a_member(city, application, operator):
    with scope.of(city.association):
        with pytest.raises(Denied, match="under way"):
            services.apply_to_join(identity=firm(8), category=Category.AGENCY, by=city.clerk)
        with pytest.raises(Denied, match="member already"):
            services.apply_to_join(identity=firm(1), category=Category.OPERATOR, by=city.clerk)
        assert Application.objects.count() == 1


def test_another_association_knows_nothing_of_it(province, application, operator):
    with scope.of(province.association):
        assert (Application.objects.count(), Membership.objects.count()) == (0, 0)
        with pytest.raises(Application.DoesNotExist):
            services.refuse(application=application, reason="越界", by=province.clerk)


def _may_manage(house, officer):
    with scope.of(house.association):
        return rules.may_manage(officer).allowed


def _ledger_length(house):
    with scope.of(house.association):
        return Entry.objects.count()


def test_kinds_are_what_the_cast_says():
    assert (firm(1).kind, person(1).kind) == (Kind.ORGANISATION, Kind.PERSON)

"""Checks, consents, agency links, platform accounts."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.members import rules, selectors, services
from associations.members.models import AgencyLink, Check, Consent, PlatformAccount
from associations.members.states import Category, Item, Purpose
from associations.tenancy import scope
from core.subjects.models import Mark
from core.subjects.states import MarkKind
from core.verdicts import Denied
from tests.cast import admit, as_it_runs, firm, person, tomorrow

TODAY = timezone.localdate()
DAY = timedelta(days=1)

# --- checks and the clock of 180 days ---


def test_a_passed_identity_check_sets_the_clock_and_an_older_one_does_not_turn_it_back(city, operator):
    with scope.of(city.association):
        assert operator.verify_by == operator.joined_on
        for on in (TODAY - 10 * DAY, TODAY - 20 * DAY):
            services.check_item(
                membership=operator, item=Item.IDENTITY, passed=True, checked_on=on, by=city.clerk
            )
        operator.refresh_from_db()
        assert (operator.verified_on, operator.verify_by) == (TODAY - 10 * DAY, TODAY + 170 * DAY)


@pytest.mark.parametrize(
    ("item", "passed"), [(Item.IDENTITY, False), (Item.LICENCE, True), (Item.CONTACT, True)]
)
def test_other_checks_leave_the_clock(city, operator, item, passed):
    with scope.of(city.association):
        services.check_item(membership=operator, item=item, passed=passed, checked_on=TODAY, by=city.clerk)
        operator.refresh_from_db()
        assert (operator.verified_on, Check.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"checked_on": tomorrow}, "future"),
        ({"checked_on": TODAY, "valid_until": TODAY - DAY}, "expired"),
    ],
)
def test_a_check_has_happened_and_what_expired_is_not_in_order(city, operator, more, message):
    with scope.of(city.association):
        with pytest.raises(Denied, match=message):
            services.check_item(
                membership=operator, item=Item.LICENCE, passed=True, by=city.clerk, **as_it_runs(more)
            )
        assert Check.objects.count() == 0


def test_who_is_due_for_verification(city):
    late, soon, fresh = (admit(city, firm(number)) for number in (1, 2, 3))
    with scope.of(city.association):
        for member, ago in ((soon, 160), (fresh, 5)):
            services.check_item(
                membership=member,
                item=Item.IDENTITY,
                passed=True,
                checked_on=timezone.localdate() - ago * DAY,
                by=city.clerk,
            )
        assert list(selectors.verification_due()) == [late, soon]
        assert list(selectors.verification_due(19)) == [late]
        assert list(selectors.verification_due(180)) == [late, soon, fresh]


# --- consents ---


def _give(membership, by, purpose=Purpose.PUBLISH, **more):
    return services.give_consent(
        membership=membership, purpose=purpose, method="paper", text_version="2026-1", by=by, **more
    )


def test_the_latest_line_decides_and_all_lines_are_kept(city, streamer):
    with scope.of(city.association):
        assert selectors.latest_consent(streamer, Purpose.PUBLISH) is False
        _give(streamer, city.clerk)
        assert selectors.latest_consent(streamer.pk, Purpose.PUBLISH) is True
        assert selectors.latest_consent(streamer, Purpose.RATE) is False
        services.withdraw_consent(membership=streamer, purpose=Purpose.PUBLISH, method="desk", by=city.clerk)
        assert selectors.latest_consent(streamer, Purpose.PUBLISH) is False
        assert list(Consent.objects.order_by("id").values_list("given", "method", "text_version")) == [
            (True, "paper", "2026-1"), (False, "desk", "2026-1"),
        ]  # fmt: skip
        assert [each.given for each in selectors.withdrawn_consents()] == [False]
        _give(streamer, city.clerk)
        assert list(selectors.withdrawn_consents()) == []
        assert selectors.consented([streamer.pk], Purpose.PUBLISH) == {streamer.pk}


def test_nothing_given_nothing_to_withdraw(city, streamer):
    with scope.of(city.association):
        with pytest.raises(Denied, match="nothing to withdraw"):
            services.withdraw_consent(membership=streamer, purpose=Purpose.RATE, method="desk", by=city.clerk)
        assert Consent.objects.count() == 0


def test_sharing_is_consented_to_per_receiver(city, streamer):
    with scope.of(city.association):
        with pytest.raises(Denied, match="Article 23"):
            _give(streamer, city.clerk, Purpose.SHARE)
        _give(streamer, city.clerk, Purpose.SHARE, receiver="某省直播电商协会")
        assert selectors.latest_consent(streamer, Purpose.SHARE, "某省直播电商协会") is True
        assert selectors.latest_consent(streamer, Purpose.SHARE, "某平台") is False


def test_the_member_gives_and_withdraws_for_herself_and_for_nobody_else(
    city, streamer, streamer_user, operator, operator_user
):
    with scope.of(city.association):
        _give(streamer, streamer_user)
        services.withdraw_consent(
            membership=streamer, purpose=Purpose.PUBLISH, method="desk", by=streamer_user
        )
        for stranger in (operator_user, city.observer, city.reviewer, city.decider):
            with pytest.raises(Denied):
                _give(streamer, stranger)
        assert Consent.objects.count() == 2


def test_a_consent_is_never_rewritten(city, streamer, owner):
    with scope.of(city.association):
        line = _give(streamer, city.clerk)
        for change in (lambda: Consent.objects.filter(pk=line.pk).update(given=False), line.delete):
            with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
                change()


# --- agency links ---


def test_links_have_a_beginning_and_an_end_and_are_asked_by_day(city, agency, streamer):
    with scope.of(city.association):
        made = services.link(agency=agency, streamer=streamer, since=date(2025, 3, 1), by=city.clerk)
        services.end_link(link=made, until=date(2025, 9, 30), by=city.clerk)
        answers = {
            day: [each.name for each in selectors.streamers_of(agency, day)]
            for day in (date(2025, 2, 28), date(2025, 3, 1), date(2025, 9, 30), date(2025, 10, 1))
        }
        assert answers == {
            date(2025, 2, 28): [],
            date(2025, 3, 1): ["小满在播"],
            date(2025, 9, 30): ["小满在播"],
            date(2025, 10, 1): [],
        }
        assert [each.id for each in selectors.agencies_of(streamer, date(2025, 5, 1))] == [agency.pk]
        services.link(agency=agency, streamer=streamer, since=date(2025, 10, 1), by=city.clerk)
        assert AgencyLink.objects.count() == 2


def test_who_may_be_linked(city, agency, streamer, operator):
    with scope.of(city.association):
        since = date(2025, 3, 1)
        assert rules.may_link(agency, streamer, since).allowed is True
        assert rules.may_link(operator, streamer, since).allowed is False
        assert rules.may_link(agency, operator, since).allowed is False
        assert rules.may_link(agency, streamer, tomorrow()).allowed is False
        services.link(agency=agency, streamer=streamer, since=since, by=city.clerk)
        assert rules.may_link(agency, streamer, date(2024, 1, 1)).allowed is False
        with pytest.raises(Denied, match="linked already"):
            services.link(agency=agency, streamer=streamer, since=TODAY, by=city.clerk)
        assert AgencyLink.objects.count() == 1


def test_a_link_never_reaches_into_another_association(city, province, agency):
    theirs = admit(province, person(6), Category.STREAMER)
    with scope.of(city.association):
        with pytest.raises(KeyError):
            services.link(agency=agency, streamer=theirs, since=date(2025, 3, 1), by=city.clerk)
        assert AgencyLink.objects.count() == 0
    with pytest.raises(IntegrityError, match="own_fk"), scope.of(city.association):
        AgencyLink.objects.create(
            association=city.association, agency=agency, streamer=theirs, since=date(2025, 3, 1)
        )
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_link_ends_once_and_not_before_it_began(city, agency, streamer):
    with scope.of(city.association):
        made = services.link(agency=agency, streamer=streamer, since=date(2025, 3, 1), by=city.clerk)
        with pytest.raises(Denied, match="cannot end before"):
            services.end_link(link=made, until=date(2025, 2, 1), by=city.clerk)
        services.end_link(link=made, until=date(2025, 9, 30), by=city.clerk)
        with pytest.raises(Denied, match="ended already"):
            services.end_link(link=made, until=TODAY, by=city.clerk)
        assert AgencyLink.objects.get().until == date(2025, 9, 30)


# --- accounts ---


def test_an_account_is_kept_once_and_compared_from_then_on(city, streamer):
    with scope.of(city.association):
        first = services.add_account(membership=streamer, platform="某手", account="xm-9", by=city.clerk)
        again = services.add_account(membership=streamer, platform="某手", account="xm-9", by=city.clerk)
        assert (first.pk, PlatformAccount.objects.count()) == (again.pk, 2)
        assert b"xm-9" not in bytes(first.account_sealed)
    with scope.across_associations(why="a test counts marks"):
        assert Mark.objects.filter(subject_id=streamer.subject_id, kind=MarkKind.ACCOUNT).count() == 2


# --- what other rooms ask ---


def test_a_member_as_other_rooms_read_it(city, province, streamer):
    with scope.of(city.association):
        found = selectors.member(streamer.public_id)
        assert (found.id, found.name, found.category, found.is_person, found.state) == (
            streamer.pk, "小满在播", 4, True, "active",
        )  # fmt: skip
        assert selectors.by_subject_ids([streamer.subject_id, -1]) == {streamer.subject_id: streamer.pk}
        assert selectors.is_person(streamer.pk) is True
    with scope.of(province.association):
        with pytest.raises(type(streamer).DoesNotExist):
            selectors.member(streamer.public_id)
        assert selectors.by_subject_ids([streamer.subject_id]) == {}
    theirs = admit(province, person(1), Category.STREAMER)
    with scope.across_associations(why="a test follows a subject"):
        assert [each.id for each in selectors.of_subject(streamer.subject_id)] == [streamer.pk, theirs.pk]

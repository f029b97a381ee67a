"""Verbs that change a membership and leave a fact, in one transaction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from associations.conduct import checking, queue
from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.members import services as members
from associations.members.models import Check
from associations.members.states import Category, Item, Purpose
from associations.tenancy import scope
from core.verdicts import Denied
from tests.cast import JOINED, firm

TODAY = timezone.localdate()


def _due(membership):
    return ConductDue.objects.filter(membership=membership).exists()


@pytest.mark.parametrize("passed", [True, False])
def test_a_check_is_a_fact_with_its_item_and_result(city, operator, passed):
    with scope.of(city.association):
        check = checking.check_item(
            membership=operator, item=Item.DISPLAY, passed=passed, checked_on=TODAY, by=city.clerk
        )
        fact = Fact.objects.get()
        assert (fact.kind, fact.code, fact.a, fact.occurred_on, fact.key) == (
            FactKind.CHECK, Item.DISPLAY, int(passed), TODAY, f"check:{check.pk}",
        )  # fmt: skip
        assert _due(operator)


def test_a_licence_with_its_last_day_is_a_fact_of_its_own(city, operator):
    until = TODAY + timedelta(days=90)
    with scope.of(city.association):
        checking.licence(membership=operator, checked_on=TODAY, valid_until=until, by=city.clerk)
        assert list(Fact.objects.order_by("id").values_list("kind", "code", "a", "until_on")) == [
            (FactKind.CHECK, Item.LICENCE, 1, None),
            (FactKind.LICENCE, 0, None, until),
        ]


def test_leaving_is_a_fact(city, operator):
    with scope.of(city.association):
        left = checking.leave(membership=operator, on=TODAY, reason="自愿退会", by=city.clerk)
        fact = Fact.objects.get()
        assert (fact.kind, fact.occurred_on, left.state, left.left_on) == (
            FactKind.LEFT,
            TODAY,
            "left",
            TODAY,
        )


def test_what_is_denied_leaves_neither_row_nor_fact_nor_a_place_in_the_queue(city, operator):
    with scope.of(city.association):
        for verb, what in (
            (checking.check_item, {"item": Item.CONTACT, "passed": True, "checked_on": TODAY}),
            (checking.leave, {"on": TODAY, "reason": ""}),
            (checking.change, {"category": Category.AGENCY}),
        ):
            with pytest.raises(Denied):
                verb(membership=operator, by=city.observer, **what)
        operator.refresh_from_db()
        assert (Fact.objects.count(), Check.objects.count(), operator.state, operator.category) == (
            0, 0, "active", Category.OPERATOR,
        )  # fmt: skip
        assert not _due(operator)


def test_a_new_member_is_to_be_rated_verified_or_not(city):
    with scope.of(city.association):
        seen = checking.admit(
            identity=firm(1), category=Category.OPERATOR, joined_on=JOINED, verified_on=TODAY, by=city.clerk
        )
        unseen = checking.admit(identity=firm(2), category=Category.OPERATOR, joined_on=JOINED, by=city.clerk)
        application = members.apply_to_join(identity=firm(3), category=Category.AGENCY, by=city.clerk)
        accepted = checking.accept(application=application, joined_on=JOINED, by=city.clerk)
        assert [_due(seen), _due(unseen), _due(accepted)] == [True, True, True]
        assert (seen.verified_on, unseen.verified_on, Fact.objects.count()) == (TODAY, None, 1)
        assert queue.waiting() == 3


def test_a_changed_category_is_rated_again(city, operator):
    with scope.of(city.association):
        checking.change(membership=operator, category=Category.AGENCY, by=city.clerk)
        assert _due(operator)


def test_a_consent_is_no_fact(city, streamer):
    with scope.of(city.association):
        members.give_consent(
            membership=streamer, purpose=Purpose.RATE, method="paper", text_version="1", by=city.clerk
        )
        assert Fact.objects.count() == 0

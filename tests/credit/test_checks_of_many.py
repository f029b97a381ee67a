"""Members whose identities are checked at once: found from the first page, rated by the workers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from associations.conduct import checking
from associations.members.models import Membership
from associations.members.services import Finding
from associations.members.states import CHECKLIST, Category, Item
from associations.tenancy import scope
from credit.rulesets import method
from credit.scoring import services as scoring
from credit.scoring.evaluator import State
from credit.scoring.models import Standing
from tests.cast import admit, client_for, firm, person

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English for one test."""
    with translation.override("en"):
        yield


def states(house):
    with scope.of(house.association):
        return list(Standing.objects.order_by("membership__number").values_list("state", flat=True))


@pytest.fixture
def three(city):
    """Admit two firms and a streamer, as an import leaves them: of nobody has the identity been verified."""
    return [
        admit(city, firm(1, "某市甲有限公司")),
        admit(city, person(2, "小满在播"), Category.STREAMER),
        admit(city, firm(3, "某市丙有限公司")),
    ]


def test_whose_identity_is_verified_is_rated(city, three):
    with scope.of(city.association):
        for member in three:
            checking.rate_again(member)
    scoring.rate_due()
    assert states(city) == [State.NOT_RATED] * 3
    finding = Finding((Item.IDENTITY, Item.CONTACT), passed=True, checked_on=TODAY, evidence="原件")
    with scope.of(city.association):
        checking.check_many(membership_ids=[three[0].pk, three[1].pk], finding=finding, by=city.clerk)
    scoring.rate_due()
    rated, again, unverified = states(city)
    assert State.NOT_RATED not in {rated, again}
    assert unverified == State.NOT_RATED


def test_whose_identity_was_not_in_order_is_rated_no_more(city, three):
    for passed, ago in ((True, 2), (False, 1)):
        day = TODAY - timedelta(days=ago)
        finding = Finding((Item.IDENTITY,), passed=passed, checked_on=day, evidence="原件")
        with scope.of(city.association):
            ids = [each.pk for each in three]
            checking.check_many(membership_ids=ids, finding=finding, by=city.clerk)
        scoring.rate_due()
        assert [state == State.NOT_RATED for state in states(city)] == [not passed] * 3


def test_from_the_first_page_to_the_last_identity(city, three):
    client = client_for(city.clerk)
    first = client.get(reverse("overview:dashboard", args=[city.slug]))
    (due,) = [
        line for line in first.context["own"] if str(line.what) == "Identities overdue for verification"
    ]
    assert (due.count, due.url in first.content.decode()) == (3, True)
    listed = client.get(due.url)
    assert [line.member.pk for line in listed.context["lines"]] == [each.pk for each in three]
    there = reverse("conduct:check_many", args=[city.slug]) + "?view=overdue"
    assert f'formaction="{there}"' in listed.content.decode()
    asked = client.post(there, {"pick": [three[0].public_id, three[1].public_id]})
    given = {
        "members": asked.context["members"],
        "items": ["1"],
        "passed": "yes",
        "checked_on": f"{TODAY}",
        "evidence": "营业执照、身份证原件",
    }
    assert client.post(there, given | {"step": "look"}).context["plan"].members == 2
    done = client.post(there, given | {"step": "record"}, follow=True)
    assert done.redirect_chain == [(due.url, 302)]
    assert [line.member.pk for line in done.context["lines"]] == [three[2].pk]
    with scope.of(city.association):
        assert Membership.objects.filter(verified_on=TODAY).count() == 2


def test_the_checklists_are_those_of_the_rule_set():
    told = {Category(each.number): set(each.checklist) for each in method.default().categories.values()}
    assert told == {category: {int(item) for item in items} for category, items in CHECKLIST.items()}

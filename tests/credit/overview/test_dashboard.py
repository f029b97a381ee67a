"""The console's first page: what waits, whose it is, where it is done."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from associations.members import services as members
from associations.members.states import Category, Item
from associations.tenancy import scope
from core.subjects.models import WatchMark
from tests.cast import admit, client_for, firm

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English for one test."""
    with translation.override("en"):
        yield


def seen(house, who):
    return client_for(who).get(reverse("overview:dashboard", args=[house.slug])).context


def lines(found):
    return {str(line.what): line.count for line in found}


@pytest.fixture
def busy(city, province):
    """One late member, one due soon, one fresh; one application with a question, one without."""
    late, soon, fresh = (admit(city, firm(number)) for number in range(3))
    with scope.across_associations(why="a test lists a bar"):
        kind, index = firm(7).marks()[0]
        WatchMark.objects.create(kind=kind, index=index, bar_public_id="b" * 22, set_by=province.association)
    with scope.of(city.association):
        for member, ago in ((late, 190), (soon, 170), (fresh, 1)):
            members.check_item(
                membership=member,
                item=Item.IDENTITY,
                passed=True,
                checked_on=TODAY - timedelta(days=ago),
                by=city.clerk,
            )
        for number in (7, 8):
            members.apply_to_join(identity=firm(number), category=Category.OPERATOR, by=city.clerk)
    return late, soon


def test_a_clerk_sees_the_clerks_work_first_and_the_reviewers_below(city, busy):
    told = seen(city, city.clerk)
    assert lines(told["own"]) == {
        "Applications to answer": 2,
        "Identities overdue for verification": 1,
        "Identities to verify within 30 days": 1,
    }
    assert lines(told["others"]) == {"Screening questions to answer": 1}
    assert [line.who for line in told["others"]] == ["Reviewer, Association administrator"]


def test_a_reviewer_sees_the_question(city, busy):
    told = seen(city, city.reviewer)
    assert lines(told["own"]) == {"Screening questions to answer": 1}
    assert told["own"][0].url == reverse("members:screening", args=[city.slug])


def test_nothing_waits_in_the_other_association(province, busy):
    told = seen(province, province.clerk)
    assert (told["own"], told["others"], told["running"], told["cases"]) == ([], [], [], [])


def test_the_clocks_nearest_to_their_end_come_first(city, busy):
    late, soon = busy
    running = seen(city, city.clerk)["running"]
    assert [(line.matter.public_id, line.clock.tone) for line, _url in running] == [
        (late.public_id, "over"),
        (soon.public_id, ""),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_takes_the_same_queries(city, rows, django_assert_num_queries):
    for number in range(rows):
        admit(city, firm(number))
    client = client_for(city.clerk)
    # who asks and where (7), the kinds (15), the rooms (18), the calendar (2), cases by state
    with django_assert_num_queries(44):
        client.get(reverse("overview:dashboard", args=[city.slug]))

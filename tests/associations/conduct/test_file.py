"""A member's file in the console, and the verbs that end at it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from associations.conduct.models import Fact
from associations.members import services
from associations.members.models import Check, Membership
from associations.members.states import Item, Purpose
from associations.tenancy import scope
from tests.cast import as_it_runs, client_for, firm, identity_number, person, tomorrow

TODAY = timezone.localdate()


def address(house, name, *parts):
    return reverse(f"conduct:{name}", args=[house.slug, *parts])


def test_the_file_tells_everything_on_record_and_no_identity_number(city, agency, streamer):
    with scope.of(city.association):
        services.link(agency=agency, streamer=streamer, since=streamer.joined_on, by=city.clerk)
        services.give_consent(
            membership=streamer, purpose=Purpose.PUBLISH, method="paper", text_version="2026-1", by=city.clerk
        )
        services.change(membership=streamer, name="小满来了", reason="改艺名", by=city.clerk)
        services.check_item(
            membership=streamer, item=Item.IDENTITY, passed=True, checked_on=TODAY, by=city.clerk
        )
    page = client_for(city.clerk).get(address(city, "file", streamer.public_id)).content.decode()
    for told in (
        "小满来了",
        agency.name,
        "小满在播 → 小满来了",
        "改艺名",
        "Publication",
        "2026-1",
        streamer.code_masked,
    ):
        assert told in page
    for hidden in (identity_number(1), "沈小满", "shibo-1"):
        assert hidden not in page


@pytest.mark.parametrize("lines", [1, 3])
def test_the_file_takes_the_same_queries_whatever_it_holds(city, streamer, lines, django_assert_num_queries):
    with scope.of(city.association):
        for _ in range(lines):
            services.give_consent(
                membership=streamer, purpose=Purpose.RATE, method="paper", text_version="1", by=city.clerk
            )
            services.check_item(
                membership=streamer, item=Item.CONTACT, passed=True, checked_on=TODAY, by=city.clerk
            )
    client = client_for(city.clerk)
    with django_assert_num_queries(20):
        assert client.get(address(city, "file", streamer.public_id)).status_code == 200


def test_another_associations_member_does_not_exist(city, province, operator):
    for there in (address(city, "file", operator.public_id), address(province, "file", operator.public_id)):
        assert client_for(province.clerk).get(there).status_code == 404


FIELDS = {
    "category": "3",
    "name": "某市新来有限公司",
    "identifier": firm(50).identifier,
    "joined_on": "2026-01-05",
}


def test_a_member_is_registered_with_the_identity_seen(city):
    sent = FIELDS | {"verified_on": "2026-01-06", "evidence": "营业执照副本"}
    response = client_for(city.clerk).post(address(city, "register"), sent)
    with scope.of(city.association):
        member = Membership.objects.get()
        assert response["Location"] == address(city, "file", member.public_id)
        assert (member.name, member.verified_on.isoformat(), Check.objects.get().evidence) == (
            "某市新来有限公司", "2026-01-06", "营业执照副本",
        )  # fmt: skip
        assert Fact.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"joined_on": ""}, "joined_on"),
        ({"joined_on": tomorrow}, "__all__"),
        ({"identifier": "123"}, "identifier"),
        ({"verified_on": tomorrow}, "__all__"),
    ],
)
def test_a_registration_with_an_error_is_not_half_done(city, change, field):
    response = client_for(city.clerk).post(address(city, "register"), FIELDS | as_it_runs(change))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "某市新来有限公司" in response.content.decode()
    with scope.of(city.association):
        assert (Membership.objects.count(), Check.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_a_minor_is_told_the_law_on_the_page(city):
    child = person(9, born=TODAY.replace(year=TODAY.year - 15, day=1))
    sent = FIELDS | {
        "category": "4",
        "identifier": child.identifier,
        "legal_name": "某童",
        "joined_on": f"{TODAY}",
    }
    page = client_for(city.clerk).post(address(city, "register"), sent).content.decode()
    assert "the Law on the Protection of Minors, Article 76" in page
    with scope.of(city.association):
        assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    "verb",
    [
        ("check", {"item": "2", "passed": "yes", "checked_on": f"{TODAY}"}, {"item": "77"}),
        ("change", {"name": "某市改名有限公司", "category": "3"}, {"name": ""}),
        ("leave", {"on": f"{TODAY}", "reason": "自愿退会"}, {"on": "1999-01-01"}),
    ],
)
def test_verbs_of_the_file(city, province, operator, verb):
    name, sent, wrong = verb
    there = address(city, name, operator.public_id)

    def state():
        with scope.of(city.association):
            member = Membership.objects.get(pk=operator.pk)
            return member.name, member.state, Check.objects.count(), Fact.objects.count()

    before = state()
    assert client_for(city.observer).post(there, sent).status_code == 403
    assert client_for(province.clerk).post(there, sent).status_code == 404
    assert client_for(city.clerk).get(there).status_code == 405
    assert client_for(city.clerk).post(there, sent | wrong).status_code == 422
    assert state() == before
    assert client_for(city.clerk).post(there, sent).status_code == 302
    assert state() != before


def test_an_observer_sees_why_nothing_can_be_done(city, operator):
    page = client_for(city.observer).get(address(city, "file", operator.public_id)).content.decode()
    assert page.count("Only these roles may do this: Clerk, Association administrator.") == 4

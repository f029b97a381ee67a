"""The members' pages in the console: what they show, to whom, in how many queries, and what a post changes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from associations.members import services
from associations.members.models import AgencyLink, Application, Consent, Membership, ScreeningQuestion
from associations.members.states import Category, Purpose
from associations.tenancy import scope
from core.subjects.models import WatchMark
from tests.cast import admit, client_for, firm, person

TODAY = timezone.localdate()


def address(house, name, *parts):
    return reverse(f"members:{name}", args=[house.slug, *parts])


# --- applications ---


FIELDS = {
    "category": "3",
    "name": "某市新来有限公司",
    "identifier": firm(50).identifier,
    "contact_person": "某甲",
    "contact_phone": "19900000001",
}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_applications_take_the_same_queries(city, rows, django_assert_num_queries):
    with scope.of(city.association):
        for number in range(rows):
            services.apply_to_join(identity=firm(number), category=Category.OPERATOR, by=city.clerk)
    client = client_for(city.clerk)
    with django_assert_num_queries(9):
        response = client.get(address(city, "applications"))
    assert len(response.context["page"]) == rows


def test_an_application_is_entered_accepted_and_leads_to_the_file(city):
    client = client_for(city.clerk)
    entered = client.post(address(city, "applications"), FIELDS)
    with scope.of(city.association):
        application = Application.objects.get()
    assert entered["Location"] == address(city, "application", application.public_id)
    assert client.get(entered["Location"]).status_code == 200
    accepting = reverse("conduct:accept", args=[city.slug, application.public_id])
    accepted = client.post(accepting, {"joined_on": "2026-01-05", "number": ""})
    with scope.of(city.association):
        member = Membership.objects.get()
    assert accepted["Location"] == reverse("conduct:file", args=[city.slug, member.public_id])
    assert (member.name, member.number) == ("某市新来有限公司", "M00001")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"identifier": "91990000000000000X"}, "identifier"),
        ({"identifier": "1"}, "identifier"),
        ({"identifier": person(1).identifier}, "legal_name"),
        ({"name": "\u202e坏"}, "name"),
        ({"category": "9"}, "category"),
        ({"platform": "某音"}, "account"),
        ({"category": "4"}, "__all__"),
    ],
)
def test_bad_input_names_the_field_keeps_what_was_typed_and_changes_nothing(city, change, field):
    response = client_for(city.clerk).post(address(city, "applications"), FIELDS | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "某甲" in response.content.decode()
    with scope.of(city.association):
        assert Application.objects.count() == 0


def test_an_observer_reads_applications_and_enters_none(city):
    client = client_for(city.observer)
    assert client.get(address(city, "applications")).status_code == 200
    assert client.post(address(city, "applications"), FIELDS).status_code == 403
    with scope.of(city.association):
        assert Application.objects.count() == 0


@pytest.fixture
def application(city, province):
    with scope.across_associations(why="a test lists a bar"):
        kind, index = firm(50).marks()[0]
        WatchMark.objects.create(kind=kind, index=index, bar_public_id="b" * 22, set_by=province.association)
    with scope.of(city.association):
        return services.apply_to_join(identity=firm(50), category=Category.OPERATOR, by=city.clerk)


def test_a_question_shows_where_to_ask_and_disables_acceptance_with_the_reason(city, province, application):
    client = client_for(city.clerk)
    page = client.get(address(city, "application", application.public_id)).content.decode()
    assert "A screening question is open: a reviewer must answer it first." in page
    assert province.association.name in page
    accepting = reverse("conduct:accept", args=[city.slug, application.public_id])
    assert client.post(accepting, {"joined_on": "2026-01-05"}).status_code == 403
    with scope.of(city.association):
        assert Membership.objects.count() == 0


def test_a_refusal_keeps_its_reason_and_without_one_changes_nothing(city, application):
    client = client_for(city.clerk)
    refusing = address(city, "refuse", application.public_id)
    assert client.post(refusing, {"reason": ""}).status_code == 422
    with scope.of(city.association):
        assert Application.objects.get().state == "question"
    assert client.post(refusing, {"reason": "材料不齐"}).status_code == 302
    with scope.of(city.association):
        assert (Application.objects.get().state, Application.objects.get().reason) == ("refused", "材料不齐")


# --- screening ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_questions_take_the_same_queries(city, province, rows, django_assert_num_queries):
    with scope.across_associations(why="a test lists bars"):
        kind, index = firm(50).marks()[0]
        for number in range(rows):
            WatchMark.objects.create(
                kind=kind, index=index, bar_public_id=f"{number:022d}", set_by=province.association
            )
    admit(city, firm(50))
    client = client_for(city.reviewer)
    with django_assert_num_queries(9):
        response = client.get(address(city, "screening"))
    assert len(response.context["page"]) == rows


def test_a_reviewer_answers_with_reasons_a_clerk_does_not(city, application):
    with scope.of(city.association):
        question = ScreeningQuestion.objects.get()
    there = address(city, "question", question.public_id)
    answer = {"answer": "not_the_same", "reasons": "已核对证照原件"}
    assert client_for(city.clerk).post(there, answer).status_code == 403
    assert client_for(city.reviewer).post(there, {"answer": "not_the_same"}).status_code == 422
    with scope.of(city.association):
        assert ScreeningQuestion.objects.get().answer == "open"
    assert client_for(city.reviewer).post(there, answer).status_code == 302
    with scope.of(city.association):
        assert ScreeningQuestion.objects.get().answer == "not_the_same"
        assert Application.objects.get().state == "received"


# --- consents and links ---


def test_a_consent_is_given_and_withdrawn_at_the_file(city, streamer):
    client = client_for(city.clerk)
    given = {"purpose": "publish", "method": "paper", "text_version": "2026-1"}
    client.post(address(city, "consent", streamer.public_id), given)
    client.post(
        address(city, "withdraw", streamer.public_id),
        {"purpose": "publish", "method": "paper", "receiver": ""},
    )
    with scope.of(city.association):
        lines = Consent.objects.order_by("id").values_list("purpose", "given")
        assert list(lines) == [(Purpose.PUBLISH, True), (Purpose.PUBLISH, False)]


def test_a_link_is_made_from_the_streamers_side_and_ended(city, agency, streamer):
    client = client_for(city.clerk)
    client.post(
        address(city, "link", streamer.public_id), {"number": agency.number.lower(), "since": "2025-03-01"}
    )
    with scope.of(city.association):
        made = AgencyLink.objects.get()
        assert (made.agency, made.streamer) == (agency, streamer)
    client.post(address(city, "end_link", streamer.public_id, made.public_id), {"until": "2025-04-01"})
    with scope.of(city.association):
        assert AgencyLink.objects.get().until.isoformat() == "2025-04-01"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("consent", {"purpose": "rate", "method": "paper", "text_version": "1"}),
        ("withdraw", {"purpose": "rate", "method": "paper"}),
        ("link", {"number": "M00001", "since": "2025-03-01"}),
        ("resume", {"on": "2026-01-01", "reason": "期满"}),
    ],
)
def test_who_may_not_is_told_so_and_nothing_changes(city, province, streamer, name, sent):
    there = address(city, name, streamer.public_id)
    assert client_for(city.observer).post(there, sent).status_code == 403
    assert client_for(province.clerk).post(there, sent).status_code == 404
    theirs = reverse(f"members:{name}", args=[province.slug, streamer.public_id])
    assert client_for(province.clerk).post(theirs, sent).status_code == 404
    with scope.of(city.association):
        assert (Consent.objects.count(), AgencyLink.objects.count()) == (0, 0)


def test_the_console_speaks_chinese_unless_asked_otherwise(city, operator):
    response = client_for(city.clerk).get(f"/a/{city.slug}/members/")
    assert (response.status_code, '<html lang="zh-Hans">' in response.content.decode()) == (200, True)

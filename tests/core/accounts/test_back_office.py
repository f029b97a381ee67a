"""The operators' back office: who comes in, what is there, what is not."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail

from associations.registry.models import Association
from associations.tenancy import scope
from core.accounts.models import Appointment, User
from core.accounts.states import Role
from core.ledger.models import Entry
from core.walls.raising import wall_of
from tests.cast import client_for, uscc, user

NEW = {
    "slug": "park",
    "name": "某园直播电商协会",
    "name_en": "Some Park Live Commerce Association",
    "uscc": uscc(977),
    "reach": "park",
    "region": "某园",
    "number": 77,
    "founded_on": "",
    "admin_email": "chief@park.example.test",
    "admin_name": "首任管理员",
}


@pytest.fixture
def operator_of_site(db):
    return user("ops", "运维", is_staff=True, is_superuser=True)


def test_nothing_of_an_associations_own_is_there():
    tenant = {model for model in apps.get_models() if (wall := wall_of(model)) and wall.tenant}
    assert tenant & set(admin.site._registry) == set()


def test_every_registered_page_opens(operator_of_site, city):
    client = client_for(operator_of_site)
    pages = {
        model._meta.label_lower: client.get(
            f"/ops/{model._meta.app_label}/{model._meta.model_name}/"
        ).status_code
        for model in admin.site._registry
    }
    assert set(pages.values()) == {200}
    assert {"core.user", "core.appointment", "associations.association", "credit.rulesetversion"} <= set(
        pages
    )


@pytest.mark.parametrize("role", ["admin", "decider", "clerk", None])
def test_officers_are_no_operators(city, role):
    answer = client_for(getattr(city, role) if role else None).get("/ops/core/user/", follow=True)
    assert answer.status_code == (403 if role else 200)
    assert answer.request["PATH_INFO"] == ("/ops/login/" if role else "/account/login/")


def test_an_operator_needs_a_second_step(operator_of_site, settings):
    settings.REQUIRE_MFA = True
    answer = client_for(operator_of_site).get("/ops/core/user/", follow=True)
    assert answer.request["PATH_INFO"] == "/account/2fa/"


def test_an_association_is_entered_with_its_administrator(
    operator_of_site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_for(operator_of_site).post("/ops/associations/association/add/", NEW)
    assert answer.status_code == 302
    made = Association.objects.get(slug="park")
    chief = Appointment.objects.get(association=made)
    assert (chief.user.email, chief.role, chief.user.is_active) == (
        "chief@park.example.test",
        Role.ADMIN,
        False,
    )
    assert [message.to for message in mail.outbox] == [["chief@park.example.test"]]
    with scope.of(made):
        assert [(entry.act, entry.actor) for entry in Entry.objects.order_by("seq")] == [
            ("registry.association.registered", operator_of_site),
            ("registry.role.granted", None),
        ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"number": 1000}, None), ({"slug": "city"}, "slug"), ({"admin_email": "x"}, "admin_email")],
)
def test_an_association_that_cannot_be(operator_of_site, city, wrong, field):
    answer = client_for(operator_of_site).post("/ops/associations/association/add/", NEW | wrong)
    assert answer.status_code == 200
    assert field is None or list(answer.context["adminform"].form.errors) == [field]
    assert list(Association.objects.all()) == [city.association]
    assert not User.objects.filter(email=NEW["admin_email"]).exists()


def test_what_stands_in_addresses_and_certificates_stays(operator_of_site, city):
    pk = city.association.pk
    changed = NEW | {"name": "某市直播电子商务协会", "reach": "city"}
    assert (
        client_for(operator_of_site).post(f"/ops/associations/association/{pk}/change/", changed).status_code
        == 302
    )
    city.association.refresh_from_db()
    assert (city.association.name, city.association.slug, city.association.number) == (
        "某市直播电子商务协会",
        "city",
        1,
    )


def test_accounts_are_closed_not_deleted(operator_of_site, city):
    client = client_for(operator_of_site)
    url = f"/ops/core/user/{city.clerk.pk}"
    assert client.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    management = {"appointments-TOTAL_FORMS": 1, "appointments-INITIAL_FORMS": 1}
    data = {"email": city.clerk.email, "name": city.clerk.name, **management}
    inline = Appointment.objects.get(user=city.clerk)
    data |= {"appointments-0-id": inline.pk, "appointments-0-user": city.clerk.pk}
    assert client.post(f"{url}/change/", data).status_code == 302
    assert client_for(city.clerk).get("/a/city/training/").status_code == 302


def test_a_user_made_here_has_no_password(operator_of_site):
    management = {"appointments-TOTAL_FORMS": 0, "appointments-INITIAL_FORMS": 0}
    answer = client_for(operator_of_site).post(
        "/ops/core/user/add/", {"email": "New@Example.test", "name": "新人", **management}
    )
    assert answer.status_code == 302
    made = User.objects.get(email="new@example.test")
    assert (made.has_usable_password(), made.is_active) == (False, False)

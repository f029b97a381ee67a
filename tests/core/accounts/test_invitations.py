"""Accounts open by invitation, once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from associations.tenancy import scope
from core.accounts import services, tokens
from core.accounts.models import Appointment, User
from core.accounts.selectors import roles_of
from core.accounts.states import Role
from core.ledger.models import Entry
from tests.cast import PASSWORD, client_for

OFFICERS = "/a/city/officers/"
GUEST = {"email": "Guest@Example.test", "name": "何新任", "role": "reviewer"}
CHOSEN = {"new_password1": "ten sealed letters at noon", "new_password2": "ten sealed letters at noon"}


@pytest.fixture
def invited(city, django_capture_on_commit_callbacks):
    """Invite; the link of the mail that went out, or None."""

    def invite(data=GUEST, who=None):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client_for(who or city.admin).post(OFFICERS, data)
        assert answer.status_code == 302
        if not mail.outbox:
            return None
        return re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]

    return invite


def roles(house, email):
    user = User.objects.get(email=email)
    user.__dict__.pop("_roles", None)
    return roles_of(user, house.association.pk)


def test_a_new_account_opens_with_its_link_once(city, invited):
    link = invited()
    guest = User.objects.get(email="guest@example.test")
    assert (guest.is_active, guest.has_usable_password(), guest.name) == (False, False, "何新任")
    assert mail.outbox[0].to == ["guest@example.test"]
    assert roles(city, guest.email) == frozenset()  # a closed account holds nothing
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.post(link, CHOSEN).url == "/account/login/"
    assert roles(city, guest.email) == {Role.REVIEWER}
    assert browser.get(link).status_code == browser.post(link, CHOSEN).status_code == 410
    entered = browser.post("/account/login/", {"login": guest.email, "password": CHOSEN["new_password1"]})
    assert entered.url == "/account/where/"
    with scope.of(city.association):
        entry = Entry.objects.get(act="registry.role.granted")
        assert (entry.actor, entry.thing_id, entry.detail) == (
            city.admin,
            guest.public_id,
            {"role": "reviewer"},
        )


def test_a_mail_that_cannot_be_sent_fails_nobody(city, invited, monkeypatch, caplog):
    def refuse(*_args, **_options):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(services, "send_mail", refuse)
    assert invited() is None
    assert User.objects.filter(email="guest@example.test").exists()
    assert "no mail server" in caplog.text


@pytest.mark.parametrize(
    "typed",
    [
        {"new_password1": "", "new_password2": ""},
        {"new_password1": "short", "new_password2": "short"},
        {"new_password1": "ten sealed letters at noon", "new_password2": "ten sealed letters at one"},
        {"new_password1": "guest@example.test", "new_password2": "guest@example.test"},
        {"new_password1": "passwordpassword"[:8], "new_password2": "password"},
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(city, invited, typed):
    link = invited()
    refused = Client().post(link, typed)
    assert (refused.status_code, bool(refused.context["form"].errors)) == (400, True)
    assert not User.objects.get(email="guest@example.test").is_active
    assert Client().post(link, CHOSEN).status_code == 302


def test_the_answer_is_the_same_whether_the_address_has_an_account(city, province, invited):
    def answer(email):
        response = client_for(city.admin).post(OFFICERS, GUEST | {"email": email}, follow=True)
        return [str(message).replace(email, "…") for message in response.context["messages"]]

    assert answer("unknown@example.test") == answer(province.clerk.email) == answer(city.suspended.email)


def test_who_has_an_account_keeps_it_and_is_told(city, province, invited):
    link = invited(GUEST | {"email": province.clerk.email, "name": "别的名字"})
    assert link == "/account/login/"
    province.clerk.refresh_from_db()
    assert (province.clerk.name, province.clerk.check_password(PASSWORD)) == ("周秘书", True)
    assert roles(city, province.clerk.email) == {Role.REVIEWER}


def test_a_closed_account_is_not_opened_by_an_invitation(city, invited):
    assert invited(GUEST | {"email": city.suspended.email}) is None
    assert not User.objects.get(pk=city.suspended.pk).is_active


def test_inviting_again_sends_a_link_and_gives_no_second_role(city, invited):
    first, second = invited(), invited()
    assert Appointment.objects.filter(user__email="guest@example.test").count() == 1
    assert Client().post(second, CHOSEN).status_code == 302
    assert Client().get(first).status_code == 410


def test_a_link_grows_old(city, invited, monkeypatch):
    link = invited()
    later = timezone.now() + timedelta(days=3, seconds=5)
    monkeypatch.setattr(tokens.tokens, "_now", lambda: later.replace(tzinfo=None) + timedelta(hours=8))
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "link",
    ["/account/welcome/nobody/x-y/", "/account/welcome/{guest}/abc-def/", "/account/welcome/{guest}/x/"],
)
def test_a_link_that_was_never_sent(city, invited, link):
    invited()
    guest = User.objects.get(email="guest@example.test")
    url = link.format(guest=guest.public_id)
    assert Client().get(url).status_code == Client().post(url, CHOSEN).status_code == 410
    guest.refresh_from_db()
    assert not guest.is_active


def test_accepting_twice_at_once_opens_it_once(city, invited):
    invited()
    guest = User.objects.get(email="guest@example.test")
    token = tokens.tokens.make_token(guest)
    assert services.accept(user=guest, token=token, password="the first of two comers")
    assert not services.accept(user=guest, token=token, password="the second of two comers")
    assert User.objects.get(pk=guest.pk).check_password("the first of two comers")


# --- who invites ---


@pytest.mark.parametrize(
    ("role", "status"),
    {"admin": 302, "clerk": 403, "reviewer": 403, "decider": 403, "observer": 403, "former": 404}.items(),
)
def test_administrators_give_roles(city, role, status):
    answer = client_for(getattr(city, role)).post(OFFICERS, GUEST)
    assert answer.status_code == status
    assert User.objects.filter(email="guest@example.test").exists() is (status == 302)


def test_another_association_neither_sees_nor_ends_them(city, province):
    held = Appointment.objects.get(user=city.clerk)
    theirs = client_for(province.admin)
    assert theirs.get(OFFICERS).status_code == 404
    assert theirs.post(f"/a/province/officers/{held.user.public_id}/{held.role}/end/").status_code == 404
    held.refresh_from_db()
    assert held.until is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "no mail"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "member"}, "role"),
        ({"role": "king"}, "role"),
    ],
)
def test_an_invitation_that_cannot_be(city, typed, field):
    before = User.objects.count()
    refused = client_for(city.admin).post(OFFICERS, GUEST | typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (400, [field])
    assert User.objects.count() == before


def test_ending_a_role(city):
    held = Appointment.objects.get(user=city.second_clerk)
    assert (
        client_for(city.clerk).post(f"/a/city/officers/{held.user.public_id}/{held.role}/end/").status_code
        == 403
    )
    assert (
        client_for(city.admin).post(f"/a/city/officers/{held.user.public_id}/{held.role}/end/").status_code
        == 302
    )
    assert roles(city, city.second_clerk.email) == frozenset()
    assert (
        client_for(city.admin).post(f"/a/city/officers/{held.user.public_id}/{held.role}/end/").status_code
        == 404
    )  # ended already


def test_queries_do_not_grow_with_the_officers(city, django_assert_num_queries):
    admin = client_for(city.admin)
    for more in range(2):
        admin.post(OFFICERS, GUEST | {"email": f"guest{more}@example.test"})
        admin.get(OFFICERS)
        with django_assert_num_queries(12):
            admin.get(OFFICERS)

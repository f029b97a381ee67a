"""Logging in by mail address and password, with a code, and being kept out."""

import base64
import hmac
import struct
import time
from hashlib import sha1

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client

from associations.registry.services import end_role, grant_role
from associations.tenancy import scope
from associations.training.models import Duty
from core.accounts import services
from core.accounts.models import Appointment, User
from core.accounts.states import Role
from tests.cast import PASSWORD, appoint, client_for, user

LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    """Forget the attempts of other tests: allauth counts them in the cache."""
    cache.clear()


def log_in(who, password=PASSWORD, client=None):
    client = client or Client()
    return client, client.post(
        LOGIN, {"login": who if isinstance(who, str) else who.email, "password": password}
    )


def is_in(client):
    """Whether somebody is logged in: the choice of doors answers only them."""
    return not client.get("/account/where/").headers.get("Location", "").startswith("/account/login/")


def totp(secret, at=None):
    """RFC 6238, written down again here: the code an authenticator app shows."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_the_code_of_the_standard():
    """RFC 6238, appendix B: the last six digits of its test values for SHA-1."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp(secret, at) for at in (59, 1111111109, 1234567890)] == ["287082", "081804", "005924"]


def set_up_codes(client):
    """Set up an authenticator app in a browser that is logged in; the password is asked again. Its secret."""
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    form = client.get("/account/2fa/totp/activate/").context["form"]
    response = client.post("/account/2fa/totp/activate/", {"code": totp(form.secret)})
    assert response.status_code == 302
    return form.secret


# --- password ---


def test_by_mail_address_whatever_its_capitals(city):
    for mail in (city.clerk.email, city.clerk.email.upper(), f" {city.clerk.email} "):
        client, response = log_in(mail)
        assert (response.status_code, response.url) == (302, "/account/where/")
        assert is_in(client)


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper()])
def test_not_with_another_password(city, password):
    client, response = log_in(city.clerk, password)
    assert (response.status_code, is_in(client)) == (200, False)


def test_the_answer_does_not_tell_whether_an_account_exists(city):
    known = log_in(city.clerk, "wrong")[1]
    unknown = log_in("nobody@example.test", "wrong")[1]
    told = known.context["form"].non_field_errors()
    assert len(told) == 1
    assert told == unknown.context["form"].non_field_errors()


def test_a_suspended_account_does_not_come_in(city):
    client, response = log_in(city.suspended)
    assert (response.status_code, response.url, is_in(client)) == (302, "/account/inactive/", False)


def test_nobody_opens_an_account_by_themselves(db):
    client = Client()
    before = client.get("/account/signup/").status_code
    client.post(
        "/account/signup/", {"email": "new@example.test", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert (before, User.objects.count()) == (200, 0)


def test_the_mail_address_is_not_changed_by_oneself(city):
    client, _ = log_in(city.clerk)
    assert client.get("/account/email/").status_code == 200
    assert client.post("/account/email/", {"action_add": "", "email": "boss@example.test"}).status_code == 405
    city.clerk.refresh_from_db()
    assert city.clerk.email == "clerk@city.example.test"


def test_logging_out_ends_the_session(city):
    client, _ = log_in(city.clerk)
    assert client.post("/account/logout/").status_code == 302
    assert not is_in(client)


def test_the_session_ends_with_the_account(city):
    client, _ = log_in(city.clerk)
    assert client.get("/a/city/training/").status_code == 200
    services.close(user=city.clerk)
    answer = client.get("/a/city/training/")
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/a/city/training/")
    services.reopen(user=city.clerk)
    assert client.get("/a/city/training/").status_code == 200


def test_the_session_opens_nothing_once_the_role_has_ended(city):
    client, _ = log_in(city.clerk)
    assert client.get("/a/city/training/").status_code == 200
    end_role(appointment=Appointment.objects.get(user=city.clerk), by=city.admin)
    assert client.get("/a/city/training/").status_code == 404


# --- the lock ---


def test_five_failures_lock_the_address_even_for_the_right_password(city):
    client = Client()
    answers = [log_in(city.clerk, "wrong", client)[1].status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert AccessAttempt.objects.get().username == city.clerk.email
    cache.clear()  # allauth's own limit would answer first
    locked = log_in(city.clerk.email.upper(), PASSWORD, client)[1]
    assert (locked.status_code, is_in(client)) == (429, False)
    assert "account/locked_out.html" in [template.name for template in locked.templates]
    assert log_in(city.second_clerk)[1].url == "/account/where/"  # another address is free


def test_success_forgets_the_failures(city):
    for _ in range(2):
        client = Client()
        for _ in range(4):
            log_in(city.clerk, "wrong", client)
        cache.clear()
        assert log_in(city.clerk, PASSWORD, client)[1].url == "/account/where/"


# --- the second step ---


def test_with_a_code_from_the_app(city):
    client, _ = log_in(city.decider)
    secret = set_up_codes(client)
    stored = Authenticator.objects.get(user=city.decider, type="totp").data["secret"]
    assert secret not in stored  # sealed
    fresh, first = log_in(city.decider)
    assert (first.url, is_in(fresh)) == (CODE, False)
    assert fresh.post(CODE, {"code": "000000" if totp(secret) != "000000" else "111111"}).status_code == 200
    assert not is_in(fresh)
    cache.clear()
    second = fresh.post(CODE, {"code": totp(secret, time.time() + 30)})
    assert (second.status_code, second.url, is_in(fresh)) == (302, "/account/where/", True)


def test_a_code_is_used_once(city):
    client, _ = log_in(city.decider)
    secret = set_up_codes(client)
    code = totp(secret, time.time() + 30)
    first, _ = log_in(city.decider)
    assert first.post(CODE, {"code": code}).status_code == 302
    cache_of_limits = Client()
    second, _ = log_in(city.decider, client=cache_of_limits)
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not is_in(second)


def test_with_a_recovery_code_once(city):
    client, _ = log_in(city.decider)
    set_up_codes(client)
    client.post("/account/2fa/recovery-codes/generate/")
    code = Authenticator.objects.get(user=city.decider, type="recovery_codes").wrap().get_unused_codes()[0]
    assert code
    first, _ = log_in(city.decider)
    assert first.post(CODE, {"code": code}).status_code == 302
    second, _ = log_in(city.decider)
    assert second.post(CODE, {"code": code}).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.parametrize(
    ("role", "status"),
    {"clerk": 200, "reviewer": 200, "observer": 200, "decider": 302, "admin": 302}.items(),
)
def test_who_decides_or_administers_needs_a_second_step(city, settings, role, status):
    settings.REQUIRE_MFA = True
    client, _ = log_in(getattr(city, role))
    answer = client.get("/a/city/training/")
    assert answer.status_code == status
    if status == 302:
        assert answer.url == "/account/2fa/"
        told = [str(message) for message in client.get("/en/account/2fa/").context["messages"]]
        assert told[-1] == ("您的角色要求两步登录。请先在此设置身份验证器应用或通行密钥，再继续办理。")
        assert client.post("/a/city/training/duties/adopt/").status_code == 302
        with scope.of(city.association):
            assert Duty.objects.count() == 0
        set_up_codes(client)
        assert client.get("/a/city/training/").status_code == 200


def test_a_session_opened_with_a_code_asks_no_table(city, settings, django_assert_num_queries):
    settings.REQUIRE_MFA = True
    client, _ = log_in(city.decider)
    secret = set_up_codes(client)
    fresh, _ = log_in(city.decider)
    fresh.post(CODE, {"code": totp(secret, time.time() + 30)})
    fresh.get("/a/city/training/courses/")
    with django_assert_num_queries(9):  # as many as without the demand
        fresh.get("/a/city/training/courses/")


# --- where to ---


def test_one_door_opens_by_itself(city, operator_user):
    assert client_for(city.clerk).get("/account/where/").url.startswith("/a/city/")
    assert client_for(operator_user).get("/account/where/").url == "/me/"


def test_several_doors_are_a_choice(city, province, operator):
    both = user("both", "两处任职")
    appoint(city.association, both, Role.CLERK)
    appoint(city.association, both, Role.REVIEWER)
    appoint(province.association, both, Role.OBSERVER)
    appoint(city.association, both, Role.MEMBER, subject_id=operator.subject_id)
    doors = client_for(both).get("/en/account/where/").context["doors"]
    assert [(door.label, door.note) for door in doors] == [
        ("某市直播电商协会, console", "Clerk, Reviewer"),
        ("某省直播电商协会, console", "Regulator's observer"),
        ("My desk", "某市直播电商协会"),
    ]


def test_no_role_is_told(city):
    answer = client_for(city.former).get("/en/account/where/")
    assert (answer.status_code, answer.context["doors"]) == (200, [])
    assert client_for(None).get("/account/where/").status_code == 302


def test_operators_go_to_the_back_office(db):
    operator = user("ops", "运维", is_staff=True, is_superuser=True)
    assert client_for(operator).get("/account/where/").url == "/ops/"


def test_the_role_of_another_association_is_not_mixed_in(city, province):
    grant_role(association=province.association, user=city.clerk, role=Role.OBSERVER, by=province.admin)
    assert client_for(city.clerk).get("/a/province/training/").status_code == 200
    assert client_for(city.clerk).post("/a/province/training/duties/adopt/").status_code == 403

"""Headers on every page, and what a visitor sees while the database is away."""

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from config import middleware


def _raise(error):
    def view(_request):
        raise error

    return view


urlpatterns = [
    path("operational", _raise(OperationalError("server closed the connection"))),
    path("interface", _raise(InterfaceError("connection already closed"))),
    path("data", _raise(DataError("value out of range"))),
    path("fine", lambda _request: HttpResponse("fine")),
]
handler500 = "config.middleware.failed"


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/operational", "/interface"])
def test_a_database_that_is_away_is_503_with_a_time_to_come_back(visitor, address):
    answer = visitor.get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")


def test_other_errors_stay_what_they_are(visitor):
    assert visitor.get("/data").status_code == 500
    assert visitor.get("/fine").status_code == 200


def test_a_failure_outside_the_views_is_503_too(visitor, monkeypatch):
    def broken(_self, _request):
        raise OperationalError("away")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", broken)
    assert visitor.get("/fine").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_killed_connection_is_503_once_and_then_served(client, owner):
    assert client.get("/healthz").status_code == 200
    connection.health_check_enabled = False
    owner.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND usename = 'register_app'"
    )
    assert client.get("/healthz").status_code == 503
    connection.close()
    assert client.get("/healthz").content == b"ok\n"


def test_a_page_may_run_only_our_own_scripts_and_styles(visitor):
    answer = visitor.get("/fine")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert (policy["script-src"], policy["style-src"], policy["default-src"]) == (
        "'self'",
        "'self'",
        "'none'",
    )
    assert (policy["frame-ancestors"], policy["form-action"]) == ("'none'", "'self'")
    assert "geolocation=()" in answer["Permissions-Policy"].split(", ")
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize(("address", "loosened"), [("/ops/x", True), ("/en/ops/x", True), ("/opsx", False)])
def test_only_the_back_office_is_allowed_more(rf, address, loosened):
    answer = middleware.back_office_policy(lambda _request: HttpResponse())(rf.get(address))
    assert hasattr(answer, "_csp_update") is loosened

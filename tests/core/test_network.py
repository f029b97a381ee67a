"""Whose word about addresses is believed, and that every limit counts by the same."""

from __future__ import annotations

import os
import subprocess
import sys
from ipaddress import ip_network

import pytest
from allauth.account.adapter import get_adapter
from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client, RequestFactory
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from associations.complaints.middleware import MOST_OF_AN_ADDRESS
from config.embedded import place
from core.network import client_address
from portal.api.views import SearchThrottle

PROXIES = ["10.0.0.0/8", "fd00::/8"]
PROXY = "10.0.0.1"
STATUS = "/en/complaints/status/"


@pytest.fixture(autouse=True)
def _behind(settings):
    settings.TRUSTED_PROXIES = [ip_network(each) for each in PROXIES]
    cache.clear()
    yield
    cache.clear()


def asked(remote, forwarded=None):
    told = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **told)


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),  # nobody of ours wrote it
        ("203.0.113.5", "198.51.100.7, 10.0.0.9", "203.0.113.5"),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # the left one is the client's own word
        (PROXY, "10.0.0.77, 198.51.100.7", "198.51.100.7"),
        (PROXY, "198.51.100.7, 10.0.0.2, 10.9.9.9", "198.51.100.7"),  # two proxies in a row
        (PROXY, "10.0.0.3, 10.0.0.2", "10.0.0.3"),  # a client in our own network
        (PROXY, "198.51.100.7, rubbish", PROXY),
        (PROXY, "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2"),
        (PROXY, "198.51.100.7,", PROXY),
        (PROXY, "198.51.100.7:51034", "198.51.100.7"),
        (PROXY, "[2001:db8::7]:443", "2001:db8::7"),
        (PROXY, "2001:DB8:0::7", "2001:db8::7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),
        ("unix:", "198.51.100.7", "unix:"),
    ],
)
def test_whose_word_is_believed(remote, forwarded, client):
    assert client_address(asked(remote, forwarded)) == client


def test_without_trusted_proxies_nobodys_word_is_believed(settings):
    settings.TRUSTED_PROXIES = []
    assert client_address(asked(PROXY, "198.51.100.7")) == PROXY


def test_every_limit_counts_by_the_same_address():
    request = asked(PROXY, "1.2.3.4, 198.51.100.7")
    found = {
        "axes": get_client_ip_address(request),
        "allauth": get_adapter(request).get_client_ip(request),
        "the open interface": SearchThrottle().get_ident(Request(request)),
    }
    assert found == dict.fromkeys(found, "198.51.100.7")
    assert (
        AnonRateThrottle().get_ident(Request(request)) == PROXY
    )  # a limit added without thought is too strict


def tries(remote, forwarded, times):
    """The last answer to so many wrong codes, each with another number."""
    told = {"REMOTE_ADDR": remote}
    for n in range(times):
        answer = Client().post(
            STATUS, {"number": f"00126{n:07d}", "code": "wrong"}, HTTP_X_FORWARDED_FOR=forwarded(n), **told
        )
    return answer


@pytest.mark.usefixtures("city")
def test_forged_headers_buy_no_more_tries_of_a_complaints_code():
    outside = lambda n: f"198.51.100.{n % 200}"  # noqa: E731
    forged = tries("203.0.113.5", outside, MOST_OF_AN_ADDRESS + 1)
    assert forged.status_code == 429
    behind = tries(PROXY, lambda n: f"198.51.100.{n % 200}, 203.0.113.9", MOST_OF_AN_ADDRESS + 1)
    assert behind.status_code == 429
    another = tries(PROXY, lambda _: "203.0.113.10", 1)
    assert another.status_code != 429  # the proxy's other clients go on


@pytest.mark.django_db
def test_forged_headers_buy_no_more_searches(client):
    for n in range(120):
        assert client.get("/api/v1/ratings/?q=x", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code == 200
    assert client.get("/api/v1/ratings/?q=x", HTTP_X_FORWARDED_FOR="198.51.100.250").status_code == 429
    behind = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "203.0.113.10"}
    assert client.get("/api/v1/ratings/?q=x", **behind).status_code == 200


@pytest.mark.django_db
def test_a_failed_log_in_is_kept_under_the_clients_address(city):
    told = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}
    Client().post("/account/login/", {"login": city.clerk.email, "password": "wrong"}, **told)
    assert AccessAttempt.objects.get().ip_address == "203.0.113.9"


def test_a_setting_that_is_no_network_is_told():
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=place.PROJECT, env={**os.environ, "TRUSTED_PROXIES": "10.0.0.0/8,proxy"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    assert "TRUSTED_PROXIES" in started.stderr
    assert "'proxy'" in started.stderr
    assert "10.0.0.0/8,fd00::/8" in started.stderr

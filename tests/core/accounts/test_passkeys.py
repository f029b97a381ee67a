"""Passkeys, in a real browser with a virtual authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.staticfiles import finders
from django.core.cache import cache

from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_page(page, settings):
    """A page whose browser has a passkey in its pocket, and which is given the stylesheets and scripts."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
    cache.clear()

    def static(route):
        found = finders.find(route.request.url.split("/static/")[1].split("?")[0])
        route.fulfill(path=found) if found else route.abort()

    page.route("**/static/**", static)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_is_added_and_logs_in_by_itself(city, live_server, browser_page):
    page, base = browser_page, live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", city.decider.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button[type=submit]")
    page.goto(f"{base}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)  # asked again before anything about logging in is changed
    page.click("form:has(input[name=password]) button[type=submit]")
    page.fill("input[name=name]", "办公室电脑")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/account/2fa/" in url and "/add/" not in url)
    assert Authenticator.objects.get(user=city.decider, type="webauthn").wrap().name == "办公室电脑"

    page.context.clear_cookies()
    page.goto(f"{base}/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    assert page.goto(f"{base}/account/where/").url.startswith(f"{base}/a/city/")

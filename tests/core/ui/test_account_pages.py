"""Logging in stands in the register's own frame, under the same policy as every page."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation


class Code(forms.Form):
    """Stand in for allauth's form of one code."""

    secret = "JBSWY3DPEHPK3PXP"
    code = forms.CharField()


def drawn(template: str, **context: object) -> str:
    with translation.override("en"):
        return render_to_string(template, context, request=RequestFactory().get("/account/"))


def offences(page: str) -> list[str]:
    """Inline styles, handlers and scripts; JSON beside a page is data."""
    scripts = [
        one
        for one in re.findall(r"<script[^>]*>", page)
        if "src=" not in one and "application/json" not in one
    ]
    return scripts + re.findall(r"<style|\sstyle=|\son\w+=|data:image", page)


def test_logging_in_offers_a_passkey_and_no_sign_up():
    page = Client().get("/en/account/login/").content.decode()
    assert (page.count('id="passkey_login"'), page.count("signup"), offences(page)) == (1, 0, [])
    assert page.count('<div class="wenwu">') == 1


def test_signing_up_leads_to_an_invitation():
    page = Client().get("/en/account/signup/").content.decode()
    assert page.count("<h1>Accounts are made by invitation</h1>") == 1


def test_the_code_for_the_app_is_drawn_by_ourselves():
    page = drawn(
        "mfa/totp/activate_form.html", form=Code(), totp_url="otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"
    )
    assert (page.count('<svg class="qr"'), page.count("<img"), offences(page)) == (1, 0, [])


def test_a_refused_form_has_its_summary():
    page = drawn("mfa/totp/activate_form.html", form=Code({"code": ""}), totp_url="otpauth://totp/x")
    assert page.count('<a href="#id_code">Code: This field is required.</a>') == 1
    assert page.count('aria-describedby="id_code_msg"') == 1


@pytest.mark.parametrize(
    ("tags", "css"),
    [
        ("", "pri"),
        ("prominent,login", "pri"),
        ("outline,primary", ""),
        ("danger,delete", "seal-act"),
        ("link", "text"),
    ],
)
def test_buttons_are_ours(tags, css):
    page = drawn("allauth/elements/button.html", attrs={"tags": tags}, slots={"default": ["Go"]})
    assert page.strip() == f'<button class="btn {css}" type="submit">Go</button>'


def test_two_step_log_in_names_its_ways():
    ways = ["totp", "webauthn", "recovery_codes"]
    page = drawn("mfa/index.html", MFA_SUPPORTED_TYPES=ways, authenticators={}, is_mfa_enabled=True)
    assert (page.count('<section class="panel">'), offences(page)) == (3, [])

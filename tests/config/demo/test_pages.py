"""What is public, who may log in, and what every page says."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth import authenticate
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver

from associations.discipline.models import Decision
from associations.members.models import Membership
from associations.members.selectors import consented
from associations.registry.models import Association
from associations.tenancy import scope
from config.demo import accounts
from core.accounts.models import User
from core.accounts.selectors import roles_of
from core.accounts.states import Role
from credit.blacklist.models import Bar
from credit.publication.models import Candidate, PublishedBar, PublishedDecision, PublishedRating
from credit.publication.states import CandidateState
from tests.config.demo.world import SIZES, of


def test_no_private_person_is_public(demonstration):
    persons = 0
    for slug in SIZES:
        with of(slug):
            private = Membership.objects.filter(is_person=True)
            refs = dict(private.values_list("public_id", "id"))
            decisions = Decision.objects.filter(case__membership__in=private)
            refs |= dict(decisions.values_list("public_id", "case__membership_id"))
            refs |= dict(Bar.objects.filter(membership__in=private).values_list("public_id", "membership_id"))
            approved = dict(Candidate.objects.exclude(approved_by=None).values_list("record_ref", "state"))
            willing = consented(list(refs.values()), "publish")
        with scope.public():
            tables = (PublishedRating, PublishedDecision, PublishedBar)
            public = [
                ref
                for table in tables
                for ref in table.objects.filter(public_id__in=list(refs)).values_list("public_id", flat=True)
            ]
        assert {refs[ref] for ref in public} <= willing
        assert {approved[ref] for ref in public} <= {CandidateState.PUBLISHED}
        persons += len(public)
    assert persons >= 5


def test_the_portal_has_something_to_show(demonstration):
    with scope.public():
        assert PublishedRating.objects.count() > 80
        assert PublishedDecision.objects.exists()
        for slug in SIZES:
            assert PublishedRating.objects.filter(association_slug=slug, payload__is_person=False).exists()
    for slug in SIZES:
        with of(slug):
            assert not Candidate.objects.filter(kind="rating", version="").exists()
            assert Candidate.objects.filter(state=CandidateState.READY, membership__is_person=True).exists()


def test_every_account_opens(demonstration):
    listed = accounts.accounts()
    assert len(listed) == 40
    slugs = dict(Association.objects.values_list("slug", "id"))
    for account in listed:
        user = User.objects.get(email=account.mail)
        assert user.check_password(accounts.PASSWORD)
        assert user.is_superuser is (account.role == "")
        if account.role:
            assert roles_of(user, slugs[account.slug]) == {Role(account.role)}
    printed = (demonstration["place"] / "demo_accounts.txt").read_text()
    assert accounts.PASSWORD in printed
    assert all(f"@{slug}.demo" in printed for slug in SIZES)
    assert accounts.OPERATOR in printed


def test_outside_a_demonstration_nobody_knows_the_password():
    with override_settings(DEMO=False):
        secrets = {accounts.password() for _each in range(3)}
    assert len(secrets) == 3
    assert accounts.PASSWORD not in secrets


def addresses(resolver=None, head="/"):
    """Every address that needs nothing but, perhaps, an association."""
    for each in (resolver or get_resolver()).url_patterns:
        route = head + str(each.pattern)
        if not isinstance(each, URLPattern):
            yield from addresses(each, route)
        elif "<" not in route.replace("<slug:slug>", "") and not {"^", "("} & set(route):
            yield route.replace("<slug:slug>", "city")


def test_every_page_says_that_it_is_a_demonstration(demonstration, story):
    seen = Counter()
    roles = (
        None,
        "clerk@city.demo",
        "decider@city.demo",
        "admin@city.demo",
        "firm@city.demo",
        accounts.OPERATOR,
    )
    for mail in roles:
        client = Client()
        if mail:
            client.force_login(
                User.objects.get(email=mail), backend="django.contrib.auth.backends.ModelBackend"
            )
        for address in sorted(set(addresses())):
            if address.startswith("/api/") or "logout" in address:
                continue
            answer = client.get(address)
            if (
                answer.status_code == 200
                and answer["Content-Type"].startswith("text/html")
                and b"<html" in answer.content
            ):
                assert any(
                    each.encode() in answer.content for each in ("演示数据", "Demo data", "Demonstration")
                ), (mail, address)
                seen[mail] += 1
    assert min(seen[mail] for mail in roles) >= 5


def test_authentication_works_with_the_printed_password(demonstration):
    with override_settings(AXES_ENABLED=False):
        user = authenticate(None, username="clerk@city.demo", password=accounts.PASSWORD)
    assert user is not None
    assert user.email == "clerk@city.demo"

"""The feed of a record: how it stands, and that it is gone; no name, no reason, for three years."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from associations.tenancy import scope
from credit.publication.models import Candidate, PublishedWithdrawal
from credit.publication.services import publish_due, withdraw
from credit.publication.states import RecordKind
from tests.cast import client_for
from tests.credit.publication.conftest import DAY, candidate

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def public(city, rated):
    publish_due(today=DAY)
    return rated


def feed(ref):
    return client_for(None).get(f"/en/feeds/{ref}/")


def entry(ref):
    tree = ET.fromstring(feed(ref).content)  # noqa: S314 - our own feed
    return tree.find(f"{ATOM}entry/{ATOM}title").text


def take_off(city, member):
    found = candidate(city, RecordKind.RATING, member.public_id)
    with scope.of(city.association):
        withdraw(candidate=found, why="会员申请核实", by=city.decider)


def test_it_tells_the_edition_that_stands(public):
    answer = feed(public.public_id)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert answer.headers["ETag"]
    assert not answer.cookies
    assert entry(public.public_id) == "Edition 1 stands"


def test_withdrawn_it_tells_that_and_nothing_else(city, public):
    gone_ref = public.public_id
    take_off(city, public)
    assert client_for(None).get(f"/ratings/{gone_ref}/").status_code == 404
    assert entry(gone_ref) == "This record is public no more"
    body = feed(gone_ref).content.decode()
    assert public.name not in body
    assert "核实" not in body


def test_public_again_it_tells_so(city, public):
    take_off(city, public)
    with scope.across_associations(why="an officer's hold ends"):
        Candidate.objects.update(held=False, version="")
    publish_due(today=DAY)
    assert entry(public.public_id) == "Edition 2 stands"
    with scope.public():
        assert not PublishedWithdrawal.objects.exists()


def test_after_three_years_and_for_what_never_was_there_is_nothing(city, public):
    assert feed("x" * 22).status_code == 404
    with scope.across_associations(why="a record of long ago"):
        PublishedWithdrawal.objects.create(
            public_id="l" * 22, kind="decision", at=timezone.now() - timedelta(days=1200)
        )
    assert feed("l" * 22).status_code == 200
    take_off(city, public)
    assert feed("l" * 22).status_code == 404


def test_whatever_is_downloaded_names_it(public):
    for where in ("", "bundle/", "history/"):
        answer = client_for(None).get(f"/api/v1/ratings/{public.public_id}/{where}")
        named = f'/feeds/{public.public_id}/>; rel="monitor"' in answer.headers.get("Link", "")
        assert named is (where != "history/")
    page = client_for(None).get(f"/en/ratings/{public.public_id}/").content.decode()
    assert page.count(f"/en/feeds/{public.public_id}/") == 2

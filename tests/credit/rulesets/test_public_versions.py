"""What the public reads of rule sets: pages, the list, the very bytes, the schema."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from associations.tenancy import scope
from credit.publication.services import publish_due
from credit.rulesets import method, services
from credit.rulesets.validation import SCHEMA, validate
from portal.doors import KEPT
from tests.credit.rulesets.adopting import BEGINS, CLOSED, announced, on, text

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _empty_process() -> None:
    KEPT.bodies.clear()
    KEPT.size = 0
    cache.clear()


def tell(day: date = CLOSED) -> None:
    with on(day):
        publish_due()


def test_what_is_announced_is_public_before_it_is_in_force(client, city, province):
    version = announced(city, text())
    tell()
    name, default = bytes(version.sha256).hex(), method.default().sha256
    with on(CLOSED):
        listed = client.get("/api/v1/rulesets/").json()["results"]
        assert [
            (row["sha256"], row["id"], row["association"], row["begins_on"], row["ends_on"]) for row in listed
        ] == [
            (default, "LCR-1", None, "2026-02-01", None),
            (name, "CITY-1", "city", "2026-05-01", None),
        ]
        own = client.get("/en/associations/city/methodology/").content.decode()
        assert own.count("CITY-1") == 1  # among the other versions, announced
        assert own.count("· LCR-1</p>") == 1  # by which the members are rated today
        assert client.get("/en/methodology/").content.decode().count("CITY-1") == 0
        page = client.get(f"/en/methodology/{name}/").content.decode()
        assert "Some City Live Commerce Association" in page
    with on(BEGINS):
        own = client.get("/en/associations/city/methodology/").content.decode()
        assert own.count(name[:32]) == 3  # its name at the head and in the text, the link to its bytes
        other = client.get("/en/associations/province/methodology/").content.decode()
        assert (other.count("CITY-1"), other.count(default[:32])) == (0, 3)


def test_the_bytes_are_those_the_name_is_taken_of(client, city):
    version = announced(city, text())
    tell()
    for name in (bytes(version.sha256).hex(), method.default().sha256):
        answer = client.get(f"/api/v1/rulesets/{name}/")
        assert hashlib.sha256(answer.content).hexdigest() == name
        assert answer.headers["Content-Type"] == "application/json"
        again = client.get(f"/api/v1/rulesets/{name}/", headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    for nobody in ("0" * 64, "x", "%27", "%00"):
        assert client.get(f"/api/v1/rulesets/{nobody}/").status_code == 404, nobody
        assert client.get(f"/methodology/{nobody}/").status_code == 404, nobody
    assert client.get("/associations/nowhere/methodology/").status_code == 404


def test_the_schema_is_public_and_the_bytes_obey_it(client, db):
    answer = client.get("/api/v1/rulesets/schema/")
    assert (json.loads(answer.content), answer.headers["Content-Type"]) == (SCHEMA, "application/schema+json")
    again = client.get("/api/v1/rulesets/schema/", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, answer.headers["ETag"])
    assert validate(method.default().canonical) == []


def test_a_withdrawn_announcement_goes_and_the_one_before_lasts_on(client, city):
    first, second = announced(city, text()), announced(city, text("CITY-2", date(2026, 7, 1)))
    tell()

    def listed():
        rows = client.get("/api/v1/rulesets/").json()["results"]
        return [(row["id"], row["ends_on"]) for row in rows]

    assert listed() == [("LCR-1", None), ("CITY-2", None), ("CITY-1", "2026-06-30")]
    with on(CLOSED), scope.of(city.association):
        services.withdraw(version=second, why="暂缓", by=city.decider)
    tell()
    assert listed() == [("LCR-1", None), ("CITY-1", None)]
    assert client.get(f"/methodology/{bytes(second.sha256).hex()}/").status_code == 404
    assert client.get(f"/methodology/{bytes(first.sha256).hex()}/").status_code == 200


def test_publishing_the_method_again_writes_nothing(city, django_assert_num_queries):
    from credit.publication.figures import homes, publish_method
    from credit.publication.models import PublishedRuleSet

    announced(city, text())
    tell()
    with scope.across_associations(why="test"):
        home = homes()[city.association.pk]
        before = list(PublishedRuleSet.objects.values_list("published_at", flat=True))
        with django_assert_num_queries(2):
            publish_method(city.association.pk, home)
        assert list(PublishedRuleSet.objects.values_list("published_at", flat=True)) == before

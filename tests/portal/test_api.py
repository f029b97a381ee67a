"""The open API."""

from __future__ import annotations

import json
from html import escape
from xml.etree import ElementTree as ET

import pytest
from django.db import OperationalError
from jsonschema import Draft202012Validator

from credit.publication.services import publish_due
from tests.credit.publication.conftest import DAY, past_decision, rate
from tests.portal.conftest import rated_firm

PROBLEM = "application/problem+json"
SVG = "{http://www.w3.org/2000/svg}"


def problem(answer) -> tuple[int, str, int, str]:
    told = answer.json()
    return answer.status_code, answer.headers["Content-Type"], told["status"], told["title"]


def test_a_rating_line_by_line(client, published):
    answer = client.get(f"/api/v1/ratings/{published.public_id}/")
    told = answer.json()
    assert (told["name"], told["code"], told["category"], told["state"]) == (
        published.name,
        published.code,
        "operator",
        "rated",
    )
    assert sum(line["earned"] for line in told["lines"]) == told["score"]
    assert told["page"] == f"http://127.0.0.1:8000/ratings/{published.public_id}/"
    assert told["grade"] in {"BBB", "BB"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert dict(answer.cookies) == {}


def test_its_course(client, published):
    told = client.get(f"/api/v1/ratings/{published.public_id}/history/").json()
    assert [step["on"] for step in told["history"]] == ["2026-11-20"]
    assert set(told) == {"id", "history", "ahead", "marks"}
    assert [(mark["no"], mark["on"], mark["sanction"]) for mark in told["marks"]] == [
        (1, "2026-10-21", True),
        (2, "2027-01-21", False),
    ]


def test_every_line_has_its_rule_and_source_in_both_languages(client, published):
    told = client.get(f"/api/v1/ratings/{published.public_id}/").json()
    methodology = client.get("/en/methodology/").content.decode()
    for line in told["lines"]:
        address, anchor = line["rule"]["url"].split("#")
        assert address == "http://127.0.0.1:8000/methodology/"
        assert f'id="{anchor}"' in methodology
        assert line["rule"]["indicator"] == line["indicator"]
        assert escape(line["rule"]["text"]["en"]) in methodology
    sources = {line["no"]: line["source"] for line in told["lines"]}
    assert sources["1.2"]["en"].startswith("Decision ")
    assert sources["3.1"] == {"zh": "协会核验", "en": "Checked by the association"}


def test_the_lines_that_weigh_most_are_named(client, published):
    told = client.get(f"/api/v1/ratings/{published.public_id}/").json()
    lost = {line["no"]: line["lost"] for line in told["lines"]}
    earned = {line["no"]: line["earned"] for line in told["lines"]}
    assert told["down"][0] == "1.2"
    assert [lost[no] for no in told["down"]] == sorted(lost.values(), reverse=True)[:3]
    assert len(told["up"]) == 3
    assert "1.1" not in told["up"]  # the record is not clean
    assert earned[told["up"][0]] == max(points for no, points in earned.items() if no != "1.1")


def test_what_would_change_it_is_told_with_points_and_grade(client, published):
    told = client.get(f"/api/v1/ratings/{published.public_id}/").json()
    assert [(each["what"], each["line"], each["on"], each["points"]) for each in told["prospects"]] == [
        ("control", "4.2", "2026-11-20", 10_000),
        ("control", "4.3", "2026-11-20", 10_000),
        ("control", "4.4", "2026-11-20", 10_000),
        ("control", "4.5", "2026-11-20", 10_000),
        ("together", None, "2026-11-20", 40_000),
        ("repair", "1.2", "2027-01-21", 70_000),
        ("wait", "1.2", "2027-01-21", 17_500),
        ("wait", "1.2", "2027-10-21", -59_750),
    ]
    for each in told["prospects"]:
        assert each["score"] == told["score"] + each["points"]
        assert set(each["text"]) == {"zh", "en"} == set(each["outcome"])


def test_its_chart_stands_by_itself_with_its_facts(client, published):
    address = f"/api/v1/ratings/{published.public_id}/history.svg"
    answer = client.get(address, {"lang": "en"}, headers={"accept": "image/svg+xml"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    drawn = ET.fromstring(answer.content)  # noqa: S314 - our own
    told = client.get(f"/api/v1/ratings/{published.public_id}/history/").json()
    circles = drawn.iter(f"{SVG}circle")
    assert [each.get("fill") for each in circles] == ["#b1241a", "#fdfdfb"]
    described = drawn.find(f"{SVG}desc").text
    for mark in told["marks"]:
        assert f"({mark['no']}) {mark['on']} {mark['text']['en']}" in described
    assert "class=" not in answer.content.decode()
    assert "style" not in answer.content.decode()
    chinese = client.get(address)
    assert told["marks"][0]["text"]["zh"] in chinese.content.decode()
    again = client.get(address, headers={"if-none-match": chinese.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_chart_that_cannot_be_is_a_problem(client, published):
    wrong = client.get(f"/api/v1/ratings/{published.public_id}/history.svg?lang=fr")
    assert problem(wrong) == (400, PROBLEM, 400, "Bad Request")
    assert [each["field"] for each in wrong.json()["errors"]] == ["lang"]
    asked = client.get("/api/v1/ratings/none/history.svg", headers={"accept": "image/svg+xml"})
    assert problem(asked) == (404, PROBLEM, 404, "Not Found")


def test_its_evidence_as_a_file(client, published):
    path = f"/api/v1/ratings/{published.public_id}/bundle/"
    answer = client.get(path)
    assert answer.json()["member"]["id"] == published.public_id
    assert {
        name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")
    } == {
        "Content-Type": "application/json",
        "Content-Disposition": f'attachment; filename="{published.public_id}.json"',
        "Cache-Control": "public, max-age=10, must-revalidate",
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    missing = client.get("/api/v1/ratings/nobody/bundle/")
    assert problem(missing) == (404, PROBLEM, 404, "Not Found")
    page = client.get(f"/ratings/{published.public_id}/").content.decode()
    assert f'href="{path}"' in page
    assert 'href="/verifier.pyz"' in page


def test_the_keys_it_is_signed_with(client, published):
    told = client.get("/api/v1/keys/").json()
    assert told == client.get("/.well-known/register-keys.json").json()
    bundle = client.get(f"/api/v1/ratings/{published.public_id}/bundle/").json()
    (key,) = told["keys"]
    assert (key["kid"], key["x"], key["valid_until"]) == (bundle["key"]["id"], bundle["key"]["x"], None)
    assert sorted(key) == [
        "alg", "crv", "fingerprint", "kid", "kty", "use", "valid_from", "valid_until", "x",
    ]  # fmt: skip
    assert told["register"] == "http://127.0.0.1:8000"


def test_keys_and_verifier_are_given_while_the_database_is_away(client):
    """And without it: neither is in it."""
    for path in ("/api/v1/keys/", "/.well-known/register-keys.json", "/verifier.pyz"):
        first = client.get(path)
        assert (path, first.status_code) == (path, 200)
        again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")


def test_lists_and_their_records(client, bar_ref, expelled):
    listed = client.get("/api/v1/bars/").json()
    assert [row["id"] for row in listed["results"]] == [bar_ref]
    bar = client.get(f"/api/v1/bars/{bar_ref}/").json()
    assert (bar["member"], bar["until_on"], bar["association"]["slug"]) == (
        expelled.public_id,
        "2029-10-21",
        "city",
    )
    (row,) = client.get("/api/v1/decisions/").json()["results"]
    decision = client.get(f"/api/v1/decisions/{row['id']}/").json()
    assert (decision["measure"], decision["number"]) == (5, row["number"])
    (association,) = client.get("/api/v1/associations/").json()["results"]
    assert (association["slug"], association["figures"]["bars"]) == ("city", 1)
    (rating,) = client.get("/api/v1/ratings/").json()["results"]
    assert (rating["state"], rating["grade"]) == ("barred", "D")


def test_an_answer_is_not_sent_twice(client, published):
    for path in ("ratings/", "associations/", f"ratings/{published.public_id}/"):
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"if-none-match": first.headers["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")


def test_the_filters_are_the_pages(client, city, published):
    other = rated_firm(city, 61, "某市溯禾文化传播有限公司")
    rate()
    publish_due(today=DAY)
    asked = {
        "q=suhe": [other.public_id],
        "q=棠屿": [published.public_id],
        f"code={other.code}": [other.public_id],
        "association=city&category=3": sorted([other.public_id, published.public_id]),
        "category=1": [],
    }
    for query, wanted in asked.items():
        found = client.get(f"/api/v1/ratings/?{query}").json()["results"]
        assert (query, sorted(row["id"] for row in found)) == (query, wanted)


def test_a_long_list_has_cursors_both_ways(client, city, monkeypatch):
    from portal.api import views

    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in range(71, 76):
        rated_firm(city, number, f"某市试验{number}号电子商务有限公司")
    rate()
    publish_due(today=DAY)
    address, seen = "/api/v1/ratings/?association=city", []
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert (len(seen), len(set(seen))) == (5, 5)
    before = client.get(page["previous"]).json()
    assert [row["id"] for row in before["results"]] == seen[2:4]


def test_every_error_is_a_problem(client, published):
    assert problem(client.get("/api/v1/ratings/none/")) == (404, PROBLEM, 404, "Not Found")
    assert problem(client.get("/api/v1/nothing/here/")) == (404, PROBLEM, 404, "Not Found")
    assert problem(client.post("/api/v1/ratings/", {})) == (405, PROBLEM, 405, "Method Not Allowed")
    assert problem(client.get("/api/v1/ratings/?cursor=x")) == (400, PROBLEM, 400, "Bad Request")
    wrong = client.get("/api/v1/ratings/?grade=ZZ&category=9")
    assert problem(wrong) == (400, PROBLEM, 400, "Bad Request")
    assert sorted(each["field"] for each in wrong.json()["errors"]) == ["category", "grade"]


def test_searching_too_often_is_refused_and_reading_is_not(client, published):
    for _ in range(120):
        assert client.get("/api/v1/ratings/?q=x").status_code == 200
    refused = client.get("/api/v1/ratings/?q=x")
    assert problem(refused) == (429, PROBLEM, 429, "Too Many Requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get(f"/api/v1/ratings/{published.public_id}/").status_code == 200


def test_a_database_away_is_503_with_retry_after(client, published, monkeypatch):
    from portal.api import views

    def away(*_):
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(views.versions, "rating", away)
    answer = client.get(f"/api/v1/ratings/{published.public_id}/")
    assert problem(answer) == (503, PROBLEM, 503, "Service Unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert "gone" not in answer.content.decode()


def test_a_failure_of_ours_tells_nothing(client, published, monkeypatch):
    from portal.api import views

    def broken(*_):
        raise RuntimeError("an inner detail")

    monkeypatch.setattr(views.shapes, "rating", broken)
    client.raise_request_exception = False
    answer = client.get(f"/api/v1/ratings/{published.public_id}/")
    assert problem(answer) == (500, PROBLEM, 500, "Internal Server Error")
    assert "inner detail" not in answer.content.decode()


def schema(client) -> dict:
    return json.loads(client.get("/api/v1/schema/?format=json").content)


def test_the_schema_is_openapi_and_names_every_address(client, db):
    told = schema(client)
    assert told["openapi"] == "3.1.0"
    assert sorted(told["paths"]) == [
        "/api/v1/associations/",
        "/api/v1/associations/{slug}/account/",
        "/api/v1/bars/",
        "/api/v1/bars/{public_id}/",
        "/api/v1/changes/",
        "/api/v1/complaints/",
        "/api/v1/complaints/{number}/",
        "/api/v1/decisions/",
        "/api/v1/decisions/{public_id}/",
        "/api/v1/keys/",
        "/api/v1/ratings/",
        "/api/v1/ratings/{public_id}/",
        "/api/v1/ratings/{public_id}/bundle/",
        "/api/v1/ratings/{public_id}/history.svg",
        "/api/v1/ratings/{public_id}/history/",
        "/api/v1/rulesets/",
        "/api/v1/rulesets/schema/",
        "/api/v1/rulesets/{sha256}/",
    ]
    asked = {each["name"] for each in told["paths"]["/api/v1/ratings/"]["get"]["parameters"]}
    assert asked == {"q", "code", "grade", "association", "category", "cursor"}


@pytest.mark.parametrize("path", ["ratings/", "bars/", "decisions/", "associations/"])
def test_answers_are_as_the_schema_says(client, city, expelled, path):
    publish_due(today=DAY)
    told = schema(client)
    answers = [(f"/api/v1/{path}", client.get(f"/api/v1/{path}").json())]
    if path != "associations/":
        for row in answers[0][1]["results"]:
            answers.append(
                (f"/api/v1/{path}{{public_id}}/", client.get(f"/api/v1/{path}{row['id']}/").json())
            )
            if path == "ratings/":
                address = f"/api/v1/{path}{row['id']}/history/"
                answers.append((f"/api/v1/{path}{{public_id}}/history/", client.get(address).json()))
        assert len(answers) > 1
    for address, answer in answers:
        content = told["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**content, "components": told["components"]}).validate(answer)


def test_the_schemas_page_keeps_to_the_policy(client, db):
    page = client.get("/api/v1/docs/")
    told = page.content.decode()
    assert (page.status_code, dict(page.cookies), "<style" in told, "style=" in told) == (
        200,
        {},
        False,
        False,
    )
    assert client.get("/api/v1/docs/?script=").headers["Content-Type"] == "application/javascript"


def test_a_decision_that_lacks_notice_is_not_in_the_api(client, city, published):
    ref = past_decision(city, published, number="缺告知", notice_served_on=None)
    publish_due(today=DAY)
    assert client.get(f"/api/v1/decisions/{ref}/").status_code == 404
    assert ref not in client.get("/api/v1/decisions/").content.decode()

"""The public pages: what they show, to whom, at what cost."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from django.db import ProgrammingError, connection

from associations.tenancy import scope
from credit.publication.models import PublishedRating
from credit.publication.services import publish_due, withdraw_ended
from credit.scoring.models import Standing
from portal.doors import KEPT
from tests.cast import client_for
from tests.credit.publication.conftest import DAY, candidate, consent, rate, take_back
from tests.portal.conftest import rated_firm, rated_person

OPEN = {
    "home": "/",
    "found": "/?q=tangyu",
    "ratings": "/ratings/",
    "bars": "/bars/",
    "decisions": "/decisions/",
    "associations": "/associations/",
    "association": "/associations/city/",
    "methodology": "/methodology/",
    "own methodology": "/associations/city/methodology/",
}
FOUND_BY = [
    "棠屿", "某市棠屿", "棠嶼", "tangyu", "TANGYU", "ｔａｎｇｙｕ", "msty", "tydz", " 棠 屿 ", "棠yu",
    "某市棠屿电子商务有限公司", "919900000000000018", "９１９９００００００００００００１８", "9199000000",
]  # fmt: skip
FOUND_BY_NONE = ["棠棣", "zzzz", "屿棠", "919900000000000026", "%", "' OR 1=1 --", "\x00", "a" * 500]
ROW = re.compile(r'<th scope="row" class="w"><a href="(/ratings/[^"]+)"')
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/ld\+json\")", re.IGNORECASE)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def addresses(published, decision_ref) -> dict[str, str]:
    return OPEN | {
        "rating": f"/ratings/{published.public_id}/",
        "decision": f"/decisions/{decision_ref}/",
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_answers_anybody_without_cookie_or_inline_script(client, addresses, prefix):
    for name, path in addresses.items():
        answer = client.get(prefix + path)
        assert (name, answer.status_code, dict(answer.cookies)) == (name, 200, {})
        page = text(answer)
        assert SCRIPT.findall(page) == [], name
        assert re.findall(r"\son\w+=|\sstyle=|javascript:", page) == [], name
        language = "en" if prefix else "zh-Hans"
        assert f'<html lang="{language}">' in page, name


def test_a_logged_in_readers_session_is_not_touched(city, addresses):
    reader = client_for(city.clerk)
    for name, path in addresses.items():
        answer = reader.get(path)
        assert (name, dict(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == (name, {}, False)
        assert city.clerk.name not in text(answer), name


def test_a_page_is_not_sent_twice(client, addresses):
    for name, path in addresses.items():
        first = client.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=10, must-revalidate", name
        again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
        assert (name, again.status_code, again.content) == (name, 304, b"")
        assert again.headers["ETag"] == first.headers["ETag"], name
        assert client.get(path, headers={"if-none-match": 'W/"another"'}).status_code == 200, name


def test_the_two_languages_have_their_own_etags(client, addresses):
    tags = {client.get(prefix + addresses["rating"]).headers["ETag"] for prefix in ("", "/en")}
    assert len(tags) == 2


def test_only_reading_is_allowed(client, addresses):
    assert {client.post(path).status_code for path in addresses.values()} == {405}
    assert client.head(addresses["rating"]).content == b""


def test_what_a_rating_costs_to_ask(client, addresses, django_assert_num_queries):
    path = addresses["rating"]
    client.get(path)
    KEPT.bodies.clear()
    KEPT.size = 0
    # the version (5: one round trip outside a test), the scope (4), record, association, decisions, bundle
    with django_assert_num_queries(13):
        first = client.get(path)
    with django_assert_num_queries(5):
        client.get(path)
    with django_assert_num_queries(5):
        client.get(path, headers={"if-none-match": first.headers["ETag"]})


@pytest.mark.parametrize(
    "path", ["/ratings/", "/ratings/?association=city&category=3&grade=BBB", "/?q=试验", "/"]
)
def test_a_list_costs_the_same_however_long(client, city, path):
    counts = []
    client.get("/?q=暖")  # a process asks once which words are frequent
    for number in (11, 12, 13):
        rated_firm(city, number, f"某市试验{number}号电子商务有限公司")
        rate()
        publish_due(today=DAY)
        if number == 12:
            continue
        with connection.execute_wrapper(counter := Counting()):
            assert client.get(path).status_code == 200
        counts.append(counter.count)
    assert counts[0] == counts[1]


class Counting:
    """Counts statements."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, *rest):
        self.count += 1
        return execute(*rest)


def test_the_rating_page_names_the_rule_of_every_line(client, addresses, published):
    page = text(client.get("/en" + addresses["rating"]))
    with scope.public():
        payload = PublishedRating.objects.get(public_id=published.public_id).payload
    rules = re.findall(r'<a class="rule" href="/en/methodology/#(\w+)">rule ([\d.]+)</a>', page)
    assert [number for _anchor, number in rules] == [line["indicator"] for line in payload["lines"]]
    methodology = text(client.get("/en/methodology/"))
    assert {anchor for anchor, _number in rules if f'id="{anchor}"' not in methodology} == set()


def test_the_rating_page_says_what_would_change_the_grade(client, addresses, published):
    page = text(client.get("/en" + addresses["rating"]))
    with scope.public():
        payload = PublishedRating.objects.get(public_id=published.public_id).payload
    section = page[page.index('id="change"') : page.index('id="hist"')]
    assert payload["prospects"]
    for each in payload["prospects"]:
        assert each["text"]["en"] in section
        assert each["outcome"]["en"] in section
    assert 'href="#change"' in page


def test_a_rating_published_before_it_told_what_would_change_it_still_has_a_page(
    client, addresses, published
):
    with scope.across_associations(why="publish as an earlier version did"):
        row = PublishedRating.objects.get(public_id=published.public_id)
        del row.payload["prospects"]
        row.save()
    page = client.get("/en" + addresses["rating"])
    assert (page.status_code, 'id="change"' in text(page)) == (200, False)
    numbers = re.findall(r'<li><a href="#[a-z]+">(\d)　', text(page))
    assert numbers == [str(number + 1) for number in range(len(numbers))] and len(numbers) > 6  # noqa: PT018 - one thing
    assert client.get(f"/api/v1{addresses['rating']}").json()["prospects"] == []


def test_the_rating_page_says_why_line_by_line(client, addresses, published):
    page = text(client.get("/en" + addresses["rating"]))
    with scope.public():
        payload = PublishedRating.objects.get(public_id=published.public_id).payload
    for line in payload["lines"]:
        assert f'id="l{line["no"].replace(".", "-")}"' in page
        assert line["text"]["en"].replace("'", "&#x27;").replace("&", "&amp;")[:20] in page
    whole, rest = divmod(payload["score"], 1000)
    assert f'<span class="big">{whole}<span class="mp">.{rest:03d}</span></span>' in page
    assert published.code in page
    assert payload["inputs_sha256"][:16] in page
    linked = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert linked["itemReviewed"] == {
        "@type": "Organization",
        "name": published.name,
        "taxID": published.code,
    }
    assert 'class="qr"' in page
    assert 'class="seal' not in page, "nothing is signed yet"


def test_nothing_that_is_not_there_is_linked(client, addresses):
    for path in addresses.values():
        page = text(client.get(path))
        for address in set(re.findall(r'(?:href|src)="(/[^"#]*)"', page)):
            if not address.startswith("/static/"):
                assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_firm_is_found_by_name_sound_initials_and_code_however_typed(client, published):
    for query in FOUND_BY:
        told = client.get("/suggest/", {"q": query}).json()["suggestions"]
        assert (query, [each["name"] for each in told]) == (query, [published.name])
        assert f"/ratings/{published.public_id}/" in text(client.get("/", {"q": query})), query


def test_nobody_is_found_by_what_fits_nobody(client, published):
    for query in FOUND_BY_NONE:
        assert (query, client.get("/suggest/", {"q": query}).json()) == (query, {"suggestions": []})
        answer = client.get("/", {"q": query})
        assert (query, answer.status_code, 'class="empty"' in text(answer)) == (query, 200, True)


def test_the_best_comes_first(client, city):
    for number, name in (
        (21, "某市大棠屿贸易有限公司"),
        (22, "棠屿贸易有限公司"),
        (23, "棠屿"),
        (24, "棠屿贸易"),
    ):
        rated_firm(city, number, name)
    rate()
    publish_due(today=DAY)
    told = client.get("/suggest/", {"q": "棠屿"}).json()["suggestions"]
    assert [each["name"] for each in told] == [
        "棠屿",
        "棠屿贸易",
        "棠屿贸易有限公司",
        "某市大棠屿贸易有限公司",
    ]


def test_suggestions_are_options_for_the_fields_script(client, published):
    answer = client.get("/suggest/", {"q": "棠屿"}, headers={"accept": "text/html"})
    assert f'data-url="/ratings/{published.public_id}/"' in text(answer)
    assert "<mark>棠屿</mark>" in text(answer)


def test_a_streamer_is_found_by_her_stage_name_only_while_she_consents(client, city, public_streamer):
    path = f"/ratings/{public_streamer.public_id}/"
    assert "小满在播" in text(client.get(path))
    assert [each["url"] for each in client.get("/suggest/", {"q": "xmzb"}).json()["suggestions"]] == [path]
    take_back(city, public_streamer)
    assert withdraw_ended(DAY).withdrawn == 1
    assert client.get(path).status_code == 404
    assert client.get(f"/api/v1{path}").status_code == 404
    assert client.get(f"/api/v1{path}history/").status_code == 404
    assert client.get("/suggest/", {"q": "xmzb"}).json() == {"suggestions": []}
    for address in OPEN.values():
        assert "小满在播" not in text(client.get(address))


def test_a_person_without_consent_is_nowhere(client, city, rated):
    private = rated_person(city, 31, "未公开主播")
    rate()
    publish_due(today=DAY)
    assert candidate(city, "rating", private.public_id).state == "blocked"
    assert client.get(f"/ratings/{private.public_id}/").status_code == 404
    for address in [*OPEN.values(), "/?q=未公开", f"/ratings/{rated.public_id}/", "/api/v1/ratings/"]:
        page = text(client.get(address)).replace('value="未公开"', "").replace("“未公开”", "")
        assert "未公开主播" not in page
        assert private.public_id not in page


def test_the_public_role_reads_what_is_published_and_nothing_else(city, published):
    with scope.public():
        assert PublishedRating.objects.get().public_id == published.public_id
    closed = ["credit_candidate", "credit_standing", "credit_formerrating", "credit_bar", "associations_membership",
              "associations_fact", "associations_decision", "core_subject", "core_user", "core_entry"]  # fmt: skip
    for table in closed:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            scope.public(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
    with pytest.raises(ProgrammingError, match="permission denied"), scope.public():
        Standing.objects.count()
    for verb in ("DELETE FROM credit_publishedrating", "UPDATE credit_publishedrating SET score = 0"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            scope.public(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb)
    assert city.association.pk > 0


HOSTILE = [
    "<script>alert(1)</script>某店",
    "</script><img src=x onerror=alert(1)>某店",
    '某店"><svg onload=alert(1)>',
    "某店{{ 7*7 }}{% debug %}",
    "某店' onmouseover='alert(1)",
    "某店&lt;b&gt;",
]


class Elements(HTMLParser):
    """What a browser would make of a page: elements with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.handlers += [name for name, _value in attrs if name.startswith("on") or name == "style"]


def test_hostile_names_stay_names(client, city):
    members = {name: rated_firm(city, 41 + at, name) for at, name in enumerate(HOSTILE)}
    rate()
    publish_due(today=DAY)
    own = [f"/ratings/{member.public_id}/" for member in members.values()]
    for path in [*own, "/", "/ratings/", "/?q=某店"]:
        page = text(client.get(path))
        found = Elements(page)
        assert (path, SCRIPT.findall(page), found.handlers, "img" in found.tags) == (path, [], [], False)
        assert "某店49" not in page
    answer = client.get("/suggest/", {"q": "某店"}, headers={"accept": "text/html"})
    assert Elements(text(answer)).tags == {"li", "span", "mark"}
    for name, member in members.items():
        assert client.get(f"/api/v1/ratings/{member.public_id}/").json()["name"] == name


def test_a_hostile_query_stays_a_query(client, published):
    page = text(client.get("/", {"q": '"><script>alert(1)</script>'}))
    assert SCRIPT.findall(page) == []
    assert "&lt;script&gt;" in page


def test_the_bar_says_whose_it_is_and_what_it_is_not(client, bar_ref, expelled):
    page = text(client.get(f"/en/bars/{bar_ref}/"))
    assert "This entry bars from membership of Some City Live Commerce Association only." in page
    assert "It restricts nobody from any occupation" in page
    for fact in ("2026-10-21", "2029-10-21", "第二十四条", "AD01", "2026-09-01"):
        assert fact in page
    assert expelled.name in text(client.get("/bars/"))
    assert f"/bars/{bar_ref}/" in text(client.get(f"/ratings/{expelled.public_id}/"))


@pytest.mark.parametrize(
    "path", ["/ratings/none/", "/bars/none/", "/decisions/none/", "/associations/none/", "/en/ratings/none/"]
)
def test_what_is_not_there_is_404(client, published, path):
    answer = client.get(path)
    assert (answer.status_code, dict(answer.cookies)) == (404, {})


def test_an_empty_register_is_no_error(client, db):
    for name, path in OPEN.items():
        status = 404 if name in {"association", "methodology", "own methodology"} else 200
        assert (name, client.get(path).status_code) == (name, status)


def test_a_wrong_filter_names_itself_and_a_strange_cursor_is_a_bad_request(client, published):
    page = client.get("/ratings/?grade=ZZ")
    assert page.status_code == 200
    assert 'class="errsum"' in text(page)
    assert client.get("/ratings/?cursor=nonsense").status_code == 400


def test_a_long_list_is_read_stretch_by_stretch(client, city, monkeypatch):
    from portal.pages import lists

    monkeypatch.setattr(lists, "PER_PAGE", 2)
    for number in range(51, 56):
        rated_firm(city, number, f"某市试验{number}号电子商务有限公司")
    rate()
    publish_due(today=DAY)
    seen, address, pages = [], "/ratings/", 0
    while address and pages < 9:
        page = text(client.get(address))
        seen += ROW.findall(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address, pages = f"/ratings/{following[1]}" if following else "", pages + 1
    assert (pages, len(seen), len(set(seen))) == (3, 5, 5)
    before = re.search(r'rel="prev" href="([^"]+)"', page)
    assert (
        re.findall(
            r'<th scope="row" class="w"><a href="(/ratings/[^"]+)"', text(client.get(f"/ratings/{before[1]}"))
        )
        == seen[2:4]
    )


def test_consent_given_again_brings_the_rating_back(client, city, public_streamer):
    path = f"/ratings/{public_streamer.public_id}/"
    take_back(city, public_streamer)
    withdraw_ended(DAY)
    assert client.get(path).status_code == 404
    consent(city, public_streamer)
    publish_due(today=DAY)
    assert client.get(path).status_code == 200

"""Their ids in our forms, bulk actions, filters, exports and next addresses.

The forms are those our own pages show: every form of every console page each officer may open, posted as it
stands but with one field holding an id of the other association's. So a new form is tried without a line here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.db import IntegrityError, connection
from django.http import QueryDict

from tests.architecture.urls_policy import OFFICERS, Kind
from tests.architecture.visiting import address, judged, values_of, visitor
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from tests.architecture.visiting import Visit
    from tests.architecture.world import Side, World

FORM_TYPE = "application/x-www-form-urlencoded"
TYPED = {
    "text",
    "date",
    "number",
    "email",
    "search",
    "password",
    "url",
    "file",
    "time",
    "datetime-local",
    "tel",
}
BUTTONS = {"submit", "button", "reset", "image"}
# Fields in which an officer names somebody by typing.
PUBLIC_ID_LENGTH = 22
# So many swaps at the least, or the pages have lost their forms.
TRIED = {"clerk": 50, "admin": 50, "decider": 20, "reviewer": 20, "observer": 5}
NAMES_BY_TYPING = {"member", "agency", "streamer", "query", "q"}
# What an export, a bulk action or a filter might call the ids it takes.
SELECTORS = (
    "ids",
    "id",
    "selected",
    "member",
    "members",
    "membership",
    "case",
    "course",
    "session",
    "candidate",
)


@dataclass
class Form:
    """A form as a page shows it: where it goes, what it would send, and which fields choose something."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    choosing: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads the forms out of a page."""

    def __init__(self, at: str, text: str) -> None:
        super().__init__()
        self.at, self.found, self.open, self.select = at, [], None, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            action = urljoin(self.at, told.get("action") or self.at)
            self.open = Form(action, (told.get("method") or "get").lower())
            self.found.append(self.open)
        if self.open is None:
            return
        name = told.get("name") or ""
        if tag == "input" and name and told.get("type", "text") not in BUTTONS:
            kind = told.get("type", "text")
            if kind not in TYPED and name != "csrfmiddlewaretoken":
                self.open.choosing.add(name)
            self.open.values.setdefault(name, told.get("value") or filler(kind))
        elif tag == "textarea" and name:
            self.open.values[name] = "理由"
        elif tag == "select":
            self.select = name
            self.open.choosing.add(name)
        elif (
            tag == "option"
            and self.select
            and told.get("value")
            and ("selected" in told or self.select not in self.open.values)
        ):
            self.open.values[self.select] = told["value"]

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


def filler(kind: str) -> str:
    return {"date": "2026-06-15", "number": "60", "email": "x@example.test"}.get(kind, "某某")


def forms_of(visit: Visit) -> dict[tuple[str, str, tuple[str, ...]], Form]:
    """Every form on the pages this officer may open, of all our objects."""
    found = {}
    for path in pages(visit.here.ours, visit.role):
        for form in Forms(path, visit.ask("GET", path).text).found:
            found.setdefault((form.method, form.action, tuple(form.values)), form)
    return found


def pages(side: Side, role: str) -> list[str]:
    everything = []
    for route, line in judged({Kind.TENANT}):
        if role in line.get:
            everything.append(address(route, values_of(line, side.things, side.slug)))
            if line.fill.get("case"):
                stages = [key for key in side.things if key.endswith(" case")]
                everything += [
                    address(route, {"slug": side.slug, "case": side.things[each]}) for each in stages
                ]
    return everything


def theirs(side: Side) -> list[str]:
    """What names their things: public ids, row numbers, a firm's code."""
    return [*public_ids(side), *row_numbers(side), side.code]


def public_ids(side: Side) -> list[str]:
    return [
        each
        for key, each in side.things.items()
        if key not in {"number", "role", "app", "row", "certificate"}
    ]


def row_numbers(side: Side) -> list[str]:
    return [*side.rows, str(side.house.reviewers[0].pk), str(side.house.clerk.pk)]


def swaps(form: Form, name: str, side: Side) -> list[str]:
    """What of theirs to put where ours stands: of its kind, if it is an id at all; where names are typed, names."""
    own = form.values.get(name, "")
    if name in NAMES_BY_TYPING:
        return [side.code, side.things["member"], side.rows[0], f"{side.shown}商贸有限公司"]
    if own.isdecimal():
        return row_numbers(side)
    if len(own) == PUBLIC_ID_LENGTH:
        return public_ids(side)
    return [] if own else [side.things["member"], side.rows[0]]


def refused(visit: Visit, form: Form, name: str, value: str) -> None:
    """Send the form with their value in one field: an error or nothing, never a change that took it."""
    data = urlencode(form.values | {name: value})
    path = urlsplit(form.action).path
    doing = f"{visit.role} {form.method} {path} with {name}={value}"
    if form.method == "get":
        answer = visit.ask("GET", f"{path}?{data}")
        visit.expect(answer, {200, 286, 302, 400, 403, 404, 422}, doing)
    else:
        answer = visit.ask("POST", path, data=data, content_type=FORM_TYPE)
        visit.expect(answer, {200, 302, 400, 403, 404, 405, 422}, doing)
        if answer.wrote and not (path.endswith("/export/") and is_ledger_alone(answer.wrote)):
            visit.wrong.append(f"{doing}: taken, {answer.status} {answer.location}, wrote {answer.wrote}")
    if visit.here.theirs.secret in answer.text or visit.here.theirs.shown in answer.text.replace(value, ""):
        visit.wrong.append(f"{doing}: shows theirs")


def is_ledger_alone(wrote: list[str]) -> bool:
    """An export of nothing is kept in the ledger as any other."""
    return all(each.startswith('INSERT INTO "core_entry"') for each in wrote)


@pytest.mark.long
@pytest.mark.parametrize("role", sorted(OFFICERS))
def test_their_ids_in_our_forms(here, role):
    visit = visitor(here, role)
    forms = forms_of(visit)
    tried = 0
    for form in forms.values():
        for name in sorted(form.values):
            if name in form.choosing | NAMES_BY_TYPING:
                for value in swaps(form, name, here.theirs):
                    refused(visit, form, name, value)
                    tried += 1
    visit.judge()
    assert tried > TRIED[role]


@pytest.mark.parametrize("role", ["clerk", "admin", "decider", "reviewer"])
def test_their_ids_as_selections(here, role):
    """Whatever an export, a bulk action or a list might call the ids it takes: theirs bring nothing of theirs."""
    visit = visitor(here, role)
    ids = theirs(here.theirs)
    for route, line in judged({Kind.TENANT}):
        if line.fill:
            continue
        path = address(route, {"slug": here.ours.slug})
        data = urlencode([(name, value) for name in SELECTORS for value in ids])
        for method, answer in (
            ("GET", visit.ask("GET", f"{path}?{data}")),
            ("POST", visit.ask("POST", path, data=data, content_type=FORM_TYPE)),
        ):
            doing = f"{role} {method} {path}"
            visit.expect(answer, {200, 286, 302, 400, 403, 404, 405, 422}, doing)
            if here.theirs.secret in answer.text or here.theirs.shown in answer.text:
                visit.wrong.append(f"{doing}: shows theirs")
    visit.judge()


QUERIES = (
    "q", "search", "name", "cursor", "after", "before", "page", "order", "sort", "view", "category", "state", "show",
    "year", "code", "grade",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_filters_and_cursors_stay_at_home(here, watched, query):
    """Looking for theirs, or taking up a list where theirs ends, finds nothing of theirs and breaks nothing.

    A page that never looks at the query it is asked with is asked once: another value cannot make a difference.
    """
    visit = visitor(here, "admin")
    for route, line in judged({Kind.TENANT}):
        if "admin" not in line.get or line.fill:
            continue
        path = address(route, {"slug": here.ours.slug})
        for value in (
            here.theirs.code,
            here.theirs.things["member"],
            here.theirs.rows[0],
            "-1",
            "'",
            "\x00",
            "9" * 40,
        ):
            watched.clear()
            answer = visit.ask("GET", f"{path}?{urlencode({query: value})}")
            doing = f"GET {path}?{query}={value!r}"
            visit.expect(answer, {200, 286, 302, 400, 404, 422}, doing)
            if here.theirs.secret in answer.text or here.theirs.shown in answer.text:
                visit.wrong.append(f"{doing}: shows theirs")
            if query not in watched and query != QUERIES[0]:
                break
    visit.judge()


@pytest.fixture
def watched(monkeypatch) -> set[str]:
    """Tell which queries of an address were looked at; whoever goes through all of them looks at each."""
    looked: set[str] = set()

    class Watched(QueryDict):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            looked.clear()  # reading the address looks at them too

        def __getitem__(self, key):
            looked.add(key)
            return super().__getitem__(key)

        def _getlist(self, key, *args, **more):
            looked.add(key)
            return super()._getlist(key, *args, **more)

        def __contains__(self, key):
            looked.add(key)
            return super().__contains__(key)

        def __iter__(self):
            return iter(self.keys())

        def keys(self):
            looked.update(super().keys())
            return super().keys()

        def lists(self):
            looked.update(super().keys())
            return super().lists()

    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Watched)
    return looked


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "/\\evil.example",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_next_address_leads_nowhere_else(here, elsewhere):
    """Language, log-in and log-out lead to our own pages, whatever `next` says."""
    visit = visitor(here, "anonymous")
    wanted = {"next": elsewhere}
    log_in = {"login": here.ours.house.clerk.email, "password": PASSWORD, **wanted}
    for path, data in (
        ("/i18n/setlang/", {"language": "en", **wanted}),
        ("/account/login/", log_in),
        (f"/account/login/?{urlencode(wanted)}", log_in),
        ("/account/logout/", wanted),
        ("/ops/login/", log_in),
    ):
        answer = visit.ask("POST", path, data=urlencode(data), content_type=FORM_TYPE)
        assert answer.status in {200, 302, 400, 404}, path
        assert "evil" not in answer.location.partition("?")[0], (path, answer.location)
        assert not answer.location.startswith(("//", "\\", "javascript")), (path, answer.location)
    inside = visitor(here, "clerk")
    answer = inside.ask("GET", f"/account/login/?{urlencode(wanted)}")
    target = dict(parse_qsl(urlsplit(answer.location).query)).get("next", "")
    assert "evil" not in urlsplit(answer.location).netloc
    assert not target


@pytest.mark.parametrize(
    ("model", "key"),
    [("Attendance", "session"), ("AgencyLink", "streamer"), ("Case", "membership"), ("Seat", "case"),
     ("Application", "membership"), ("Refusal", "run")],
)  # fmt: skip
def test_even_a_row_made_to_point_there_is_refused(here: World, model, key):
    """The power of the swaps: without the forms' care, the keys of the database refuse the same."""
    from django.apps import apps
    from django.db import DatabaseError

    from associations.tenancy import scope
    from tests.architecture.visiting import rolled_back

    table = apps.get_model("associations", model)
    column = table._meta.get_field(key)
    with scope.of(here.theirs.house.association):
        target = column.related_model.objects.order_by("pk")[0].pk
    with rolled_back(), pytest.raises((IntegrityError, DatabaseError)), scope.of(here.ours.house.association):
        assert (
            table.objects.filter(pk__in=table.objects.values("pk")[:1]).update(**{column.attname: target})
            == 1
        )
        connection.check_constraints()

"""Every address × method × role × object: who sees what, who may change what, and that B is never touched by A.

The requests run inside one transaction and each is rolled back, so all see the same world. What a request
wrote is read from its statements; whenever it wrote anything of ours, every row of the other association is
hashed and compared.
"""

from __future__ import annotations

import io
import logging
import re
import secrets
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.cache import cache as site_cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize

from tests.architecture.urls_policy import MEMBERS, OFFICERS, POLICY, Kind, Line
from tests.architecture.world import World, fingerprint, world
from tests.cast import client_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = (
    "anonymous", "member", "former member", "clerk", "reviewer", "decider", "admin", "observer", "suspended",
    "former", "other admin", "operator",
)  # fmt: skip
LOGGED_OUT = {"anonymous", "suspended"}
WRITES = re.compile(r'\s*(?:WITH .*)?(?:INSERT INTO|UPDATE|DELETE FROM) "?(core_|associations_|credit_)', re.I | re.S)
SHOWN = {200, 286, 302}  # 286: shown, and no need to ask again
ANY_REFUSAL = {302, 400, 401, 403, 404, 405, 410, 422, 429}
POWER = 0.3


def walk(patterns: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with the whole of its route, the language's prefix left out."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from walk(each.url_patterns, route)


@cache
def routes() -> dict[str, URLPattern]:
    return dict(walk(get_resolver().url_patterns))


def address(route: str, values: dict[str, str]) -> str:
    """The path of a route with its arguments filled in."""
    if "(?P<" in route:
        before, _, regex = route.rpartition("/^") if "/^" in route else route.partition("(")
        regex = regex if "/^" in route else f"({regex}"
        before += "/" if "/^" in route else ""
        return "/" + before + normalize(regex)[0][0] % values
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


# --- the table ---


def test_every_address_has_its_line_and_every_line_its_address():
    assert sorted(set(routes()) - set(POLICY)) == []
    assert sorted(set(POLICY) - set(routes())) == []


def test_the_table_calls_a_tenants_door_by_its_name():
    """A console address runs under its association, and nothing else does."""
    assert {route for route, line in POLICY.items() if line.kind == Kind.TENANT} == {
        route for route in POLICY if route.startswith("a/<slug:slug>/")
    }


def test_ids_in_addresses_cannot_be_counted_through():
    """No address of a tenant or of the public takes a number; what it takes has 128 random bits."""
    counted = [
        route
        for route, line in POLICY.items()
        if line.kind in {Kind.PUBLIC, Kind.API, Kind.DESK, Kind.TENANT}
        and {type(each).__name__ for each in getattr(routes()[route].pattern, "converters", {}).values()}
        - {"StringConverter", "SlugConverter", "PathConverter"}
    ]
    assert counted == []


def test_ids_are_128_random_bits(here):
    """22 characters of URL-safe base64, all different, no character of them constant."""
    ids = [each for key, each in here.ours.things.items() if key not in NO_PUBLIC_IDS]
    ids += [each for key, each in here.theirs.things.items() if key not in NO_PUBLIC_IDS]
    assert len(ids) == len(set(ids)) > 20
    assert all(re.fullmatch(r"[\w-]{22}", each) for each in ids)
    assert all(len(set(column)) > 5 for column in list(zip(*ids, strict=True))[:21])


NO_PUBLIC_IDS = {"number", "certificate", "row", "app", "role"}


# --- the world, and one request in it ---


@dataclass
class Answer:
    """What came back, and what was written on the way."""

    status: int
    text: str
    location: str
    wrote: list[str]
    error: str = ""


@dataclass
class Visit:
    """Somebody's browser, and what he did wrong so far."""

    here: World
    role: str
    client: Client
    cookies: str
    untouched: dict[str, str]
    wrong: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, **more: object) -> Answer:
        """One request, rolled back. Compares the other association's rows whenever something was written."""
        self.client.cookies.load(self.cookies)
        wrote: list[str] = []

        def noticing(execute, statement, parameters, many, context):
            if isinstance(statement, str) and WRITES.match(statement):
                wrote.append(statement[:90])
            return execute(statement, parameters, many, context)

        with rolled_back(), connection.execute_wrapper(noticing):
            response = self.client.generic(method, path, **more)
            text = everything_in(response)
            self.client.cookies.clear()
            if wrote:
                del wrote[wrote.index(wrote[0]) + 20 :]
                for name, before in self.untouched.items():
                    side = getattr(self.here, name)
                    if fingerprint(side) != before:
                        self.wrong.append(f"{method} {path}: rows of {side.slug} changed by {wrote}")
        error = repr(response.exc_info[1]) if getattr(response, "exc_info", None) else ""
        return Answer(response.status_code, text, response.headers.get("Location", ""), wrote, error)

    def expect(self, answer: Answer, allowed: set[int], doing: str) -> None:
        if answer.status not in allowed:
            self.wrong.append(
                f"{doing}: {answer.status} {answer.location} {answer.error}, expected {sorted(allowed)}"
            )

    def judge(self) -> None:
        """Fail with everything that was wrong, a line each."""
        if self.wrong:
            pytest.fail("\n".join(self.wrong), pytrace=False)


@contextmanager
def rolled_back() -> Iterator[None]:
    """A savepoint that is always taken back, however broken the transaction is by then."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything_in(response: HttpResponseBase) -> str:
    """Body, headers and file name as text; a workbook's or archive's parts one by one."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
    headers = " ".join(f"{key}: {value}" for key, value in response.headers.items())
    text = body.decode("utf-8", "replace")
    if "\\u" in text:
        text += re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return f"{text}\n{headers}\n{unquote(headers)}"


@pytest.fixture(scope="module")
def here(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Build the world once a module, in one transaction that is taken back at the end."""
    logging.disable(logging.WARNING)  # thousands of refusals are meant
    with django_db_blocker.unblock(), rolled_back(), world() as built:
        for side in (built.ours, built.theirs):
            clerk = side.house.clerk
            side.things |= {"row": str(clerk.pk), "app": "core", "role": "clerk", "officer": clerk.public_id}
        yield built
    logging.disable(logging.NOTSET)


@pytest.fixture
def visit(here, request) -> Visit:
    return visitor(here, request.param)


def visitor(here: World, role: str) -> Visit:
    """Let somebody in, with a fingerprint of the association whose rows must stay as they are."""
    site_cache.clear()
    if role == "anonymous":
        client = client_for(None)
    elif role == "operator":
        client = client_for(here.operator)
    elif role == "other admin":
        client = client_for(here.theirs.house.admin)
    else:
        client = client_for(here.ours.people[role])
    client.raise_request_exception = False
    untouched = ["ours"] if role == "other admin" else ["theirs"]
    return Visit(
        here,
        role,
        client,
        client.cookies.output(header="").strip().partition(";")[0],
        {name: fingerprint(getattr(here, name)) for name in untouched},
    )


def values_of(line: Line, things: dict[str, str], slug: str) -> dict[str, str]:
    return {"slug": slug} | {argument: things[word] for argument, word in line.fill.items()}


def judged(kinds: set[Kind]) -> list[tuple[str, Line]]:
    known = routes()
    return [(route, line) for route, line in sorted(POLICY.items()) if line.kind in kinds and route in known]


# --- the matrix ---


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_own_association(visit):
    """At the doors of the city: officers by the line, the others 404 or the log-in; nobody ever 500."""
    here, role = visit.here, visit.role
    for route, line in judged({Kind.TENANT}):
        path = address(route, values_of(line, here.ours.things, here.ours.slug))
        for method in METHODS:
            answer = visit.ask(method, path)
            doing = f"{role} {method} {route}"
            if role in LOGGED_OUT:
                visit.expect(answer, {302, 405}, doing)
                if answer.status == 302 and "/account/login/" not in answer.location:
                    visit.wrong.append(f"{doing}: sent to {answer.location}")
            elif role not in OFFICERS:
                visit.expect(answer, {404, 405}, doing)
            elif method == "GET":
                visit.expect(answer, SHOWN if role in line.get else {403, 404, 405}, doing)
            else:
                visit.expect(answer, {200} | ANY_REFUSAL, doing)
            if answer.wrote and role not in line.write:
                visit.wrong.append(f"{doing}: wrote {answer.wrote}")
            if role not in OFFICERS and role != "other admin" and here.ours.secret in answer.text:
                visit.wrong.append(f"{doing}: shows the city's own")
            if role != "other admin" and (here.theirs.secret in answer.text or here.theirs.shown in answer.text):
                visit.wrong.append(f"{doing}: shows the province's")
    visit.judge()


@pytest.mark.parametrize("visit", ["clerk", "reviewer", "decider", "admin", "observer"], indirect=True)
def test_the_others_objects_at_our_doors(visit):
    """Their object under our address does not exist: the same answer as for an id nobody has, and no change."""
    here = visit.here
    for route, line in judged({Kind.TENANT}):
        if not line.fill:
            continue
        path = address(route, values_of(line, here.theirs.things, here.ours.slug))
        nobodys = {
            word: "clerk" if word == "role" else secrets.token_urlsafe(16) for word in line.fill.values()
        }
        nowhere = address(route, values_of(line, nobodys, here.ours.slug))
        for method in METHODS:
            answer, nothing = visit.ask(method, path), visit.ask(method, nowhere)
            doing = f"{visit.role} {method} {route} with theirs"
            visit.expect(answer, {403, 404, 405}, doing)
            if visit.role in {"GET": line.get, "POST": line.write}.get(method, set()):
                visit.expect(answer, {404}, doing)
            if answer.status != nothing.status:
                visit.wrong.append(f"{doing}: {answer.status}, for an unknown id {nothing.status}")
            if answer.wrote:
                visit.wrong.append(f"{doing}: wrote {answer.wrote}")
            if here.theirs.secret in answer.text or here.theirs.shown in answer.text:
                visit.wrong.append(f"{doing}: shows theirs")
    visit.judge()


@pytest.mark.parametrize("visit", [role for role in ROLES if role != "other admin"], indirect=True)
def test_their_doors(visit):
    """Under their address everything is 404, or the log-in, whatever we ask for there."""
    here, role = visit.here, visit.role
    for route, line in judged({Kind.TENANT}):
        for side in (here.theirs, here.ours):
            path = address(route, values_of(line, side.things, here.theirs.slug))
            for method in METHODS if side is here.theirs else ("GET", "POST"):
                answer = visit.ask(method, path)
                doing = f"{role} {method} {route} of theirs"
                visit.expect(answer, {302, 405} if role in LOGGED_OUT else {404, 405}, doing)
                if answer.wrote:
                    visit.wrong.append(f"{doing}: wrote {answer.wrote}")
                if here.theirs.secret in answer.text or here.theirs.shown in answer.text:
                    visit.wrong.append(f"{doing}: shows theirs")
    visit.judge()


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_public_and_account_doors(visit):
    """What is published is shown to all; no door of the public or of an account shows anything else of anybody."""
    here, role = visit.here, visit.role
    mine = {"other admin": {here.theirs.secret}, "operator": set()}.get(role, {here.ours.secret})
    secret = {here.ours.secret, here.theirs.secret} - mine
    for route, line in judged({Kind.PUBLIC, Kind.API, Kind.ACCOUNT}):
        path = address(route, values_of(line, here.theirs.things, here.theirs.slug))
        for method in METHODS:
            answer = visit.ask(method, path)
            doing = f"{role} {method} {route}"
            visit.expect(answer, {200, 204} | ANY_REFUSAL, doing)
            if line.kind != Kind.ACCOUNT:
                if method == "GET" and route not in NOT_FOUND_BY_DESIGN:
                    visit.expect(answer, {200, 302}, doing)
                if answer.wrote:
                    visit.wrong.append(f"{doing}: wrote {answer.wrote}")
            if any(word in answer.text for word in secret):
                visit.wrong.append(f"{doing}: shows what is not public")
    visit.judge()


NOT_FOUND_BY_DESIGN = {"api/v1/<path:path>", "i18n/setlang/"}


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_the_desk(visit):
    """A member meets the own file and no other's: not a fellow member's, not one of the other association."""
    here, role = visit.here, visit.role
    for route, line in judged({Kind.DESK}):
        for side, thing in ((here.ours, "guest"), (here.ours, "member"), (here.theirs, "guest")):
            own = role in line.write | MEMBERS and side is here.ours and thing == "guest"
            path = address(route, {"slug": side.slug, "member": side.things[thing]})
            for method in METHODS:
                answer = visit.ask(method, path)
                doing = f"{role} {method} {route}, {side.slug}'s {thing}"
                allowed = {302, 405} if role in LOGGED_OUT else {404, 405}
                if own:
                    allowed = SHOWN if method == "GET" and role in line.get else {200} | ANY_REFUSAL - {404}
                visit.expect(answer, allowed, doing)
                if answer.wrote and not (own and role in line.write):
                    visit.wrong.append(f"{doing}: wrote {answer.wrote}")
                if any(each.secret in answer.text for each in (here.ours, here.theirs)) and not own:
                    visit.wrong.append(f"{doing}: shows what is another's")
    crossed = address("me/<slug:slug>/<str:member>/", {"slug": here.ours.slug, "member": here.theirs.things["guest"]})
    visit.expect(visit.ask("GET", crossed), {302, 404}, "theirs under our address")
    visit.judge()


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_operators_doors(visit):
    """The back office is the operators' alone, and even they see no row of an association there."""
    here, role = visit.here, visit.role
    answered = 0
    for route, line in judged({Kind.OPERATOR}):
        path = address(route, values_of(line, here.theirs.things, here.theirs.slug))
        for method in METHODS if role in {"operator", "admin", "anonymous"} else ("GET", "POST"):
            answer = visit.ask(method, path)
            doing = f"{role} {method} {route}"
            visit.expect(answer, ({200} if role == "operator" else set()) | ANY_REFUSAL, doing)
            answered += answer.status == 200
            if role != "operator":
                if answer.wrote:
                    visit.wrong.append(f"{doing}: wrote {answer.wrote}")
                if here.theirs.secret in answer.text:
                    visit.wrong.append(f"{doing}: shows the province's")
            if here.theirs.things["member"] in answer.text or f"{here.theirs.secret}主播" in answer.text:
                visit.wrong.append(f"{doing}: shows a member")
    visit.judge()
    assert (answered > 10) == (role == "operator")


@pytest.mark.parametrize("visit", ["other admin"], indirect=True)
def test_the_canaries_sing(visit):
    """The power of all this: who may look does meet the canaries, on three pages in ten at the least."""
    here = visit.here
    looked = seen = 0
    for route, line in judged({Kind.TENANT}):
        if "admin" in line.get:
            answer = visit.ask("GET", address(route, values_of(line, here.theirs.things, here.theirs.slug)))
            looked += 1
            seen += here.theirs.secret in answer.text or here.theirs.shown in answer.text
    assert looked > 20
    assert seen / looked >= POWER


@pytest.mark.parametrize("visit", ["clerk"], indirect=True)
def test_the_other_language_has_the_same_doors(visit):
    """Under /en/ stand the same walls."""
    here = visit.here
    for route, line in judged({Kind.TENANT, Kind.PUBLIC}):
        if route in {"healthz", "i18n/setlang/"}:
            continue
        own = visit.ask("GET", "/en" + address(route, values_of(line, here.ours.things, here.ours.slug)))
        allowed = SHOWN if line.kind == Kind.PUBLIC or "clerk" in line.get else {403, 404, 405}
        visit.expect(own, allowed, f"GET /en/{route}")
        if line.kind == Kind.TENANT:
            path = "/en" + address(route, values_of(line, here.theirs.things, here.theirs.slug))
            visit.expect(visit.ask("GET", path), {404, 405}, f"GET /en/{route} of theirs")
    visit.judge()


def test_the_matrix_would_see_a_change(here):
    """The comparison is awake: one row changed in the province changes its fingerprint, one in the city does not."""
    before = fingerprint(here.theirs)
    for side, same in ((here.theirs, False), (here.ours, True)):
        with rolled_back():
            from associations.members.models import Membership
            from associations.tenancy import scope

            with scope.of(side.house.association):
                Membership.objects.filter(public_id=side.things["member"]).update(name="另一个")
            assert (fingerprint(here.theirs) == before) is same
    assert settings.MIDDLEWARE[0] == "config.middleware.database_away"

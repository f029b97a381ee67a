"""Going through the doors of the world: who asks, what comes back, what was written on the way.

Each request is rolled back, so all see the same world. What it wrote is read from its statements; whenever it
wrote anything of ours, every row of the other association is hashed and compared.
"""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from django.core.cache import cache as site_cache
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize

from tests.architecture.fingerprints import fingerprint
from tests.architecture.urls_policy import POLICY, Kind, Line
from tests.cast import client_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase
    from django.test import Client

    from tests.architecture.world import World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = (
    "anonymous", "member", "former member", "clerk", "reviewer", "decider", "admin", "observer", "suspended",
    "former", "other admin", "operator",
)  # fmt: skip
LOGGED_OUT = {"anonymous", "suspended"}
WRITES = re.compile(
    r'\s*(?:WITH .*)?(?:INSERT INTO|UPDATE|DELETE FROM) "?(core_|associations_|credit_)',
    re.IGNORECASE | re.DOTALL,
)
SHOWN = {200, 286, 302}  # 286: shown, and no need to ask again
APPLICATIONS = re.compile(r"\^\(\?P<app_label>[^)]*\)/\$")
ANY_REFUSAL = {302, 400, 401, 403, 404, 405, 410, 422, 429}


def walk(patterns: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with the whole of its route, the language's prefix and the list of applications left out."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield APPLICATIONS.sub("<app_label>/", route), each
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

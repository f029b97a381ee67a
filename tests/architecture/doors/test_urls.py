"""Every address × method × role × object: who sees what, who may change what, and that B is never touched by A."""

from __future__ import annotations

import re
import secrets

import pytest
from django.conf import settings

from tests.architecture.fingerprints import fingerprint
from tests.architecture.urls_policy import MEMBERS, OFFICERS, POLICY, Kind
from tests.architecture.visiting import (
    ANY_REFUSAL,
    LOGGED_OUT,
    METHODS,
    ROLES,
    SHOWN,
    address,
    judged,
    rolled_back,
    routes,
    values_of,
)

POWER = 0.3

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
        if line.kind in {Kind.PUBLIC, Kind.API, Kind.KEY, Kind.DESK, Kind.TENANT}
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


NO_PUBLIC_IDS = {"kind", "method", "number", "certificate", "row", "app", "role"}


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
            if role != "other admin" and (
                here.theirs.secret in answer.text or here.theirs.shown in answer.text
            ):
                visit.wrong.append(f"{doing}: shows the province's")
    visit.judge()


@pytest.mark.parametrize("visit", ["clerk", "reviewer", "decider", "admin", "observer"], indirect=True)
def test_the_others_objects_at_our_doors(visit):
    """Their object under our address does not exist: the same answer as for an id nobody has, and no change."""
    here = visit.here
    for route, line in judged({Kind.TENANT}):
        if all(here.theirs.things[word] == here.ours.things[word] for word in line.fill.values()):
            continue  # nothing in this address is anybody's
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


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_doors_by_key(visit):
    """No session opens what is opened by a key."""
    for route, line in judged({Kind.KEY}):
        path = address(route, values_of(line, visit.here.ours.things, visit.here.ours.slug))
        for method in METHODS:
            answer = visit.ask(method, path)
            visit.expect(answer, {401}, f"{visit.role} {method} {route}")
            if answer.wrote:
                visit.wrong.append(f"{visit.role} {method} {route}: wrote {answer.wrote}")
    visit.judge()


NOT_FOUND_BY_DESIGN = {"api/v1/<path:path>", "i18n/setlang/"}


@pytest.mark.parametrize("visit", ROLES, indirect=True)
def test_the_desk(visit):
    """A member meets the own file and no other's: not a fellow member's, not one of the other association."""
    here, role = visit.here, visit.role
    for route, line in judged({Kind.DESK}):
        for side, thing in ((here.ours, "guest"), (here.ours, "member"), (here.theirs, "guest")):
            own = role in line.write | MEMBERS and side is here.ours and thing == "guest"
            filled = values_of(line, side.things, side.slug) | {"member": side.things[thing]}
            path = address(route, filled)
            for method in METHODS:
                answer = visit.ask(method, path)
                doing = f"{role} {method} {route}, {side.slug}'s {thing}"
                allowed = {302, 405} if role in LOGGED_OUT else {404, 405}
                if own:
                    allowed = SHOWN if method == "GET" and role in line.get else {200} | ANY_REFUSAL
                visit.expect(answer, allowed, doing)
                if answer.wrote and not (own and role in line.write):
                    visit.wrong.append(f"{doing}: wrote {answer.wrote}")
                if any(each.secret in answer.text for each in (here.ours, here.theirs)) and not own:
                    visit.wrong.append(f"{doing}: shows what is another's")
    crossed = address(
        "me/<slug:slug>/<str:member>/", {"slug": here.ours.slug, "member": here.theirs.things["guest"]}
    )
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
        if route in IN_NO_LANGUAGE:
            continue
        own = visit.ask("GET", "/en" + address(route, values_of(line, here.ours.things, here.ours.slug)))
        allowed = SHOWN if line.kind == Kind.PUBLIC or "clerk" in line.get else {403, 404, 405}
        visit.expect(own, allowed, f"GET /en/{route}")
        if line.kind == Kind.TENANT:
            path = "/en" + address(route, values_of(line, here.theirs.things, here.theirs.slug))
            visit.expect(visit.ask("GET", path), {404, 405}, f"GET /en/{route} of theirs")
    visit.judge()


IN_NO_LANGUAGE = {"healthz", "i18n/setlang/", ".well-known/register-keys.json", "verifier.pyz"}


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

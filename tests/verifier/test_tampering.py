"""Whatever is changed in a bundle, the answer is 1 and one sentence."""

from __future__ import annotations

import copy
import io
import json
import time
import tracemalloc
from contextlib import redirect_stdout
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from credit.rulesets.canonical import canonical, sha256_of
from tests.verifier.paper import signed
from verifier.command import main
from verifier.reading import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLE = 1500
Run = "Callable[..., tuple[int, str]]"


@pytest.fixture(scope="module")
def bundle() -> bytes:
    """A bundle with a public record, a stand-in and a sealed one, signed with a key of our own."""
    return signed()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Verify some bytes here: (exit, words)."""
    file = tmp_path / "bundle.json"

    def verify(body: bytes, *options: str) -> tuple[int, str]:
        file.write_bytes(body)
        told = io.StringIO()
        with redirect_stdout(told):
            code = main([str(file), *options])
        return code, told.getvalue()

    return verify


def test_any_changed_byte(run, bundle):
    """Every byte of form, a large sample of the others, changed to several values, taken out, doubled."""
    assert run(bundle)[0] == 0
    rnd = Random(7)  # noqa: S311 which bytes are tried
    head = bundle.index(b'"rules":')
    tail = bundle.index(b'"ruleset_sha256":')
    form = [at for at, byte in enumerate(bundle) if byte in b'{}[],:"' and not head < at < tail]
    places = sorted(
        {
            *rnd.sample(range(len(bundle)), SAMPLE),
            *rnd.sample(form, min(len(form), SAMPLE)),
            0,
            len(bundle) - 1,
        }
    )
    passed = []
    for at in places:
        byte = bundle[at]
        way = rnd.randrange(4)
        changed = {
            0: bundle[:at] + bytes([byte ^ 1]) + bundle[at + 1 :],
            1: bundle[:at] + bundle[at + 1 :],
            2: bundle[: at + 1] + bundle[at:],
            3: bundle[:at] + bytes([rnd.choice([b for b in range(256) if b != byte])]) + bundle[at + 1 :],
        }[way]
        if changed != bundle and run(changed)[0] != 1:
            passed.append((at, way))
    assert passed == []


def test_truncated_or_added_to(run, bundle):
    for cut in (0, 1, 2, 100, len(bundle) // 2, len(bundle) - 1):
        assert run(bundle[:cut])[0] == 1
    for more in (b" ", b"\n", b"\0", b"{}", bundle):
        assert run(bundle + more)[0] == 1
        assert run(more + bundle)[0] == 1


def deep(kind: str) -> bytes:
    return {"list": b"[" * 100_000, "object": b'{"a":' * 100_000, "closed": b"[" * 3000 + b"]" * 3000}[kind]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "the file is not JSON"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "the file is not JSON"),
    "not UTF-8": (b'{"a":"\xff"}', "the file is not UTF-8 text"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "the file is not UTF-8 text"),
    "half a character": (b'{"a":"\\ud800"}', "the file is not UTF-8 text"),
    "a fraction": (b'{"a":1.5}', "1.5 is no whole number"),
    "an exponent": (b'{"a":1e999}', "1e999 is no whole number"),
    "no number": (b'{"a":NaN}', "NaN is no whole number"),
    "no end": (b'{"a":-Infinity}', "-Infinity is no whole number"),
    "a huge number": (b'{"a":' + b"9" * 1_000_000 + b"}", "a number is too large"),
    "a number past 2^53": (b'{"a":9007199254740993}', "is beyond 2^53"),
    "minus nothing": (b'{"a":-0}', "differs at byte 5"),
    "a key twice": (b'{"a":1,"a":1}', "differs at byte"),
    "white space": (b'{"a": 1}', "differs at byte 5"),
    "another order": (b'{"b":1,"a":1}', "differs at byte 2"),
    "an escape too many": (b'{"a":"\\u0041"}', "differs at byte 6"),
    "a list": (b"[]", "the file holds no bundle"),
    "a text": (b'"a"', "the file holds no bundle"),
    "something else": (b"{}", "the file is no evidence bundle"),
    "another format": (b'{"format":2,"kind":"evidence"}', "has format 2; this verifier reads format 1"),
    "deep lists": (deep("list"), "nested deeper than"),
    "deep objects": (deep("object"), "nested deeper than"),
    "deep and closed": (deep("closed"), "nested deeper than"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_get_one_sentence(run, what):
    body, why = HOSTILE[what]
    code, told = run(body)
    assert (code, told.count("\n"), why in told) == (1, 1, True), told
    assert json.loads(run(body, "--json")[1])["verified"] is False


def test_a_file_without_end_costs_little(tmp_path, run):
    """A gigabyte of brackets (a sparse file, and the real thing's first part) is told by its size."""
    file = tmp_path / "huge.json"
    with file.open("wb") as huge:
        huge.write(b"[" * (MOST_BYTES + 1))
        huge.truncate(1024**3)
    tracemalloc.start()
    began, told = time.perf_counter(), io.StringIO()
    with redirect_stdout(told):
        assert main([str(file)]) == 1
    assert time.perf_counter() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
    tracemalloc.stop()
    assert "is larger than 8 MB: no bundle is" in told.getvalue()
    assert run(b"[" * MOST_BYTES)[0] == 1


def test_what_is_not_there(tmp_path, capsys):
    assert main([str(tmp_path / "none.json")]) == 1
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in told] == ["NOT VERIFIED"] * 2


# --- changes by somebody who writes canonical JSON and leaves the signature out ---


def changed(bundle: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    told = copy.deepcopy(json.loads(bundle))
    change(told)
    return canonical(told)


def _record(told: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in told["facts"] if each.get("fact", {}).get("kind") == 10)


def _stand_in(told: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in told["facts"] if "stand_in" in each)


def _fix_sha(told: dict[str, Any]) -> None:
    told["rules"]["version"] += 1
    told["ruleset_sha256"] = sha256_of(told["rules"])


def _worse_rules(told: dict[str, Any]) -> None:
    told["rules"]["severities"][1]["base"] = 1
    told["ruleset_sha256"] = sha256_of(told["rules"])


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a better grade": (lambda t: t["result"].update(shown=1), "result: shown is 1, but the facts give"),
    "a better score": (lambda t: t["result"].update(score=999_999), "result: score is 999999"),
    "true for one": (lambda t: t["result"].update(shown=True), "the bundle's result is not of its format"),
    "no such grade": (lambda t: t["result"].update(shown=11), "names a grade or state there is not"),
    "a figure more": (lambda t: t["result"].update(more=1), "result: more is 1"),
    "a figure less": (lambda t: t["result"].pop("d1"), "result: d1 is None"),
    "a line less": (lambda t: t["result"]["lines"].pop(), "result: lines is other"),
    "a milder record": (
        lambda t: _record(t)["fact"].update(severity=1),
        "is not the fact named by its SHA-256",
    ),
    "a record less": (
        lambda t: t["facts"].remove(_record(t)),
        "facts: their numbers are not 1 to their count",
    ),
    "a milder stand-in": (lambda t: _stand_in(t)["stand_in"].update(severity=2), "result: "),
    "an older stand-in": (lambda t: _stand_in(t)["stand_in"].update(occurred_on="2026-01-01"), "result: "),
    "a stand-in of another kind": (
        lambda t: _stand_in(t)["stand_in"].update(kind=8, a=5),
        "may not be a stand-in",
    ),
    "a sealed stand-in": (lambda t: (_stand_in(t).pop("stand_in"), _stand_in), "facts: entry"),
    "another day": (lambda t: t.update(as_of="2027-11-20"), "result: "),
    "no day": (lambda t: t.update(as_of="tomorrow"), "the bundle cannot be read: ValueError"),
    "another member": (lambda t: t["member"].update(joined_on="2001-01-01"), "inputs_sha256: not that of"),
    "another hash": (lambda t: t.update(inputs_sha256="00" * 32), "inputs_sha256: not that of"),
    "other rules": (
        lambda t: t["rules"].update(version=9),
        "rules: not the rule set named by ruleset_sha256",
    ),
    "milder rules": (_worse_rules, "result: "),
    "no rules": (lambda t: t.update(rules={"id": "x"}), "the bundle cannot be read: KeyError"),
    "another engine": (lambda t: t.update(engine="0.9"), "is of engine 0.9; this verifier is of engine 1.0"),
    "another order": (lambda t: t["facts"].reverse(), "facts: not in the order of day and number"),
    "a part more": (lambda t: t.update(more=1), "the bundle's parts are not those of its format: more"),
    "a part less": (lambda t: t.pop("register"), "the bundle's parts are not those of its format: register"),
    "a part of another kind": (lambda t: t.update(facts={}), "the bundle's facts is not of its format"),
    "a fact with more": (lambda t: t["facts"][0].update(more=1), "entry 1 is not of its format"),
    "digits that are none": (lambda t: t["facts"][0].update(sha256="zz"), "the bundle cannot be read"),
    "a number that is none": (lambda t: t["facts"][0].update(seq="1"), "the bundle cannot be read"),
    "a text for facts": (lambda t: t.update(facts=["x"]), "the bundle cannot be read: TypeError"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_found_without_the_signature_and_with_it(run, bundle, what):
    change, why = CHANGES[what]
    body = changed(bundle, change)
    code, told = run(body, "--no-signature")
    assert (code, why in told) == (1, True), told
    assert run(body)[0] == 1


def test_who_and_when_are_under_the_signature(run, bundle):
    """What follows from nothing else is held by the signature alone."""
    for change in (
        lambda t: t.update(issued_at="2020-01-01T00:00:00Z"),
        lambda t: t["register"].update(en="Another register"),
        lambda t: t["key"].update(id="k7"),
        lambda t: t["key"].update(x="A" * 43),
        lambda t: t.update(signature="00" * 64),
        lambda t: t.update(signature="x"),
        lambda t: t["result"].update(next_change_on="2029-01-01"),
    ):
        code, told = run(changed(bundle, change))
        assert (code, "the signature is not this key's over this bundle" in told) == (1, True), told

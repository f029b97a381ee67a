"""From bytes to plain data, refusing what is huge, deep, endless or inexact before anything walks it.

TOML (comments allowed) is the source form; canonical JSON, as published, is read as well.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from credit.rulesets.canonical import EXACT
from credit.rulesets.validation.problems import Problem

MOST_BYTES = 128 * 1024
MOST_COLUMNS = 1000
"""A dotted key of n parts costs the TOML reader n² steps, so lines stay short."""
MOST_DEPTH = 12
MOST_VALUES = 10_000
MOST_SHOWN = 40
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Never needed in a text, and NUL cannot be kept. Tab and line feed are let through."""

Read = tuple[dict[str, Any] | None, list[Problem]]


def read(source: bytes | str | Mapping[str, Any]) -> Read:
    """(data, []) or (None, problems); never raises."""
    if isinstance(source, bytes | str):
        data, problems = _parsed(source)
    else:
        data, problems = source, []
    if problems:
        return None, problems
    if not isinstance(data, Mapping):
        return None, [Problem("not_a_table", "")]
    problems = _inexact(data)
    return (None, problems) if problems else (dict(data), [])


def _parsed(source: bytes | str) -> tuple[Any, list[Problem]]:
    if len(source) > MOST_BYTES:
        return None, [Problem("too_big", "", {"limit": MOST_BYTES})]
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
    except UnicodeError:
        return None, [Problem("not_text", "")]
    is_json = text.lstrip().startswith("{")
    if not is_json:
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > MOST_COLUMNS:
                return None, [Problem("long_line", "", {"line": number, "limit": MOST_COLUMNS})]
    try:
        return json.loads(text, object_pairs_hook=_once) if is_json else tomllib.loads(text), []
    except RecursionError:
        return None, [Problem("too_deep", "", {"limit": MOST_DEPTH})]
    except ValueError as error:
        return None, [Problem("not_readable", "", {"line": _line(error)})]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys come once: with two, readers disagree on which counts."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a key comes twice")
    return told


def _line(error: ValueError) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else 1


def _inexact(data: Mapping[str, Any]) -> list[Problem]:
    """The first value that has no exact canonical form; walks by hand, so that depth cannot overflow."""
    waiting: list[tuple[str, Any, int]] = [("", data, 1)]
    values = 0
    while waiting:
        path, value, depth = waiting.pop()
        values += 1
        if values > MOST_VALUES:
            return [Problem("too_many", "", {"limit": MOST_VALUES})]
        if depth > MOST_DEPTH:
            return [Problem("too_deep", path[:MOST_SHOWN], {"limit": MOST_DEPTH})]
        if isinstance(value, Mapping):
            if not all(isinstance(key, str) and key.isascii() for key in value):
                return [Problem("wrong_form", path)]
            inner = [(f"{path}.{key}" if path else key, v) for key, v in value.items()]
        elif isinstance(value, list | tuple):
            inner = [(f"{path}.{place}", v) for place, v in enumerate(value, start=1)]
        else:
            if problem := _of_plain(value, path):
                return [problem]
            continue
        if len(inner) > MOST_VALUES:
            return [Problem("too_many", "", {"limit": MOST_VALUES})]
        waiting.extend((p, v, depth + 1) for p, v in inner)
    return []


def _of_plain(value: object, path: str) -> Problem | None:
    """What is wrong with a value that holds no others."""
    if not _is_exact(value):
        return Problem("not_exact", path, {"found": type(value).__name__})
    if isinstance(value, str) and CONTROL.search(value):
        return Problem("control_character", path)
    return None


def _is_exact(value: object) -> bool:
    if isinstance(value, str):
        return not re.search("[\ud800-\udfff]", value)
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) <= EXACT)

"""Reading a bundle from a stranger: bounded, and only the one way of writing it is accepted."""

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from credit.rulesets.canonical import canonical

MOST_BYTES = 8 * 1024 * 1024
MOST_DIGITS = 17
DEEPEST = 24
BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class Refused(Exception):
    """Why a bundle, or a key, cannot be used: one sentence."""


def read(path: Path) -> tuple[dict[str, Any], bytes]:
    """The bundle and its bytes. Raises Refused."""
    body = bounded(path)
    _assert_shallow(body)
    try:
        bundle = json.loads(
            body.decode(), parse_int=_integer, parse_float=_refuse_number, parse_constant=_refuse_number
        )
        again = canonical(bundle)
    except UnicodeError:
        raise Refused("the file is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise Refused(f"the file is not JSON: {error.msg} at character {error.pos}") from None
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused(f"the file is not canonical JSON: {str(error)[:80]}") from None
    if again != body:
        raise Refused(f"the file is not canonical JSON (RFC 8785): it differs at byte {_first(again, body)}")
    if not isinstance(bundle, dict):
        raise Refused("the file holds no bundle")
    return bundle, body


def bounded(path: Path, most: int = MOST_BYTES) -> bytes:
    """A file's bytes, if it is not too big; never more of it in memory. Raises Refused."""
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from None
    if len(body) > most:
        raise Refused(f"{path} is larger than {most // 1024 // 1024} MB: no bundle is")
    return body


def _assert_shallow(body: bytes) -> None:
    depth = 0
    for found in BRACKETS.finditer(body):
        if found[0] in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"the file is nested deeper than {DEEPEST} levels: no bundle is")
        elif found[0] in b"]}":
            depth -= 1


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number is too large")
    return int(text)


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no whole number")


def _first(one: bytes, other: bytes) -> int:
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )

"""LCR-1 as plain data, changed in one place."""

import copy
import tomllib
from typing import Any

from credit.rulesets import method
from credit.rulesets.validation import validate

RULES = method.default()
TEXT = method.DEFAULT_SOURCE.read_text(encoding="utf-8")


PARSED = tomllib.loads(TEXT)


def data() -> dict[str, Any]:
    return copy.deepcopy(PARSED)


def put(path: str, value: Any) -> dict[str, Any]:
    """LCR-1 with one field changed; places in lists count from 1. `...` leaves it out."""
    changed = data()
    at: Any = changed
    *way, last = [int(key) - 1 if key.isdigit() else key for key in path.split("/")]
    for key in way:
        at = at[key]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return changed


def found(source: Any, **how) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in validate(source, **how)]

"""The published JSON Schema, and its complaints in our words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from credit.rulesets.validation.problems import Problem

SCHEMA: dict[str, Any] = json.loads(
    Path(__file__).parent.parent.joinpath("schema.json").read_text(encoding="utf-8")
)

MOST_PROBLEMS = 100
MOST_SHOWN = 60

_formats = FormatChecker(formats=())


@_formats.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


_validator = Draft202012Validator(SCHEMA, format_checker=_formats)


def shape_problems(data: Mapping[str, Any]) -> list[Problem]:
    """What the schema refuses, at most a hundred, by field."""
    errors = islice(_validator.iter_errors(data), MOST_PROBLEMS)
    told = {(p.field, p.code, str(p.params.get("key", ""))): p for error in errors for p in _in_words(error)}
    return [told[place] for place in sorted(told)]


WORDS: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "type": ("wrong_type", "expected"),
        "minimum": ("too_small", "limit"),
        "maximum": ("too_large", "limit"),
        "enum": ("not_allowed", "allowed"),
        "const": ("not_allowed", "allowed"),
        "minItems": ("wrong_length", None),
        "maxItems": ("wrong_length", None),
        "minLength": ("wrong_length", None),
        "maxLength": ("wrong_length", None),
        "uniqueItems": ("repeated", None),
        "format": ("not_a_date", None),
        "pattern": ("wrong_form", None),
    }
)
"""The schema's keyword → our code, and the name its value goes by in the sentence."""


def _in_words(error: ValidationError) -> Iterator[Problem]:
    field = path(error.absolute_path)
    keyword, asked = str(error.validator), error.validator_value
    if keyword == "required":
        code = "category_without_rule" if field == "categories" else "missing"
        yield from (Problem(code, field, {"key": key}) for key in asked if key not in error.instance)
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        extra = set(error.instance) - _known(error.schema, error.instance)
        yield from (Problem("unknown", field, {"key": key[:MOST_SHOWN]}) for key in sorted(extra))
    else:
        code, name = WORDS[keyword]
        told = ", ".join(asked) if isinstance(asked, list) else asked
        yield Problem(code, field, {name: told} if name else {})


def _known(schema: Mapping[str, Any], instance: Mapping[str, Any]) -> set[str]:
    """The keys a table may have; all of them when its form is not known, which is told already."""
    known = set(schema["properties"])
    forms = {part["if"]["properties"]["form"]["const"]: part["then"] for part in schema.get("allOf", ())}
    if forms:
        then = forms.get(str(instance.get("form")))
        known |= set(then["properties"] if then else instance)
    return known


def path(parts: Iterable[str | int]) -> str:
    """A field as people count: from one."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in parts)

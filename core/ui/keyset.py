"""Long lists read by cursor: each page starts behind the last row of the one before, so that the thousandth
page costs what the first does, and rows that come or go meanwhile neither repeat nor hide others.

The order's columns together must be unique. The condition is one row comparison, (a, b) > (x, y), which the
database answers from an index on the same columns.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Func, Model, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan

from core.ui.paging import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = 50
FORWARD, BACK = "n", "p"


class Row(Func):
    """(a, b, …), to be compared as one."""

    template = "(%(expressions)s)"
    output_field = TextField()


def stretch(
    rows: QuerySet[Any], *, by: Sequence[str], cursor: str = "", size: int = PAGE, total: int | None = None
) -> Stretch:
    """One page of `rows` in the order of the columns `by` ("-" before all of them: descending).

    `cursor` is what an earlier page gave as `next` or `previous`; one that cannot be read is the beginning.
    """
    descending = by[0].startswith("-")
    columns = [name.removeprefix("-") for name in by]
    fields = [field_of(rows.model, name) for name in columns]
    way, values = read(cursor, fields)
    backwards = way == BACK
    down = descending != backwards
    if values:
        beyond = LessThan if down else GreaterThan
        wanted = Row(*(Value(value, output_field=field) for value, field in zip(values, fields, strict=True)))
        rows = rows.filter(beyond(Row(*map(F, columns)), wanted))
    order = [F(name).desc() if down else F(name).asc() for name in columns]
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    before, after = (more, True) if backwards else (bool(values), more)
    return Stretch(
        items=found,
        next=write(FORWARD, found[-1], columns) if found and after else "",
        previous=write(BACK, found[0], columns) if found and before else "",
        total=total,
    )


def field_of(model: type[Model], path: str) -> Field[Any, Any]:
    """The field at the end of "a__b", through foreign and reverse one-to-one relations."""
    *steps, name = path.split("__")
    here: Any = model
    for step in steps:
        here = here._meta.get_field(step).related_model  # noqa: SLF001 - Django's documented model API
    field: Field[Any, Any] = here._meta.get_field(name)  # noqa: SLF001
    return field


def value_of(row: Model, path: str) -> object:
    value: Any = row
    for step in path.split("__"):
        value = getattr(value, step)
    return value


def write(way: str, row: Model, columns: Sequence[str]) -> str:
    """The cursor of the page that goes `way` from `row`."""
    place = json.dumps([way, *(value_of(row, name) for name in columns)], default=str, ensure_ascii=False)
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read(cursor: str, fields: Sequence[Field[Any, Any]]) -> tuple[str, list[Any]]:
    """The way and the values of a cursor; forward from the beginning for one that cannot be read."""
    try:
        way, *texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [field.to_python(text) for text, field in zip(texts, fields, strict=True)]
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return FORWARD, []
    if way not in {FORWARD, BACK} or any(value is None for value in values):
        return FORWARD, []
    return way, values

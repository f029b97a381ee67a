"""What the columns of several kinds share: headings, parsers, and what of a refused value may be shown."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from associations.training.states import Presence
from core.paperwork import cells, words
from core.paperwork.cells import CellProblem
from core.paperwork.schemas import Column, Schema, clip
from core.subjects.identifiers import (
    mask_identity,
    normalise,
    parse_identifier,
    parse_uscc,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_CODE = ""
"""What an agency's code becomes that cannot be one: no reason to refuse the streamer."""
ON_LEAVE = frozenset({"请假", "事假", "病假", "公假", "假", "已请假", "excused", "leave"})
MOST_INT = 2**31 - 1
# Credit codes of our members begin with a 9 or hold letters; identity numbers begin with a province, 11 to 83.
_PERSONAL = re.compile(r"(?<![0-9A-Z])(?:[1-8]\d{16}[\dX]|[1-8]\d{14}|1[3-9]\d{9})(?![0-9A-Z])")

USCC = (
    "统一社会信用代码",
    "信用代码",
    "社会信用代码",
    "统一信用代码",
    "统一代码",
    "代码",
    "uscc",
)
WHO = (
    "信用代码/证件号",
    "代码或证件号",
    "代码/证件号",
    "信用代码或证件号",
    "信用代码/证件号码",
    "信用代码或证件号码",
    "代码或证件号码",
    "统一社会信用代码",
    "信用代码",
    "证件号码",
    "证件号",
    "身份证号",
    "subject",
    "主体",
    "主体代码",
)


remembered = lru_cache(maxsize=8_192)(parse_identifier)
"""The same member stands in a file for each month or session: read once a file, and forgotten after it."""


def agency_code(cell: object) -> str:
    try:
        return parse_uscc(cell)
    except ValueError:
        return NOT_A_CODE


def presence(cell: object) -> Presence:
    """√ and the like are presence, 请假 is leave, the rest is absence. Refuses unknown words."""
    if cells.fold(cell) in ON_LEAVE:
        return Presence.EXCUSED
    return Presence.PRESENT if words.attended(cell) else Presence.ABSENT


def counted(most: int) -> Callable[[object], int]:
    """Return a parser of a count that the register's columns can hold."""

    def parse(cell: object) -> int:
        number = cells.count(cell)
        if number > most:
            raise CellProblem("number_too_large", gettext_noop("This number is too large to be true."))
        return number

    return parse


def shown(cell: object) -> str:
    """Show a refused value, unless an identity or telephone number is in it: those stray into any column."""
    bare = normalise(cell)
    return mask_identity(bare) if _PERSONAL.search(bare) else clip(cell)


def guarded(*columns: Column) -> Schema:
    """Return the schema of these columns, with no value shown that could be a person's number."""
    return Schema(tuple(replace(each, mask=shown) if each.mask is clip else each for each in columns))

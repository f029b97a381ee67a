"""The little SQL there is to say: integer division, days, month marks, choices. All of it exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.rulesets.vocabulary import R

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AS_OF = "%(as_of)s::date"
LAST_DAY = "date '9999-12-31'"
"""The end of the evaluator's calendar: a day beyond it is no day."""


def div(a: str, b: str | int) -> str:
    """The quotient a / b rounded half up, for a ≥ 0 and b > 0."""
    half = b // 2 if isinstance(b, int) else f"({b}) / 2"
    return f"((({a}) + {half}) / ({b}))"


def of_all(part: str, whole: str | int) -> str:
    """The ratio part / whole in millionths."""
    return div(f"({part}) * {R}::bigint", whole)


def choose(what: str, choices: Mapping[int, object], otherwise: object = "NULL") -> str:
    """One value for each of some numbers."""
    told = " ".join(f"WHEN {number} THEN {value}" for number, value in choices.items())
    return f"(CASE {what} {told} ELSE {otherwise} END)"


def first_of(choices: Iterable[tuple[str, object]], otherwise: object = "NULL") -> str:
    """The value of the first condition that holds."""
    told = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"(CASE {told} ELSE {otherwise} END)" if told else str(otherwise)


def when(condition: str, value: object, otherwise: object = "NULL") -> str:
    """One value if something holds."""
    return first_of([(condition, value)], otherwise)


def plus(*terms: str) -> str:
    """The sum; 0 of nothing."""
    return " + ".join(terms) or "0"


def earliest(*days: str) -> str:
    """The first of the days there are."""
    return f"least({', '.join(days)})" if days else "NULL::date"


def day_after(until: str) -> str:
    """The next day; none after the end of the calendar."""
    return when(f"{until} < {LAST_DAY}", f"{until} + 1")


def month_number(day: str) -> str:
    """A day's month, numbered through the years. Asking a date for its parts is dear: once a member."""
    return f"(date_part('year', {day})::int * 12 + date_part('month', {day})::int - 1)"


def day_of_month(day: str) -> str:
    return f"date_part('day', {day})::int"


def whole_months(month: str, day: str) -> str:
    """Whole months to `as_of` from a day, told by the number of its month and its place in it; 31 January to
    28 February is none.
    """
    return f"greatest(0, {month_number(AS_OF)} - {month} - ({day_of_month(AS_OF)} < {day})::int)"


def month_mark(month: str, day: str, months: str) -> str:
    """The first day on which so many whole months have passed; a missing day falls on the 1st after."""

    def first(number: str) -> str:
        return f"make_date(({number}) / 12, mod({number}, 12) + 1, 1)"

    count = f"({month} + {months})"
    return f"least({first(count)} + ({day} - 1), {first(f'{count} + 1')})"

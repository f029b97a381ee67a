"""The forms of indicators as SQL: each gives the expression of its ratio, 0…R, and the days on which time changes it.

Beside `credit.scoring.evaluator.indicators`, form by form. Expressions are over the columns of the stages before:
sums may be NULL where there is no fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind, R
from credit.scoring.compiler.gathering import ID_BITS, OLDEST, first_in, latest_of, sum_of
from credit.scoring.compiler.words import AS_OF, div, earliest, first_of, of_all, plus, when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAFE_EVENTS = 10**5
"""Up to so many events a rate's numerator stays inside 64 bits; beyond, it is reckoned in numeric."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator: `value` 0…R, and `changes`, the days on which it changes by time alone."""

    value: str
    changes: tuple[str, ...] = ()


def measured(indicator: method.Indicator) -> Measured:
    """An indicator in SQL."""
    return FORMS[indicator.form](indicator)


def taken(column: str) -> str:
    return f"coalesce({column}, 0)"


def records(indicator: method.Records) -> Measured:
    lost = div(f"{taken('taken')} * {R}::bigint", indicator.zero_at * 10_000)
    return Measured(f"greatest(0, {R} - {lost})", ("fades_on",))


def multiple(indicator: method.Rate) -> str:
    """How many times the baseline, as a ratio of R; no more than the curve's last knot tells apart."""
    events = taken(sum_of(indicator.events, indicator.window_days))
    per = taken(sum_of(indicator.per, indicator.window_days))
    prior, baseline, unit = indicator.prior, indicator.baseline10, indicator.unit
    under = f"({per} + {prior * unit}) * {baseline}::bigint"

    def of(number: str) -> str:
        return div(f"(10::{number} * {events} + {prior * baseline}) * {unit * R}", under)

    last = indicator.curve[-1][0] * R
    exact = f"least({last}, floor({of('numeric')}))::bigint"
    return when(f"{events} <= {SAFE_EVENTS}", of("bigint"), exact)


def rate(indicator: method.Rate) -> Measured:
    """Along the curve, by straight lines between the knots, level outside. The multiple stands in a column."""
    at = multiple_of(indicator)
    stretches = []
    for (x0, y0), (x1, y1) in pairwise(indicator.curve):
        fall = div(f"{(y0 - y1) * (R // 100)}::bigint * greatest(0, {at} - {x0 * R})", (x1 - x0) * R)
        stretches.append((f"{at} <= {x1 * R}", f"{y0 * R // 100} - {fall}"))
    value = first_of(stretches, indicator.curve[-1][1] * R // 100)
    return Measured(value, _leaves(indicator.events.kind, indicator.window_days))


def multiple_of(indicator: method.Rate) -> str:
    """The column a rate's multiple stands in."""
    return f"multiple_{indicator.number.replace('.', '_')}"


def ratio(indicator: method.Ratio) -> Measured:
    top = taken(sum_of(indicator.top, indicator.window_days))
    bottom = taken(sum_of(indicator.bottom, indicator.window_days))
    value = of_all(
        f"{indicator.times} * {top} + {indicator.add_top}",
        f"{indicator.times} * {bottom} + {indicator.add_bottom}",
    )
    return Measured(f"least({R}, {value})", _leaves(indicator.top.kind, indicator.window_days))


def checklist(indicator: method.Checklist) -> Measured:
    """From `fresh` and `older`, the numbers of the category's items so verified, of `items`."""
    points = f"{indicator.fresh_points} * fresh + {indicator.older_points} * older"
    return Measured(of_all(points, f"{indicator.fresh_points} * items"), ("stale_on",))


def training(indicator: method.Training) -> Measured:
    days = indicator.window_days
    hours = taken(sum_of(method.Quantity("training.hours", Kind.TRAINING, "a"), days))
    attended = when(
        "training_hours = 0", R, of_all(f"least({hours}, training_hours)", "greatest(training_hours, 1)")
    )
    passed = f"exam_{days}"
    own = when(f"exam AND {passed} IS NULL", f"{attended} * {indicator.without_exam} / 100", attended)
    by_roster = "by_roster AND streamers > 0"
    leaves = earliest(*_leaves(Kind.TRAINING, days), f"{passed} + {days}")
    return Measured(
        when(by_roster, of_all("trained", "greatest(streamers, 1)"), own),
        (when(f"({by_roster}) IS NOT TRUE", leaves),),
    )


def controls(indicator: method.Controls) -> Measured:
    in_place = plus(*(positive(latest_of(Kind.CONTROL, item.number)) for item in indicator.items))
    return Measured(of_all(in_place, len(indicator.items)))


def points(indicator: method.Points) -> Measured:
    total = taken(sum_of(indicator.of, indicator.window_days))
    earned = f"least({R}, {of_all(total, indicator.full)})"
    leaves = _leaves(indicator.of.kind, indicator.window_days)
    return Measured(when("opt_out", 0, earned), tuple(when("NOT opt_out", day) for day in leaves))


def positive(packed: str) -> str:
    """1 if the latest check says yes, else 0."""
    return f"coalesce({packed} & 1, 0)"


def day_of(packed: str) -> str:
    """The day of a packed fact."""
    return f"({OLDEST} + ({packed} >> {ID_BITS})::int)"


def verified(ruleset: method.RuleSet) -> Iterator[tuple[str, str]]:
    """Columns: `is_3` 2, 1 or 0 for an item of the category's checklist that is fresh, older, or neither."""
    rules = ruleset.checklist
    fresh_from = f"(({AS_OF} - {OLDEST} - {rules.fresh_days})::bigint << {ID_BITS})"
    for place, item in enumerate(rules.items):
        packed = latest_of(Kind.CHECK, item.number)
        counts = f"({packed} & 1) = 1 AND (checklist & {1 << place}) <> 0"
        if item.number == rules.licence:
            counts += " AND NOT licence_over"
        yield f"is_{item.number}", when(counts, when(f"{packed} >= {fresh_from}", 2, 1), 0)


def freshness(ruleset: method.RuleSet) -> Iterator[tuple[str, str]]:
    """Columns: how many items are `fresh`, `older`, and the day the first fresh one ages."""
    rules = ruleset.checklist
    numbers = [item.number for item in rules.items]
    yield "fresh", plus(*(f"(is_{number} = 2)::int" for number in numbers))
    yield "older", plus(*(f"(is_{number} = 1)::int" for number in numbers))
    first = earliest(*(when(f"is_{number} = 2", latest_of(Kind.CHECK, number)) for number in numbers))
    yield "stale_on", f"{day_of(first)} + {rules.fresh_days + 1}"


def _leaves(kind: int, days: int) -> tuple[str, ...]:
    return (f"{first_in(kind, days)} + {days}",)


FORMS: dict[str, Callable[[Any], Measured]] = {
    "records": records,
    "rate": rate,
    "ratio": ratio,
    "checklist": checklist,
    "training": training,
    "controls": controls,
    "points": points,
}

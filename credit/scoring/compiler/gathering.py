"""From facts to one row a member: which facts are in force, what they sum to, when they next change anything.

Facts of the kinds below FIRST_RARE are many and simple: one pass with a class each. The others (records, rosters,
duties, bans, and what is said about other facts) are few: they are taken out once, and judged one by one.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from credit.rulesets import method
from credit.rulesets.vocabulary import FIRST_ABOUT_ANOTHER, Kind
from credit.scoring.compiler.words import AS_OF, choose, day_after, earliest, first_of, plus, when
from credit.scoring.evaluator.limits import OF_SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credit.scoring.compiler.asked import Scope

FIRST_RARE = Kind.VIOLATION
ROOM = 100_000
"""Classes of one kind: its age bracket, or its code."""
ORDERS = (Kind.FIGURES, "a")
"""The one quantity that may need more than 32 bits (associations.conduct.models.MOST): sums of such are dear."""
COMES = -1
"""The class of a fact that takes effect later."""
VOID = "((f.membership_id, f.id) IN (SELECT membership_id, ref_id FROM void))"
OLDEST = "date '2000-01-01'"
ID_BITS = 41
"""A packed fact is (day, id, positive?) in one integer, so that the largest is the latest: 22 bits of day, 40 of id."""


class Sums:
    """What the one pass over the facts must fill for a rule set: column name → aggregate.

    The names: `figures_a_365` a sum over a window, `first_figures_365` the first day in it, `check_3` the latest
    check of item 3, packed.
    """

    def __init__(self, ruleset: method.RuleSet) -> None:
        self.windows: defaultdict[int, set[int]] = defaultdict(set)
        self.wanted: dict[str, str] = {}
        every = [indicator for dimension in ruleset.dimensions for indicator in dimension.indicators]
        for kind, days in (pair for indicator in every for pair in _windows(indicator)):
            self.windows[kind].add(days)
        for indicator in every:
            self._want(indicator)
        counted = sorted(ruleset.confidence.counted)
        everything = len(counted) == FIRST_RARE - 1
        self.wanted["n"] = (
            f"count(*) FILTER (WHERE class > 0{'' if everything else f' AND kind IN ({_list(counted)})'})"
        )
        self.wanted["last_fact_id"] = "max(id)"
        self.wanted["comes_on"] = f"min(occurred_on) FILTER (WHERE class = {COMES})"
        self.wanted["licence_until"] = f"max(until_on) FILTER (WHERE class = {Kind.LICENCE * ROOM})"

    def _want(self, indicator: method.Indicator) -> None:
        match indicator:
            case method.Rate():
                self._window(indicator.events.kind, indicator.window_days)
                self._sum(indicator.events, indicator.window_days)
                self._sum(indicator.per, indicator.window_days)
            case method.Ratio():
                self._window(indicator.top.kind, indicator.window_days)
                self._sum(indicator.top, indicator.window_days)
                self._sum(indicator.bottom, indicator.window_days)
            case method.Points():
                self._window(indicator.of.kind, indicator.window_days)
                self._sum(indicator.of, indicator.window_days)
            case method.Training():
                days = indicator.window_days
                self._window(Kind.TRAINING, days)
                self._sum(method.Quantity("training.hours", Kind.TRAINING, "a"), days)
                self.wanted[f"exam_{days}"] = (
                    f"max(occurred_on) FILTER (WHERE {self.within(Kind.EXAM, days)})"
                )
            case method.Checklist():
                self._latest(Kind.CHECK, indicator.items)
            case method.Controls():
                self._latest(Kind.CONTROL, indicator.items)

    def _sum(self, quantity: method.Quantity, days: int) -> None:
        within = self.within(quantity.kind, days)
        wide = (quantity.kind, quantity.column) == ORDERS
        column = quantity.column if wide else f"{quantity.column}::int"
        self.wanted[sum_of(quantity, days)] = f"(sum({column}) FILTER (WHERE {within}))::bigint"

    def _window(self, kind: int, days: int) -> None:
        self.wanted[first_in(kind, days)] = f"min(occurred_on) FILTER (WHERE {self.within(kind, days)})"

    def _latest(self, kind: Kind, items: tuple[method.Item, ...]) -> None:
        for item in items:
            of_item = f"class = {kind * ROOM + item.number}"
            self.wanted[latest_of(kind, item.number)] = f"max(packed) FILTER (WHERE {of_item})"

    def within(self, kind: int, days: int) -> str:
        """The facts of a kind with 0 ≤ age < days, by class: brackets are numbered from the youngest."""
        last = kind * ROOM + sorted(self.windows[kind]).index(days)
        return f"class = {last}" if last == kind * ROOM else f"class BETWEEN {kind * ROOM} AND {last}"

    def class_of(self) -> str:
        """The class of a fact in force that has happened."""
        told = {}
        for kind in range(1, FIRST_RARE):
            days = sorted(self.windows[kind])
            youngest_first = [
                (f"f.occurred_on > {AS_OF} - {most}", kind * ROOM + place) for place, most in enumerate(days)
            ]
            older = kind * ROOM + len(days)
            if kind in (Kind.CHECK, Kind.CONTROL):
                told[kind] = f"{kind * ROOM} + f.code"
            elif kind == Kind.EXAM:
                told[kind] = first_of([("f.a <> 1", older), *youngest_first], older)
            else:
                told[kind] = first_of(youngest_first, older)
        return choose("f.kind", told, 0)


def _windows(indicator: method.Indicator) -> Iterator[tuple[int, int]]:
    match indicator:
        case method.Rate():
            yield from ((q.kind, indicator.window_days) for q in (indicator.events, indicator.per))
        case method.Ratio():
            yield from ((q.kind, indicator.window_days) for q in (indicator.top, indicator.bottom))
        case method.Points():
            yield indicator.of.kind, indicator.window_days
        case method.Training():
            yield from ((kind, indicator.window_days) for kind in (Kind.TRAINING, Kind.EXAM))


def _list(numbers: list[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


def sum_of(quantity: method.Quantity, days: int) -> str:
    """The column a sum over a window stands in."""
    return f"{Kind(quantity.kind).name.lower()}_{quantity.column}_{days}"


def first_in(kind: int, days: int) -> str:
    """The column the first day in a window stands in."""
    return f"first_{Kind(kind).name.lower()}_{days}"


def latest_of(kind: int, number: int) -> str:
    """The column the latest check of an item stands in."""
    return f"{Kind(kind).name.lower()}_{number}"


def stages(ruleset: method.RuleSet, scope: Scope, known: str) -> Iterator[tuple[str, str]]:
    """The stages from facts to aggregates a member. `known` is the condition that gives the known facts."""
    rare = scope.rows(
        "associations_fact",
        "membership_id, id, kind, code, severity, occurred_on, until_on, ref_id, a, b",
        where=f"{known} AND kind >= {int(FIRST_RARE)}",
    )
    yield "rare", f"\n        SELECT f.*, {AS_OF} - f.occurred_on AS age FROM {rare} f"
    # of what is said about a fact the latest decides; all but the end of a stay make it count for nothing
    yield (
        "void",
        f"""
        SELECT membership_id, ref_id FROM (
          SELECT DISTINCT ON (membership_id, ref_id) membership_id, ref_id, kind FROM rare
          WHERE kind >= {int(FIRST_ABOUT_ANOTHER)} AND age >= 0
          ORDER BY membership_id, ref_id, occurred_on DESC, id DESC
        ) said WHERE kind <> {int(Kind.STAY_ENDED)}""",
    )
    yield (
        "live",
        f"""
        SELECT f.* FROM rare f WHERE f.kind >= {int(FIRST_ABOUT_ANOTHER)} OR NOT {VOID}""",
    )
    yield "recorded", _recorded(ruleset)
    yield "held", _held(ruleset)
    yield (
        "roster",
        f"""
        SELECT DISTINCT ON (membership_id) membership_id, a AS streamers, b AS trained FROM live
        WHERE kind = {int(Kind.ROSTER)} AND age >= 0 ORDER BY membership_id, occurred_on DESC, id DESC""",
    )


def summed(ruleset: method.RuleSet, scope: Scope, known: str) -> str:
    """A query for `scope.each`: the facts of a stretch summed, a row a member who has any, in the members' order.

    Read in the order of the index `fact_of_member`, and from it alone: nothing is sorted, a member's facts are summed
    as they come.
    """
    sums = Sums(ruleset)
    told = ",\n          ".join(f"{aggregate} AS {name}" for name, aggregate in sums.wanted.items())
    return f"""
        SELECT membership_id,
          {told},
          string_agg(digest, ''::bytea ORDER BY occurred_on, id) AS digests
        FROM (
          SELECT f.membership_id, f.id, f.kind, f.occurred_on, f.until_on, f.digest, f.a, f.b, f.c, f.d, f.e,
            ((f.occurred_on - {OLDEST})::bigint << {ID_BITS}) | (f.id << 1) | (f.a & 1) AS packed,
            CASE WHEN f.kind >= {int(FIRST_RARE)} OR {VOID} THEN 0
                 WHEN f.occurred_on > {AS_OF} THEN {COMES}
                 ELSE {sums.class_of()} END AS class
          FROM associations_fact f WHERE {scope.own("f")} AND {known} {scope.ordered("membership_id, occurred_on, id")}
        ) classed GROUP BY membership_id"""


def _recorded(ruleset: method.RuleSet) -> str:
    """Violations: what they take off D1, what they hold the grade at, when they weigh less."""
    rules = next(i for d in ruleset.dimensions for i in d.indicators if isinstance(i, method.Records))
    severities, steps = ruleset.severities, len(rules.steps)
    window = choose("severity", {s.number: s.window_days for s in severities.values()})
    base = choose("severity", {s.number: s.base for s in severities.values()})
    caps = choose(
        "severity",
        {s.number: first_of((f"age < {c.bound}", c.at_most) for c in s.caps) for s in severities.values()},
    )
    cap_days = choose(
        "severity",
        {s.number: first_of((f"age < {c.bound}", c.bound) for c in s.caps) for s in severities.values()},
    )
    bits = choose("severity", {s.number: int(OF_SEVERITY[s.number]) for s in severities.values()})
    lags = range(1, len(rules.repeat))
    earlier = "".join(f", lag(occurred_on, {place}) OVER of_code AS before_{place}" for place in lags)
    more = (
        when(f"before_{place} >= occurred_on - {rules.repeat_days}", after - before, 0)
        for place, (before, after) in enumerate(pairwise(rules.repeat), start=1)
    )
    repeat = plus(str(rules.repeat[0]), *more)
    part = f"{steps} * age / days"
    step = choose(part, dict(enumerate(rules.steps)))
    return f"""
        SELECT membership_id,
          (sum({base} * {step} * ({repeat})) FILTER (WHERE age < days))::bigint AS taken,
          max({caps}) AS record_cap,
          bit_or({bits}) FILTER (WHERE {caps} IS NOT NULL) AS record_mask,
          min(occurred_on + {cap_days}) AS cap_changes_on,
          min(occurred_on + ((({part} + 1) * days + {steps - 1}) / {steps})::int) FILTER (WHERE age < days) AS fades_on
        FROM (
          SELECT membership_id, severity, occurred_on, age, {window} AS days{earlier} FROM live
          WHERE kind = {int(Kind.VIOLATION)} AND age >= 0
          WINDOW of_code AS (PARTITION BY membership_id, code ORDER BY occurred_on, id)
        ) records GROUP BY membership_id"""


def _held(ruleset: method.RuleSet) -> str:
    """All else that is rare: duties, bans, reviews, leaving, lapses, unperformed sanctions; what comes later."""
    grace, review = ruleset.ceilings.training_overdue.bound, ruleset.review_days
    in_term = f"kind = {int(Kind.BAN)} AND age >= 0 AND (until_on IS NULL OR until_on >= {AS_OF})"
    fixes = _list(sorted(ruleset.brake_lifted_by))
    duty = f"kind = {int(Kind.DUTY)}"
    comes = earliest(
        when(f"{duty} AND age <= {grace}", f"occurred_on + {grace + 1}"),
        when(f"NOT ({duty}) AND age < 0", "occurred_on"),
        when(in_term, day_after("until_on")),
    )
    return f"""
        SELECT membership_id,
          bool_or({duty} AND age > {grace}) AS overdue,
          bool_or(kind = {int(Kind.UNPERFORMED)} AND age >= 0) AS unperformed,
          bool_or({in_term}) AS barred,
          bool_or(kind = {int(Kind.LEFT)} AND age >= 0) AS gone,
          bool_or(kind = {int(Kind.LAPSED)} AND age >= 0) AS lapsed,
          max(occurred_on) FILTER (WHERE kind = {int(Kind.REVIEW)} AND age >= 0 AND age < {review}) AS review_on,
          max(id) FILTER (WHERE kind IN ({fixes}) AND age >= 0) AS fix_id,
          min({comes}) AS held_changes_on
        FROM live GROUP BY membership_id"""

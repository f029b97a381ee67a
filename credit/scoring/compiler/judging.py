"""From measured dimensions to a grade: confidence, ceilings, state, the brake, the next day of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.rulesets.vocabulary import WORST, Kind, R
from credit.scoring.compiler.gathering import latest_of
from credit.scoring.compiler.measuring import positive
from credit.scoring.compiler.words import (
    AS_OF,
    day_after,
    div,
    earliest,
    first_of,
    month_mark,
    of_all,
    plus,
    when,
)
from credit.scoring.evaluator.limits import OF_DIMENSION
from credit.scoring.evaluator.result import WITHHOLDS, Reason, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credit.rulesets import method

GRADED = f"state IN ({State.RATED:d}, {State.PROVISIONAL:d})"
HAD_A_GRADE = f"s_state IN ({State.RATED:d}, {State.PROVISIONAL:d}, {State.BARRED:d})"


def confidence(rules: method.Confidence) -> str:
    """How much is known, 0…R."""
    months = f"least({R}, {of_all('months', rules.months_full)})"
    facts = of_all("n", f"n + {rules.facts_half}")
    covered = of_all("fresh", "greatest(items, 1)")
    return div(f"{rules.coverage} * {covered} + {rules.months} * {months} + {rules.facts} * {facts}", 100)


def hits(ruleset: method.RuleSet) -> Iterator[tuple[Reason, str, int]]:
    """(reason, condition, ceiling) of every ceiling but those of records and dimensions."""
    rules = ruleset.ceilings
    yield Reason.TRAINING_OVERDUE, "overdue", rules.training_overdue.at_most
    yield Reason.LICENCE_LAPSED, "lapsed OR licence_over", rules.licence_lapsed
    yield Reason.NOT_PERFORMED, "unperformed", rules.not_performed
    yield Reason.BARRED, "barred", rules.barred
    for reason, evidence in (
        (Reason.PROVISIONAL, ruleset.provisional),
        (Reason.LIMITED_EVIDENCE, ruleset.limited),
    ):
        yield reason, _too_little(evidence), evidence.at_most


def ceiling(ruleset: method.RuleSet) -> str:
    """The tightest ceiling, 1 if there is none."""
    caps = [when(condition, at_most) for _, condition, at_most in hits(ruleset)]
    lowest_first = sorted(ruleset.ceilings.dimension_caps, key=lambda cap: cap.bound)
    for number in ruleset.ceilings.dimensions:
        bounds = ((f"has_rule AND d{number} < {cap.bound}", cap.at_most) for cap in lowest_first)
        caps.append(first_of(bounds))
    return f"greatest(1, record_cap, {', '.join(caps)})"


def mask(ruleset: method.RuleSet) -> str:
    """Every reason that applies; each is a bit of its own, so their sum is their union."""
    widest = max(cap.bound for cap in ruleset.ceilings.dimension_caps)
    identity = latest_of(Kind.CHECK, ruleset.checklist.identity)
    told = [
        *((reason, condition) for reason, condition, _ in hits(ruleset)),
        *((OF_DIMENSION[n], f"has_rule AND d{n} < {widest}") for n in ruleset.ceilings.dimensions),
        (Reason.IDENTITY_NOT_VERIFIED, f"{positive(identity)} = 0"),
        (Reason.TOO_NEW, f"months < {ruleset.not_rated.months}"),
        (Reason.LOW_CONFIDENCE, f"confidence < {ruleset.not_rated.confidence}"),
        (Reason.NO_RULE, "NOT has_rule"),
    ]
    return plus("coalesce(record_mask, 0)", *(when(condition, int(reason), 0) for reason, condition in told))


def state() -> str:
    """In-term ban, then left, then review, then NR, then provisional, then rated."""
    return first_of(
        [
            ("barred", int(State.BARRED)),
            ("gone", int(State.WITHDRAWN)),
            ("review_on IS NOT NULL", int(State.SUSPENDED)),
            (f"(mask & {int(WITHHOLDS)}) <> 0", int(State.NOT_RATED)),
            (f"(mask & {int(Reason.PROVISIONAL)}) <> 0", int(State.PROVISIONAL)),
        ],
        int(State.RATED),
    )


def grade(ruleset: method.RuleSet) -> str:
    by_score = first_of(((f"score >= {g.at_least}", g.number) for g in ruleset.grades), WORST)
    return first_of([(f"state = {State.BARRED:d}", WORST), (GRADED, f"greatest(ceiling, {by_score})")], 0)


def brake(ruleset: method.RuleSet) -> Iterator[tuple[str, str]]:
    """Columns: whether the grade is `better` than the one shown before, whether that is `fixed` by a reversal,
    repair or correction since, and whether the brake's days are `over`.
    """
    yield "better", f"coalesce({GRADED} AND {HAD_A_GRADE} AND grade < s_shown, false)"
    yield "fixed", "coalesce(fix_id > coalesce(s_last_fact_id, 0), false)"
    yield "over", f"(s_up_on IS NULL OR {AS_OF} - s_up_on >= {ruleset.brake_days})"


def shown() -> Iterator[tuple[str, str]]:
    """Columns: the grade the brake lets through, and the day of the last upgrade."""
    yield "shown", when("NOT better OR fixed", "grade", when("over", "s_shown - 1", "s_shown"))
    yield "up_on", when("better AND (fixed OR over)", AS_OF, "s_up_on")


def next_change(ruleset: method.RuleSet) -> str:
    """The earliest day on which time alone may change anything; none for who left."""
    full = max(
        ruleset.confidence.months_full,
        ruleset.not_rated.months,
        ruleset.provisional.months,
        ruleset.limited.months,
    )
    of_all_days = earliest(
        "comes_on",
        "held_changes_on",
        "cap_changes_on",
        when("has_rule", "lines_change_on"),
        f"review_on + {ruleset.review_days}",
        when(f"licence_until >= {AS_OF}", day_after("licence_until")),
        when(f"months < {full}", month_mark("joined_month", "joined_day", "months + 1")),
        when("better AND grade < shown", f"up_on + {ruleset.brake_days}"),
    )
    return when(f"state <> {State.WITHDRAWN:d}", of_all_days)


def _too_little(evidence: method.Evidence) -> str:
    return f"months < {evidence.months} OR confidence < {evidence.confidence}"

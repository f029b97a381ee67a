"""`evaluate`: the whole way from facts to a rating, in order."""

from collections.abc import Sequence
from datetime import date

from credit.rulesets import method
from credit.rulesets.vocabulary import WORST, Kind
from credit.scoring.evaluator import limits, timeline
from credit.scoring.evaluator.arithmetic import days_after, earliest, whole_months
from credit.scoring.evaluator.dimensions import assemble
from credit.scoring.evaluator.facts import Fact, Member, Previous
from credit.scoring.evaluator.indicators import Case
from credit.scoring.evaluator.result import WITHHOLDS, Evaluation, Line, Reason, State

ENGINE = "1.0"
"""Named by every rating; changes when the same inputs would give other bytes."""

GRADED = (State.RATED, State.PROVISIONAL)
HAD_A_GRADE = (State.RATED, State.PROVISIONAL, State.BARRED)


def evaluate(
    ruleset: method.RuleSet,
    member: Member,
    facts: Sequence[Fact],
    as_of: date,
    previous: Previous | None = None,
    *,
    known_on: date | None = None,
) -> Evaluation:
    """Rate one member on a day (Asia/Shanghai).

    `facts` are all of the member's, in any order; `Checked`, if they are evaluated several times. `previous` is the
    rating before this one, for the brake on upgrades; without it `shown` is `grade`. `known_on`: facts recorded later
    do not count (a rating as it was known then); without it all do. A category the rule set does not know is not
    rated (NO_RULE).
    Raises FactError for a fact that cannot be.
    """
    line_up = timeline.build(
        facts,
        as_of,
        known_on=known_on,
        counted=ruleset.confidence.counted,
        fixes=ruleset.brake_lifted_by,
    )
    category = ruleset.categories.get(member.category)
    values, earned, lines = _dimensions(ruleset, category, member, line_up)
    months = whole_months(member.joined_on, as_of)
    known = limits.confidence(ruleset.confidence, lines, months, line_up.n)
    overdue, duty_days = limits.of_duties(ruleset.ceilings, line_up)
    hits = [
        *limits.of_records(ruleset, line_up),
        *(limits.of_dimensions(ruleset.ceilings, values) if category else ()),
        *overdue,
        *limits.of_licence(ruleset.ceilings, line_up),
        *limits.of_unperformed(ruleset.ceilings, line_up),
        *limits.of_bans(ruleset.ceilings, line_up),
        *limits.of_evidence(ruleset, months, known),
    ]
    mask = limits.withheld(ruleset, line_up, months, known, has_rule=category is not None)
    for hit in hits:
        mask |= hit.reason
    ceiling = max((hit.at_most for hit in hits), default=1)
    review_ends = limits.review_ends(ruleset, line_up)
    state = _state(mask, left=bool(line_up.of(Kind.LEFT)), review=review_ends is not None)
    by_score = next((g.number for g in ruleset.grades if earned >= g.at_least), WORST)
    grade = WORST if state is State.BARRED else max(by_score, ceiling) if state in GRADED else 0
    shown, up_on, brake_ends = _brake(ruleset, state, grade, previous, line_up)
    next_change_on = earliest(
        line_up.comes_on,
        *(line.changes_on for line in lines),
        *(hit.changes_on for hit in hits),
        *duty_days,
        review_ends,
        _after_licence(line_up),
        limits.next_month_mark(ruleset, member, months),
        brake_ends,
    )
    return Evaluation(
        score=earned,
        d1=values[0],
        d2=values[1],
        d3=values[2],
        d4=values[3],
        d5=values[4],
        d6=values[5],
        confidence=known,
        n=line_up.n,
        months=months,
        state=state,
        by_score=by_score,
        grade=grade,
        shown=shown,
        ceiling=ceiling,
        mask=mask,
        ceilings=tuple(hits),
        next_change_on=None if state is State.WITHDRAWN else next_change_on,
        up_on=up_on,
        last_fact_id=line_up.last_fact_id,
        lines=tuple(lines),
    )


def _dimensions(
    ruleset: method.RuleSet,
    category: method.Category | None,
    member: Member,
    line_up: timeline.Timeline,
) -> tuple[tuple[int, ...], int, list[Line]]:
    """The six ratios, the score in milli-points and all lines; zeros for a category without a rule."""
    if category is None:
        return (0,) * 6, 0, []
    case = Case(ruleset, category, member, line_up)
    assembled = [assemble(case, dimension) for dimension in ruleset.dimensions]
    lines = [line for dimension in assembled for line in dimension.lines]
    return tuple(d.value for d in assembled), sum(d.earned for d in assembled), lines


def _state(mask: Reason, *, left: bool, review: bool) -> State:
    """In-term ban, then left, then review, then NR, then provisional, then rated."""
    if mask & Reason.BARRED:
        return State.BARRED
    if left:
        return State.WITHDRAWN
    if review:
        return State.SUSPENDED
    if mask & WITHHOLDS:
        return State.NOT_RATED
    return State.PROVISIONAL if mask & Reason.PROVISIONAL else State.RATED


def _brake(
    ruleset: method.RuleSet,
    state: State,
    grade: int,
    previous: Previous | None,
    line_up: timeline.Timeline,
) -> tuple[int, date | None, date | None]:
    """(shown, day of the last upgrade, day the brake lets the next one through).

    A grade better than the one shown before goes up by one grade in `brake_days`, or at once when a reversal,
    repair or correction has come since.
    """
    up_on = previous.up_on if previous else None
    as_of = line_up.as_of
    braked = (
        previous is not None and state in GRADED and previous.state in HAD_A_GRADE and grade < previous.shown
    )
    if not braked or previous is None:
        return grade, up_on, None
    fixed = line_up.last_fix_id is not None and line_up.last_fix_id > (previous.last_fact_id or 0)
    if fixed:
        return grade, as_of, None
    if up_on is None or (as_of - up_on).days >= ruleset.brake_days:
        shown, up_on = previous.shown - 1, as_of
    else:
        shown = previous.shown
    return shown, up_on, days_after(up_on, ruleset.brake_days) if grade < shown else None


def _after_licence(line_up: timeline.Timeline) -> date | None:
    until = timeline.licence_until(line_up)
    return days_after(until, 1) if until is not None and until >= line_up.as_of else None

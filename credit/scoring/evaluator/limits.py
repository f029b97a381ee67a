"""Evidence, ceilings, vetoes: what holds a grade down, and since when until when."""

from datetime import date

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind, R
from credit.scoring.evaluator.arithmetic import days_after, div, month_mark
from credit.scoring.evaluator.facts import Member
from credit.scoring.evaluator.result import Ceiling, Line, Reason, Status
from credit.scoring.evaluator.timeline import Timeline, licence_lapsed, licence_until

OF_SEVERITY = {
    1: Reason.MINOR_RECORD,
    2: Reason.GENERAL_RECORD,
    3: Reason.SERIOUS_RECORD,
    4: Reason.EXTREME_RECORD,
}
OF_DIMENSION = {
    1: Reason.D1_LOW,
    2: Reason.D2_LOW,
    3: Reason.D3_LOW,
    4: Reason.D4_LOW,
    5: Reason.D5_LOW,
    6: Reason.D6_LOW,
}


def confidence(rules: method.Confidence, lines: list[Line], months: int, n: int) -> int:
    """How much is known, 0…R: coverage (items fresh), months observed, number of facts."""
    items = [line for line in lines if line.kind == Kind.CHECK]
    fresh = sum(line.status is Status.FRESH for line in items)
    return div(
        rules.coverage * div(fresh * R, len(items) or 1)
        + rules.months * min(R, div(months * R, rules.months_full))
        + rules.facts * div(n * R, n + rules.facts_half),
        100,
    )


def of_records(ruleset: method.RuleSet, timeline: Timeline) -> list[Ceiling]:
    """A record in force holds the grade, by its severity and age."""
    found = []
    for fact in timeline.of(Kind.VIOLATION):
        age = timeline.age(fact)
        cap = next((c for c in ruleset.severities[fact.severity].caps if age < c.bound), None)
        if cap:
            ends_on = days_after(fact.occurred_on, cap.bound)
            found.append(Ceiling(OF_SEVERITY[fact.severity], cap.at_most, fact.id, ends_on))
    return found


def of_dimensions(rules: method.Ceilings, values: tuple[int, ...]) -> list[Ceiling]:
    """A low dimension holds the grade."""
    found = []
    for number in rules.dimensions:
        grades = [cap.at_most for cap in rules.dimension_caps if values[number - 1] < cap.bound]
        if grades:
            found.append(Ceiling(OF_DIMENSION[number], max(grades)))
    return found


def of_duties(rules: method.Ceilings, timeline: Timeline) -> tuple[list[Ceiling], list[date | None]]:
    """Required training overdue; and the days on which duties will become so."""
    overdue, coming = [], []
    for fact in timeline.duties:
        if timeline.age(fact) > rules.training_overdue.bound:
            overdue.append(Ceiling(Reason.TRAINING_OVERDUE, rules.training_overdue.at_most, fact.id))
        else:
            coming.append(days_after(fact.occurred_on, rules.training_overdue.bound + 1))
    return overdue, coming


def of_licence(rules: method.Ceilings, timeline: Timeline) -> list[Ceiling]:
    """A licence reported lapsed, or one whose last day has passed."""
    found = [
        Ceiling(Reason.LICENCE_LAPSED, rules.licence_lapsed, fact.id) for fact in timeline.of(Kind.LAPSED)
    ]
    if licence_lapsed(timeline):
        until = licence_until(timeline)
        last = next(fact for fact in reversed(timeline.of(Kind.LICENCE)) if fact.until_on == until)
        found.append(Ceiling(Reason.LICENCE_LAPSED, rules.licence_lapsed, last.id))
    return found


def of_unperformed(rules: method.Ceilings, timeline: Timeline) -> list[Ceiling]:
    """A final sanction or mediation agreement that was not performed."""
    return [
        Ceiling(Reason.NOT_PERFORMED, rules.not_performed, fact.id) for fact in timeline.of(Kind.UNPERFORMED)
    ]


def of_bans(rules: method.Ceilings, timeline: Timeline) -> list[Ceiling]:
    """Expulsions and bars in term, the last day included."""
    return [
        Ceiling(Reason.BARRED, rules.barred, fact.id, days_after(fact.until_on, 1) if fact.until_on else None)
        for fact in timeline.of(Kind.BAN)
        if fact.until_on is None or fact.until_on >= timeline.as_of
    ]


def of_evidence(ruleset: method.RuleSet, months: int, known: int) -> list[Ceiling]:
    """Too little is known yet for a grade beyond the provisional one, or for the best."""
    found = []
    for reason, rule in (
        (Reason.PROVISIONAL, ruleset.provisional),
        (Reason.LIMITED_EVIDENCE, ruleset.limited),
    ):
        if months < rule.months or known < rule.confidence:
            found.append(Ceiling(reason, rule.at_most))
    return found


def withheld(
    ruleset: method.RuleSet, timeline: Timeline, months: int, known: int, *, has_rule: bool
) -> Reason:
    """Why there is no rating (NR); nothing if there is one."""
    identity = timeline.latest(Kind.CHECK).get(ruleset.checklist.identity)
    why = Reason(0)
    if identity is None or identity.a != 1:
        why |= Reason.IDENTITY_NOT_VERIFIED
    if months < ruleset.not_rated.months:
        why |= Reason.TOO_NEW
    if known < ruleset.not_rated.confidence:
        why |= Reason.LOW_CONFIDENCE
    if not has_rule:
        why |= Reason.NO_RULE
    return why


def review_ends(ruleset: method.RuleSet, timeline: Timeline) -> date | None:
    """The day the review that suspends the rating runs out; none if there is none."""
    window = timeline.window(Kind.REVIEW, ruleset.review_days)
    return days_after(window.facts[-1].occurred_on, ruleset.review_days) if window.facts else None


def next_month_mark(ruleset: method.RuleSet, member: Member, months: int) -> date | None:
    """The day another whole month counts; none when more of them change nothing."""
    full = max(
        ruleset.confidence.months_full,
        ruleset.not_rated.months,
        ruleset.provisional.months,
        ruleset.limited.months,
    )
    return month_mark(member.joined_on, months + 1) if months < full else None

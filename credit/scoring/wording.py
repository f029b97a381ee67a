"""A rating in plain sentences, in the reader's language: lines, ceilings, states.

Names of indicators, items and categories come from the rule set, in both languages; sentences are msgids.
Names of violations come from the caller (`violation_name`), for the catalogue is the associations'.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from credit.rulesets.method import RuleSet, Text
from credit.rulesets.vocabulary import GRADES, Kind, R
from credit.scoring.evaluator import WITHHOLDS, Ceiling, Evaluation, Line, Reason, State, Status

CheckWords = dict[Status, str | Promise]

REASONS: dict[Reason, str | Promise] = {
    Reason.MINOR_RECORD: gettext_lazy("A minor record is in force."),
    Reason.GENERAL_RECORD: gettext_lazy("A general record is in force."),
    Reason.SERIOUS_RECORD: gettext_lazy("A serious record is in force."),
    Reason.EXTREME_RECORD: gettext_lazy("An extremely serious record is in force."),
    Reason.D1_LOW: gettext_lazy("The compliance record is low."),
    Reason.D2_LOW: gettext_lazy("Consumer rights are low."),
    Reason.D3_LOW: gettext_lazy("Qualification and transparency are low."),
    Reason.D4_LOW: gettext_lazy("Training and controls are low."),
    Reason.D5_LOW: gettext_lazy("Promises kept are low."),
    Reason.D6_LOW: gettext_lazy("Contribution is low."),
    Reason.TRAINING_OVERDUE: gettext_lazy("Required training is long overdue."),
    Reason.LICENCE_LAPSED: gettext_lazy("A licence has lapsed."),
    Reason.NOT_PERFORMED: gettext_lazy("A final sanction or mediation agreement was not performed."),
    Reason.PROVISIONAL: gettext_lazy("The rating is provisional: the member is new or little is known yet."),
    Reason.LIMITED_EVIDENCE: gettext_lazy("Not enough is known yet for the highest grade."),
    Reason.BARRED: gettext_lazy("The member is expelled or barred."),
    Reason.IDENTITY_NOT_VERIFIED: gettext_lazy("The identity has not been verified."),
    Reason.TOO_NEW: gettext_lazy("The member joined too recently to be rated."),
    Reason.LOW_CONFIDENCE: gettext_lazy("Too little is known to give a rating."),
    Reason.NO_RULE: gettext_lazy("The rule set has no rule for this category."),
}

STATES: dict[State, str | Promise] = {
    State.RATED: gettext_lazy("Rated"),
    State.PROVISIONAL: gettext_lazy("Provisional rating"),
    State.NOT_RATED: gettext_lazy("Not rated (NR)"),
    State.SUSPENDED: gettext_lazy("Suspended, under review"),
    State.WITHDRAWN: gettext_lazy("Withdrawn, no longer a member"),
    State.BARRED: gettext_lazy("Barred"),
}

CHECKED: CheckWords = {
    Status.FRESH: gettext_lazy("%(name)s: verified on %(on)s."),
    Status.OLDER: gettext_lazy("%(name)s: verified on %(on)s, which is too long ago to count in full."),
    Status.FAILED: gettext_lazy("%(name)s: did not pass the check of %(on)s."),
    Status.MISSING: gettext_lazy("%(name)s: not verified."),
    Status.LAPSED: gettext_lazy("%(name)s: lapsed."),
}

CONTROLLED: CheckWords = {
    Status.COUNTS: gettext_lazy("%(name)s: in place, verified on %(on)s."),
    Status.FAILED: gettext_lazy("%(name)s: not in place by the check of %(on)s."),
    Status.MISSING: gettext_lazy("%(name)s: not verified."),
}


def line_text(line: Line, ruleset: RuleSet, violation_name: Callable[[int], str]) -> str:
    """What a line says, without its points: one sentence, or two."""
    told = _TELL.get(ruleset.indicator(line.number).form, _tell_name)(line, ruleset, violation_name)
    return str(told)


def ceiling_text(hit: Ceiling) -> str:
    """Why the grade is held, and at what."""
    reason = str(REASONS[hit.reason])
    held = _("The grade can be no better than %(grade)s.") % {"grade": GRADES[hit.at_most - 1]}
    return f"{reason} {held}"


def withheld_texts(mask: int) -> list[str]:
    """Why there is no rating (NR), from a rating's mask."""
    return reason_texts(Reason(mask) & WITHHOLDS)


def reason_texts(mask: Reason | int) -> list[str]:
    """Every reason in a mask, in words."""
    return [str(text) for reason, text in REASONS.items() if reason & mask]


def state_text(state: int) -> str:
    """A state by name."""
    return str(STATES[State(state)])


def grade_word(grade: int, ruleset: RuleSet) -> str:
    """The public word of a grade (优, 良, …); empty for none."""
    band = ruleset.band(grade)
    return named(band.name) if band else ""


def grade_letter(grade: int) -> str:
    """The letter of a grade; NR for none."""
    return GRADES[grade - 1] if grade else "NR"


def points_text(millipoints: int) -> str:
    """Milli-points as points, with as many decimals as it takes and no rounding: 203147 → "203.147"."""
    sign, whole = ("-" if millipoints < 0 else ""), abs(millipoints)
    return f"{sign}{whole // 1000}.{whole % 1000:03d}".rstrip("0").rstrip(".")


def percent_text(ratio: int) -> str:
    """A ratio of a million as percent, one decimal, rounded half up: 867_147 → "86.7 %"."""
    tenths = (ratio * 1000 + R // 2) // R
    return f"{tenths // 10}.{tenths % 10} %"


def summary(evaluation: Evaluation, ruleset: RuleSet) -> str:
    """The first sentence of a rating page: the grade or its absence, and what holds it."""
    if not evaluation.shown:
        return " ".join([f"{state_text(evaluation.state)}.", *withheld_texts(evaluation.mask)])
    words = {
        "grade": grade_letter(evaluation.shown),
        "word": grade_word(evaluation.shown, ruleset),
        "score": points_text(evaluation.score),
    }
    told = _("Grade %(grade)s (%(word)s) with %(score)s of 1000 points.") % words
    held = {ceiling_text(hit) for hit in evaluation.binding}
    braked = evaluation.shown > evaluation.grade > 0
    rises = (
        _("It rises by one grade in %(days)s days at most.") % {"days": ruleset.brake_days} if braked else ""
    )
    return " ".join(filter(None, [told, *sorted(held), rises]))


def named(text: Text) -> str:
    """A rule set's text in the reader's language."""
    return text.told(get_language() or "zh")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tell_name(line: Line, ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    return named(ruleset.indicator(line.number).name)


def _tell_record(line: Line, ruleset: RuleSet, violation_name: Callable[[int], str]) -> str:
    if line.status is Status.CLEAN:
        return _("The compliance record before anything is taken off.")
    figures = dict(line.figures)
    words = {
        "name": violation_name(line.code),
        "severity": named(ruleset.severities[figures["severity"]].name),
        "on": _day(line.on),
        "step": figures.get("step"),
        "ends": _day(line.ends_on),
    }
    if line.status is Status.STAYED:
        return (
            _("%(name)s (%(severity)s), decided on %(on)s: stayed on appeal, counts nothing until decided.")
            % words
        )
    told = _("%(name)s (%(severity)s), decided on %(on)s: weighs %(step)s %%, over on %(ends)s.") % words
    if figures["earlier"]:
        again = ngettext(
            "There was %(count)s record of the same kind within a year before it.",
            "There were %(count)s records of the same kind within a year before it.",
            figures["earlier"],
        ) % {"count": figures["earlier"]}
        told = f"{told} {again}"
    return told


def _tell_rate(line: Line, ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    figures = dict(line.figures)
    words = {
        "events": figures["events"],
        "per": figures["per"],
        "share": percent_text(figures["multiple"]),
        "name": _tell_name(line, ruleset, _name),
    }
    return (
        _("%(name)s: %(events)s upheld in %(per)s orders; smoothed, %(share)s of the industry baseline.")
        % words
    )


def _tell_ratio(line: Line, ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    figures = dict(line.figures) | {"name": _tell_name(line, ruleset, _name)}
    if not figures["bottom"]:
        return _("%(name)s: nothing in this period; a cautious middle value stands for it.") % figures
    return _("%(name)s: %(top)s of %(bottom)s.") % figures


def _tell_check(line: Line, ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    indicator = ruleset.indicator(line.number)
    items = {item.number: item.name for item in getattr(indicator, "items", ())}
    sentence = (CHECKED if line.kind == Kind.CHECK else CONTROLLED)[line.status]
    return str(sentence) % {"name": named(items[line.code]), "on": _day(line.on)}


def _tell_training(line: Line, ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    figures = dict(line.figures)
    if line.kind == Kind.ROSTER:
        return _("%(trained)s of %(streamers)s signed streamers are trained.") % figures
    told = _("%(hours)s of %(required)s hours of training in a year.") % figures
    if not figures["exam_required"]:
        return told
    if figures["exam_passed"]:
        passed = _("The exam is passed.")
        return f"{told} {passed}"
    left = getattr(ruleset.indicator(line.number), "without_exam", 0)
    missing = _("The required exam is not passed, so only %(left)s %% counts.") % {"left": left}
    return f"{told} {missing}"


def _tell_points(line: Line, _ruleset: RuleSet, _name: Callable[[int], str]) -> str:
    if line.status is Status.OPTED_OUT:
        return _("The member does not want contributions recorded.")
    if line.status is Status.REST:
        return _("Contributions to the trade that could still be made.")
    words = {"points": dict(line.figures)["points"], "on": _day(line.on), "ends": _day(line.ends_on)}
    return _("A contribution of %(on)s, worth %(points)s; it lapses on %(ends)s.") % words


_TELL: dict[str, Callable[[Line, RuleSet, Callable[[int], str]], str]] = {
    "records": _tell_record,
    "rate": _tell_rate,
    "ratio": _tell_ratio,
    "checklist": _tell_check,
    "controls": _tell_check,
    "training": _tell_training,
    "points": _tell_points,
}


def line_texts(
    lines: Iterable[Line], ruleset: RuleSet, violation_name: Callable[[int], str]
) -> list[tuple[Line, str]]:
    """Each line with its sentence."""
    return [(line, line_text(line, ruleset, violation_name)) for line in lines]

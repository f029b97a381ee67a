"""What a member can do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from credit.rulesets.vocabulary import Kind
from credit.scoring import wording
from credit.scoring.account.prospects.trial import NO_RATING, Prospect, Step, Trial, What
from credit.scoring.evaluator import Evaluation, Line, Reason, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

MOST, MOST_TRIED = 6, 8


def doing(trial: Trial, *, due_on: date | None = None) -> list[Prospect]:
    """What a member can do now, what helps most first; and, of several, all together."""
    if trial.now.state in NO_RATING:
        return []
    lines = trial.now.lines
    steps = [
        *_performing(trial),
        *_renewing(trial, lines),
        *_training(trial, lines, due_on),
        *_items(trial, lines),
    ]
    found = [
        Prospect(step.what, trial.day, step.line, then.score - trial.now.score, then, step.say)
        for step in steps[:MOST_TRIED]
        if _helps(trial.now, then := trial.then(step.facts))
    ]
    found = sorted(found, key=lambda each: (_rank(each.then), -each.points))[:MOST]
    if len(found) > 1:
        then = trial.then([fact for step in steps for fact in step.facts])
        found.append(
            Prospect(What.TOGETHER, trial.day, None, then.score - trial.now.score, then, _all_of_these)
        )
    return found


def _all_of_these() -> str:
    return _("All of this together")


def _helps(now: Evaluation, then: Evaluation) -> bool:
    return then.score > now.score or _rank(then) < _rank(now)


def _rank(rating: Evaluation) -> int:
    """Grades in order, none last."""
    return rating.grade or 99


def _performing(trial: Trial) -> Iterator[Step]:
    """Performing what was imposed or agreed: its non-performance is discharged."""
    open_ = [hit.fact_id for hit in trial.now.ceilings if hit.reason is Reason.NOT_PERFORMED]
    if open_:
        facts = tuple(trial.fact(Kind.DISCHARGE, ref_id=fact) for fact in open_)
        yield Step(What.PERFORM, None, facts, _perform)


def _perform() -> str:
    return _("Perform the sanction or mediation agreement that was not performed")


def _renewing(trial: Trial, lines: Sequence[Line]) -> Iterator[Step]:
    """A new licence: valid for a year, what was reported lapsed discharged, the item verified."""
    lapsed = [hit.fact_id for hit in trial.now.ceilings if hit.reason is Reason.LICENCE_LAPSED]
    if not lapsed:
        return
    reported = {fact.id for fact in trial.facts if fact.kind == Kind.LAPSED}
    item = trial.explained.ruleset.checklist.licence
    facts = [trial.fact(Kind.LICENCE, until_on=trial.day + timedelta(days=365))]
    facts += [trial.fact(Kind.DISCHARGE, ref_id=fact) for fact in lapsed if fact in reported]
    place = next((at for at, each in enumerate(lines) if each.kind == Kind.CHECK and each.code == item), None)
    if item and place is not None:
        facts.append(trial.fact(Kind.CHECK, code=item, a=1))
    yield Step(What.RENEW, place, tuple(facts), _renew)


def _renew() -> str:
    return _("Renew the licence and have it verified; reckoned with one valid for a year")


def _training(trial: Trial, lines: Sequence[Line], due_on: date | None) -> Iterator[Step]:
    """The hours and the exam the rating asks for, what is overdue made up; of an agency, its streamers trained."""
    overdue = [hit.fact_id for hit in trial.now.ceilings if hit.reason is Reason.TRAINING_OVERDUE]
    made_up = tuple(trial.fact(Kind.DISCHARGE, ref_id=fact) for fact in overdue)
    for at, line in enumerate(lines):
        told = dict(line.figures)
        if line.kind == Kind.ROSTER and told["trained"] < told["streamers"]:
            count = told["streamers"]
            fact = trial.fact(Kind.ROSTER, a=count, b=count)
            yield Step(What.TRAIN, at, (fact, *made_up), partial(_trained, count))
            return
        if line.kind == Kind.TRAINING:
            hours = max(0, told["required"] - told["hours"])
            exam = bool(told["exam_required"]) and not told["exam_passed"]
            facts = [trial.fact(Kind.TRAINING, a=hours)] * bool(hours) + [trial.fact(Kind.EXAM, a=1)] * exam
            if facts or made_up:
                yield Step(What.TRAIN, at, (*facts, *made_up), partial(_train, hours, due_on, exam=exam))
            return
    if made_up:
        yield Step(What.TRAIN, None, made_up, partial(_train, 0, None, exam=False))


def _trained(streamers: int) -> str:
    return _("Have all %(count)s signed streamers trained") % {"count": streamers}


def _train(hours: int, due_on: date | None, *, exam: bool) -> str:
    words = {"hours": hours, "due": due_on.isoformat() if due_on else ""}
    if hours and exam:
        told = (
            _("Attend %(hours)s more hours of training and pass the exam, by %(due)s")
            if due_on
            else _("Attend %(hours)s more hours of training and pass the exam")
        )
    elif hours:
        told = (
            _("Attend %(hours)s more hours of training, by %(due)s")
            if due_on
            else _("Attend %(hours)s more hours of training")
        )
    elif exam:
        told = _("Pass the exam, by %(due)s") if due_on else _("Pass the exam")
    else:
        told = _("Make up the training that is overdue")
    return told % words


def _items(trial: Trial, lines: Sequence[Line]) -> Iterator[Step]:
    """Each checklist item that is not fresh, each control that is not in place; what costs most first."""
    wanting = [
        (at, line)
        for at, line in enumerate(lines)
        if (line.kind == Kind.CHECK and line.status not in {Status.FRESH, Status.LAPSED})
        or (line.kind == Kind.CONTROL and line.status is not Status.COUNTS)
    ]
    for at, line in sorted(wanting, key=lambda each: -each[1].loss):
        yield _item(trial, at, line)


def _item(trial: Trial, at: int, line: Line) -> Step:
    indicator = trial.explained.ruleset.indicator(line.number)
    name = next(item.name for item in getattr(indicator, "items", ()) if item.number == line.code)
    fact = trial.fact(Kind(line.kind), code=line.code, a=1)

    def say() -> str:
        words = {"item": wording.named(name), "control": wording.named(name)}
        if line.kind == Kind.CONTROL:
            return _("Put this in place and report it: %(control)s") % words
        return (
            _("Have this verified again: %(item)s") if line.facts else _("Have this verified: %(item)s")
        ) % words

    return Step(What.VERIFY if line.kind == Kind.CHECK else What.CONTROL, at, (fact,), say)

"""The first sentences of a rating page: the score, what holds the grade, the day that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from credit.scoring import wording
from credit.scoring.account.lines import place_of_facts
from credit.scoring.evaluator import State
from credit.scoring.evaluator.limits import OF_SEVERITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from associations.conduct.selectors import FactRow
    from credit.scoring.evaluator import Ceiling
    from credit.scoring.services import Explained

RECORDS = {reason: severity for severity, reason in OF_SEVERITY.items()}
MOST_HOLDS = 2


def everything(_fact: FactRow) -> bool:
    """An officer may be told of every record."""
    return True


def why(explained: Explained, *, may_name: Callable[[FactRow], bool] = everything) -> list[str]:
    """One sentence each. `may_name`: whether the record behind a ceiling may be told with its day and line."""
    standing, rating = explained.standing, explained.evaluation
    state = State(standing.state)
    if state not in {State.RATED, State.PROVISIONAL}:
        told = [_("%(state)s.") % {"state": wording.state_text(state)}]
        if state is State.NOT_RATED:
            told += [*wording.withheld_texts(standing.mask), _("Not rated is not a bad grade.")]
        if state is State.BARRED:
            told += [_holds(hit, explained, may_name) for hit in rating.binding[:MOST_HOLDS]]
        return told
    reaches = {"score": wording.points_text(standing.score), "grade": wording.grade_letter(rating.by_score)}
    told = [_("The score of %(score)s reaches %(grade)s.") % reaches]
    told += [_holds(hit, explained, may_name) for hit in rating.binding[:MOST_HOLDS]]
    if standing.shown > standing.grade:
        told.append(
            _("It rises by one grade in %(days)s days at most.") % {"days": explained.ruleset.brake_days}
        )
    if standing.next_change_on:
        told.append(_("The next known change is on %(on)s.") % {"on": standing.next_change_on.isoformat()})
    return told


def _holds(hit: Ceiling, explained: Explained, may_name: Callable[[FactRow], bool]) -> str:
    """Why the grade is held: a record with its day and line, any other condition by name."""
    fact = explained.facts.get(hit.fact_id or 0)
    if hit.reason not in RECORDS or fact is None or hit.changes_on is None:
        return wording.ceiling_text(hit)
    words = {
        "grade": wording.grade_letter(hit.at_most),
        "until": hit.changes_on.isoformat(),
        "severity": wording.named(explained.ruleset.severities[RECORDS[hit.reason]].name),
    }
    if not may_name(fact):
        return _("A record classed %(severity)s holds the grade at %(grade)s until %(until)s.") % words
    words |= {
        "on": fact.occurred_on.isoformat(),
        "line": place_of_facts(explained.evaluation.lines).get(fact.id, ""),
    }
    return (
        _(
            "The record of %(on)s classed %(severity)s (line %(line)s) holds the grade at %(grade)s until %(until)s."
        )
        % words
    )

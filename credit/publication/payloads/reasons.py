"""The first sentences of a rating page, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credit.publication.payloads.texts import list_in_both, named
from credit.rulesets.vocabulary import Kind
from credit.scoring import wording
from credit.scoring.evaluator import State, Status
from credit.scoring.evaluator.limits import OF_SEVERITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from credit.publication.payloads.texts import Text
    from credit.scoring.evaluator import Ceiling
    from credit.scoring.services import Explained

RECORDS = {reason: severity for severity, reason in OF_SEVERITY.items()}


def why(explained: Explained, by_fact: Mapping[int, str], sources: Mapping[str, object]) -> list[Text]:
    """Score, what holds the grade, and the day that changes: one sentence each."""
    return list_in_both(lambda: _why(explained, by_fact, sources))


def _why(explained: Explained, by_fact: Mapping[int, str], sources: Mapping[str, object]) -> list[str]:
    standing, rating = explained.standing, explained.evaluation
    state = State(standing.state)
    if state not in (State.RATED, State.PROVISIONAL):
        told = [_("%(state)s.") % {"state": wording.state_text(state)}]
        if state is State.NOT_RATED:
            told += [*wording.withheld_texts(standing.mask), _("Not rated is not a bad grade.")]
        return told
    reaches = {"score": wording.points_text(standing.score), "grade": wording.grade_letter(rating.by_score)}
    told = [_("The score of %(score)s reaches %(grade)s.") % reaches]
    told += [_holds(hit, explained, by_fact, sources) for hit in rating.binding[:2]]
    if standing.shown > standing.grade:
        told.append(_("It rises by one grade in 90 days at most."))
    if standing.next_change_on:
        told.append(_("The next known change is on %(on)s.") % {"on": standing.next_change_on.isoformat()})
    return told


def _holds(
    hit: Ceiling, explained: Explained, by_fact: Mapping[int, str], sources: Mapping[str, object]
) -> str:
    """Why the grade is held: a public record with its day, any other condition by name."""
    fact = explained.facts.get(hit.fact_id or 0)
    words = {"grade": wording.grade_letter(hit.at_most), "until": hit.changes_on}
    if hit.reason in RECORDS and fact and hit.changes_on:
        words["severity"] = wording.named(explained.ruleset.severities[RECORDS[hit.reason]].name)
        if fact.source_ref not in sources:
            return _("A record classed %(severity)s holds the grade at %(grade)s.") % words
        words |= {"on": fact.occurred_on.isoformat(), "line": by_fact.get(fact.id, "")}
        return (
            _(
                "The record of %(on)s classed %(severity)s (line %(line)s) holds the grade at %(grade)s "
                "until %(until)s."
            )
            % words
        )
    return wording.ceiling_text(hit)


def unknown(explained: Explained, *, hidden: int) -> list[Text]:
    """What the rating does not know, said beside what it does."""
    judgement = named(explained.ruleset.texts["judgement"])
    return [*list_in_both(lambda: _unknown(explained, hidden)), judgement]


def _unknown(explained: Explained, hidden: int) -> list[str]:
    lines = explained.evaluation.lines
    told = []
    if not any(line.facts for line in lines if line.kind == Kind.FIGURES):
        told.append(
            _("No platform reported orders and complaints for the last 365 days; cautious values stand in.")
        )
    items = {item.number: item.name for item in explained.ruleset.checklist.items}
    absent = [
        wording.named(items[line.code])
        for line in lines
        if line.kind == Kind.CHECK and line.status is Status.MISSING
    ]
    if absent:
        told.append(_("Never verified: %(items)s.") % {"items": _(", ").join(absent)})
    if hidden:
        told.append(
            ngettext(
                "%(count)s record counts whose details may not be published.",
                "%(count)s records count whose details may not be published.",
                hidden,
            )
            % {"count": hidden}
        )
    told.append(_("What happens on platforms that report nothing, and in closed groups, is not observed."))
    return told

"""The account as it is published: plain JSON in both languages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from associations.discipline import handover
from associations.discipline.selectors import account as discipline
from associations.discipline.states import Outcome
from associations.fees import selectors as fees
from associations.members import handover as members
from associations.tenancy import scope
from core.ui.formatting import plain_points
from credit.publication.account.payers import fairness
from credit.publication.payloads.texts import in_both, iso
from credit.scoring.likeness import FEW

if TYPE_CHECKING:
    from datetime import date

    from associations.fees.selectors import YearOfFees
    from credit.publication.account.payers import Fairness
    from credit.publication.payloads.rating import Home
    from credit.scoring.likeness import Gap


def version_of(today: date) -> str:
    """Moves when anything of the account may have: with each step of a case, each payment, each day."""
    return "-".join(map(str, [today.isoformat(), discipline.last_step(), *fees.last_entries()]))


def payload_of(home: Home, today: date) -> dict[str, Any]:
    """The whole account, in the scope of the association it is of."""
    decided = handover.case_figures(scope.association_id())
    return {
        "kind": "account",
        "association": {"slug": home.slug, "zh": home.name, "en": home.name_en},
        "as_of": today.isoformat(),
        "cases": [
            {"state": str(state), "name": in_both(partial(str, state.label)), "count": count}
            for state, count in discipline.by_state().items()
        ],
        "measures": [
            {"measure": int(measure), "name": in_both(partial(str, measure.label)), "count": count}
            for measure, count in discipline.by_measure().items()
        ],
        "endings": [
            {"how": str(step), "name": in_both(partial(str, step.label)), "count": count}
            for step, count in discipline.endings().items()
        ],
        "years": [
            {"year": each.year, "opened": each.opened, "decided": each.decided}
            for each in discipline.by_year()
        ],
        "stages": [
            {
                "state": str(each.state),
                "name": in_both(partial(str, each.state.label)),
                "median_days": each.days,
                "cases": each.cases,
            }
            for each in discipline.stages()
        ],
        "decisions": {
            "made": decided["decisions"],
            "that_count": decided["decisions_that_count"],
            "reversed": decided["reversals"],
            "median_days": decided["median_days"],
        },
        "appeals": _appeals(),
        "panels": discipline.panels(),
        "overdue": [
            {
                "what": in_both(partial(str, each.what)),
                "waits_for": in_both(partial(str, each.waits_for)),
                "cases": each.cases,
                "oldest_days": each.oldest,
            }
            for each in discipline.overdue(today)
        ],
        "fees": _fees(today),
        "fairness": _fairness(fairness(today)),
    }


def _appeals() -> dict[str, Any]:
    """How many decisions were appealed against, and what came of it."""
    counted = discipline.appeals()
    return {
        "filed": sum(counted.values()),
        "outcomes": [
            {"outcome": str(outcome), "name": in_both(partial(str, outcome.label)), "count": counted[outcome]}
            for outcome in Outcome
            if outcome in counted
        ],
    }


def _fees(today: date) -> dict[str, Any]:
    """The table in force, and what came in. A year in which so few persons paid that they show tells no figures."""
    table, count = fees.table_on(today), members.counts(scope.association_id())
    return {
        "table": {
            "version": table.version,
            "adopted_on": iso(table.adopted_on),
            "effective_on": iso(table.effective_on),
            "basis": table.basis,
            "items": table.items,
        }
        if table
        else None,
        "members": sum(count.values()),
        "years": [_year(each) for each in fees.years()],
    }


def _year(each: YearOfFees) -> dict[str, Any]:
    told = each.payers >= FEW or not each.persons
    return {
        "year": each.year,
        "payers": each.payers if told else None,
        "total": each.total if told else None,
    }


def _fairness(found: Fairness) -> dict[str, Any]:
    enough = found.share is not None
    return {
        "few": FEW,
        "payers": found.payers if enough else None,
        "others": found.others if enough else None,
        "share": _gap(found.share),
        "score": _gap(found.score),
        "grades": {"payers": found.grades[0], "others": found.grades[1]} if found.grades else None,
        "verdict": in_both(partial(verdict, found)),
    }


def _gap(found: Gap | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"n": found.n, "payers": found.mean, "like": found.like, "more_than_chance": found.sure}


def verdict(found: Fairness) -> str:
    """In plain words: whether those who pay have good grades more often than like members who do not."""
    share, score = found.share, found.score
    if not found.payers:
        return _("No payment is on file for the last 12 months, so nothing can be compared.")
    if share is None or score is None:
        return _(
            "Too few to compare: fewer than 5 members who paid have a grade, or fewer than 5 like members who did "
            "not."
        )
    told = {
        "mine": _percent(share.mean),
        "like": _percent(share.like),
        "points": plain_points(abs(score.points)),
    }
    surely = [each.points for each in (share, score) if each.sure]
    if not surely:
        words = _(
            "Fee payers fare no better: %(mine)s of them have A or better, %(like)s of like members who did not pay; "
            "that is no more than chance gives."
        )
    elif max(surely) > 0:
        words = _(
            "Fee payers fare better: %(mine)s of them have A or better, %(like)s of like members who did not pay; "
            "their mean scores are %(points)s points apart. That is more than chance gives and asks for an explanation."
        )
    else:
        words = _(
            "Fee payers fare worse: %(mine)s of them have A or better, %(like)s of like members who did not pay; "
            "their mean scores are %(points)s points apart."
        )
    return words % told


def _percent(thousandths: int) -> str:
    return f"{thousandths / 10:.1f}%"

"""A rating as of any day of the past: as it was known then, and as it should have been.

*Known then*: the facts recorded by the end of that day, the rule set in force on it, the brake on upgrades from
the rating given before. *As it should have been*: everything on file now, each fact from the day it happened; what
has been reversed or corrected since never counted, because a reversal says that it never should have. A repair, a
discharge and a stay work from their own day on, here as everywhere. The brake is worked out again over the days on
which a rating was given, for those ratings should have been others too.

A day is the smallest step: a fact recorded on the day counts as known on it, whatever the hour. So a fact recorded
so late that the workers rated it after midnight is known on its day, while the rating given that day does not have
it yet; `Rebuilt.unlike` then says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from associations.conduct import selectors as conduct
from credit.rulesets.services import ruleset_in_force
from credit.rulesets.vocabulary import Kind
from credit.scoring import selectors
from credit.scoring.evaluator import ENGINE, Evaluation, Fact, Member, Previous, evaluate, inputs_sha, plain
from credit.scoring.services import fact_of, member_of, previous_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from credit.rulesets.method import RuleSet
    from credit.scoring.models import Rating

REACHES_BACK = frozenset({Kind.REVERSAL, Kind.CORRECTION})
"""What says that another fact never should have counted."""

COMPARED = ("score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade", "shown",
            "ceiling", "mask")  # fmt: skip


class Unlike(StrEnum):
    """Why what was known then is not the rating given then; `SAME` where it is."""

    SAME = "same"
    NOT_GIVEN = "not_given"  # nobody had rated the member by that day
    RULES = "rules"  # rated by another rule set than the one in force
    ENGINE = "engine"  # rated by another version of the engine
    GIVEN_LATER = "given_later"  # rated for that day on a later one, by facts recorded since
    PARTICULARS = "particulars"  # category, day of joining or choice about contributions have changed
    WAITED = "waited"  # what came by that day was rated on a later one, or waits still
    UNEXPLAINED = "unexplained"


class DayRefused(ValueError):
    """No rating can be rebuilt for that day; the message says why, and which day to choose."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rating on a day. `known` and `should` are one object where nothing makes a difference.

    `given` is the rating that stood at the end of the day, none before the first. `making` are the facts that make
    the difference, in the order of their days; `facts` all that are on file, by id.
    """

    day: date
    member: conduct.RatedMember
    ruleset: RuleSet
    known: Evaluation
    should: Evaluation
    given: Rating | None
    unlike: Unlike
    making: tuple[conduct.FactRow, ...]
    facts: dict[int, conduct.FactRow]

    @property
    def differ(self) -> bool:
        """Whether the two are different ratings."""
        return any(getattr(self.known, name) != getattr(self.should, name) for name in COMPARED)


def check_day(day: date, joined_on: date) -> None:
    """Raise DayRefused unless the member was one on `day` and the day has come."""
    today = timezone.localdate()
    if day > today:
        raise DayRefused(
            _("%(day)s has not come yet. Choose %(today)s or a day before it.")
            % {"day": day.isoformat(), "today": today.isoformat()}
        )
    if day < joined_on:
        raise DayRefused(
            _("On %(day)s this was no member yet. Choose %(joined)s, the day of joining, or a day after it.")
            % {"day": day.isoformat(), "joined": joined_on.isoformat()}
        )


def rebuilt(membership_id: int, day: date) -> Rebuilt:
    """Rebuild the rating of a membership on a day. Works in the console's scope as in the engine's; four queries.

    Raises DayRefused for a day before the member joined or one that has not come, LookupError for no such member.
    """
    found = conduct.rated_members([membership_id])
    if not found:
        raise LookupError(membership_id)
    row = found[0]
    check_day(day, row.joined_on)
    rows = conduct.facts_of([membership_id])[membership_id]
    member, facts = member_of(row), [fact_of(each) for each in rows]
    given = selectors.ratings_by(membership_id, day)
    ruleset = ruleset_in_force(row.association_id, day)
    known = evaluate(ruleset, member, facts, day, _previous(given, day), known_on=day)
    undone = _undone(facts)
    making = {each.id for each in facts if _makes_a_difference(each, facts, undone, day)}
    days = [*sorted({each.as_of for each in given if each.as_of < day}), day]
    should = _replayed(row.association_id, member, _standing(facts, undone), days) if making else known
    stood = given[0] if given else None
    return Rebuilt(
        day=day,
        member=row,
        ruleset=ruleset,
        known=known,
        should=should,
        given=stood,
        unlike=_unlike(known, stood, ruleset, member, rows, day),
        making=tuple(each for each in rows if each.id in making),
        facts={each.id: each for each in rows},
    )


def _previous(given: Sequence[Rating], day: date) -> Previous | None:
    """What the brake started from: the rating before the one of that very day, or the last one before it."""
    before = given[1:] if given and given[0].as_of == day else given
    return previous_of(before[0]) if before else None


def _undone(facts: Iterable[Fact]) -> set[int | None]:
    """Ids of the facts about which the last word on file is a reversal or a correction."""
    about = sorted((fact for fact in facts if fact.ref_id), key=lambda fact: (fact.occurred_on, fact.id))
    last = {fact.ref_id: fact.kind for fact in about}
    return {ref for ref, kind in last.items() if kind in REACHES_BACK}


def _standing(facts: Iterable[Fact], undone: set[int | None]) -> list[Fact]:
    """The facts without those undone and without what was said about these."""
    return [fact for fact in facts if fact.id not in undone and fact.ref_id not in undone]


def _makes_a_difference(fact: Fact, facts: Iterable[Fact], undone: set[int | None], day: date) -> bool:
    """Whether one of the two ratings of `day` counts the fact and the other does not."""
    if fact.id in undone:
        return False  # named by what undid it, if it was known
    if fact.ref_id in undone:
        about = next((each for each in facts if each.id == fact.ref_id), None)
        was_known = about is not None and about.recorded_on <= day and about.occurred_on <= day
        late = fact.recorded_on > day or fact.occurred_on > day
        return was_known and late and fact.kind in REACHES_BACK
    return fact.recorded_on > day >= fact.occurred_on


def _replayed(association_id: int, member: Member, facts: list[Fact], days: Sequence[date]) -> Evaluation:
    """The rating of the last of the days, the brake worked out from the first one on."""
    latest = max((fact.id for fact in facts), default=0)
    before: Previous | None = None
    for at, on in enumerate(days):
        ruleset = ruleset_in_force(association_id, on)
        if before and _fixed(facts, ruleset, after=days[at - 1], until=on):
            before = Previous(before.state, before.shown, before.up_on, None)  # lifts the brake
        rated = evaluate(ruleset, member, facts, on, before)
        before = Previous(int(rated.state), rated.shown, rated.up_on, latest)
    return rated


def _fixed(facts: Iterable[Fact], ruleset: RuleSet, *, after: date, until: date) -> bool:
    """Whether something that lifts the brake happened between two days. Numbers of facts do not tell: late ones are
    higher.
    """
    return any(fact.kind in ruleset.brake_lifted_by and after < fact.occurred_on <= until for fact in facts)


def _unlike(  # noqa: PLR0917 - the two ratings, and what each rests on
    known: Evaluation,
    given: Rating | None,
    ruleset: RuleSet,
    member: Member,
    rows: Sequence[conduct.FactRow],
    day: date,
) -> Unlike:
    """Whether the rating given is the one rebuilt; if not, the first reason that is on file."""
    if given is None:
        return Unlike.NOT_GIVEN
    if all(getattr(known, name) == getattr(given, name) for name in COMPARED):
        return Unlike.SAME
    last = given.last_fact_id or 0
    had = (each.digest for each in rows if each.id <= last)
    waits = any(each.id > last and each.recorded_on <= day for each in rows)
    reasons = (
        (Unlike.RULES, bytes(given.ruleset_sha) != ruleset.digest),
        (Unlike.ENGINE, given.engine != ENGINE),
        (Unlike.GIVEN_LATER, any(each.id <= last and each.recorded_on > day for each in rows)),
        (Unlike.PARTICULARS, bytes(given.inputs_sha) != inputs_sha(member, had)),
        (Unlike.WAITED, waits or bool(given.next_change_on and given.next_change_on <= day)),
    )
    return next((reason for reason, holds in reasons if holds), Unlike.UNEXPLAINED)


def as_json(this: Rebuilt) -> dict[str, Any]:
    """Both ratings as JSON types, with the rating given and the facts that make the difference."""
    given = this.given
    return {
        "member": this.member.public_id,
        "as_of": this.day.isoformat(),
        "ruleset": {"id": this.ruleset.id, "sha256": this.ruleset.sha256},
        "given": None
        if given is None
        else {
            "as_of": given.as_of.isoformat(),
            **{name: getattr(given, name) for name in COMPARED},
        },
        "known_is_given": this.unlike is Unlike.SAME,
        "unlike": str(this.unlike),
        "differ": this.differ,
        "facts_that_differ": [
            {
                "fact": each.public_id,
                "kind": Kind(each.kind).name.lower(),
                "occurred_on": each.occurred_on.isoformat(),
                "recorded_on": each.recorded_on.isoformat(),
                "about": this.facts[each.ref_id].public_id if each.ref_id in this.facts else None,
            }
            for each in this.making
        ],
        "known": plain(this.known),
        "should": plain(this.should),
    }

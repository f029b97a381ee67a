"""Two ratings of one day side by side: as it was known then, and as it should have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.rulesets.vocabulary import Kind
from credit.scoring import wording
from credit.scoring.account.evidence import fraction
from credit.scoring.account.lines import Source, source_of, violation_name
from credit.scoring.as_of import Unlike

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.utils.functional import Promise

    from associations.conduct.selectors import FactRow
    from credit.scoring.as_of import Rebuilt
    from credit.scoring.evaluator import Evaluation, Line
    from credit.scoring.models import Rating

Key = tuple[int, str, int, int]

OF_ONE_FACT = frozenset({Kind.VIOLATION, Kind.CONTRIBUTION})
"""Kinds of which every fact is a line of its own."""

UNLIKE: dict[Unlike, str | Promise] = {
    Unlike.SAME: gettext_lazy("This is the rating that was given: the same to the last digit."),
    Unlike.NOT_GIVEN: gettext_lazy(
        "No rating had been given by that day; this is the one the facts would have had."
    ),
    Unlike.RULES: gettext_lazy(
        "The rating given that day was made by another rule set than the one now held in force."
    ),
    Unlike.ENGINE: gettext_lazy("The rating given that day was made by another version of the engine."),
    Unlike.GIVEN_LATER: gettext_lazy(
        "The rating for that day was given on a later one, and counted what was known by then."
    ),
    Unlike.PARTICULARS: gettext_lazy(
        "Category, day of joining or the choice about contributions have changed since the rating was given."
    ),
    Unlike.WAITED: gettext_lazy(
        "What came by that day was rated on a later one: a day is the smallest step, and the work may run past "
        "midnight."
    ),
    Unlike.UNEXPLAINED: gettext_lazy(
        "It is not the rating that was given, and nothing on file says why. Tell the operator of the register."
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of both, and of the rating given ("" where there is none)."""

    label: str
    given: str
    known: str
    should: str

    @property
    def differs(self) -> bool:
        return self.known != self.should


@dataclass(frozen=True, slots=True)
class Pair:
    """A line in both. Points in milli-points, None where it has no such line; `other` is its text as it should
    have been, where that differs.
    """

    dimension: str
    text: str
    other: str
    known: int | None
    should: int | None

    @property
    def differs(self) -> bool:
        return self.known != self.should or bool(self.other)


@dataclass(frozen=True, slots=True)
class Making:
    """A fact that makes the difference."""

    text: str
    source: Source
    on: date
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Past:
    """The whole comparison, in words. `known` and `should` are the first sentences of each."""

    known: str
    should: str
    unlike: str
    is_given: bool
    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    making: tuple[Making, ...]


def past(
    this: Rebuilt, *, fact_text: Callable[[FactRow], str], source: Callable[[FactRow], Source] = source_of
) -> Past:
    """Both ratings told. `fact_text` says a fact in one line, `source` where it comes from."""
    return Past(
        known=wording.summary(this.known, this.ruleset),
        should=wording.summary(this.should, this.ruleset),
        unlike=str(UNLIKE[this.unlike]),
        is_given=this.unlike is Unlike.SAME,
        figures=tuple(_figures(this)),
        pairs=tuple(_pairs(this)),
        making=tuple(
            Making(_making_text(each, this, fact_text), source(each), each.occurred_on, each.recorded_on)
            for each in this.making
        ),
    )


def _making_text(fact: FactRow, this: Rebuilt, fact_text: Callable[[FactRow], str]) -> str:
    about = this.facts.get(fact.ref_id or 0)
    if about is None:
        return fact_text(fact)
    words = {"fact": fact_text(fact), "about": fact_text(about), "on": about.occurred_on.isoformat()}
    return _("%(fact)s: %(about)s of %(on)s") % words


def _figures(this: Rebuilt) -> list[Figure]:
    given, known, should = this.given, this.known, this.should
    rows = [
        (_("Grade"), _grade),
        (_("Grade by the facts alone"), lambda rating: wording.grade_letter(rating.grade)),
        (_("Score"), lambda rating: wording.points_text(rating.score)),
        (_("Ceiling"), lambda rating: wording.grade_letter(rating.ceiling)),
        (_("Confidence"), lambda rating: fraction(rating.confidence)),
        (_("Facts counted"), lambda rating: str(rating.n)),
    ]
    return [Figure(label, say(given) if given else "", say(known), say(should)) for label, say in rows]


def _grade(rating: Evaluation | Rating) -> str:
    return wording.grade_letter(rating.shown) if rating.shown else wording.state_text(rating.state)


def _pairs(this: Rebuilt) -> list[Pair]:
    """Every line of either, in the order of the method."""
    known, should = _by_key(this.known), _by_key(this.should)
    names = {each.number: wording.named(each.name) for each in this.ruleset.dimensions}
    place = {key: at for at, key in enumerate({**known, **should})}
    told = []
    for key in sorted(place, key=lambda key: (key[0], place[key])):
        one, other = known.get(key), should.get(key)
        text, again = _text(one or other, this), _text(other or one, this)
        told.append(
            Pair(
                dimension=names[key[0]],
                text=text,
                other=again if again != text else "",
                known=one.earned if one else None,
                should=other.earned if other else None,
            )
        )
    return told


def _by_key(rating: Evaluation) -> dict[Key, Line]:
    return {_key(line): line for line in rating.lines}


def _key(line: Line) -> Key:
    fact = line.facts[0] if line.facts and line.kind in OF_ONE_FACT else 0
    return (line.dimension, f"{line.number} {'' if fact else line.kind}", line.code if not fact else 0, fact)


def _text(line: Line | None, this: Rebuilt) -> str:
    return wording.line_text(line, this.ruleset, violation_name) if line else ""

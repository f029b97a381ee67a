"""Rows of the public lists, as their tables draw them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from credit.publication.filters import CATEGORIES
from portal.drawing.rating import Shown
from portal.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.functional import Promise

    from credit.publication.models import PublishedBar, PublishedDecision, PublishedRating

LABELS = dict(CATEGORIES)


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating; `before` is what it moved from, none for the first."""

    url: str
    name: str
    code: str
    category: str | Promise
    association: str
    now: Shown
    before: Shown | None
    score: int
    changed_on: date

    @property
    def moved(self) -> bool:
        """Whether the grade moved, not the score alone."""
        return self.before is not None and self.before.shown != self.now.shown


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision."""

    url: str
    name: str
    number: str
    category: str | Promise
    association: str
    measure: int
    measure_name: str
    violation: str
    code: str
    facts: str
    article: str
    decided_on: date
    public_until: date


@dataclass(frozen=True, slots=True)
class BarRow:
    """A bar."""

    url: str
    name: str
    category: str | Promise
    association: str
    ground: str
    for_life: bool
    from_on: date
    until_on: date | None
    review_on: date


def ratings(rows: Iterable[PublishedRating], names: Mapping[str, str]) -> list[RatingRow]:
    """Ratings; `names` are the associations' by slug."""
    return [
        RatingRow(
            url=reverse("portal:rating", args=[row.public_id]),
            name=row.name,
            code=row.code,
            category=LABELS.get(row.category, ""),
            association=names.get(row.association_slug, ""),
            now=Shown(row.grade or None, row.state),
            before=None
            if row.score_before is None
            else Shown(row.grade_before or None, 0 if row.grade_before else 2),
            score=row.score,
            changed_on=row.changed_on,
        )
        for row in rows
    ]


def decisions(rows: Iterable[PublishedDecision], names: Mapping[str, str]) -> list[DecisionRow]:
    """Decisions."""
    return [
        DecisionRow(
            url=reverse("portal:decision", args=[row.public_id]),
            name=row.name,
            number=row.number,
            category=LABELS.get(row.category, ""),
            association=names.get(row.association_slug, ""),
            measure=row.measure,
            measure_name=said(row.payload, "measure_name"),
            violation=said(row.payload, "violation"),
            code=row.code,
            facts=row.payload["reasons"],
            article=row.payload["charter_article"],
            decided_on=row.decided_on,
            public_until=row.withdraw_on - timedelta(days=1),
        )
        for row in rows
    ]


def bars(rows: Iterable[PublishedBar], names: Mapping[str, str]) -> list[BarRow]:
    """Bars."""
    return [
        BarRow(
            url=reverse("portal:bar", args=[row.public_id]),
            name=row.name,
            category=LABELS.get(row.category, ""),
            association=names.get(row.association_slug, ""),
            ground=f"{said(row.payload['decision'], 'violation')} ({row.payload['decision']['code_of_violation']})",
            for_life=row.for_life,
            from_on=row.from_on,
            until_on=row.until_on,
            review_on=row.review_on,
        )
        for row in rows
    ]


def said(payload: Mapping[str, Any], name: str) -> str:
    """A text of a payload in the reader's language."""
    return told(payload[name])

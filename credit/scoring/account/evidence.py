"""How much is known, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from credit.rulesets.vocabulary import Kind, R
from credit.scoring import wording
from credit.scoring.evaluator import Status
from credit.scoring.evaluator.arithmetic import div

if TYPE_CHECKING:
    from credit.scoring.services import Explained


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the confidence. `share` in percent, `ratio` and `counts` (share × ratio) in millionths."""

    key: str
    label: str
    share: int
    ratio: int
    counts: int

    @property
    def reached(self) -> str:
        """The ratio as 0.960."""
        return fraction(self.ratio)

    @property
    def counted(self) -> str:
        """What it adds, as 0.384."""
        return fraction(self.counts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The confidence in millionths, and its three parts; `months` and `facts` are what two of them count."""

    whole: int
    months: int
    facts: int
    parts: tuple[Part, ...]

    @property
    def sum(self) -> str:
        """The whole as 0.879."""
        return fraction(self.whole)


def fraction(ratio: int) -> str:
    """Millionths as a fraction of one with three decimals, rounded half up: 878_600 → "0.879"."""
    thousandths = div(ratio, 1000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def evidence(explained: Explained) -> Evidence:
    """The parts of the confidence as the rule set shares it out."""
    rules, rating = explained.ruleset.confidence, explained.evaluation
    items = [line for line in rating.lines if line.kind == Kind.CHECK]
    fresh = sum(line.status is Status.FRESH for line in items)
    told = {"fresh": fresh, "items": len(items), "months": rating.months, "facts": rating.n}
    rows = (
        ("coverage", _("Checklist items verified and fresh: %(fresh)s of %(items)s") % told,
         rules.coverage, div(fresh * R, len(items) or 1)),
        ("months", _("Observed for %(months)s months") % told,
         rules.months, min(R, div(rating.months * R, rules.months_full))),
        ("facts", _("Facts counted: %(facts)s") % told,
         rules.facts, div(rating.n * R, rating.n + rules.facts_half)),
    )  # fmt: skip
    parts = tuple(
        Part(key, label, share, ratio, div(share * ratio, 100)) for key, label, share, ratio in rows
    )
    return Evidence(rating.confidence, rating.months, rating.n, parts)


def unknown(explained: Explained) -> list[str]:
    """What the rating does not know, said beside what it does."""
    ruleset, lines = explained.ruleset, explained.evaluation.lines
    told = []
    if not any(line.facts for line in lines if line.kind == Kind.FIGURES):
        told.append(
            _("No platform reported orders and complaints for the last 365 days; cautious values stand in.")
        )
    items = {item.number: item.name for item in ruleset.checklist.items}
    absent = [
        wording.named(items[line.code])
        for line in lines
        if line.kind == Kind.CHECK and line.status is Status.MISSING
    ]
    if absent:
        told.append(_("Never verified: %(items)s.") % {"items": _(", ").join(absent)})
    told += [
        _("What happens on platforms that report nothing, and in closed groups, is not observed."),
        wording.named(ruleset.texts["judgement"]),
    ]
    return told

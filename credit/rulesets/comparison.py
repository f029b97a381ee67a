"""Two rule sets beside each other: what differs, field by field. Pure: no Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from credit.rulesets.validation.problems import gettext_noop

NAMES = ("number", "key", "letter")
"""By what an entry of a list is known, where it has one; else by its place."""

WORDS: Mapping[str, str] = {
    "id": gettext_noop("Name"),
    "version": gettext_noop("Version"),
    "name": gettext_noop("Title"),
    "effective_from": gettext_noop("In force from"),
    "effective_until": gettext_noop("In force until"),
    "texts": gettext_noop("Texts"),
    "sources": gettext_noop("Sources"),
    "excluded": gettext_noop("What never counts"),
    "categories": gettext_noop("Category"),
    "weights": gettext_noop("Weights of D1 to D6"),
    "checklist": gettext_noop("Checklist"),
    "training_hours": gettext_noop("Training hours a year"),
    "exam": gettext_noop("Exam required"),
    "severities": gettext_noop("Severity"),
    "ceilings": gettext_noop("No better than"),
    "at_most": gettext_noop("Grade"),
    "days": gettext_noop("Days"),
    "dimensions": gettext_noop("Dimension"),
    "indicators": gettext_noop("Indicator"),
    "share": gettext_noop("Share in percent"),
    "rule": gettext_noop("Rule in words"),
    "items": gettext_noop("Items"),
    "fresh_days": gettext_noop("Fresh for days"),
    "baseline10": gettext_noop("Baseline in tenths"),
    "evidence": gettext_noop("Evidence asked for"),
    "months": gettext_noop("Months"),
    "confidence": gettext_noop("Confidence"),
    "brake": gettext_noop("Rise of a grade at most every"),
    "bands": gettext_noop("Public words"),
    "licence_lapsed": gettext_noop("A licence has lapsed"),
    "not_performed": gettext_noop("A final sanction or mediation agreement not performed"),
    "training_overdue": gettext_noop("Training overdue"),
    "dimension_steps": gettext_noop("A dimension too low"),
    "en": gettext_noop("English"),
    "zh": gettext_noop("Chinese"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. `way` leads to it: keys of the format, or names in both languages.

    `old` or `new` is None where the one or the other has no such field.
    """

    way: tuple[str | Mapping[str, str], ...]
    old: str | None
    new: str | None

    def where(self, translate: Any, language: str) -> str:
        """The way in words."""
        key = "zh" if language.startswith("zh") else "en"
        parts = [
            translate(WORDS[step]) if isinstance(step, str) and step in WORDS
            else step if isinstance(step, str)
            else step[key]
            for step in self.way
        ]  # fmt: skip
        return " › ".join(parts)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What differs, in the order of the new one; what it left out stands where the old one had it."""
    return list(_differing((), old, new))


def _differing(way: tuple[Any, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    ours, theirs = _parts(new), _parts(old)
    if (ours is None and new is not None) or (theirs is None and old is not None):
        yield Difference(way, _told(old), _told(new))
        return
    ours, theirs = ours or {}, theirs or {}
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        before, after = theirs.get(key), ours.get(key)
        yield from _differing((*way, _step(key, after if after is not None else before)), before, after)


def _parts(value: Any) -> dict[Any, Any] | None:
    """What a table or a list of tables holds, by name; None for what is told as one value."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return {_name(each) or place: each for place, each in enumerate(value, start=1)}
    return None


def _name(entry: Mapping[str, Any]) -> str | None:
    return next((str(entry[name]) for name in NAMES if name in entry), None)


def _step(key: Any, value: Any) -> str | Mapping[str, str]:
    """How a step of the way is called: by the name the entry gives itself, if it does."""
    name = value.get("name") if isinstance(value, Mapping) else None
    if isinstance(name, Mapping) and {"en", "zh"} <= set(name):
        return {language: f"{name[language]}" for language in ("en", "zh")}
    return str(key)


def _told(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(str(_told(each)) for each in value)
    return str(value)

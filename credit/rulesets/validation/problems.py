"""What can be wrong with a rule set, in words.

Messages are msgids: `Problem.text(gettext)` gives them in the reader's language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from types import MappingProxyType


def gettext_noop(message: str) -> str:
    """Mark a message for translation; it is translated where it is shown."""
    return message


MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "too_big": gettext_noop("The rule set is larger than %(limit)s bytes."),
        "long_line": gettext_noop("Line %(line)s is longer than %(limit)s characters."),
        "not_text": gettext_noop("The file is not text in UTF-8."),
        "not_readable": gettext_noop("The file is neither TOML nor JSON; reading stopped at line %(line)s."),
        "not_a_table": gettext_noop("A rule set is a table of keys and values."),
        "too_deep": gettext_noop("The rule set is nested deeper than %(limit)s levels."),
        "too_many": gettext_noop("The rule set holds more than %(limit)s values."),
        "not_exact": gettext_noop("Only whole numbers, text, true and false are allowed, not %(found)s."),
        "control_character": gettext_noop("The text holds a control character."),
        "missing": gettext_noop("'%(key)s' is missing."),
        "unknown": gettext_noop("'%(key)s' is not known here."),
        "category_without_rule": gettext_noop("The category '%(key)s' has no rule."),
        "wrong_type": gettext_noop("This must be of the type %(expected)s."),
        "too_small": gettext_noop("This must be at least %(limit)s."),
        "too_large": gettext_noop("This must be at most %(limit)s."),
        "not_allowed": gettext_noop("This must be one of: %(allowed)s."),
        "wrong_form": gettext_noop("This is not of the form asked for."),
        "wrong_length": gettext_noop("This has too few or too many entries or characters."),
        "repeated": gettext_noop("An entry comes twice."),
        "not_a_date": gettext_noop("This is not a date like 2026-11-22."),
        "weights_sum": gettext_noop("The weights add up to %(sum)s; they must add up to %(total)s."),
        "weights_core": gettext_noop(
            "Compliance, consumer rights and qualification weigh %(sum)s; it must be at least %(least)s."
        ),
        "shares_sum": gettext_noop("The shares add up to %(sum)s percent; they must add up to 100."),
        "dimension_order": gettext_noop("The six dimensions must stand in order, numbered 1 to 6."),
        "indicator_number": gettext_noop(
            "The number must begin with its dimension's, like %(like)s, and be used once."
        ),
        "indicator_form": gettext_noop(
            "There must be exactly one '%(form)s' indicator, in dimension %(where)s."
        ),
        "excluded_input": gettext_noop("'%(input)s' may never be an input: %(name)s."),
        "unknown_input": gettext_noop("'%(input)s' is not a quantity an indicator can use here."),
        "excluded_word": gettext_noop("'%(word)s' points to an excluded input: %(name)s."),
        "not_falling": gettext_noop("The values must not rise from one to the next."),
        "not_rising": gettext_noop("The values must rise from one to the next."),
        "not_possible": gettext_noop("The upper constant must not be larger than the lower one."),
        "severity_order": gettext_noop(
            "The four severities must stand in order, none lighter than the one before."
        ),
        "overlapping_periods": gettext_noop("The periods overlap or leave a gap."),
        "eases_wrongly": gettext_noop("A later period must not be stricter than the one before it."),
        "grade_order": gettext_noop("The ten grades must stand in order from AAA to D."),
        "unreachable_grade": gettext_noop("The grade %(grade)s cannot be reached."),
        "bands_cover": gettext_noop("The public words must cover the ten grades once each, in order."),
        "evidence_order": gettext_noop(
            "What is needed to be rated must not be more than what is needed for more."
        ),
        "unknown_item": gettext_noop("'%(item)s' is not an item of the checklist."),
        "identity_needed": gettext_noop("The checklist must hold the item that proves identity."),
        "period_backwards": gettext_noop("The rule set would end before it begins."),
        "period_taken": gettext_noop("Another version, %(other)s, is in force in that time."),
        "name_of_default": gettext_noop("%(base)s is the name of the method that holds for all."),
        "fixed": gettext_noop("This is fixed by %(base)s and may not be changed."),
        "loosened": gettext_noop("This is looser than %(base)s allows (%(limit)s)."),
        "indicator_removed": gettext_noop("The indicator %(number)s of %(base)s may not be left out."),
        "base_share": gettext_noop(
            "The indicators of %(base)s must keep at least %(least)s percent of the dimension; they have %(sum)s."
        ),
        "excluded_removed": gettext_noop("The excluded input '%(key)s' of %(base)s may not be left out."),
    }
)


def _same(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a stable `code`, the `field` as a path ("dimensions.2.indicators.1.share"), and
    why.
    """

    code: str
    field: str
    params: Mapping[str, object] = made_by(default_factory=dict)

    @property
    def message(self) -> str:
        """The English msgid, with %(name)s placeholders."""
        return MESSAGES[self.code]

    def text(self, translate: Callable[[str], str] = _same, language: str = "en") -> str:
        """The sentence, in English unless `translate` (gettext) and `language` say otherwise.

        What the rule set itself names stands in `params` in both languages.
        """
        key = "zh" if language.startswith("zh") else "en"
        told = {
            name: value[key] if isinstance(value, Mapping) else value for name, value in self.params.items()
        }
        return translate(self.message) % told

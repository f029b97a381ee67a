"""What to do about each problem; msgids, like the problems' own words."""

from collections.abc import Mapping
from types import MappingProxyType

from credit.rulesets.validation.problems import gettext_noop

PUT_BACK = gettext_noop("Put it back as the default method has it.")
TIGHTEN = gettext_noop("Keep the default's value, or take a stricter one.")
REORDER = gettext_noop("Put the values in order.")
COMPARE = gettext_noop("Compare with the default method's file, which can be downloaded.")

REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "too_big": gettext_noop("Leave out what is not part of the method, such as long comments."),
        "long_line": gettext_noop("Break the line, or shorten the text."),
        "not_text": gettext_noop("Save the file as text in UTF-8; a table or a document is not taken."),
        "not_readable": gettext_noop("Look at that line: a quotation mark, a bracket or an equals sign fails."),
        "not_a_table": COMPARE,
        "too_deep": COMPARE,
        "too_many": gettext_noop("Take out what is not part of the method."),
        "not_exact": gettext_noop("Write shares in percent and ratios in millionths; dates in quotation marks."),
        "control_character": gettext_noop("Type the text anew; it was copied with something invisible in it."),
        "missing": gettext_noop("Add it; the default method's file shows its form."),
        "unknown": gettext_noop("Take it out, or correct how it is spelt."),
        "category_without_rule": gettext_noop("Add the category; every member must fall under a rule."),
        "wrong_type": COMPARE,
        "too_small": gettext_noop("Raise it to the least that is allowed."),
        "too_large": gettext_noop("Lower it to the most that is allowed."),
        "not_allowed": gettext_noop("Choose one of them."),
        "wrong_form": COMPARE,
        "wrong_length": COMPARE,
        "repeated": gettext_noop("Take one of the two out, or give it a name of its own."),
        "not_a_date": gettext_noop("Write year, month and day, in quotation marks."),
        "weights_sum": gettext_noop("Change one of the weights by the difference."),
        "weights_core": gettext_noop("Give the first three dimensions more weight."),
        "shares_sum": gettext_noop("Change one of the shares by the difference."),
        "dimension_order": REORDER,
        "indicator_number": gettext_noop("Give it the next free number of its dimension."),
        "indicator_form": PUT_BACK,
        "excluded_input": gettext_noop("Take the indicator out: this may never count."),
        "unknown_input": gettext_noop("Use a quantity that the conduct file has; the default shows them."),
        "excluded_word": gettext_noop("Take the indicator out, or say it without the word if it means no such thing."),
        "not_falling": REORDER,
        "not_rising": REORDER,
        "not_possible": gettext_noop("Raise the lower constant, or lower the upper one."),
        "severity_order": PUT_BACK,
        "overlapping_periods": gettext_noop("Let each period end where the next begins, the last with the window."),
        "eases_wrongly": gettext_noop("Let the later period be the milder one."),
        "grade_order": PUT_BACK,
        "unreachable_grade": gettext_noop("Lower its threshold below that of the grade above it."),
        "bands_cover": PUT_BACK,
        "evidence_order": gettext_noop("Ask the least for being rated, the most for the best grades."),
        "unknown_item": gettext_noop("Add the item to the checklist, or take its name out here."),
        "identity_needed": gettext_noop("Add the item that proves identity."),
        "period_backwards": gettext_noop("Give a last day after the first, or leave it out: until further notice."),
        "period_taken": gettext_noop("Choose a day after that version's last one, or give this one a last day before."),
        "name_of_default": gettext_noop("Give the version a name of your own, such as the association's initials."),
        "fixed": PUT_BACK,
        "loosened": TIGHTEN,
        "indicator_removed": gettext_noop("Put the indicator back; you may lower its share within the limits."),
        "base_share": gettext_noop("Give the default's indicators a larger share, your own a smaller one."),
        "excluded_removed": PUT_BACK,
    }
)  # fmt: skip

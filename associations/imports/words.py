"""The reasons an import counts, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {
    "absent": _("Lines of absence"),
    "agency_unknown": _("Agency is no member: taken in without a link"),
    "attended": _("Lines of presence"),
    "bad_code": _("Credit code with characters it cannot have"),
    "bad_date": _("Not a date"),
    "bad_hours": _("Hours that cannot be"),
    "bad_json": _("Broken line"),
    "bad_month": _("Not a month"),
    "bad_name": _("Name with characters it cannot have"),
    "bad_number": _("Not a number"),
    "bad_score": _("Result that cannot be read"),
    "bad_text": _("Text with characters that cannot be kept"),
    "bad_value": _("Value that cannot be read"),
    "below_two_thirds_present": _("Fewer than two thirds present: history only"),
    "certificates": _("Certificates issued"),
    "consent_withdrawn": _("Consent was withdrawn before: not given anew"),
    "corrects": _("Corrections of what stands"),
    "counting": _("Decisions that count"),
    "course_retired": _("Course has been retired"),
    "decided_in_future": _("Decision dated in the future"),
    "differs_from_file": _("Stands already, and differs: not changed"),
    "duplicates_in_file": _("Twice in the file"),
    "ends_before_it_begins": _("Contract ends before it begins"),
    "expelled": _("Expulsions"),
    "held_in_future": _("Session in the future"),
    "history": _("Decisions kept as history"),
    "hours_rounded_down": _("Hours counted whole"),
    "impossible_numbers": _("Figures that cannot be"),
    "impossible_votes": _("Votes that cannot be"),
    "joined_in_future": _("Day of joining in the future"),
    "left_already": _("Left already: not taken in"),
    "lifetime": _("Bars for life"),
    "lines": _("Lines"),
    "membership_ended": _("Membership ended since"),
    "month_not_over": _("Month not over yet"),
    "negative_number": _("Negative number"),
    "no_such_date": _("No such day in the calendar"),
    "not_a_streamer": _("Member of another category"),
    "not_an_agency": _("Named agency is none"),
    "not_yes_or_no": _("Neither yes nor no"),
    "number_too_large": _("Number too large"),
    "result_without_presence": _("Result without presence"),
    "rows": _("Decisions in the file"),
    "screening_questions": _("Screening questions opened"),
    "sheets_not_read": _("Sheets with the same headings, not read"),
    "signed_in_future": _("Contract begins in the future"),
    "streamer_is_a_person": _("Streamer with a credit code"),
    "too_long": _("Text too long"),
    "under_sixteen": _("Under 16 on the day of joining"),
    "unknown_attendance": _("Presence that cannot be read"),
    "unknown_category": _("Unknown category"),
    "unknown_measure": _("Unknown measure"),
    "unknown_member": _("No member"),
    "unknown_severity": _("Unknown severity"),
    "unknown_statement": _("Statement that cannot be read"),
    "unknown_status": _("Unknown state"),
    "unknown_violation": _("No such code in the violation catalogue"),
    "unknown_year": _("Working days of the year not known"),
    "without_notice": _("No proof of notice: history only"),
    "wrong_check_digit": _("Check character does not fit"),
    "wrong_identity_number": _("Identity number that cannot be"),
    "wrong_length": _("Credit code of another length"),
}
MISSING = _("Cell that must be filled is empty")


class Reason(NamedTuple):
    """A reason in words, and how many rows it stands for."""

    label: str
    rows: int


def reasons(counts: dict[str, int]) -> list[Reason]:
    """The reasons that occurred, the most frequent first."""
    told = [
        Reason(str(MISSING if code.startswith("missing_") else WORDS.get(code, code)), count)
        for code, count in counts.items()
        if count
    ]
    return sorted(told, key=lambda reason: (-reason.rows, reason.label))

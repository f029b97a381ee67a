"""By-laws of hearing both sides and of mediation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.complaints.rules.grounds import (
    all_of,
    by_a_person,
    in_time,
    in_turn,
    in_words,
    owned_by,
    with_words,
)
from associations.complaints.states import Side, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.selectors import ComplaintFile
    from core.accounts.models import User

MOST_FILES = 40


def may_reply(
    user: User | None,
    file: ComplaintFile,
    *,
    on: date | None = None,
    text: str | None = None,
    own: bool = False,
) -> Verdict:
    """The member replies, at its desk or on paper that an officer enters; a late reply is heard all the same."""
    who = ALLOWED if own else _handles(user, file)
    return all_of(
        by_a_person(user),
        who,
        in_turn(file, Step.REPLY),
        in_time(on, not_before=file.complaint.accepted_on or file.last_on),
        in_words(text),
    )


def may_close_reply(user: User | None, file: ComplaintFile, *, on: date | None = None) -> Verdict:
    """Silence is an answer only once the whole time for the reply has passed: after the last day, not on it."""
    verdict = all_of(_handles(user, file), in_turn(file, Step.LAPSE), in_time(on, not_before=file.last_on))
    until = file.complaint.reply_until
    if verdict and on and until and on <= until:
        return denied(
            _("The member may answer until %(day)s, that day included.") % {"day": until.isoformat()}
        )
    return verdict


def may_answer(file: ComplaintFile, *, text: str | None = None) -> Verdict:
    """The complainant may add to the complaint as long as it is open."""
    return all_of(in_turn(file, Step.ANSWER), in_words(text))


def may_hand_in(user: User | None, file: ComplaintFile, *, own: bool = False, count: int = 1) -> Verdict:
    """Evidence is handed in while the complaint is open: by the complainant, the member, or who handles it.

    Forty files a complaint at the most, so that nobody fills the association's space.
    """
    verdict = all_of(ALLOWED if own else _handles(user, file), in_turn(file, Step.HAND_IN))
    if verdict and len(file.evidence) + count > MOST_FILES:
        return denied(
            _("A complaint holds %(most)d files at the most; bring the others to the association.")
            % {"most": MOST_FILES}
        )
    return verdict


def may_write(user: User | None, file: ComplaintFile, *, text: str | None = None) -> Verdict:
    """Who handles the complaint writes to the complainant, who reads it under number and code."""
    return all_of(_handles(user, file), in_turn(file, Step.WRITE), in_words(text))


def may_mediate(user: User | None, file: ComplaintFile, *, on: date | None = None) -> Verdict:
    """Mediation is begun by who handles the complaint, when the member was heard; neither side is bound to it."""
    return all_of(_handles(user, file), in_turn(file, Step.MEDIATE), in_time(on, not_before=file.last_on))


def may_propose(
    user: User | None,
    file: ComplaintFile,
    *,
    terms: str | None = None,
    on: date | None = None,
    due_on: date | None = None,
) -> Verdict:
    """An agreement is proposed in words, with the day by which it is performed; one at a time."""
    verdict = all_of(
        _handles(user, file),
        by_a_person(user),
        in_turn(file, Step.PROPOSE),
        in_time(on, not_before=file.last_on),
        with_words(terms),
    )
    if not verdict:
        return verdict
    if file.settlement:
        return denied(_("A proposal stands already; both sides answer it first."))
    if on and due_on and due_on < on:
        return denied(_("The day of performance lies before the proposal. Enter that day or a later one."))
    return ALLOWED


def may_say(
    user: User | None,
    file: ComplaintFile,
    *,
    side: Side = Side.MEMBER,
    on: date | None = None,
    own: bool = False,
) -> Verdict:
    """Each side answers the proposal once: the complainant with number and code, the member at its desk.

    An officer enters what a side declared on paper.
    """
    who = ALLOWED if own else _handles(user, file)
    verdict = all_of(who, in_turn(file, Step.SAY_YES), in_time(on, not_before=file.last_on))
    if not verdict:
        return verdict
    standing = file.settlement
    if standing is None:
        return denied(_("Nothing is proposed yet."))
    said = standing.complainant_says if side == Side.COMPLAINANT else standing.member_says
    return denied(_("This side has answered already.")) if said else ALLOWED


def may_fail(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """Mediation that comes to nothing ends with reasons; the complaint then waits for a finding."""
    return all_of(
        _handles(user, file),
        in_turn(file, Step.FAIL),
        in_time(on, not_before=file.last_on),
        with_words(reasons),
    )


def may_perform(
    user: User | None, file: ComplaintFile, *, on: date | None = None, proof: str | None = None
) -> Verdict:
    """Performance is recorded with its proof; late performance is recorded too, and lifts what default brought."""
    verdict = all_of(_handles(user, file), in_turn(file, Step.PERFORM))
    if not verdict:
        return verdict
    standing = file.settlement
    if standing is None or standing.made_on is None:
        return denied(_("No agreement was made."))
    if standing.performed_on:
        return denied(
            _("The agreement was performed on %(day)s.") % {"day": standing.performed_on.isoformat()}
        )
    return all_of(in_time(on, not_before=standing.defaulted_on or standing.made_on), with_words(proof))


def may_default(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """An agreement is found not performed only after its last day, not on it."""
    verdict = all_of(
        by_a_person(user),
        _handles(user, file),
        in_turn(file, Step.DEFAULT),
        in_time(on, not_before=file.last_on),
        with_words(reasons),
    )
    standing = file.settlement
    if verdict and standing and on and on <= standing.due_on:
        return denied(
            _("The member may perform until %(day)s, that day included.")
            % {"day": standing.due_on.isoformat()}
        )
    return verdict


def _handles(user: User | None, file: ComplaintFile) -> Verdict:
    return all_of(may(user, Verb.HANDLE_COMPLAINTS), owned_by(user, file))

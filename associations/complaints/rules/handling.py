"""By-laws of taking a complaint up: who owns it, whether it is accepted, who sees whose contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.complaints.rules.grounds import all_of, by_a_person, in_time, in_turn, owned_by, with_words
from associations.complaints.states import Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Pattern
    from associations.complaints.selectors import ComplaintFile
    from associations.members.models import Membership
    from core.accounts.models import User


def may_enter(user: User | None) -> Verdict:
    """What a member, a platform or an authority complains of is entered by those who handle complaints, by name."""
    return all_of(by_a_person(user), may(user, Verb.HANDLE_COMPLAINTS))


def may_release(user: User | None, file: ComplaintFile, *, reasons: str | None = None) -> Verdict:
    """What was set aside is looked at by a person, and goes on with reasons; nothing is refused for its signs."""
    verdict = all_of(by_a_person(user), may(user, Verb.HANDLE_COMPLAINTS), in_turn(file, Step.RELEASE))
    if not verdict:
        return verdict
    if not file.complaint.aside:
        return denied(_("This complaint is not set aside."))
    return with_words(reasons)


def may_name(user: User | None, file: ComplaintFile, *, member: Membership | None = None) -> Verdict:
    """The member complained of is found by an officer, before the complaint is accepted.

    A member does not complain of itself, and who has left is outside the association's mediation.
    """
    verdict = all_of(may(user, Verb.HANDLE_COMPLAINTS), in_turn(file, Step.NAME), owned_by(user, file))
    if not verdict or member is None:
        return verdict
    if member.pk == file.complaint.complainant_id:
        return denied(_("A member cannot complain of itself."))
    if member.left_on is not None:
        return denied(
            _("The membership ended on %(day)s. Transfer the complaint to who is competent.")
            % {"day": member.left_on.isoformat()}
        )
    return ALLOWED


def may_acknowledge(user: User | None, file: ComplaintFile, *, on: date | None = None) -> Verdict:
    """Receipt is acknowledged within one working day, by a person, who from then on owns the complaint."""
    return all_of(
        by_a_person(user),
        may(user, Verb.HANDLE_COMPLAINTS),
        in_turn(file, Step.ACKNOWLEDGE),
        in_time(on, not_before=file.last_on),
    )


def may_hand_on(
    user: User | None,
    file: ComplaintFile,
    *,
    to: User | None = None,
    reasons: str | None = None,
) -> Verdict:
    """The owner hands a complaint to another who handles complaints, with reasons; an administrator may, too.

    Once a finding is made it stays where it is: who handled it is part of the finding.
    """
    verdict = all_of(by_a_person(user), may(user, Verb.HANDLE_COMPLAINTS), in_turn(file, Step.HAND_ON))
    if not verdict:
        return verdict
    return all_of(_can_move(user, file), _can_take(to, file), with_words(reasons))


def may_accept(user: User | None, file: ComplaintFile, *, on: date | None = None) -> Verdict:
    """A complaint is accepted within seven working days, once the member is named and its signs are looked at."""
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.HANDLE_COMPLAINTS),
        in_turn(file, Step.ACCEPT),
        owned_by(user, file),
        in_time(on, not_before=file.last_on),
    )
    if not verdict:
        return verdict
    if file.complaint.aside:
        return denied(_("It is set aside: look at its signs first, and let it go on."))
    if file.complaint.membership_id is None:
        return denied(_("Name the member first, or transfer the complaint if it is about nobody here."))
    return ALLOWED


def may_refuse(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A complaint is not accepted only by a person, within seven working days, with reasons the complainant is told."""
    return _ends(user, file, Step.REFUSE, on, reasons)


def may_transfer(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A complaint somebody else is competent for is transferred there, and the complainant is told where and why."""
    return _ends(user, file, Step.TRANSFER, on, reasons)


def may_withdraw(
    user: User | None, file: ComplaintFile, *, on: date | None = None, words: str | None = None
) -> Verdict:
    """The complainant may withdraw until an agreement is made; an officer records it with how it was declared."""
    who = ALLOWED if user is None else all_of(may(user, Verb.HANDLE_COMPLAINTS), owned_by(user, file))
    return all_of(who, in_turn(file, Step.WITHDRAW), in_time(on, not_before=file.last_on), with_words(words))


def may_see_contact(user: User | None, file: ComplaintFile) -> Verdict:
    """Name and contact of the complainant are seen by who handles the complaint, and that is written down."""
    verdict = all_of(by_a_person(user), may(user, Verb.HANDLE_COMPLAINTS), owned_by(user, file))
    if not verdict:
        return verdict
    if file.complaint.owner is None:
        return denied(_("Nobody has taken it up yet; acknowledge it, and it is yours."))
    if file.complaint.contact_sealed is None:
        return denied(_("No contact was given."))
    return ALLOWED


def may_answer_pattern(user: User | None, pattern: Pattern, *, note: str | None = None) -> Verdict:
    """What was done about a pattern is written down once, by those who handle complaints."""
    verdict = all_of(by_a_person(user), may(user, Verb.HANDLE_COMPLAINTS))
    if not verdict:
        return verdict
    if pattern.answered_on is not None:
        return denied(_("This pattern was answered on %(day)s.") % {"day": pattern.answered_on.isoformat()})
    return with_words(note)


def _ends(
    user: User | None, file: ComplaintFile, step: Step, on: date | None, reasons: str | None
) -> Verdict:
    return all_of(
        by_a_person(user),
        may(user, Verb.HANDLE_COMPLAINTS),
        in_turn(file, step),
        owned_by(user, file),
        in_time(on, not_before=file.last_on),
        with_words(reasons),
    )


def _can_move(user: User | None, file: ComplaintFile) -> Verdict:
    """The owner's to hand on, or an administrator's; not before there is one, nor after a finding."""
    if file.complaint.owner is None:
        return denied(_("Nobody has taken it up yet; acknowledge it, and it is yours."))
    if file.finding:
        return denied(_("A finding was made; the complaint stays with who handled it."))
    return ALLOWED if may(user, Verb.MANAGE_ASSOCIATION) else owned_by(user, file)


def _can_take(to: User | None, file: ComplaintFile) -> Verdict:
    """Somebody else who handles complaints. None: not asked yet."""
    if to is None:
        return ALLOWED
    if to.pk == file.complaint.owner_id:
        return denied(_("%(name)s has it already.") % {"name": to.name})
    if not may(to, Verb.HANDLE_COMPLAINTS):
        return denied(_("%(name)s does not handle complaints in this association.") % {"name": to.name})
    return ALLOWED

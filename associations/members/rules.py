"""When a verb of this room is lawful. Who may use it stands in the role table of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members import selectors
from associations.members.states import (
    APPLICATION_TRANSITIONS,
    MEMBERSHIP_TRANSITIONS,
    ApplicationState,
    Category,
    MembershipState,
    ScreeningAnswer,
)
from associations.registry.rules import Verb, may
from core.accounts.selectors import subjects_of
from core.subjects.identifiers import age_on
from core.subjects.states import Kind
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.members.models import AgencyLink, Application, Membership, ScreeningQuestion
    from core.accounts.models import User
    from core.subjects.services import Identity

LEAST_AGE = 16
ORGANISATIONS_ONLY = frozenset({Category.PLATFORM, Category.AGENCY})


def may_manage(user: User | None) -> Verdict:
    """Members are admitted, changed and checked by the clerks and the administrator."""
    return may(user, Verb.MANAGE_MEMBERS)


def may_enforce(user: User | None) -> Verdict:
    """Suspension and expulsion follow from a decision: whoever signs decisions or serves them enters them."""
    signed = may(user, Verb.DECIDE)
    return signed if signed.allowed else may(user, Verb.SERVE_NOTICE)


def may_undo(user: User | None) -> Verdict:
    """A suspension or expulsion is undone by whoever may reverse or sign a decision."""
    reversed_ = may(user, Verb.REVERSE)
    return reversed_ if reversed_.allowed else may(user, Verb.DECIDE)


def may_be_member(identity: Identity, category: int, on: date) -> Verdict:
    """Nobody under 16 becomes a member; platforms and agencies are organisations, a streamer is a person.

    未成年人保护法 第七十六条: no streaming account for those under 16. 令117 第二条: who is what.
    """
    if identity.kind == Kind.PERSON and age_on(identity.identifier, on) < LEAST_AGE:
        return denied(
            _(
                "Under 16 on the day of joining: the Law on the Protection of Minors, Article 76, allows no "
                "streaming account. Refuse the application."
            )
        )
    if identity.kind == Kind.PERSON and category in ORGANISATIONS_ONLY:
        return denied(_("Platforms and agencies are organisations: enter a unified social credit code."))
    if identity.kind == Kind.ORGANISATION and category == Category.STREAMER:
        return denied(
            _("A streamer is a natural person: enter an identity number, or choose another category.")
        )
    return ALLOWED


def may_join(subject_id: int) -> Verdict:
    """A subject is a member of an association once at a time."""
    if selectors.by_subject_ids([subject_id]):
        return denied(_("Is a member already: open the member's file instead."))
    return ALLOWED


def may_apply(subject_id: int) -> Verdict:
    """One application at a time, and none from a member."""
    if selectors.open_application_of(subject_id):
        return denied(_("An application is under way already: answer that one first."))
    return may_join(subject_id)


def may_accept(application: Application) -> Verdict:
    """An application is accepted once it was screened and every question was answered by a person."""
    if application.state == ApplicationState.QUESTION or selectors.open_questions_of(application.subject_id):
        return denied(_("A screening question is open: a reviewer must answer it first."))
    if ApplicationState.ACCEPTED not in APPLICATION_TRANSITIONS[ApplicationState(application.state)]:
        return denied(_("This application has been answered already."))
    if application.screened_at is None:
        return denied(_("Not yet compared with the bars: screen it first."))
    if selectors.answered(application, ScreeningAnswer.SAME_REFUSE):
        return denied(
            _("The reviewer answered that this applicant is not to be admitted: refuse the application.")
        )
    return may_join(application.subject_id)


def may_refuse(application: Application) -> Verdict:
    """An application can be refused, with its reason, until it has been answered."""
    if ApplicationState.REFUSED in APPLICATION_TRANSITIONS[ApplicationState(application.state)]:
        return ALLOWED
    return denied(_("This application has been answered already."))


def may_answer(question: ScreeningQuestion) -> Verdict:
    """A screening question is answered once, by a person, with reasons."""
    if question.answer == ScreeningAnswer.OPEN:
        return ALLOWED
    return denied(_("This question has been answered already; the answer and its reasons stand."))


def may_become(membership: Membership, state: MembershipState) -> Verdict:
    """A membership goes only the ways of its states: active, suspended, left, expelled."""
    if state in MEMBERSHIP_TRANSITIONS[MembershipState(membership.state)]:
        return ALLOWED
    return denied(
        _("The membership is %(now)s: it cannot become %(then)s.")
        % {"now": membership.get_state_display(), "then": state.label}
    )


def may_change(membership: Membership) -> Verdict:
    """Only a membership in force is changed: what has ended stays as it was."""
    if membership.left_on is None:
        return ALLOWED
    return denied(_("The membership has ended: its file is kept as it was."))


def seen(on: date) -> Verdict:
    """What is entered has happened already."""
    if on > timezone.localdate():
        return denied(_("The date lies in the future: enter it when the day has come."))
    return ALLOWED


def happened(membership: Membership, on: date) -> Verdict:
    """What is entered has happened: not before the member joined, not after today."""
    verdict = seen(on)
    if not verdict.allowed:
        return verdict
    if on < membership.joined_on:
        return denied(_("The date lies before the member joined (%(day)s).") % {"day": membership.joined_on})
    return ALLOWED


def may_hold_until(checked_on: date, valid_until: date | None) -> Verdict:
    """What has expired on the day of the check is not in order."""
    if valid_until and valid_until < checked_on:
        return denied(
            _("The last valid day lies before the day of the check: what has expired is not in order.")
        )
    return ALLOWED


def may_consent(user: User | None, membership: Membership) -> Verdict:
    """A consent is given and withdrawn by the member, or entered by a clerk from the member's own paper."""
    if user is not None and acts_for(user, membership):
        return ALLOWED
    return may_manage(user)


def acts_for(user: User, membership: Membership) -> bool:
    """Whether `user` acts for the member at the desk."""
    return any(
        each.subject_id == membership.subject_id and each.association_id == membership.association_id
        for each in subjects_of(user)
    )


def may_withdraw(membership: Membership, purpose: str, receiver: str = "") -> Verdict:
    """What was given can be withdrawn, at any time, as easily as it was given (个人信息保护法 第十五条)."""
    if selectors.latest_consent(membership, purpose, receiver):
        return ALLOWED
    return denied(_("No such consent stands: there is nothing to withdraw."))


def may_link(agency: Membership, streamer: Membership, since: date) -> Verdict:
    """A streamer is signed with an agency, both members in force, from a day on, once at a time."""
    if agency.category != Category.AGENCY:
        return denied(_("Only an agency signs streamers: choose a member of the category agency."))
    if streamer.category != Category.STREAMER:
        return denied(_("Only streamers are signed: choose a member of the category streamer."))
    for side in (agency, streamer):
        verdict = may_change(side)
        if not verdict.allowed:
            return verdict
    verdict = seen(since)
    if not verdict.allowed:
        return verdict
    if selectors.linked_after(agency, streamer, since):
        return denied(_("The two are linked already on or after that day: end that link first."))
    return ALLOWED


def may_end_link(link: AgencyLink, until: date) -> Verdict:
    """A link is ended once, not before it began."""
    if link.until is not None:
        return denied(_("This link has ended already."))
    if until < link.since:
        return denied(_("The link began on %(day)s: it cannot end before that.") % {"day": link.since})
    return ALLOWED

"""By-laws of an association's own version: who may do what with it, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied
from credit.rulesets.models import LEAD_DAYS
from credit.rulesets.states import TRANSITIONS, Step, VersionState

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User
    from credit.rulesets.models import OwnVersion


def may_draft(user: User | None) -> Verdict:
    """A version is drafted by the clerk or the administrator, by name; what is wrong with it is told at once."""
    return _by_a_person(user) and may(user, Verb.DRAFT_RULES)


def may_revise(user: User | None, version: OwnVersion) -> Verdict:
    """A draft is mended by who wrote it, until it is put out for consultation; who else would change it drafts anew."""
    verdict = may_draft(user) and _in_turn(version, Step.REVISE)
    if verdict and user and user.pk != version.author_id:
        return denied(
            _("%(name)s wrote this draft and mends it. Draft a version of your own.")
            % {"name": version.author.name}
        )
    return verdict


def may_consult(
    user: User | None,
    version: OwnVersion,
    *,
    problems: int = 0,
    begins: date | None = None,
    until: date | None = None,
) -> Verdict:
    """A draft without problems is put out for consultation: from a day, until a later one, announced where all may see.

    Between the last day of the consultation and the first day in force there must be time to announce: seven days.
    """
    verdict = may_draft(user) and _in_turn(version, Step.CONSULT) and _sound(problems)
    if not verdict or begins is None or until is None or version.begins_on is None:
        return verdict
    drafted_on = timezone.localdate(version.drafted_at)
    if begins < drafted_on:
        return denied(
            _("The draft is of %(day)s: a consultation on it cannot have begun earlier.")
            % {"day": drafted_on.isoformat()}
        )
    if until <= begins:
        return denied(_("A consultation ends after it begins. Give a later last day."))
    if until < timezone.localdate():
        return denied(_("This consultation would be over already. Give a last day from today on."))
    if version.begins_on <= until + timedelta(days=LEAD_DAYS):
        return denied(
            _(
                "The version would take effect on %(day)s, less than %(days)s days after the consultation. "
                "Let it end earlier, or give the draft a later day."
            )
            % {"day": version.begins_on.isoformat(), "days": LEAD_DAYS}
        )
    return ALLOWED


def may_close_consultation(user: User | None, version: OwnVersion) -> Verdict:
    """After the last day of the consultation it is recorded how many comments came and what became of them."""
    verdict = may_draft(user) and _in_turn(version, Step.CLOSE_CONSULTATION)
    if verdict and version.consult_until and timezone.localdate() <= version.consult_until:
        return denied(
            _("The consultation runs until %(day)s, that day included.")
            % {"day": version.consult_until.isoformat()}
        )
    return verdict


def may_approve(user: User | None, version: OwnVersion, *, problems: int = 0) -> Verdict:
    """A version is approved by a decider who did not write it, after the consultation."""
    verdict = (
        _by_a_person(user)
        and may(user, Verb.APPROVE_RULES)
        and _in_turn(version, Step.APPROVE)
        and _sound(problems)
    )
    if verdict and user and user.pk == version.author_id:
        return denied(_("You wrote this version. Somebody else approves it."))
    return verdict and _still_in_time(version)


def may_publish(user: User | None, version: OwnVersion, *, problems: int = 0) -> Verdict:
    """A decider or the administrator announces an approved version, at least seven days before it takes effect."""
    return (
        _by_a_person(user)
        and may(user, Verb.PUBLISH_RULES)
        and _in_turn(version, Step.PUBLISH)
        and _sound(problems)
        and _still_in_time(version)
    )


def may_withdraw(user: User | None, version: OwnVersion) -> Verdict:
    """A version is withdrawn, with reasons, while it is not in force; one in force ends only when another begins."""
    verdict = _by_a_person(user) and may(user, Verb.WITHDRAW_RULES) and _in_turn(version, Step.WITHDRAW)
    if (
        verdict
        and version.state == VersionState.PUBLISHED
        and version.begins_on
        and version.begins_on <= timezone.localdate()
    ):
        return denied(_("It has been in force since %(day)s.") % {"day": version.begins_on.isoformat()})
    return verdict


def says_why(words: str) -> Verdict:
    """Reasons are said, not implied."""
    return ALLOWED if words.strip() else denied(_("Reasons are needed, in words."))


def _by_a_person(user: User | None) -> Verdict:
    return denied(_("Only a person may do this.")) if user is None else ALLOWED


def _in_turn(version: OwnVersion, step: Step) -> Verdict:
    if step in TRANSITIONS[VersionState(version.state)]:
        return ALLOWED
    needed = ", ".join(str(state.label) for state in VersionState if step in TRANSITIONS[state])
    return denied(
        _("The version stands at “%(state)s”; this can be done only at: %(needed)s.")
        % {"state": VersionState(version.state).label, "needed": needed}
    )


def _sound(problems: int) -> Verdict:
    if not problems:
        return ALLOWED
    told = ngettext(
        "The text has %(count)s problem. Mend it first.",
        "The text has %(count)s problems. Mend them first.",
        problems,
    )
    return denied(told % {"count": problems})


def _still_in_time(version: OwnVersion) -> Verdict:
    earliest = timezone.localdate() + timedelta(days=LEAD_DAYS)
    if version.begins_on and version.begins_on >= earliest:
        return ALLOWED
    return denied(
        _(
            "It would take effect on %(day)s, and %(days)s days must lie between the announcement and that day. "
            "It is too late: withdraw it, and draft it anew with a later day."
        )
        % {"day": version.begins_on.isoformat() if version.begins_on else "—", "days": LEAD_DAYS}
    )

"""By-laws of the beginning: the lead, the filing, the investigation, more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from associations.discipline.clocks import clock_of
from associations.discipline.rules.grounds import all_of, apart, by_a_person, in_time, in_turn, with_words
from associations.discipline.states import Side, Step
from associations.discipline.terms import years_later
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from associations.members.models import Membership
    from core.accounts.models import User

LIMIT_YEARS, LIMIT_YEARS_LIFE = 2, 5
LIFE_AND_HEALTH = frozenset({"AD04", "AD05", "GD01", "GD02", "GD06", "ID05"})
"""Catalogue entries that concern life, health or money entrusted (行政处罚法 §36: five years)."""


def may_open(
    user: User | None,
    membership: Membership,
    *,
    occurred_on: date | None = None,
    opened_on: date | None = None,
    allegation: str | None = None,
) -> Verdict:
    """A lead or a case is opened by a clerk, by name, against somebody who is a member, for an act in the past.

    The power to discipline rests on the charter a member has joined under: who has left is outside it.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.OPEN_CASE),
        with_words(allegation),
        in_time(occurred_on, not_before=membership.joined_on),
    )
    if not verdict:
        return verdict
    if membership.left_on is not None:
        return denied(
            _("The membership ended on %(day)s. The charter binds members only.")
            % {"day": membership.left_on.isoformat()}
        )
    return in_time(opened_on, not_before=occurred_on or membership.joined_on)


def limit_of(code: int, occurred_on: date) -> date:
    """The last day on which an act can still be found: two years on, five where life or health is concerned."""
    entry = by_number(code)
    long = entry is not None and entry.code in LIFE_AND_HEALTH
    return years_later(occurred_on, LIMIT_YEARS_LIFE if long else LIMIT_YEARS)


def found_in_time(code: int, occurred_on: date | None, found_on: date) -> Verdict:
    """An act found more than two years after it was done is not pursued; five where life or health is concerned."""
    if occurred_on is None or found_on <= (last := limit_of(code, occurred_on)):
        return ALLOWED
    return denied(
        _("Out of time: this act could be pursued if found by %(day)s. End the case as out of time.")
        % {"day": last.isoformat()}
    )


def may_file(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    investigator: User | None = None,
) -> Verdict:
    """A lead that was checked is filed, and a named clerk investigates it. An act found too late is not filed."""
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.OPEN_CASE),
        in_turn(file, Step.FILE),
        found_in_time(file.case.code, file.case.occurred_on, file.case.opened_on),
        in_time(on, not_before=file.last_on),
    )
    return verdict and (ALLOWED if investigator is None else may_investigate(investigator, file))


def may_investigate(investigator: User, file: CaseFile) -> Verdict:
    """Who investigates is a clerk of the association, and has no other part in the case."""
    if not may(investigator, Verb.INVESTIGATE):
        return denied(_("%(name)s is no clerk of this association.") % {"name": investigator.name})
    return apart(investigator, file, Side.ACCUSE)


def may_reassign(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    investigator: User | None = None,
    reason: str | None = None,
) -> Verdict:
    """Another investigator is named, with reasons, by who forms panels, or by the one who withdraws."""
    own = user is not None and user.pk == file.case.investigator_id
    verdict = all_of(
        by_a_person(user),
        ALLOWED if own else may(user, Verb.FORM_PANEL),
        in_turn(file, Step.REASSIGN),
        with_words(reason),
        in_time(on, not_before=file.last_on),
    )
    if not verdict or investigator is None:
        return verdict
    if investigator.pk == file.case.investigator_id:
        return denied(_("%(name)s investigates this case already.") % {"name": investigator.name})
    return may_investigate(investigator, file)


def may_report(
    user: User | None, file: CaseFile, *, on: date | None = None, findings: str | None = None
) -> Verdict:
    """The named investigator, and nobody else, reports what was found and by what it is proven."""
    verdict = all_of(by_a_person(user), may(user, Verb.INVESTIGATE), in_turn(file, Step.REPORT))
    if not verdict:
        return verdict
    if user and user.pk != file.case.investigator_id:
        name = file.case.investigator.name if file.case.investigator else "—"
        return denied(_("This case is investigated by %(name)s, who reports.") % {"name": name})
    return all_of(with_words(findings), in_time(on, not_before=file.last_on))


def may_weigh(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    kind: str | None = None,
    words: str | None = None,
) -> Verdict:
    """A circumstance is noted once, by an officer of the case, with by what it is known."""
    verdict = all_of(by_a_person(user), may(user, Verb.WEIGH), in_turn(file, Step.WEIGH))
    if verdict and kind is not None and any(each.kind == kind for each in file.circumstances):
        return denied(_("This circumstance is noted already."))
    return verdict and all_of(with_words(words), in_time(on, not_before=file.last_on))


def may_extend(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A clock that allows it is extended once, with reasons, by a decider, and before it has run out."""
    verdict = all_of(by_a_person(user), may(user, Verb.EXTEND), in_turn(file, Step.EXTEND))
    if not verdict:
        return verdict
    clock = clock_of(file.state)
    if clock is None or clock.key in file.extended:
        return denied(_("This time has been extended already; it is extended once."))
    if on and file.case.due_on and on > file.case.due_on:
        return denied(
            _("The time ran out on %(day)s; it is extended before that.")
            % {"day": file.case.due_on.isoformat()}
        )
    return all_of(with_words(reasons), in_time(on, not_before=file.last_on))

"""What happens to a membership after it began: changed, suspended, resumed, left, expelled, reinstated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members import rules
from associations.members.models import Membership, MembershipEvent
from associations.members.services.joining import clash_denied, keys_of, sealed
from associations.members.states import Category, Change, MembershipState
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects.names import parse_name
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def change(
    *,
    membership: Membership,
    name: str | None = None,
    category: Category | None = None,
    contact: Mapping[str, str] | None = None,
    contribution_opt_out: bool | None = None,
    reason: str = "",
    by: User | None,
) -> Membership:
    """Change what is given; each change is a line of the history. The subject's own name is not touched.

    Raises `core.subjects.names.NameRefused` for a name nobody can have.
    """
    rules.may_manage(by).enforce()
    membership = _locked(membership)
    rules.may_change(membership).enforce()
    lines: list[tuple[Change, str, str]] = []
    if name is not None and parse_name(name) != membership.name:
        lines.append((Change.RENAMED, membership.name, parse_name(name)))
        membership.name = parse_name(name)
        for field, key in keys_of(membership.name, person=membership.is_person).items():
            setattr(membership, field, key)
    if category is not None and category != membership.category:
        _fits(membership, category)
        lines.append((Change.CATEGORY, str(int(membership.category)), str(int(category))))
        membership.category = category
    if contact is not None:
        lines.append((Change.CONTACT, "", ""))
        membership.contact_sealed = sealed(contact)
    if contribution_opt_out is not None and contribution_opt_out != membership.contribution_opt_out:
        lines.append((Change.COMMENDATIONS, "", str(contribution_opt_out)))
        membership.contribution_opt_out = contribution_opt_out
    if not lines:
        return membership
    membership.save(
        update_fields=[
            "name", "name_key", "pinyin", "initials", "category", "contact_sealed", "contribution_opt_out",
        ]
    )  # fmt: skip
    today = timezone.localdate()
    for what, before, after in lines:
        _tell(membership, what, on=today, before=before, after=after, reason=reason, by=by)
    _record(
        membership,
        Act.MEMBER_CHANGED,
        why=reason,
        detail={"changed": [str(line[0]) for line in lines]},
        by=by,
    )
    return membership


@transaction.atomic
def suspend(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """Suspend the member's rights, as a decision orders. The membership goes on."""
    rules.may_enforce(by).enforce()
    return _move(
        membership,
        MembershipState.SUSPENDED,
        Change.SUSPENDED,
        Act.MEMBER_SUSPENDED,
        on=on,
        reason=reason,
        by=by,
    )


@transaction.atomic
def resume(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """End a suspension."""
    rules.may_undo(by).enforce()
    membership = _locked(membership)
    if membership.state == MembershipState.EXPELLED:
        raise Denied(_("An expelled member is reinstated by reversing the decision."))
    return _move(
        membership, MembershipState.ACTIVE, Change.RESUMED, Act.MEMBER_RESUMED, on=on, reason=reason, by=by
    )


@transaction.atomic
def leave(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """The member leaves on its own wish. Agency links end that day; the file is kept."""
    rules.may_manage(by).enforce()
    return _move(
        membership,
        MembershipState.LEFT,
        Change.LEFT,
        Act.MEMBER_LEFT,
        on=on,
        reason=reason,
        left_on=on,
        by=by,
    )


@transaction.atomic
def expel(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """End the membership, as a decision (L5, L6) orders. The bar itself is the blacklist's."""
    rules.may_enforce(by).enforce()
    return _move(
        membership,
        MembershipState.EXPELLED,
        Change.EXPELLED,
        Act.MEMBER_EXPELLED,
        on=on,
        reason=reason,
        left_on=on,
        by=by,
    )


@transaction.atomic
def reinstate(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """Undo an expulsion whose decision was reversed. Links that ended stay ended."""
    rules.may_undo(by).enforce()
    membership = _locked(membership)
    if membership.state != MembershipState.EXPELLED:
        raise Denied(_("Only an expelled member is reinstated."))
    return _move(
        membership,
        MembershipState.ACTIVE,
        Change.REINSTATED,
        Act.MEMBER_REINSTATED,
        on=on,
        reason=reason,
        by=by,
    )


def _locked(membership: Membership) -> Membership:
    return Membership.objects.select_for_update().get(pk=membership.pk)


def _fits(membership: Membership, category: Category) -> None:
    if membership.is_person and category in rules.ORGANISATIONS_ONLY:
        raise Denied(_("Platforms and agencies are organisations: a natural person cannot be one."))
    if not membership.is_person and category == Category.STREAMER:
        raise Denied(_("A streamer is a natural person: an organisation cannot be one."))


def _move(
    membership: Membership,
    state: MembershipState,
    what: Change,
    act: Act,
    *,
    on: date,
    reason: str,
    left_on: date | None = None,
    by: User | None,
) -> Membership:
    membership = _locked(membership)
    rules.may_become(membership, state).enforce()
    rules.happened(membership, on).enforce()
    membership.state, membership.left_on = state, left_on
    with clash_denied():
        membership.save(update_fields=["state", "left_on"])
    ended = _end_links(membership, left_on) if left_on else 0
    _tell(membership, what, on=on, reason=reason, by=by)
    _record(membership, act, why=reason, detail={"on": on.isoformat(), "links_ended": ended}, by=by)
    return membership


def _end_links(membership: Membership, on: date) -> int:
    """End the member's links that day, on both sides; one that began later never took effect a day longer."""
    ended = 0
    for links in (membership.streamer_links, membership.agency_links):
        open_ = links.filter(until=None)
        ended += open_.filter(since__lte=on).update(until=on)
        for each in open_.filter(since__gt=on):
            each.until = each.since
            each.save(update_fields=["until"])
            ended += 1
    return ended


def _tell(
    membership: Membership,
    what: Change,
    *,
    on: date,
    before: str = "",
    after: str = "",
    reason: str = "",
    by: User | None,
) -> None:
    MembershipEvent.objects.create(
        association_id=membership.association_id,
        membership=membership,
        state=membership.state,
        on=on,
        change=what,
        before=before,
        after=after,
        reason=reason,
        by=by,
    )


def _record(membership: Membership, act: Act, *, why: str, detail: dict[str, Any], by: User | None) -> None:
    ledger.record(
        association_id=membership.association_id,
        act=act,
        thing="member",
        thing_id=membership.public_id,
        why=why,
        detail=detail,
        by=by,
    )

"""What is kept about a member: checks, consents, agency links, platform accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from associations.members import rules
from associations.members.models import AgencyLink, Check, Consent, Membership, PlatformAccount
from associations.members.services.joining import account_row, clash_denied
from associations.members.states import Item, Purpose
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects import services as subjects
from core.verdicts import Denied

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def check_item(
    *,
    membership: Membership,
    item: Item,
    passed: bool,
    checked_on: date,
    valid_until: date | None = None,
    evidence: str = "",
    by: User | None,
) -> Check:
    """Keep that an item was verified, or found missing, on a day. A passed identity check sets its clock anew.

    The row only: `conduct.checking.check_item` also records the fact. Pages call that one.
    """
    rules.may_manage(by).enforce()
    standing = Membership.objects.select_for_update().get(pk=membership.pk)
    rules.may_change(standing).enforce()
    rules.seen(checked_on).enforce()
    rules.may_hold_until(checked_on, valid_until).enforce()
    check = Check.objects.create(
        association_id=standing.association_id,
        membership=standing,
        item=item,
        passed=passed,
        checked_on=checked_on,
        valid_until=valid_until,
        evidence=evidence,
        by=by,
    )
    if (
        item == Item.IDENTITY
        and passed
        and (standing.verified_on is None or standing.verified_on < checked_on)
    ):
        standing.verified_on = checked_on
        standing.save(update_fields=["verified_on"])
        membership.verified_on = checked_on
        membership.refresh_from_db(fields=["verify_by"])
    _record(standing, Act.ITEM_CHECKED, {"item": int(item), "passed": passed}, by=by)
    return check


@transaction.atomic
def give_consent(
    *,
    membership: Membership,
    purpose: Purpose,
    method: str,
    text_version: str,
    receiver: str = "",
    by: User | None,
) -> Consent:
    """Keep a consent to one purpose: in which words (`text_version`), how (`method`), for sharing to whom."""
    rules.may_consent(by, membership).enforce()
    if purpose == Purpose.SHARE and not receiver.strip():
        raise Denied(
            _("Consent to sharing names the receiver (Personal Information Protection Law, Article 23).")
        )
    return _say(membership, purpose, receiver, given=True, method=method, text_version=text_version, by=by)


@transaction.atomic
def withdraw_consent(
    *, membership: Membership, purpose: Purpose, method: str, receiver: str = "", by: User | None
) -> Consent:
    """Keep that a consent was withdrawn; what was lawful before stays so (PIPL Art. 15)."""
    rules.may_consent(by, membership).enforce()
    Membership.objects.select_for_update().get(pk=membership.pk)
    rules.may_withdraw(membership, purpose, receiver).enforce()
    lines = Consent.objects.filter(membership=membership, purpose=purpose, receiver=receiver)
    version = lines.order_by("-at", "-id").values_list("text_version", flat=True).first() or ""
    return _say(membership, purpose, receiver, given=False, method=method, text_version=version, by=by)


@transaction.atomic
def link(*, agency: Membership, streamer: Membership, since: date, by: User | None) -> AgencyLink:
    """Keep that a streamer is signed with an agency from a day on."""
    rules.may_manage(by).enforce()
    rows = Membership.objects.select_for_update().order_by("id")
    locked = {each.pk: each for each in rows.filter(pk__in=[agency.pk, streamer.pk])}
    rules.may_link(locked[agency.pk], locked[streamer.pk], since).enforce()
    with clash_denied():
        made = AgencyLink.objects.create(
            association_id=agency.association_id, agency=agency, streamer=streamer, since=since
        )
    _record(agency, Act.LINK_MADE, {"streamer": streamer.public_id, "since": since.isoformat()}, by=by)
    return made


@transaction.atomic
def end_link(*, link: AgencyLink, until: date, by: User | None) -> AgencyLink:
    """End a link on its last day."""
    rules.may_manage(by).enforce()
    link = (
        AgencyLink.objects.select_for_update(of=("self",))
        .select_related("agency", "streamer")
        .get(pk=link.pk)
    )
    rules.may_end_link(link, until).enforce()
    link.until = until
    link.save(update_fields=["until"])
    detail = {"streamer": link.streamer.public_id, "until": until.isoformat()}
    _record(link.agency, Act.LINK_ENDED, detail, by=by)
    return link


@transaction.atomic
def add_account(*, membership: Membership, platform: str, account: str, by: User | None) -> PlatformAccount:
    """Keep a platform account, sealed, and let screening compare it. One that stands is given back."""
    rules.may_manage(by).enforce()
    rules.may_change(membership).enforce()
    row = account_row(membership, platform, account)
    standing = PlatformAccount.objects.filter(membership=membership, account_index=row.account_index).first()
    if standing:
        return standing
    row.save(force_insert=True)
    subjects.mark_account(subject_id=membership.subject_id, platform=platform, account=account)
    _record(membership, Act.ACCOUNT_ADDED, {"platform": platform}, by=by)
    return row


def _say(
    membership: Membership,
    purpose: Purpose,
    receiver: str,
    *,
    given: bool,
    method: str,
    text_version: str,
    by: User | None,
) -> Consent:
    line = Consent.objects.create(
        association_id=membership.association_id,
        membership=membership,
        purpose=purpose,
        receiver=receiver,
        given=given,
        method=method,
        text_version=text_version,
        by=by,
    )
    act = Act.CONSENT_GIVEN if given else Act.CONSENT_WITHDRAWN
    _record(membership, act, {"purpose": str(purpose), "text_version": text_version}, by=by)
    return line


def _record(membership: Membership, act: Act, detail: dict[str, Any], *, by: User | None) -> None:
    ledger.record(
        association_id=membership.association_id,
        act=act,
        thing="member",
        thing_id=membership.public_id,
        detail=detail,
        by=by,
    )

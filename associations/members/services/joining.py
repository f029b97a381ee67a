"""Becoming a member: directly from the association's roll, or by an application that is screened first."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members import rules
from associations.members.models import (
    Application,
    Membership,
    MembershipEvent,
    PlatformAccount,
    ScreeningQuestion,
)
from associations.members.services.screening import screen
from associations.members.states import ApplicationState, Category, Change, ScreeningAnswer
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects import encryption
from core.subjects import services as subjects
from core.subjects.identifiers import mask_identity
from core.subjects.names import matching_key
from core.subjects.readings import readings
from core.subjects.states import Kind
from core.verdicts import Denied
from core.walls.loading import array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from core.accounts.models import User
    from core.subjects.services import Identity

CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
CLASHES = {
    "member_once": _("Is a member already: open the member's file instead."),
    "member_number_once": _("This member number is taken: leave it empty to get the next one."),
    "link_once_at_a_time": _("The two are linked already on or after that day: end that link first."),
    "application_one_at_a_time": _("An application is under way already: answer that one first."),
}


@transaction.atomic
def admit(
    *,
    identity: Identity,
    category: Category,
    joined_on: date,
    number: str = "",
    contact: Mapping[str, str] | None = None,
    by: User | None,
) -> Membership:
    """Enter a member. The next number is taken where none is given; a bar found elsewhere opens a question.

    `identity` is checked and normalised already. `contact`: what the clerk needs to reach them, kept sealed.
    """
    rules.may_manage(by).enforce()
    rules.may_be_member(identity, category, joined_on).enforce()
    rules.seen(joined_on).enforce()
    subject_id = subjects.register(identity)
    rules.may_join(subject_id).enforce()
    membership = draft(
        identity=identity,
        subject_id=subject_id,
        category=category,
        joined_on=joined_on,
        number=number or take_numbers(1)[0],
        contact=contact,
    )
    _enter(membership, identity.accounts, by=by)
    screen([membership])
    return membership


@transaction.atomic
def apply_to_join(
    *, identity: Identity, category: Category, contact: Mapping[str, str] | None = None, by: User | None
) -> Application:
    """Enter an application and screen it against the bars of all associations. A hit opens a question."""
    rules.may_manage(by).enforce()
    rules.may_be_member(identity, category, timezone.localdate()).enforce()
    subject_id = subjects.register(identity)
    rules.may_apply(subject_id).enforce()
    person = identity.kind == Kind.PERSON
    application = Application(
        association_id=scope.association_id(),
        subject_id=subject_id,
        category=category,
        name=identity.name,
        code="" if person else identity.identifier,
        code_masked=mask_identity(identity.identifier) if person else identity.identifier,
        is_person=person,
        contact_sealed=sealed(contact),
        screened_at=timezone.now(),
    )
    with clash_denied():
        application.save(force_insert=True)
    ledger.record(
        association_id=application.association_id,
        act=Act.APPLICATION_RECEIVED,
        thing="application",
        thing_id=application.public_id,
        by=by,
    )
    if screen([application]):
        application.state = ApplicationState.QUESTION
        application.save(update_fields=["state"])
    return application


@transaction.atomic
def accept(*, application: Application, joined_on: date, number: str = "", by: User) -> Membership:
    """Take the applicant in. Refused by the rule while a screening question is open."""
    rules.may_manage(by).enforce()
    application = Application.objects.select_for_update().get(pk=application.pk)
    rules.may_accept(application).enforce()
    rules.seen(joined_on).enforce()
    membership = Membership(
        association_id=application.association_id,
        subject_id=application.subject_id,
        number=number or take_numbers(1)[0],
        category=application.category,
        name=application.name,
        code=application.code,
        code_masked=application.code_masked,
        is_person=application.is_person,
        joined_on=joined_on,
        contact_sealed=application.contact_sealed,
        **keys_of(application.name, person=application.is_person),
    )
    _enter(membership, (), by=by)
    application.membership = membership
    _answer(application, ApplicationState.ACCEPTED, reason="", act=Act.APPLICATION_ACCEPTED, by=by)
    screen([membership])  # against bars set since the application
    return membership


@transaction.atomic
def refuse(*, application: Application, reason: str, by: User) -> Application:
    """Answer no, with the reason. Open screening questions are not needed any more."""
    rules.may_manage(by).enforce()
    application = Application.objects.select_for_update().get(pk=application.pk)
    rules.may_refuse(application).enforce()
    if not reason.strip():
        raise Denied(_("Say why: the applicant is told the reason."))
    ScreeningQuestion.objects.filter(application=application, answer=ScreeningAnswer.OPEN).update(
        answer=ScreeningAnswer.MOOT, reasons=reason, answered_at=timezone.now(), answered_by=by
    )
    _answer(application, ApplicationState.REFUSED, reason=reason, act=Act.APPLICATION_REFUSED, by=by)
    return application


def draft(
    *,
    identity: Identity,
    subject_id: int,
    category: Category,
    joined_on: date,
    number: str,
    contact: Mapping[str, str] | None = None,
) -> Membership:
    """A membership not yet saved, with all its keys: for `admit` and for imports that save many at once."""
    person = identity.kind == Kind.PERSON
    return Membership(
        association_id=scope.association_id(),
        subject_id=subject_id,
        number=number,
        category=category,
        name=identity.name,
        code="" if person else identity.identifier,
        code_masked=mask_identity(identity.identifier) if person else identity.identifier,
        is_person=person,
        joined_on=joined_on,
        contact_sealed=sealed(contact),
        **keys_of(identity.name, person=person),
    )


def keys_of(name: str, *, person: bool) -> dict[str, str]:
    """What a name is found by: `name_key`, and every likely `pinyin` and `initials`, the best first."""
    key = matching_key(name)
    spoken = readings(key, person=person)
    return {
        "name_key": key,
        "pinyin": " ".join(dict.fromkeys(each.pinyin for each in spoken))[:600],
        "initials": " ".join(dict.fromkeys(each.initials for each in spoken))[:200],
    }


def take_numbers(count: int) -> list[str]:
    """The next `count` member numbers, M00001 and on, past those that stand already.

    The row of the series stays locked until the caller's transaction ends, so that no number is given twice
    and none is lost when the transaction fails.
    """
    taken: list[str] = []
    while len(taken) < count:
        wanted = count - len(taken)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO associations_lastnumber AS series (association_id, last) VALUES (%s, %s)
                ON CONFLICT (association_id) DO UPDATE SET last = series.last + EXCLUDED.last
                RETURNING last
                """,
                [scope.association_id(), wanted],
            )
            (last,) = cursor.fetchone()
            numbers = [f"M{number:05d}" for number in range(last - wanted + 1, last + 1)]
            cursor.execute(
                "SELECT number FROM associations_membership WHERE association_id = %s AND number = ANY(%s::text[])",
                [scope.association_id(), array(numbers)],
            )
            standing = {number for (number,) in cursor.fetchall()}
        taken += [number for number in numbers if number not in standing]
    return taken


def sealed(contact: Mapping[str, str] | None) -> bytes | None:
    """Seal the contact as canonical JSON; nothing for nothing."""
    return sealed_all([contact])[0]


def sealed_all(contacts: Sequence[Mapping[str, str] | None]) -> list[bytes | None]:
    """`sealed` of each."""
    written = [CANONICAL(dict(contact)) for contact in contacts if contact]
    sealing = iter(encryption.seal_all(written, "contact"))
    return [next(sealing) if contact else None for contact in contacts]


@contextmanager
def clash_denied() -> Iterator[None]:
    """Turn a unique constraint that somebody else's row won into the sentence that explains it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        name = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "")
        if name not in CLASHES:
            raise
        raise Denied(CLASHES[name]) from clash


def _enter(membership: Membership, accounts: tuple[tuple[str, str], ...], *, by: User | None) -> None:
    with clash_denied():
        membership.save(force_insert=True)
    membership.refresh_from_db(fields=["verify_by"])
    PlatformAccount.objects.bulk_create(
        account_row(membership, platform, account) for platform, account in accounts
    )
    MembershipEvent.objects.create(
        association_id=membership.association_id,
        membership=membership,
        state=membership.state,
        on=membership.joined_on,
        change=Change.JOINED,
        by=by,
    )
    ledger.record(
        association_id=membership.association_id,
        act=Act.MEMBER_ADMITTED,
        thing="member",
        thing_id=membership.public_id,
        detail={"number": membership.number, "category": int(membership.category)},
        by=by,
    )


def account_row(membership: Membership, platform: str, account: str) -> PlatformAccount:
    """A platform account, sealed, not yet saved."""
    return PlatformAccount(
        association_id=membership.association_id,
        membership=membership,
        platform=platform,
        account_sealed=encryption.seal(account, "account"),
        account_index=encryption.index("account", f"{platform}\x1f{account}"),
    )


def _answer(application: Application, state: ApplicationState, *, reason: str, act: Act, by: User) -> None:
    application.state, application.reason = state, reason
    application.answered_at, application.answered_by = timezone.now(), by
    application.save(update_fields=["state", "reason", "answered_at", "answered_by", "membership"])
    ledger.record(
        association_id=application.association_id,
        act=act,
        thing="application",
        thing_id=application.public_id,
        why=reason,
        by=by,
    )

"""Registering an association, adopting its charter, granting and ending roles."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from associations.registry.models import Association, CharterVersion
from associations.registry.rules import Verb, may
from associations.tenancy import scope
from core.accounts import services as accounts
from core.accounts.models import Appointment
from core.accounts.selectors import in_force_of
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User
    from core.accounts.states import Role


@transaction.atomic
def register_association(*, by: User | None, **fields: Any) -> Association:
    """Enter an association in the register; an operator's act. `fields` are the model's."""
    association = Association(**fields)
    association.full_clean()
    association.save()
    with scope.of(association):
        ledger.record(
            association_id=association.pk,
            act=Act.ASSOCIATION_REGISTERED,
            thing="association",
            thing_id=association.public_id,
            by=by,
        )
    return association


def adopt_charter(
    *,
    version: str,
    adopted_on: date,
    effective_on: date,
    articles: list[dict[str, Any]],
    quorum_numerator: int = 2,
    quorum_of: int = 3,
    by: User | None,
) -> CharterVersion:
    """Keep a new version of the disciplinary articles of the association in force."""
    may(by, Verb.MANAGE_ASSOCIATION).enforce()
    with transaction.atomic():
        charter = CharterVersion.objects.create(
            association_id=scope.association_id(),
            version=version,
            adopted_on=adopted_on,
            effective_on=effective_on,
            articles=articles,
            quorum_numerator=quorum_numerator,
            quorum_of=quorum_of,
            text_sha256=hashlib.sha256(rfc8785.dumps(articles)).hexdigest(),
        )
        ledger.record(
            association_id=charter.association_id,
            act=Act.CHARTER_ADOPTED,
            thing="charter",
            thing_id=version,
            detail={"sha256": charter.text_sha256},
            by=by,
        )
    return charter


@transaction.atomic
def grant_role(
    *, association: Association, user: User, role: Role, subject_id: int | None = None, by: User | None
) -> Appointment:
    """Give `user` a role from today on. A member's role names the subject acted for."""
    with scope.of(association):
        may(by, Verb.MANAGE_ASSOCIATION).enforce()
        ledger.record(
            association_id=association.pk,
            act=Act.ROLE_GRANTED,
            thing="user",
            thing_id=user.public_id,
            detail={"role": str(role)},
            by=by,
        )
    return Appointment.objects.create(
        user=user, association=association, role=role, subject_id=subject_id, granted_by=by
    )


@transaction.atomic
def invite_officer(*, association: Association, email: str, name: str, role: Role, by: User | None) -> None:
    """Give the role to whoever logs in with this address, known here or not, and write to them.

    The answer is nothing in either case: who has an account is nobody's business but the owner's. A role that
    is held already is not given twice; the mail goes out again, with a fresh link where the account waits.
    """
    with scope.of(association):
        may(by, Verb.MANAGE_ASSOCIATION).enforce()
    user = accounts.invite(email=email, name=name, where=association.name, as_what=str(role.label))
    if not in_force_of(user, association.pk).filter(role=role).exists():
        grant_role(association=association, user=user, role=role, by=by)


@transaction.atomic
def end_role(*, appointment: Appointment, by: User | None) -> None:
    """End a role today; it opens nothing from the next request on."""
    with scope.of(appointment.association_id):
        may(by, Verb.MANAGE_ASSOCIATION).enforce()
        ledger.record(
            association_id=appointment.association_id,
            act=Act.ROLE_ENDED,
            thing="user",
            thing_id=appointment.user.public_id,
            detail={"role": appointment.role},
            by=by,
        )
    appointment.until = max(appointment.since, timezone.localdate())
    appointment.save(update_fields=["until"])

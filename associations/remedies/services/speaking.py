"""The own statement beside a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.remedies import rules
from associations.remedies.models import OwnStatement
from associations.remedies.services.steps import about, the_thing, told
from associations.remedies.states import StatementState
from core.ledger.states import Act

if TYPE_CHECKING:
    from associations.members.models import Membership
    from associations.remedies.states import Thing
    from core.accounts.models import User


@transaction.atomic
def speak(*, membership: Membership, thing: Thing, ref: str, text: str, by: User) -> OwnStatement:
    """Put a statement beside a record, in place of the one that stood there. Public once an officer has passed it."""
    found = the_thing(membership, thing, ref)
    rules.may_speak(by, membership, text).enforce()
    standing = OwnStatement.objects.filter(membership=membership, thing=found.thing, ref=found.ref)
    for before in standing.exclude(state=StatementState.TAKEN_BACK):
        take_back(statement=before, by=by)
    statement = OwnStatement.objects.create(**about(membership, found), text=text.strip(), by=by)
    told(statement, Act.STATEMENT_WRITTEN, by=by)
    return statement


@transaction.atomic
def take_back(*, statement: OwnStatement, by: User) -> None:
    """The statement stands beside the record no more; it is kept."""
    statement = (
        OwnStatement.objects.select_for_update(of=("self",)).select_related("membership").get(pk=statement.pk)
    )
    rules.may_ask(by, statement.membership).enforce()
    if statement.state == StatementState.TAKEN_BACK:
        return
    statement.state, statement.taken_back_at = StatementState.TAKEN_BACK, timezone.now()
    statement.save(update_fields=["state", "taken_back_at"])
    told(statement, Act.STATEMENT_TAKEN_BACK, by=by)


@transaction.atomic
def check(*, statement: OwnStatement, passes: bool, reasons: str, by: User) -> OwnStatement:
    """An officer has looked for unlawful content: the statement is shown to the public, or withheld with reasons."""
    statement = (
        OwnStatement.objects.select_for_update(of=("self",)).select_related("membership").get(pk=statement.pk)
    )
    rules.may_check(by, statement).enforce()
    rules.says_why(reasons).enforce()
    statement.state = StatementState.PASSED if passes else StatementState.WITHHELD
    statement.reasons, statement.checked_by, statement.checked_at = reasons.strip(), by, timezone.now()
    statement.save(update_fields=["state", "reasons", "checked_by", "checked_at"])
    told(statement, Act.STATEMENT_CHECKED, why=statement.reasons, by=by)
    return statement

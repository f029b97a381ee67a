"""What a member does at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from associations.members import services as members
from associations.members.states import Purpose
from core.verdicts import denied
from core.wake import wake

if TYPE_CHECKING:
    from associations.members.models import Membership
    from core.accounts.models import User

METHOD = "desk"
TEXT_VERSION = "2026-1"
"""Of the words beside the buttons (templates/credit/desk/consents.html). New words, new version."""

PUBLISH_DUE = "credit.publication.tasks.publish_due"


@transaction.atomic
def consent(*, membership: Membership, purpose: Purpose, given: bool, receiver: str = "", by: User) -> None:
    """Give or withdraw a consent: one press each way. What is public follows within the minute."""
    if purpose == Purpose.JOIN:
        denied(_("Membership itself is ended by leaving; tell the association.")).enforce()
    if given and purpose == Purpose.SHARE:
        denied(_("Consent to sharing is given to a named receiver, on the association's form.")).enforce()
    if given:
        members.give_consent(
            membership=membership, purpose=purpose, method=METHOD, text_version=TEXT_VERSION, by=by
        )
    else:
        members.withdraw_consent(
            membership=membership, purpose=purpose, method=METHOD, receiver=receiver, by=by
        )
    wake(PUBLISH_DUE)

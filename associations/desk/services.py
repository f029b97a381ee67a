"""What a member does at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.discipline import services as discipline
from associations.discipline.models import CaseEvidence
from associations.evidence.services import attach
from associations.members import services as members
from associations.members.states import Purpose
from core.ledger import services as ledger
from core.ledger.states import Act
from core.verdicts import denied
from core.wake import wake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import Promise

    from associations.discipline.models import Case
    from associations.evidence.inspection import Inspected
    from associations.members.models import Membership
    from core.accounts.models import User

METHOD = "desk"
TEXT_VERSION = "2026-2"
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


@transaction.atomic
def answer(*, case: Case, text: str, evidence: Sequence[Inspected], hearing: bool, by: User) -> None:
    """Give the member's statement, with its files; ask for a hearing with it. All of it, or nothing."""
    discipline.take_statement(case=case, text=text, by=by)
    if hearing:
        discipline.ask_hearing(case=case, by=by)
    _hand_in(case, evidence, _("handed in with the statement"), by=by)


@transaction.atomic
def waive(*, case: Case, text: str, by: User) -> None:
    """Give up statement and hearing; that it was declared at the desk is kept with the words."""
    declared = gettext("Declared at the member desk by %(name)s.") % {"name": by.name}
    discipline.waive(case=case, text=f"{declared} {text}".strip(), by=by)


@transaction.atomic
def appeal(*, case: Case, grounds: str, evidence: Sequence[Inspected], by: User) -> None:
    """Appeal, with files. All of it, or nothing."""
    discipline.appeal(case=case, grounds=grounds, by=by)
    _hand_in(case, evidence, _("handed in with the appeal"), by=by)


def _hand_in(case: Case, files: Sequence[Inspected], shows: str | Promise, *, by: User) -> None:
    """Put the member's files into the file of the case; the verb they belong to has asked its by-law."""
    for each in files:
        link = attach(
            CaseEvidence, association=case.association_id, upload=each, shows=str(shows), case=case, by=by
        )
        ledger.record(
            association_id=case.association_id,
            act=Act.CASE_EVIDENCE_ADDED,
            thing="case",
            thing_id=case.public_id,
            detail={"evidence": link.evidence.public_id, "sha256": link.evidence.sha256},
            by=by,
        )

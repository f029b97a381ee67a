"""Delivery at the desk: the member opens a letter, and that is kept; for who has agreed to it, that is its service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from associations.discipline.models import LetterOpened
from associations.discipline.rules import may_open_letter, opening_serves
from associations.discipline.selectors import file_of, letters_of
from associations.discipline.services.appealing import hand_over_appeal
from associations.discipline.services.effect import hand_over
from associations.discipline.services.hearing import acting_for, hand_notice
from associations.discipline.states import Letter
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from associations.discipline.models import Case
    from associations.discipline.selectors import CaseFile, LetterRow
    from core.accounts.models import User


@transaction.atomic
def open_letter(*, case: Case, letter: str, by: User) -> LetterRow:
    """Keep that `by` has the latest letter of this kind, the first time it is opened. Opening again changes nothing.

    Where the member has agreed to be served at the desk, this serves what is not served yet, and its times begin.
    Raises Denied, also for a year whose working days are not known (`UnknownYear`): it can then not be opened yet.
    """
    file = file_of(case, lock=True)
    found = next((each for each in letters_of(file) if each.letter == letter), None)
    may_open_letter(by, found, acting_for(file)).enforce()
    if found is None or found.seen_by(by.pk):
        return found  # type: ignore[return-value]  # the rule has refused none
    ref = _serve(file, found, by=by) if opening_serves(found) else found.ref
    LetterOpened.objects.create(
        association_id=file.case.association_id, case=file.case, letter=found.letter, ref=ref, by=by
    )
    ledger.record(
        association_id=file.case.association_id,
        act=Act.LETTER_OPENED,
        thing="case",
        thing_id=file.case.public_id,
        detail={"letter": str(found.letter), "first": not found.seen},
        by=by,
    )
    return found


def _serve(file: CaseFile, letter: LetterRow, *, by: User) -> int:
    """Hand over by the opening: who opened it, and when, is the proof. The letter itself tells of its publication.

    Gives the row number of what the letter tells.
    """
    now = timezone.localtime()
    with override(settings.LANGUAGE_CODE):  # it goes into the service record, which is Chinese
        method = _("Electronically, at the member desk")
        proof = _("Opened by %(name)s, %(at)s; the ledger keeps it.") % {
            "name": by.name, "at": f"{now:%Y-%m-%d %H:%M}",
        }  # fmt: skip
    if letter.letter == Letter.NOTICE and file.laid:
        text, measure = file.laid.text, file.laid.measure
        return hand_notice(
            file, text=text, measure=measure, method=method, proof=proof, served_on=now.date(), by=by
        ).pk
    if letter.letter == Letter.DECISION:
        hand_over(
            file, method=method, proof=proof, told_of_publication=True, on=now.date(), by=by, follows=None
        )
    else:
        hand_over_appeal(file, method=method, proof=proof, on=now.date(), by=by)
    return letter.ref

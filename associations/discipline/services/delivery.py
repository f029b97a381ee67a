"""Delivery at the desk: the member opens a letter, and that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from associations.discipline.models import LetterOpened
from associations.discipline.rules import may_open_letter
from associations.discipline.selectors import file_of, letters_of
from associations.discipline.services.hearing import acting_for
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from associations.discipline.models import Case
    from associations.discipline.selectors import LetterRow
    from core.accounts.models import User


@transaction.atomic
def open_letter(*, case: Case, letter: str, by: User) -> LetterRow:
    """Keep that `by` has the latest letter of this kind, the first time it is opened. Opening again changes nothing."""
    file = file_of(case, lock=True)
    found = next((each for each in letters_of(file) if each.letter == letter), None)
    may_open_letter(by, found, acting_for(file)).enforce()
    if found is None or found.seen_by(by.pk):
        return found  # type: ignore[return-value]  # the rule has refused none
    LetterOpened.objects.create(
        association_id=file.case.association_id, case=file.case, letter=found.letter, ref=found.ref, by=by
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

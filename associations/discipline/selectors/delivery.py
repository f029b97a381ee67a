"""The letters of a case, and who has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.discipline.models import LetterOpened
from associations.discipline.states import Letter

if TYPE_CHECKING:
    from datetime import date, datetime

    from associations.discipline.selectors.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Seen:
    """When somebody who acts for the member first opened a letter."""

    at: datetime
    by_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter to the member: what it tells, by the row `ref`, since when it lies at the desk, who has seen it."""

    letter: Letter
    ref: int
    on: date
    seen: tuple[Seen, ...] = ()

    def seen_by(self, user_id: int | None) -> Seen | None:
        return next((each for each in self.seen if each.by_id == user_id), None)


def letters_of(file: CaseFile) -> list[LetterRow]:
    """The letters of a case in the order in which they were written; one query. A decision is one once served."""
    seen: dict[tuple[str, int], list[Seen]] = {}
    rows = LetterOpened.objects.filter(case=file.case).select_related("by").order_by("id")
    for each in rows:
        seen.setdefault((each.letter, each.ref), []).append(Seen(each.at, each.by_id, each.by.name))
    found: list[tuple[Letter, int, date]] = []
    if file.notice:
        found.append((Letter.NOTICE, file.notice.pk, file.notice.served_on))
    if file.call:
        found.append((Letter.CALL, file.call.pk, file.call.served_on))
    if file.decision and file.service:
        found.append((Letter.DECISION, file.decision.pk, file.service.served_on))
    if file.appeal_decision:
        found.append((Letter.APPEAL, file.appeal_decision.pk, file.appeal_decision.decided_on))
    return [LetterRow(letter, ref, on, tuple(seen.get((letter, ref), ()))) for letter, ref, on in found]

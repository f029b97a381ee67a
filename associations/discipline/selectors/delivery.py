"""The letters of a case, and who has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.discipline.models import LetterOpened
from associations.discipline.states import CaseState, Letter
from associations.members.selectors import latest_consent
from associations.members.states import Purpose

if TYPE_CHECKING:
    from datetime import date, datetime

    from associations.discipline.models import Case
    from associations.discipline.selectors.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Seen:
    """When somebody who acts for the member first opened a letter."""

    at: datetime
    by_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter to the member: what it tells, by the row `ref`, since when it lies at the desk, who has seen it.

    `served`: its handing over is on record. `agreed`: the member has agreed that opening it here serves it.
    """

    letter: Letter
    ref: int
    on: date
    seen: tuple[Seen, ...] = ()
    served: bool = True
    agreed: bool = False

    def seen_by(self, user_id: int | None) -> Seen | None:
        return next((each for each in self.seen if each.by_id == user_id), None)


def agreed_to_desk(case: Case) -> bool:
    """Whether the member has agreed, and still does, that opening a letter at the desk serves it; one query."""
    return latest_consent(case.membership_id, Purpose.DELIVER)


def letters_of(file: CaseFile) -> list[LetterRow]:
    """The letters of a case in the order in which they were written; one query, and one where something is not served.

    A notice and a decision are letters once served, or, for who has agreed to be served here, once laid out or made.
    """
    seen: dict[tuple[str, int], list[Seen]] = {}
    rows = LetterOpened.objects.filter(case=file.case).select_related("by").order_by("id")
    for each in rows:
        seen.setdefault((each.letter, each.ref), []).append(Seen(each.at, each.by_id, each.by.name))
    laid = file.laid if file.state == CaseState.REPORTED else None
    unserved = bool(
        laid or file.state == CaseState.DECIDED or (file.appeal_decision and not file.appeal_service)
    )
    agreed = unserved and agreed_to_desk(file.case)
    found: list[tuple[Letter, int, date, bool]] = []
    if file.notice:
        found.append((Letter.NOTICE, file.notice.pk, file.notice.served_on, True))
    elif laid and agreed:
        found.append((Letter.NOTICE, laid.pk, laid.laid_on, False))
    if file.call:
        found.append((Letter.CALL, file.call.pk, file.call.served_on, True))
    if file.decision and file.service:
        found.append((Letter.DECISION, file.decision.pk, file.service.served_on, True))
    elif file.decision and file.state == CaseState.DECIDED and agreed:
        found.append((Letter.DECISION, file.decision.pk, file.decision.decided_on, False))
    if decided := file.appeal_decision:
        served = file.appeal_service is not None
        found.append((Letter.APPEAL, decided.pk, decided.decided_on, served))
    return [
        LetterRow(letter, ref, on, tuple(seen.get((letter, ref), ())), served, agreed and not served)
        for letter, ref, on, served in found
    ]

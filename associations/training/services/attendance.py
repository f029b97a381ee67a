"""Recording who was there, for how long, with what result; and correcting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.training.models import Attendance
from associations.training.rules import may_record
from associations.training.services.certificates import issue_certificates
from associations.training.services.duties import settle_duties
from associations.training.states import Presence
from core.ledger import services as ledger
from core.ledger.states import Act
from core.walls.turns import hold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from associations.training.models import Session
    from core.accounts.models import User

SOURCE = "training"
FIELDS = ("presence", "hours", "score", "passed")
MOST_SCORE = 100


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One line of a sign-in sheet.

    `hours` None: the session's for who was present. A `score` (0–100) decides whether the exam was passed; without
    one `passed` says so, None: there was no exam. Raises ValueError for a line that cannot be.
    """

    membership_id: int
    presence: Presence
    hours: int | None = None
    score: int | None = None
    passed: bool | None = None

    def __post_init__(self) -> None:
        if self.presence != Presence.PRESENT and (
            self.hours or self.score is not None or self.passed is not None
        ):
            raise ValueError("who was not present has neither hours nor a result")
        if self.hours is not None and self.hours < 0:
            raise ValueError("hours cannot be negative")
        if self.score is not None and not 0 <= self.score <= MOST_SCORE:
            raise ValueError("a score lies between 0 and 100")

    def figures(self, session: Session) -> dict[str, object]:
        """The columns of the attendance this line makes."""
        hours = (
            0 if self.presence != Presence.PRESENT else session.hours if self.hours is None else self.hours
        )
        passed = self.passed if self.score is None else self.score >= session.course.pass_mark
        return dict(zip(FIELDS, (self.presence, hours, self.score, passed), strict=True))


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a sheet: lines entered, corrected, standing already; numbers of certificates issued."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    certificates: tuple[str, ...] = ()


@transaction.atomic
def record_attendance(
    *, session: Session, rows: Iterable[AttendanceRow], why: str = "", by: User | None
) -> Recorded:
    """Record a sheet, whole or in part; one member a line. The same lines again change nothing.

    A line that differs from what stands corrects it: the facts it had are corrected by new ones, what stood
    before is kept in the ledger with `why`. Raises ValueError when a member comes twice.
    """
    may_record(by, session).enforce()
    rows = list(rows)
    wanted = {row.membership_id: row.figures(session) for row in rows}
    if len(wanted) < len(rows):
        raise ValueError("a member comes twice in one sheet")
    alone_with(session.association_id)
    standing = {
        attendance.membership_id: attendance
        for attendance in Attendance.objects.filter(session=session, membership_id__in=wanted).select_related(
            "membership"
        )
    }
    new = [
        Attendance(
            association_id=session.association_id, session=session, membership_id=membership_id, **figures
        )
        for membership_id, figures in wanted.items()
        if membership_id not in standing
    ]
    changed = [each for each in standing.values() if figures_of(each) != wanted[each.membership_id]]
    if not new and not changed:
        return Recorded(unchanged=len(rows))
    told = [correct(each, wanted[each.membership_id]) for each in changed]
    Attendance.objects.bulk_create(new, batch_size=1000)
    Attendance.objects.bulk_update(changed, [*FIELDS, "revision"], batch_size=500)
    revised = [each for each, line in zip(changed, told, strict=True) if line["facts"]]
    record_all(
        [*corrections(revised, session), *(f for each in [*new, *revised] for f in facts(each, session))]
    )
    certificates = issue_certificates(
        session=session, attendances=[each for each in [*new, *changed] if each.passed]
    )
    ledger.record(
        association_id=session.association_id,
        act=Act.TRAINING_RECORDED,
        thing="session",
        thing_id=session.public_id,
        why=why,
        detail={"new": len(new), "corrected": told, "certificates": certificates},
        by=by,
    )
    settle_duties(on=timezone.localdate(), membership_ids=[each.membership_id for each in [*new, *changed]])
    return Recorded(len(new), len(changed), len(rows) - len(new) - len(changed), tuple(certificates))


def alone_with(association_id: int) -> None:
    """Let sheets of one association be entered one after the other, until the transaction ends."""
    hold("training", association_id)


def figures_of(attendance: Attendance) -> dict[str, object]:
    return {name: getattr(attendance, name) for name in FIELDS}


def correct(attendance: Attendance, figures: dict[str, object]) -> dict[str, object]:
    """Put new figures in; give what the ledger keeps. `facts`: whether what credit was told changes too."""
    before = figures_of(attendance)
    for name, value in figures.items():
        setattr(attendance, name, value)
    anew = any(before[name] != figures[name] for name in ("hours", "passed"))
    attendance.revision += anew
    return {
        "member": attendance.membership.public_id,
        "before": plain(before),
        "after": plain(figures),
        "facts": anew,
    }


def plain(figures: dict[str, object]) -> dict[str, object]:
    """Figures for the ledger: what is not known is left out."""
    return {name: value for name, value in figures.items() if value is not None} | {
        "presence": str(figures["presence"])
    }


def facts(attendance: Attendance, session: Session) -> list[Fact]:
    """What credit is told: hours, and the result of an exam."""
    told = {FactKind.TRAINING: attendance.hours or None, FactKind.EXAM: attendance.passed}
    return [
        Fact(
            association_id=session.association_id,
            membership_id=attendance.membership_id,
            kind=kind,
            occurred_on=session.held_on,
            a=int(value),
            source=SOURCE,
            source_ref=session.public_id,
            key=key_of(kind, attendance, attendance.revision),
        )
        for kind, value in told.items()
        if value is not None
    ]


def key_of(kind: FactKind, attendance: Attendance, revision: int) -> str:
    return f"training:{attendance.pk}:{kind.name.lower()}:{revision}"


def corrections(revised: list[Attendance], session: Session) -> list[Fact]:
    """A fact for each fact that no longer holds, naming it; dated today, when it was found out."""
    keys = [
        key_of(kind, each, each.revision - 1)
        for each in revised
        for kind in (FactKind.TRAINING, FactKind.EXAM)
    ]
    return [
        Fact(
            association_id=wrong.association_id,
            membership_id=wrong.membership_id,
            kind=FactKind.CORRECTION,
            occurred_on=timezone.localdate(),
            ref=wrong,
            source=SOURCE,
            source_ref=session.public_id,
            key=f"{wrong.key}:corrected",
        )
        for wrong in Fact.objects.filter(key__in=keys)
    ]

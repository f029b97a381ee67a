"""Issuing certificates: one for each exam passed, numbered, good until a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from stdnum.iso7064 import mod_97_10

from associations.registry.models import Association
from associations.training.models import Certificate

if TYPE_CHECKING:
    from associations.training.models import Attendance, Session


def issue_certificates(*, session: Session, attendances: list[Attendance]) -> list[str]:
    """Certificates for those of the attendances that passed and have none yet; gives their numbers.

    Called by `record_attendance` alone, which keeps others from numbering at the same time.
    """
    ids = [each.pk for each in attendances]
    standing = set(Certificate.objects.filter(attendance_id__in=ids).values_list("attendance_id", flat=True))
    due = [each for each in attendances if each.pk not in standing]
    if not due:
        return []
    stem = f"T{Association.objects.get(pk=session.association_id).number:03d}-{session.held_on.year}-"
    last = (
        Certificate.objects.filter(number__startswith=stem)
        .order_by("-number")
        .values_list("number", flat=True)
    )
    first = 1 + int(last[0].removeprefix(stem).split("-")[0]) if last else 1
    issued = [
        Certificate(
            association_id=session.association_id,
            membership_id=attendance.membership_id,
            attendance=attendance,
            number=numbered(stem, serial),
            issued_on=session.held_on,
            expires_on=session.held_on + timedelta(days=session.course.valid_days),
        )
        for serial, attendance in enumerate(due, first)
    ]
    Certificate.objects.bulk_create(issued, batch_size=1000)
    return [each.number for each in issued]


def numbered(stem: str, serial: int) -> str:
    """T001-2026-000123-45: association, year, serial, check digits (ISO 7064, MOD 97-10) over all of it."""
    body = f"{stem}{serial:06d}"
    return f"{body}-{mod_97_10.calc_check_digits(body.replace('-', ''))}"

"""Certificates, and whether one is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING

from django.utils import timezone
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from associations.training.models import Certificate
from associations.training.states import CertificateState

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as it is shown. `state` says whether it is good on the day it was asked."""

    number: str
    holder: str
    holder_code: str
    membership_id: int
    course: str
    held_on: date
    issued_on: date
    expires_on: date
    state: CertificateState


def number_is_well_formed(number: str) -> bool:
    """Whether the check digits (ISO 7064, MOD 97-10) of a certificate number fit; catches a mistyped digit."""
    try:
        mod_97_10.validate(number.strip().upper().replace("-", ""))
    except ValidationError:
        return False
    return True


def state_of(certificate: Certificate, as_of: date) -> CertificateState:
    """Good until its last day, that day included, and only while the result it rests on stands."""
    if not certificate.attendance.passed:
        return CertificateState.WITHDRAWN
    return CertificateState.EXPIRED if certificate.expires_on < as_of else CertificateState.VALID


def with_its_session() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("membership", "attendance__session__course")


def row_of(certificate: Certificate, as_of: date | None = None) -> CertificateRow:
    """The row of a certificate read by `with_its_session`."""
    session = certificate.attendance.session
    return CertificateRow(
        number=certificate.number,
        holder=certificate.membership.name,
        holder_code=certificate.membership.code_masked,
        membership_id=certificate.membership_id,
        course=session.course.name,
        held_on=session.held_on,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        state=state_of(certificate, as_of or timezone.localdate()),
    )


def certificate_by_number(number: str, *, as_of: date | None = None) -> CertificateRow | None:
    """The certificate with this number in the association in force, None where there is none."""
    found = with_its_session().filter(number=number.strip().upper()).first()
    return row_of(found, as_of) if found else None


def certificates_of(membership_id: int, *, as_of: date | None = None) -> list[CertificateRow]:
    """A member's certificates, the newest first; one query."""
    rows = with_its_session().filter(membership_id=membership_id).order_by("-issued_on", "-id")
    return [row_of(each, as_of) for each in rows]

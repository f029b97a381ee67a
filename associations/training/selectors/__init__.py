"""Questions about training. Other rooms get frozen rows, never models."""

from associations.training.selectors.certificates import (
    CertificateRow,
    certificate_by_number,
    certificates_of,
    number_is_well_formed,
)
from associations.training.selectors.duties import (
    Held,
    Requirements,
    YearDuty,
    duties_of,
    duty_of,
    duty_years,
    held_by_year,
    overview,
    requirements,
)
from associations.training.selectors.sheets import AttendanceLine, attendances_of, course_named, session_on

__all__ = [
    "AttendanceLine",
    "CertificateRow",
    "Held",
    "Requirements",
    "YearDuty",
    "attendances_of",
    "certificate_by_number",
    "certificates_of",
    "course_named",
    "duties_of",
    "duty_of",
    "duty_years",
    "held_by_year",
    "number_is_well_formed",
    "overview",
    "requirements",
    "session_on",
]

"""What waits about members, and for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members import selectors
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter

if TYPE_CHECKING:
    from datetime import date


def waiting(today: date) -> list[Matter]:
    """Screening questions, applications, identities to verify within 30 days; three queries."""
    clerks = ROLE_TABLE[Verb.MANAGE_MEMBERS]
    questions = [
        Matter(
            _("Answer the screening question"),
            each.name,
            "members:question",
            each.public_id,
            timezone.localdate(each.raised_at),
            roles=ROLE_TABLE[Verb.ANSWER_SCREENING],
        )
        for each in selectors.open_questions()[:MOST]
    ]
    applications = [
        Matter(
            _("Answer the application"),
            each.name,
            "members:application",
            each.public_id,
            timezone.localdate(each.received_at),
            roles=clerks,
        )
        for each in selectors.open_applications()[:MOST]
    ]
    late = today + timedelta(days=selectors.SOON_DAYS)
    identities = [
        Matter(
            _("Verify the identity again"),
            each.name,
            "conduct:file",
            each.public_id,
            each.verified_on or each.joined_on,
            due=each.verify_by,
            roles=clerks,
        )
        for each in selectors.in_force().filter(verify_by__lte=late).order_by("verify_by", "id")[:MOST]
    ]
    return [*questions, *applications, *identities]

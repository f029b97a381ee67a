"""Records that lack nothing for publication but a named person's confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from credit.publication.models import Candidate
from credit.publication.states import CandidateState

if TYPE_CHECKING:
    from datetime import date


def waiting(_today: date) -> list[Matter]:
    """The longest waiting first; one query."""
    rows = Candidate.objects.filter(state=CandidateState.READY).select_related("membership")
    return [
        Matter(
            _("Confirm for publication: %(what)s") % {"what": each.get_kind_display()},
            each.membership.name,
            "publication:queue",
            "",
            timezone.localdate(each.checked_at),
            roles=ROLE_TABLE[Verb.APPROVE_PUBLICATION],
        )
        for each in rows.order_by("checked_at", "id")[:MOST]
    ]

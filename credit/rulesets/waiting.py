"""Own versions of the method that wait for their next step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from credit.rulesets import selectors
from credit.rulesets.models import LEAD_DAYS
from credit.rulesets.states import VersionState

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

NEXT: dict[VersionState, tuple[str | Promise, Verb]] = {
    VersionState.DRAFT: (_("Put the draft out for consultation"), Verb.DRAFT_RULES),
    VersionState.CONSULTATION: (_("Record the outcome of the consultation"), Verb.DRAFT_RULES),
    VersionState.CONSULTED: (_("Approve the version"), Verb.APPROVE_RULES),
    VersionState.APPROVED: (_("Announce the version"), Verb.PUBLISH_RULES),
}


def waiting(today: date) -> list[Matter]:
    """Each version on its way, once its consultation is over; due seven days before it is to take effect. One query."""
    rows = selectors.versions().filter(state__in=list(NEXT))
    found = []
    for each in rows[:MOST]:
        state = VersionState(each.state)
        if state == VersionState.CONSULTATION and each.consult_until and each.consult_until >= today:
            continue
        what, verb = NEXT[state]
        found.append(
            Matter(
                what,
                each.name,
                "rulesets:version",
                each.public_id,
                each.drafted_at.date(),
                due=each.begins_on - timedelta(days=LEAD_DAYS) if each.begins_on else None,
                roles=ROLE_TABLE[verb],
                never=frozenset({each.author_id}) if verb is Verb.APPROVE_RULES else frozenset(),
            )
        )
    return found

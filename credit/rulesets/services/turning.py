"""The turn of versions: what begins or ends by its date. Everybody is then rated anew (`credit.scoring.runs`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from credit.rulesets.models import OwnVersion
from credit.rulesets.services.steps import take
from credit.rulesets.states import Step, VersionState

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def turn(*, today: date | None = None) -> int:
    """Let the association's versions begin and end that do so by `today`. Gives how many steps were taken.

    The dates alone say which version rates on a day; this writes it down. A second run on the same day finds nothing.
    """
    day = today or timezone.localdate()
    ended = Q(state=VersionState.IN_FORCE, ends_on__lt=day)
    begun = Q(state=VersionState.PUBLISHED, begins_on__lte=day)
    due = OwnVersion.objects.select_for_update().filter(ended | begun).order_by("begins_on")
    taken = 0
    for version in due:
        if version.state == VersionState.PUBLISHED:
            take(version, Step.TAKE_EFFECT, by=None)
            taken += 1
        if version.ends_on and version.ends_on < day:
            take(version, Step.SUPERSEDE, by=None)
            taken += 1
    return taken

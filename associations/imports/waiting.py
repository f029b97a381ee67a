"""Imports that wait to be confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.imports import selectors
from associations.imports.states import RunState
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter

if TYPE_CHECKING:
    from datetime import date


def waiting(_today: date) -> list[Matter]:
    """Previews that were neither confirmed nor cancelled; one query."""
    rows = selectors.runs().filter(state=RunState.PREVIEW)
    return [
        Matter(
            _("Confirm or cancel the import"),
            each.filename,
            "imports:run",
            each.public_id,
            timezone.localdate(each.created_at),
            roles=ROLE_TABLE[Verb.IMPORT],
        )
        for each in rows[:MOST]
    ]

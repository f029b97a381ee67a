"""Remedies that wait for an answer, and for whom: never for who asked or had a hand in what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from associations.remedies import selectors

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise


def waiting(_today: date) -> list[Matter]:
    """Objections, repairs, corrections and own statements, each by its clock; four queries."""
    return [
        *_of(selectors.objections(), _("Answer the objection"), "remedies:objection"),
        *_of(selectors.repairs(), _("Decide the repair"), "remedies:repair"),
        *_of(selectors.corrections(), _("Confirm the correction"), "remedies:correction"),
        *_of(selectors.statements(), _("Check the own statement"), "remedies:statement"),
    ]


def _of(rows: QuerySet[Any], what: str | Promise, page: str) -> list[Matter]:
    return [
        Matter(
            what,
            each.membership.name,
            page,
            each.public_id,
            timezone.localdate(each.at),
            due=getattr(each, "answer_by", None),
            roles=ROLE_TABLE[Verb.ANSWER_REMEDY],
            never=frozenset({each.by_id, *each.involved}),
        )
        for each in rows[:MOST]
    ]

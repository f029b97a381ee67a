"""Remedies that wait for an answer, and for whom: never for who asked or had a hand in what they are about."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.discipline.selectors import proposers
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from associations.remedies import selectors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise


NOBODY: Mapping[str, int] = MappingProxyType({})


def waiting(_today: date) -> list[Matter]:
    """Objections, repairs, corrections and own statements, each by its clock; five queries."""
    first = proposers()
    return [
        *_of(selectors.objections(), _("Answer the objection"), "remedies:objection", first),
        *_of(selectors.repairs(), _("Decide the repair"), "remedies:repair"),
        *_of(selectors.corrections(), _("Confirm the correction"), "remedies:correction"),
        *_of(selectors.statements(), _("Check the own statement"), "remedies:statement"),
    ]


def _of(
    rows: QuerySet[Any], what: str | Promise, page: str, first: Mapping[str, int] = NOBODY
) -> list[Matter]:
    """`first`: who upheld an objection to this decision already, where a second is asked for."""
    return [
        Matter(
            what,
            each.membership.name,
            page,
            each.public_id,
            timezone.localdate(each.at),
            due=getattr(each, "answer_by", None),
            roles=ROLE_TABLE[Verb.ANSWER_REMEDY],
            never=frozenset({each.by_id, *each.involved, first.get(each.decision_ref, each.by_id)}),
        )
        for each in rows[:MOST]
    ]

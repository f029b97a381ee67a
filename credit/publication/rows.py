"""From a payload to the public row: the columns the portal searches and sorts by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.subjects.names import search_terms
from core.subjects.readings import readings
from credit.publication.models import (
    PublishedBar,
    PublishedBundle,
    PublishedDecision,
    PublishedRating,
    PublishedWithdrawal,
)
from credit.publication.searching import compact
from credit.publication.states import RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db import models

TOLD_FOR = timedelta(days=3 * 366)
"""How long the feed of a withdrawn record tells that it is gone."""

TABLES: dict[str, type[PublishedBar | PublishedDecision | PublishedRating]] = {
    RecordKind.RATING: PublishedRating,
    RecordKind.DECISION: PublishedDecision,
    RecordKind.BAR: PublishedBar,
}


def write(kind: str, rows: Sequence[Any]) -> None:
    """Put public rows in place of those there are, or beside them; one statement a thousand."""
    table = TABLES[kind]
    columns = [field.name for field in table._meta.local_fields if field.name not in {"id", "public_id"}]  # noqa: SLF001 - Django's documented model API
    table.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["public_id"], update_fields=columns
    )
    if rows:
        PublishedWithdrawal.objects.filter(public_id__in=[row.public_id for row in rows]).delete()


def remove(kind: str, refs: Sequence[str]) -> int:
    """Take public rows away; their feeds go on telling that they are gone. Gives how many there were."""
    if not refs:
        return 0
    if kind == RecordKind.RATING:
        remove_bundles(refs)
    PublishedWithdrawal.objects.filter(at__lt=timezone.now() - TOLD_FOR).delete()
    PublishedWithdrawal.objects.bulk_create(
        [PublishedWithdrawal(public_id=ref, kind=kind) for ref in refs], ignore_conflicts=True
    )
    return TABLES[kind].objects.filter(public_id__in=list(refs)).delete()[0]


def with_bundles(refs: Sequence[str]) -> set[str]:
    """Those of the ratings that have their evidence bundle."""
    rows = (
        PublishedBundle.objects.filter(public_id__in=list(refs)) if refs else PublishedBundle.objects.none()
    )
    return set(rows.values_list("public_id", flat=True))


def write_bundles(bundles: Sequence[PublishedBundle]) -> None:
    """Put evidence bundles in place of those there are, or beside them."""
    if not bundles:
        return
    PublishedBundle.objects.bulk_create(
        bundles,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["public_id"],
        update_fields=["ruleset_sha256", "sha256", "content", "issued_at"],
    )


def remove_bundles(refs: Sequence[str]) -> None:
    """Take evidence bundles away."""
    if refs:
        PublishedBundle.objects.filter(public_id__in=list(refs)).delete()


def row_of(kind: str, payload: dict[str, Any], etag: str, now: datetime) -> models.Model:
    """The public row of a payload."""
    common = {
        "public_id": payload["id"],
        "association_slug": payload["association"]["slug"],
        "name": payload["name"],
        "category": payload["category"],
        "payload": payload,
        "etag": etag,
        "published_at": now,
        **found_by(payload["name"], person=payload["is_person"]),
    }
    return TABLES[kind](**common, **COLUMNS[kind](payload))


def found_by(name: str, *, person: bool) -> dict[str, Any]:
    """By what a name is found: its terms, and every likely reading of it."""
    key = compact(name)
    spoken = readings(key, person=person)
    return {
        "name_key": key,
        "terms": search_terms(name, person=person),
        "pinyin": " ".join(dict.fromkeys(each.pinyin for each in spoken)),
        "initials": " ".join(dict.fromkeys(each.initials for each in spoken)),
    }


def _of_rating(payload: dict[str, Any]) -> dict[str, Any]:
    last = payload["history"][-1] if payload["history"] else None
    before = payload["history"][-2] if len(payload["history"]) > 1 else None
    return {
        "code": payload["code"],
        "state": payload["state"],
        "grade": payload["grade"],
        "score": payload["score"],
        "as_of": _day(payload["as_of"]),
        "changed_on": _day(last["on"] if last else payload["as_of"]),
        "grade_before": before["grade"] if before else None,
        "score_before": before["score"] if before else None,
    }


def _of_decision(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "rating_public_id": payload["member"],
        "number": payload["number"],
        "decided_on": _day(payload["decided_on"]),
        "measure": payload["measure"],
        "severity": payload["severity"],
        "code": payload["code_of_violation"],
        "withdraw_on": _day(payload["withdraw_on"]),
    }


def _of_bar(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": payload["code"],
        "for_life": payload["for_life"],
        "from_on": _day(payload["from_on"]),
        "until_on": _day(payload["until_on"]),
        "review_on": _day(payload["review_on"]),
        "withdraw_on": _day(payload["withdraw_on"]),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COLUMNS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    RecordKind.RATING: _of_rating,
    RecordKind.DECISION: _of_decision,
    RecordKind.BAR: _of_bar,
}

"""Questions to what is published. The portal asks these, in the public role, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from credit.publication.bundles import whole
from credit.publication.models import (
    PublishedAccount,
    PublishedAssociation,
    PublishedBar,
    PublishedBundle,
    PublishedDecision,
    PublishedRating,
    PublishedRuleSet,
    PublishedWithdrawal,
)
from credit.publication.states import RecordKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet


METHODS: dict[str, dict[str, Any]] = {}
"""Of the rule sets this process has met: their ceilings and indicators, by SHA-256."""
FOR_SEARCH = ("name_key", "terms", "pinyin", "initials")


@dataclass(frozen=True, slots=True)
class Published:
    """A public record: its payload, and when it was published."""

    payload: dict[str, Any]
    etag: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Publisher:
    """An association as the public sees it."""

    slug: str
    name: str
    name_en: str
    figures: dict[str, Any]
    published_at: datetime

    def told(self, language: str) -> str:
        """Its name: Chinese for any `zh…` language code, English for every other."""
        return self.name if language.startswith("zh") else self.name_en


# --- records ---


def record(
    table: type[PublishedBar | PublishedDecision | PublishedRating], public_id: str
) -> Published | None:
    """One record; none if it is not public (any more)."""
    row = table.objects.filter(public_id=public_id).values_list("payload", "etag", "published_at").first()
    return Published(*row) if row else None


@dataclass(frozen=True, slots=True)
class Told:
    """What the feed of a record tells: since when it stands so; of one that is gone nothing but the day."""

    kind: str
    at: datetime
    payload: dict[str, Any] | None


def told_of(public_id: str) -> Told | None:
    """The record as its feed tells it; None if it never was public, or has long been gone."""
    for table, kind in (
        (PublishedRating, RecordKind.RATING),
        (PublishedBar, RecordKind.BAR),
        (PublishedDecision, RecordKind.DECISION),
    ):
        if found := record(table, public_id):
            return Told(kind, found.published_at, found.payload)
    gone = PublishedWithdrawal.objects.filter(public_id=public_id).values_list("kind", "at").first()
    return Told(*gone, None) if gone else None


def bundle(public_id: str) -> bytes | None:
    """The evidence bundle of a rating, as the file it is; none if there is none (any more)."""
    row = PublishedBundle.objects.filter(public_id=public_id).first()
    return whole(bytes(row.content), _rules_of(row.ruleset_sha256)) if row else None


def bundle_sha256(public_id: str) -> str | None:
    """The SHA-256 of that file."""
    return PublishedBundle.objects.filter(public_id=public_id).values_list("sha256", flat=True).first()


@lru_cache(maxsize=16)
def _rules_of(sha256: str) -> str:
    """The canonical text of a rule set. It never changes under its SHA-256, so it is asked once a process."""
    payload = PublishedRuleSet.objects.filter(sha256=sha256).values_list("payload", flat=True).first()
    if payload is None:
        raise PublishedRuleSet.DoesNotExist(sha256)
    return str(payload["rules"])


@dataclass(frozen=True, slots=True)
class Method:
    """A rule set as published: whose own it is (empty: the default of all), and from when until when."""

    slug: str
    sha256: str
    payload: dict[str, Any]
    begins_on: date
    ends_on: date | None

    def on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


def method() -> dict[str, Any] | None:
    """The default in force, as published."""
    return _methods().filter(association_slug="").values_list("payload", flat=True).first()


def methods() -> list[Method]:
    """Every rule set that is public: the default first, then each association's, the latest first."""
    return _told(_methods().order_by("association_slug", "-effective_on", "-id"))


def methods_of(slug: str) -> list[Method]:
    """An association's own versions, the latest first, and behind them the default."""
    return _told(
        _methods().filter(association_slug__in=(slug, "")).order_by("-association_slug", "-effective_on")
    )


def methods_named(sha256: str) -> list[Method]:
    """Whoever rates, rated or will rate by the rule set of that name."""
    return _told(_methods().filter(sha256=sha256).order_by("association_slug"))


def conditions_of(sha256: str) -> tuple[dict[str, Any], ...]:
    """Every ceiling a rule set knows."""
    return tuple(_method_of(sha256)["conditions"])


def indicators_of(sha256: str) -> dict[str, dict[str, Any]]:
    """Every indicator of a rule set by number ("2.1"): name, rule, and the section of the methodology it stands in."""
    found: dict[str, dict[str, Any]] = _method_of(sha256)["indicators"]
    return found


def _method_of(sha256: str) -> dict[str, Any]:
    """What the page of a rating needs of its rule set. It never changes under its SHA-256: asked once a process.

    A rule set published before it told its indicators is asked again until it is published anew.
    """
    if sha256 not in METHODS:
        payload = PublishedRuleSet.objects.filter(sha256=sha256).values_list("payload", flat=True).first()
        if payload is None:
            raise PublishedRuleSet.DoesNotExist(sha256)
        told = {key: payload.get(key, {}) for key in ("conditions", "indicators")}
        if not told["indicators"]:
            return told
        METHODS[sha256] = told
    return METHODS[sha256]


def publisher(slug: str) -> Publisher | None:
    """One association."""
    row = _publishers().filter(slug=slug).first()
    return Publisher(*row) if row else None


def publishers() -> list[Publisher]:
    """All associations, in the order of their numbers."""
    found = [Publisher(*row) for row in _publishers()]
    return sorted(found, key=lambda each: each.figures.get("number", 0))


def account(slug: str) -> Published | None:
    """An association's account of itself; none before it is first counted."""
    row = (
        PublishedAccount.objects.filter(association_slug=slug)
        .values_list("payload", "etag", "published_at")
        .first()
    )
    return Published(*row) if row else None


def ratings() -> QuerySet[PublishedRating]:
    """All public ratings, latest change first, without their payloads."""
    return PublishedRating.objects.defer("payload", *FOR_SEARCH).order_by("-changed_on", "public_id")


def decisions() -> QuerySet[PublishedDecision]:
    """All public decisions, the latest first."""
    return PublishedDecision.objects.defer(*FOR_SEARCH).order_by("-decided_on", "public_id")


def bars() -> QuerySet[PublishedBar]:
    """All public bars, the latest first."""
    return PublishedBar.objects.defer(*FOR_SEARCH).order_by("-from_on", "public_id")


def latest_changes(most: int, slug: str = "") -> QuerySet[PublishedRating]:
    """Ratings whose score or grade moved last; of one association, or of all."""
    rows = ratings().filter(score_before__isnull=False)
    return (rows.filter(association_slug=slug) if slug else rows)[:most]


def decisions_of(rating_public_id: str) -> QuerySet[PublishedDecision]:
    """The public decisions about one member."""
    return decisions().filter(rating_public_id=rating_public_id)


def bar_of(rating_public_id: str) -> str | None:
    """The public bar against one member."""
    rows = PublishedBar.objects.filter(payload__member=rating_public_id)
    return rows.values_list("public_id", flat=True).first()


def _methods() -> QuerySet[PublishedRuleSet]:
    return PublishedRuleSet.objects.order_by("-effective_on", "-id")


def _told(rows: QuerySet[PublishedRuleSet]) -> list[Method]:
    columns = ("association_slug", "sha256", "payload", "effective_on", "ends_on")
    return [Method(*row) for row in rows.values_list(*columns)]


def _publishers() -> QuerySet[PublishedAssociation, tuple[Any, ...]]:
    return PublishedAssociation.objects.order_by("slug").values_list(
        "slug", "name", "name_en", "figures", "published_at"
    )

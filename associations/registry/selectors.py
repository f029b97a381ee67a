"""Questions about associations and their charters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.registry.models import Association, CharterVersion

if TYPE_CHECKING:
    from datetime import date


def association_by_slug(slug: str) -> Association:
    """Raises Association.DoesNotExist."""
    return Association.objects.get(slug=slug)


def association_ids() -> list[int]:
    """Row numbers of all associations, in the order of their numbers: whom the timetable visits."""
    return list(Association.objects.order_by("number").values_list("pk", flat=True))


def charter_on(day: date) -> CharterVersion | None:
    """The charter version in force on `day` in the association in force."""
    return CharterVersion.objects.filter(effective_on__lte=day).order_by("-effective_on", "-id").first()


def charters() -> list[CharterVersion]:
    """All versions of the association in force, the newest first."""
    return list(CharterVersion.objects.order_by("-effective_on", "-id"))


def article_for(charter: CharterVersion, measure: int) -> str:
    """The article of `charter` that provides for the measure; empty where none does."""
    return next((each["article"] for each in charter.articles if measure in each["measures"]), "")

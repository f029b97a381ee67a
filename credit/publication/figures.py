"""An association as the public sees it: its figures, counted from what is public and from its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F
from django.utils import timezone

from associations.discipline import handover as discipline
from associations.members import handover as members
from associations.registry.models import Association
from credit.publication.models import (
    PublishedAssociation,
    PublishedBar,
    PublishedDecision,
    PublishedRating,
    PublishedRuleSet,
)
from credit.publication.payloads import method
from credit.publication.payloads.rating import Home
from credit.publication.payloads.texts import fingerprint
from credit.rulesets.services import ruleset_in_force

if TYPE_CHECKING:
    from datetime import date

GRADES = 10
RATED = (0, 1, 5)


def homes(association_id: int | None = None) -> dict[int, Home]:
    """The associations, in the order of their numbers."""
    every = Association.objects.order_by("number")
    if association_id is not None:
        every = every.filter(pk=association_id)
    return {row.pk: Home(row.slug, row.name, row.name_en) for row in every}


def publish_method(association_id: int, today: date) -> None:
    """Make public the rule set in force; the same payload again writes nothing."""
    ruleset = ruleset_in_force(association_id, today)
    payload = method.payload_of(ruleset)
    standing = PublishedRuleSet.objects.filter(sha256=ruleset.sha256).first()
    if standing and standing.payload == payload:
        return
    PublishedRuleSet.objects.update_or_create(
        sha256=ruleset.sha256,
        defaults={
            "name": ruleset.id,
            "effective_on": ruleset.effective_from,
            "payload": payload,
            "published_at": timezone.now(),
        },
    )


def publish_figures(association_id: int, home: Home, *, changed: bool) -> None:
    """Count again; the stamp moves with every publication, the etag only with the figures."""
    row = Association.objects.get(pk=association_id)
    counted = figures(association_id, home.slug) | {
        "reach": row.reach,
        "region": row.region,
        "code": row.uscc,
        "founded_on": row.founded_on.isoformat() if row.founded_on else None,
        "number": row.number,
    }
    told = {"name": home.name, "name_en": home.name_en, "figures": counted}
    etag = fingerprint(told)
    standing = PublishedAssociation.objects.filter(slug=home.slug).values_list("etag", flat=True).first()
    if standing is None:
        PublishedAssociation.objects.create(
            slug=home.slug, etag=etag, stamp=1, published_at=timezone.now(), **told
        )
    else:
        PublishedAssociation.objects.filter(slug=home.slug).update(
            etag=etag,
            stamp=F("stamp") + int(changed or standing != etag),
            published_at=timezone.now(),
            **told,
        )


def figures(association_id: int, slug: str) -> dict[str, Any]:
    """Members, ratings by grade and state, public decisions and bars, and how its cases went."""
    rated = PublishedRating.objects.filter(association_slug=slug)
    grades = dict(rated.filter(state__in=RATED).order_by("grade").values_list("grade").annotate(Count("id")))
    states = dict(rated.order_by("state").values_list("state").annotate(Count("id")))
    by_category = members.counts(association_id)
    return {
        "members": sum(by_category.values()),
        "members_by_category": by_category,
        "distribution": [grades.get(grade, 0) for grade in range(1, GRADES + 1)],
        "states": {str(state): count for state, count in sorted(states.items())},
        "ratings": rated.count(),
        "public_decisions": PublishedDecision.objects.filter(association_slug=slug).count(),
        "bars": PublishedBar.objects.filter(association_slug=slug).count(),
        **discipline.case_figures(association_id),
    }

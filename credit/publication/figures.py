"""An association as the public sees it: its figures, counted from what is public and from its cases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

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
from credit.publication.payloads import method as payloads
from credit.publication.payloads.rating import Home
from credit.publication.payloads.texts import fingerprint
from credit.rulesets import method
from credit.rulesets.selectors import Announced, announced_by

GRADES = 10
RATED = (0, 1, 5)


COUNTED_EVERY = timedelta(seconds=5)
"""Figures change with every record and cost more than it; those who read lists see the record itself at once."""
_compared: set[tuple[int, datetime]] = set()
"""Published rule sets that this process has found to say what it would say of them itself: (row, published at)."""


def homes(association_id: int | None = None) -> dict[int, Home]:
    """The associations, in the order of their numbers."""
    every = Association.objects.order_by("number")
    if association_id is not None:
        every = every.filter(pk=association_id)
    return {row.pk: Home(row.slug, row.name, row.name_en) for row in every}


def publish_method(association_id: int, home: Home) -> None:
    """Make public the default and the association's own versions, those announced included.

    The same again writes nothing; an announcement that was withdrawn goes.
    """
    default = method.default()
    wanted = [("", Announced(default, default.effective_from, default.effective_until))]
    wanted += [(home.slug, each) for each in announced_by(association_id)]
    rows = PublishedRuleSet.objects.filter(association_slug__in=("", home.slug)).defer("payload")
    standing = {(row.association_slug, row.sha256): row for row in rows}
    for slug, each in wanted:
        row = standing.pop((slug, each.ruleset.sha256), None)
        same_days = row is not None and row.ends_on == each.ends_on
        if row and same_days and (row.pk, row.published_at) in _compared:
            continue
        payload = payloads.payload_of(each.ruleset)
        if row and same_days and row.payload == payload:
            _compared.add((row.pk, row.published_at))
            continue
        row, _new = PublishedRuleSet.objects.update_or_create(
            association_slug=slug,
            sha256=each.ruleset.sha256,
            defaults={
                "name": each.ruleset.id,
                "effective_on": each.begins_on,
                "ends_on": each.ends_on,
                "payload": payload,
                "published_at": timezone.now(),
            },
        )
        _compared.add((row.pk, row.published_at))
    gone = [row.pk for (slug, _), row in standing.items() if slug]
    if gone:
        PublishedRuleSet.objects.filter(pk__in=gone).delete()


def note_publication(association_id: int, home: Home) -> None:
    """Something was published: the stamp moves now, the figures are counted unless they just were. The sweep counts
    in any case.
    """
    lately = PublishedAssociation.objects.filter(
        slug=home.slug, published_at__gt=timezone.now() - COUNTED_EVERY
    )
    if not lately.update(stamp=F("stamp") + 1):
        publish_figures(association_id, home, changed=True)


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

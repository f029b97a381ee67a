"""One rating, one bar, one decision."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.ui import charts, proof
from core.ui.grades import face
from credit.publication import selectors, versions
from credit.publication.models import PublishedBar, PublishedDecision, PublishedRating
from portal.doors import Page, public_page
from portal.drawing import linked, sanctions
from portal.drawing import rating as draw
from portal.drawing.course import history
from portal.drawing.prospects import prospects
from portal.words import joined, numbered, on, told

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from credit.publication.selectors import Published


@public_page(versions.rating_page)
def rating(request: HttpRequest, public_id: str) -> Page:
    """Why this grade: every line of it."""
    record = found(selectors.record(PublishedRating, public_id))
    payload, today = record.payload, timezone.localdate()
    published = localtime(record.published_at).date()
    publisher = selectors.publisher(payload["association"]["slug"])
    address = outside(request)
    course = history(payload, today)
    letter = face(payload["grade"] or None, payload["state"]).letter
    changes = prospects(payload)
    spread = draw.distribution(publisher.figures, payload) if publisher else None
    return Page(
        "portal/rating.html",
        {
            "record": payload,
            "no": numbered(True, True, True, bool(changes), True, bool(spread), True, True, True),
            "name": payload["name"],
            "association": told(payload["association"]),
            "category": told(payload["category_name"]),
            "joined_on": on(payload["joined_on"]),
            "shown": draw.Shown(payload["grade"] or None, payload["state"]),
            "by_score": draw.Shown(payload["by_score"], draw.RATED),
            "ceiling": draw.Shown(payload["ceiling"], draw.RATED),
            "is_graded": payload["state"] in draw.GRADED and bool(payload["grade"]),
            "held": any(hit["binding"] for hit in payload["ceilings"]),
            "letter": letter,
            "why": joined([told(text) for text in payload["why"]]),
            "groups": draw.groups(payload, selectors.indicators_of(payload["ruleset"]["sha256"])),
            "total": draw.total(payload),
            "down": draw.reasons(payload, "down"),
            "up": draw.reasons(payload, "up"),
            "caps": draw.caps(payload, selectors.conditions_of(payload["ruleset"]["sha256"])),
            "prospects": changes,
            "history": course,
            "steps": [
                (on(step["on"]), step["score"], step["grade"], step["state"]) for step in payload["history"]
            ],
            "distribution": spread,
            "confidence": draw.confidence(payload),
            "whole_confidence": draw.thousandths(payload["confidence"]["whole"]),
            "unknown": [told(text) for text in payload["unknown"]],
            "next_change_on": on(payload["next_change_on"]),
            "as_of": on(payload["as_of"]),
            "published_on": published,
            "decisions": list(selectors.decisions_of(public_id)),
            "bar": selectors.bar_of(public_id) if payload["state"] == draw.BARRED else None,
            "bundle": selectors.bundle_sha256(public_id),
            "address": address,
            "code": code(address, _("QR code of this page's address")),
            "citation": draw.citation(payload, published, address),
            "linked": linked.linked(linked.of_rating(payload, letter, address, published.isoformat())),
        },
    )


@public_page(versions.bar)
def bar(request: HttpRequest, public_id: str) -> Page:
    """A bar: facts, basis, term, review. Of this association only."""
    record = found(selectors.record(PublishedBar, public_id))
    payload, today = record.payload, timezone.localdate()
    start, end = on(payload["from_on"]), on(payload["until_on"]) or on(payload["review_on"])
    if start is None or end is None:
        raise Http404
    address = outside(request)
    name = _("Bar: %(name)s") % {"name": payload["name"]}
    return Page(
        "portal/bar.html",
        sanctions.bar(payload, today)
        | {
            "term": charts.Term(
                start=start,
                end=end,
                today=min(today, end),
                review=payload["for_life"],
                note=sanctions.note(payload),
            ),
            "published_on": localtime(record.published_at).date(),
            "address": address,
            "linked": linked.linked(linked.of_sanction(payload, name, address, payload["from_on"])),
        },
    )


@public_page(versions.decision)
def decision(request: HttpRequest, public_id: str) -> Page:
    """A decision: facts, basis, how it was taken, until when it is public."""
    record = found(selectors.record(PublishedDecision, public_id))
    payload = record.payload
    leaves = on(payload["withdraw_on"])
    address = outside(request)
    name = _("Decision %(number)s") % {"number": payload["number"]}
    return Page(
        "portal/decision.html",
        sanctions.decision(payload, timezone.localdate())
        | {
            "public_until": leaves - timedelta(days=1) if leaves else None,
            "published_on": localtime(record.published_at).date(),
            "address": address,
            "linked": linked.linked(linked.of_sanction(payload, name, address, payload["decided_on"])),
        },
    )


def found(record: Published | None) -> Published:
    """The record; 404 if it went between two questions."""
    if record is None:
        raise Http404
    return record


@lru_cache(maxsize=1024)
def code(address: str, label: str) -> SafeString:
    """The QR code of an address: a fifth of what drawing a page takes, and never another."""
    return proof.qr(address, label)


def outside(request: HttpRequest) -> str:
    """The page's address as the outside knows it."""
    return f"{settings.SITE_URL}{request.path}"

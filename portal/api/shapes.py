"""Whole records as the API gives them: the published payload with words for its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone

from core.ui.charts.history import HEIGHT, WIDTH, drawing
from core.ui.charts.standalone import standalone
from credit.publication.payloads.texts import in_both
from credit.publication.selectors import indicators_of
from portal.api.serializers import CATEGORIES, STATES, letter, page, site
from portal.drawing.course import history
from portal.drawing.rating import source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from credit.publication.selectors import Published

INTERNAL = {"marks", "caps", "category_name"}
"""What only the page's drawing needs."""


def rating(record: Published) -> dict[str, Any]:
    """A rating."""
    payload = {key: value for key, value in record.payload.items() if key not in INTERNAL}
    rules = indicators_of(payload["ruleset"]["sha256"])
    return payload | {
        "page": page("rating", payload["id"]),
        "published_at": record.published_at.isoformat(),
        "category": CATEGORIES[payload["category"]],
        "state": STATES[payload["state"]],
        "grade": letter(payload["grade"]),
        "by_score": letter(payload["by_score"]),
        "by_facts": letter(payload["by_facts"]),
        "ceiling": letter(payload["ceiling"]),
        "lines": [line(each, rules) for each in payload["lines"]],
        "prospects": [prospect(each) for each in payload.get("prospects", ())],
        "ceilings": [hit | {"at_most": letter(hit["at_most"])} for hit in payload["ceilings"]],
        **course(record),
    }


def course(record: Published) -> dict[str, Any]:
    """The steps of a rating."""
    return {
        "id": record.payload["id"],
        "history": [step(each) for each in record.payload["history"]],
        "ahead": [step(each) for each in record.payload["ahead"]],
        "marks": [{"no": no, **mark} for no, mark in enumerate(record.payload["marks"], 1)],
    }


def chart(record: Published) -> bytes:
    """The course of a rating as an SVG document, in the language in force. Http404 where nothing was ever shown."""
    course = history(record.payload, timezone.localdate())
    if course is None:
        raise Http404
    return standalone(drawing(course), WIDTH, HEIGHT).encode()


def line(told: dict[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
    """One line, with its rule and where its facts come from."""
    rule = rules.get(told["indicator"])
    return told | {
        "rule": rule
        and {
            "indicator": told["indicator"],
            "name": rule["name"],
            "text": rule["rule"],
            "url": f"{site('methodology')}#{rule['section']}",
        },
        "source": in_both(lambda: source(told)),
    }


def prospect(told: dict[str, Any]) -> dict[str, Any]:
    """One thing that would change the rating."""
    return step(told) | {"by_facts": letter(told["by_facts"])}


def step(told: dict[str, Any]) -> dict[str, Any]:
    """One step."""
    return told | {"grade": letter(told["grade"]), "state": STATES[told["state"]]}


def sanction(record: Published) -> dict[str, Any]:
    """A bar or decision."""
    payload = {key: value for key, value in record.payload.items() if key not in INTERNAL}
    return payload | {
        "page": page(payload["kind"], payload["id"]),
        "published_at": record.published_at.isoformat(),
        "category": CATEGORIES[payload["category"]],
    }

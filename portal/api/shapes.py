"""Whole records as the API gives them: the published payload with words for its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.api.serializers import CATEGORIES, STATES, letter, page

if TYPE_CHECKING:
    from credit.publication.selectors import Published

INTERNAL = {"marks", "caps", "down", "up", "category_name"}
"""What only the page's drawing needs."""


def rating(record: Published) -> dict[str, Any]:
    """A rating."""
    payload = {key: value for key, value in record.payload.items() if key not in INTERNAL}
    return payload | {
        "page": page("rating", payload["id"]),
        "published_at": record.published_at.isoformat(),
        "category": CATEGORIES[payload["category"]],
        "state": STATES[payload["state"]],
        "grade": letter(payload["grade"]),
        "by_score": letter(payload["by_score"]),
        "by_facts": letter(payload["by_facts"]),
        "ceiling": letter(payload["ceiling"]),
        "ceilings": [hit | {"at_most": letter(hit["at_most"])} for hit in payload["ceilings"]],
        **course(record),
    }


def course(record: Published) -> dict[str, Any]:
    """The steps of a rating."""
    return {
        "id": record.payload["id"],
        "history": [step(each) for each in record.payload["history"]],
        "ahead": [step(each) for each in record.payload["ahead"]],
    }


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

"""The same records for machines that read pages: schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from portal.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping

ESCAPED = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
BEST, WORST = 1, 10


def linked(data: Mapping[str, Any]) -> SafeString:
    """JSON-LD safe to stand inside a page: nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return SafeString(text.translate(ESCAPED))


def of_rating(payload: Mapping[str, Any], letter: str, address: str, published: str) -> dict[str, Any]:
    """A review of the member by the association."""
    who: dict[str, Any] = {
        "@type": "Person" if payload["is_person"] else "Organization",
        "name": payload["name"],
    }
    if payload["code"]:
        who["taxID"] = payload["code"]
    return {
        "@type": "Review",
        "url": address,
        "datePublished": published,
        "itemReviewed": who,
        "author": {"@type": "Organization", "name": told(payload["association"])},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": letter,
            "bestRating": "AAA",
            "worstRating": "D",
            "ratingExplanation": " ".join(told(text) for text in payload["why"]),
        },
    }


def of_sanction(payload: Mapping[str, Any], name: str, address: str, published: str) -> dict[str, Any]:
    """A decision or bar as a published notice."""
    return {
        "@type": "CreativeWork",
        "url": address,
        "name": name,
        "about": payload["name"],
        "datePublished": published,
        "publisher": {"@type": "Organization", "name": told(payload["association"])},
    }


def of_site(name: str, address: str) -> dict[str, Any]:
    """The register and its search."""
    return {
        "@type": "WebSite",
        "name": name,
        "url": address,
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{address}?q={{q}}",
            "query-input": "required name=q",
        },
    }

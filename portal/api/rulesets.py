"""The method as data: every public version, its canonical bytes, and the schema they obey."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound

from credit.publication import selectors, versions
from credit.rulesets.validation import SCHEMA
from portal.api import serializers
from portal.api.views import PROBLEMS, Door

if TYPE_CHECKING:
    from django.http import HttpResponse
    from rest_framework.request import Request

    from credit.publication.selectors import Method

SCHEMA_BYTES = json.dumps(SCHEMA, ensure_ascii=False, indent=1).encode()
SCHEMA_STAMP = hashlib.sha256(SCHEMA_BYTES).hexdigest()


class RuleSets(Door):
    """Every rule set that is public: the default, and associations' own versions, those announced included."""

    @extend_schema(
        operation_id="rulesets_list", summary="Rule sets", responses={200: serializers.RuleSetList}
    )
    def get(self, request: Request) -> HttpResponse:
        return self.answer(
            request,
            versions.methods() or "none",
            lambda: {
                "results": serializers.RuleSet([row(each) for each in selectors.methods()], many=True).data
            },
        )


class RuleSet(Door):
    """One rule set: the canonical bytes (RFC 8785) whose SHA-256 is its name."""

    @extend_schema(
        operation_id="rulesets_retrieve",
        summary="A rule set, byte for byte",
        responses={200: OpenApiTypes.OBJECT} | PROBLEMS,
    )
    def get(self, request: Request, sha256: str) -> HttpResponse:
        return self.answer_bytes(request, versions.method_named(sha256), lambda: canonical(sha256))


class RuleSetSchema(Door):
    """The JSON Schema (2020-12) that every rule set obeys."""

    @extend_schema(
        operation_id="rulesets_schema",
        summary="The schema of rule sets",
        responses={(200, "application/schema+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        return self.answer_bytes(request, SCHEMA_STAMP, lambda: SCHEMA_BYTES, "application/schema+json")


def row(each: Method) -> dict[str, Any]:
    return {
        "sha256": each.sha256,
        "id": each.payload["id"],
        "version": each.payload["version"],
        "name": each.payload["name"],
        "association": each.slug or None,
        "begins_on": each.begins_on,
        "ends_on": each.ends_on,
        "url": settings.SITE_URL + reverse("api:ruleset", args=[each.sha256]),
        "page": serializers.page("version", each.sha256),
    }


def canonical(sha256: str) -> bytes:
    """The bytes; a problem if the announcement went between two questions."""
    found = selectors.methods_named(sha256)
    if not found:
        raise NotFound
    text: str = found[0].payload["rules"]
    return text.encode()

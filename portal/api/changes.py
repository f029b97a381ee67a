"""What changed since: by which whoever keeps a copy of the register keeps it right."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from credit.publication import changes, versions
from credit.publication.states import RecordKind
from portal.api.views import CURSOR, PROBLEMS, Door

if TYPE_CHECKING:
    from django.http import HttpResponse
    from rest_framework.request import Request

MOST = 500


class Change(serializers.Serializer[Any]):
    """One record, by its latest."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=[str(kind) for kind in RecordKind])
    became = serializers.ChoiceField(choices=["public", "withdrawn"])
    edition = serializers.IntegerField(allow_null=True, help_text="null where it is public no more.")
    at = serializers.DateTimeField()
    url = serializers.CharField(allow_null=True, help_text="The record; null where it is public no more.")


class ChangeList(serializers.Serializer[Any]):
    """Changes, the earliest first."""

    next = serializers.CharField(allow_null=True, help_text="The address of what follows; null at the end.")
    since = serializers.DateTimeField(
        help_text="Ask with this the next time. A change may then be told twice: compare id and edition."
    )
    results = Change(many=True)


class Changes(Door):
    """What became public, changed or was withdrawn."""

    @extend_schema(
        operation_id="changes_list",
        summary="Changes since a time",
        parameters=[
            OpenApiParameter("since", str, description="RFC 3339 time, or a day of Shanghai; without it everything."),
            CURSOR,
        ],
        responses={200: ChangeList} | PROBLEMS,
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """Each record that became public, changed or was withdrawn since, once, by its latest."""
        since = asked(request.query_params.get("since", ""))
        cursor = request.query_params.get("cursor", "")
        return self.answer(request, versions.register(), lambda: told(request, since, cursor))


def asked(text: str) -> datetime:
    """The time that is meant. Raises ValidationError. A plus sign that an address turned into a blank is one."""
    if not text:
        return changes.EVERYTHING
    try:
        at = datetime.fromisoformat(text.strip().replace(" ", "+"))
        if len(text.strip()) == len("2026-11-26"):
            at = datetime.combine(date.fromisoformat(text.strip()), time.min)
        return at if at.tzinfo else timezone.make_aware(at)
    except (ValueError, OverflowError):
        raise ValidationError(
            {"since": [_("This is no time. Write it as 2026-11-26T08:00:00+08:00, or a day as 2026-11-26.")]}
        ) from None


def told(request: Request, since: datetime, cursor: str) -> dict[str, Any]:
    found = changes.changes(since, cursor, MOST)
    following = None
    if found.cursor:
        query = request.query_params.copy()
        query["cursor"] = found.cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return {
        "next": following,
        "since": found.since.isoformat(),
        "results": [
            {
                "id": each.id,
                "kind": each.kind,
                "became": "withdrawn" if each.edition is None else "public",
                "edition": each.edition,
                "at": each.at.isoformat(),
                "url": each.edition
                and settings.SITE_URL + reverse(f"api:{each.kind}-detail", args=[each.id]),
            }
            for each in found.found
        ],
    }

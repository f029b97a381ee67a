"""Complaints by key: a platform or authority files, gets a receipt, and follows what becomes of it."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from associations.complaints import tracking
from associations.complaints.forms.fields import MOST_WORDS, past_day, reachable
from associations.complaints.models.filing import MOST_KEY
from associations.complaints.services import Told
from associations.complaints.services.filing import Different, file_by_key, filings
from associations.complaints.states import ComplaintState, Topic
from associations.exchange import peers, rules
from associations.tenancy import scope
from core.ui.problems import as_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.utils.functional import Promise
    from rest_framework.request import Request

    from associations.complaints.models import Complaint, Filing
    from associations.exchange.models import Peer

BEARER = "Bearer"
SENDING = re.compile(rf"[\x21-\x7e]{{8,{MOST_KEY}}}")


class ByKey(BaseAuthentication):
    """`Authorization: Bearer <key>`. Behind a key stands no user."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Peer]:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        peer = peers.by_key(key.strip()) if scheme.lower() == BEARER.lower() else None
        verdict = rules.may_send(peer)
        if peer is None or not verdict:
            raise AuthenticationFailed(str(verdict.reason))
        return AnonymousUser(), peer

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's signature
        return BEARER


class KeyScheme(OpenApiAuthenticationExtension):
    """Tells the schema of it."""

    target_class = ByKey
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - spectacular's signature
        return {"type": "http", "scheme": "bearer"}


def peer_of(request: Request) -> Peer:
    """Who came through `ByKey`."""
    return cast("Peer", request.auth)


class SendsByKey(BasePermission):
    """Whoever came through `ByKey`."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 - DRF's signature
        return request.auth is not None


class PeerThrottle(SimpleRateThrottle):
    """So much a key and hour, wherever it is used from."""

    rate = "1200/hour"

    def get_cache_key(self, request: Request, view: APIView) -> str:  # noqa: ARG002 - DRF's signature
        return f"peer-{peer_of(request).public_id}"


class SentAnew(APIException):
    """The same name for another thing."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class Words(serializers.Serializer[dict[str, str]]):
    """The same in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


@keep_lazy_text
def _no_topic(words: Promise) -> str:
    return str(words) % ", ".join(Topic.values)


NO_TOPIC = _no_topic(_("“{input}” is no topic. One of: %s."))


class Sent(serializers.Serializer[dict[str, Any]]):
    """A complaint as a platform or authority sends it."""

    about = serializers.CharField(
        max_length=200, help_text="Member number, full name, code, live room or account."
    )
    topic = serializers.ChoiceField(choices=Topic.choices, error_messages={"invalid_choice": NO_TOPIC})
    facts = serializers.CharField(max_length=MOST_WORDS)
    wish = serializers.CharField(max_length=400, help_text="What is asked for.")
    occurred_on = serializers.DateField(required=False, allow_null=True, default=None)
    order_number = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    amount = serializers.DecimalField(
        max_digits=13, decimal_places=2, min_value=Decimal("0.01"), required=False, allow_null=True, default=None,
        help_text="Yuan.",
    )  # fmt: skip
    own_number = serializers.CharField(
        max_length=80,
        required=False,
        allow_blank=True,
        default="",
        help_text="The number it has with the sender.",
    )
    person = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    contact = serializers.CharField(
        max_length=120, required=False, allow_blank=True, default="", help_text="Telephone or mail address."
    )
    consent = serializers.BooleanField(
        required=False,
        default=False,
        help_text="The complainant agrees that the member gets name and contact.",
    )

    def validate_occurred_on(self, on: date | None) -> date | None:
        return past_day(on)

    def validate_contact(self, contact: str) -> str:
        return reachable(contact) if contact else ""

    def told(self) -> Told:
        data = dict(self.validated_data)
        amount, topic, own_number = (data.pop(name) for name in ("amount", "topic", "own_number"))
        return Told(
            **data,
            topic=Topic(topic),
            source_number=own_number,
            amount=None if amount is None else int(amount * 100),
        )


class Receipt(serializers.Serializer[dict[str, Any]]):
    """That it was received, and where it is followed."""

    number = serializers.CharField(help_text="The receipt's number.")
    own_number = serializers.CharField()
    received_on = serializers.DateField()
    url = serializers.CharField()


class Followed(Receipt):
    """How it stands."""

    state = serializers.ChoiceField(choices=ComplaintState.choices)
    state_name = Words()
    accepted_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)


class KeyDoor(APIView):
    """Inside the scope of the association that gave the key; nothing else is there."""

    authentication_classes = (ByKey,)
    permission_classes = (SendsByKey,)
    throttle_classes = (PeerThrottle,)

    def get_exception_handler(self) -> Callable[..., Any]:
        return as_problem

    def finalize_response(self, *told: Any, **more: Any) -> Response:
        response: Response = super().finalize_response(*told, **more)
        response.headers["Cache-Control"] = "no-store"
        return response


class Complaints(KeyDoor):
    """File a complaint."""

    @extend_schema(
        operation_id="file_complaint",
        request=Sent,
        responses={201: Receipt},
        parameters=[
            OpenApiParameter(
                "Idempotency-Key", str, OpenApiParameter.HEADER, required=True,
                description="8 to 80 visible characters, the sender's own name for this sending. Sent again with the "
                "same content it is the same complaint and the same answer; with another content it is refused (422).",
            )
        ],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """File a complaint. Answers with the receipt."""
        peer, sending = peer_of(request), request.headers.get("Idempotency-Key", "")
        if not SENDING.fullmatch(sending):
            raise ValidationError(
                {
                    "Idempotency-Key": [
                        _("Send this header: 8 to 80 visible ASCII characters, a new one each time.")
                    ]
                }
            )
        digest = hashlib.sha256(request.body).hexdigest()
        sent = Sent(data=request.data)
        sent.is_valid(raise_exception=True)
        with scope.of(peer.association_id):
            try:
                filing = file_by_key(peer=peer, sending=sending, body_sha256=digest, told=sent.told())
            except Different as refused:
                raise SentAnew(str(refused)) from None
        return Response(receipt(filing.complaint), status=status.HTTP_201_CREATED)


class ComplaintDetail(KeyDoor):
    """Follow a complaint."""

    @extend_schema(operation_id="follow_complaint", responses={200: Followed})
    def get(self, request: Request, number: str) -> Response:
        """How a complaint stands that was filed by this key."""
        peer = peer_of(request)
        with scope.of(peer.association_id):
            found: Filing | None = filings(peer).filter(complaint__tracking=tracking.read(number)).first()
            if found is None:
                raise Http404
            row = found.complaint
        return Response(
            receipt(row)
            | {
                "state": row.state,
                "state_name": in_both(row),
                "accepted_on": row.accepted_on,
                "closed_on": row.closed_on,
            }
        )


def receipt(row: Complaint) -> dict[str, Any]:
    """What never changes, so that whoever asks twice is told the same."""
    number = tracking.shown(row.tracking)
    return {
        "number": number,
        "own_number": row.source_number,
        "received_on": row.received_on,
        "url": reverse("api:complaint-detail", args=[number]),
    }


def in_both(row: Complaint) -> dict[str, str]:
    """The state in words."""
    found = {}
    for short, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            found[short] = str(row.get_state_display())
    return found

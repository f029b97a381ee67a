"""The open API's answers. Each costs one query for its version; the rest only where nobody has it yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from core.network import client_address
from core.ui.problems import as_problem
from credit.publication import selectors, versions
from credit.publication.cursors import stretch
from credit.publication.filters import BarFilters, DecisionFilters, RatingFilters
from credit.publication.models import PublishedBar, PublishedDecision, PublishedRating
from credit.publication.payloads.texts import LANGUAGES
from credit.publication.searching import in_order, search
from portal.api import serializers, shapes
from portal.doors import answer
from portal.pages.proofs import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from rest_framework.request import Request

PER_PAGE, MOST_FOUND = 50, 25
CURSOR = OpenApiParameter("cursor", str, description="From `next` or `previous` of the last answer.")
SVG = "image/svg+xml"
LANGUAGE = OpenApiParameter("lang", str, enum=["zh", "en"], description="Of the words in it; zh without.")
PROBLEMS = {400: serializers.Problem, 404: serializers.Problem, 429: serializers.Problem}


class SearchThrottle(AnonRateThrottle):
    """Searches cost more than reading: so many an address and minute. Reading is not counted."""

    rate = "120/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return "q" not in request.query_params or super().allow_request(request, view)

    def get_ident(self, request: Request) -> str:
        return client_address(request)


class Door(APIView):
    """Public, without session or key; errors are problem details; answers have an ETag."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (SearchThrottle,)

    def get_exception_handler(self) -> Callable[..., Any]:
        return as_problem

    def answer(self, request: Request, stamp: str | None, draw: Callable[[], Any]) -> HttpResponse:
        """What `draw` gives as JSON, unless the reader or this process has this version."""
        return self.answer_bytes(request, stamp, lambda: JSONRenderer().render(draw()))

    def answer_bytes(
        self,
        request: Request,
        stamp: str | None,
        draw: Callable[[], bytes],
        content_type: str = "application/json",
    ) -> HttpResponse:
        """The very bytes `draw` gives, unless the reader or this process has this version."""
        django = request._request  # noqa: SLF001 - DRF keeps Django's own there
        response = answer(django, stamp, draw, content_type)
        response.headers["Access-Control-Allow-Origin"] = "*"  # open data, no credentials
        return response


class Listed(Door, GenericAPIView):
    """A list with the page's filters, read by cursor; with `q` the best first, in one answer."""

    def get(self, request: Request) -> HttpResponse:
        return self.answer(request, versions.register(), partial(self.listed, request))

    def listed(self, request: Request) -> dict[str, Any]:
        rows = self.filter_queryset(self.get_queryset())
        query = request.query_params.get("q", "").strip()
        if query:
            found = in_order(rows, search(rows, query), MOST_FOUND)
            ways: dict[str, str | None] = {"next": None, "previous": None}
        else:
            part = stretch(rows, request.query_params.get("cursor", ""), PER_PAGE)
            found = list(part.items)
            ways = {"next": self.turn(request, part.next), "previous": self.turn(request, part.previous)}
        return {**ways, "results": self.get_serializer_class()(found, many=True).data}

    def turn(self, request: Request, cursor: str) -> str | None:
        """The address of another stretch."""
        if not cursor:
            return None
        asked = request.query_params.copy()
        asked["cursor"] = cursor
        return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


@extend_schema(
    operation_id="ratings_list",
    summary="Ratings",
    filters=True,
    parameters=[CURSOR],
    responses={200: serializers.RatingList} | PROBLEMS,
)
class Ratings(Listed):
    """Public ratings, the latest change first; by name, pinyin, initials (`q`), code, grade, association."""

    serializer_class = serializers.RatingRow
    filterset_class = RatingFilters

    def get_queryset(self) -> QuerySet[PublishedRating]:
        return selectors.ratings()


@extend_schema(
    operation_id="bars_list",
    summary="Bars",
    filters=True,
    parameters=[CURSOR],
    responses={200: serializers.BarList} | PROBLEMS,
)
class Bars(Listed):
    """Public bars in term, the latest first. A bar is one association's and bars from its membership only."""

    serializer_class = serializers.BarRow
    filterset_class = BarFilters

    def get_queryset(self) -> QuerySet[PublishedBar]:
        return selectors.bars()


@extend_schema(
    operation_id="decisions_list",
    summary="Decisions",
    filters=True,
    parameters=[CURSOR],
    responses={200: serializers.DecisionList} | PROBLEMS,
)
class Decisions(Listed):
    """Public decisions, the latest first."""

    serializer_class = serializers.DecisionRow
    filterset_class = DecisionFilters

    def get_queryset(self) -> QuerySet[PublishedDecision]:
        return selectors.decisions()


class Record(Door):
    """One record. Whoever takes a copy is told where to ask what becomes of it."""

    def dispatch(self, request: Any, *args: Any, **named: Any) -> Any:
        response: Any = super().dispatch(request, *args, **named)
        response.headers["Link"] = f'<{serializers.page("feed", named["public_id"])}>; rel="monitor"'
        return response


class RatingDetail(Record):
    """One rating, whole."""

    @extend_schema(summary="A rating, line by line", responses={200: serializers.Rating} | PROBLEMS)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return self.answer(
            request, versions.rating(public_id), lambda: shapes.rating(one(PublishedRating, public_id))
        )


class RatingHistory(Door):
    """The course of one rating."""

    @extend_schema(summary="The course of a rating", responses={200: serializers.History} | PROBLEMS)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return self.answer(
            request, versions.rating(public_id), lambda: shapes.course(one(PublishedRating, public_id))
        )


class RatingBundle(Record):
    """The evidence of one rating: a file that the offline verifier reads."""

    @extend_schema(
        summary="The evidence bundle of a rating",
        description="Canonical JSON (RFC 8785), signed: `python -m verifier` works the rating out again from it.",
        responses={200: {"type": "object"}} | PROBLEMS,
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        response = self.answer_bytes(
            request, versions.bundle(public_id), lambda: bundle(public_id), "application/json"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{public_id}.json"'
        return response


class Keys(Door):
    """The keys that this register signs with."""

    @extend_schema(summary="The register's keys (JSON Web Key Set)", responses={200: serializers.KeySet})
    def get(self, request: Request) -> HttpResponse:
        return keys(request._request)  # noqa: SLF001 - DRF keeps Django's own there


class Svg(JSONRenderer):
    """Lets readers ask for SVG; what it renders itself are problems, which are JSON."""

    media_type = SVG
    format = "svg"


class RatingChart(Door):
    """The course of one rating as a picture, its facts numbered as in `marks`."""

    renderer_classes = (JSONRenderer, Svg)

    @extend_schema(
        summary="The chart of a rating",
        parameters=[LANGUAGE],
        responses={(200, SVG): OpenApiTypes.BINARY} | PROBLEMS,
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        code = LANGUAGES.get(request.query_params.get("lang", "zh"))
        if code is None:
            raise ValidationError({"lang": [_("There is zh and en. Choose one of them.")]})

        def draw() -> bytes:
            with override(code):
                return shapes.chart(one(PublishedRating, public_id))

        return self.answer_bytes(request, versions.rating(public_id), draw, SVG)


class BarDetail(Record):
    """One bar, whole."""

    @extend_schema(summary="A bar", responses={200: serializers.Sanction} | PROBLEMS)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return self.answer(
            request, versions.bar(public_id), lambda: shapes.sanction(one(PublishedBar, public_id))
        )


class DecisionDetail(Record):
    """One decision, whole."""

    @extend_schema(summary="A decision", responses={200: serializers.Sanction} | PROBLEMS)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        return self.answer(
            request, versions.decision(public_id), lambda: shapes.sanction(one(PublishedDecision, public_id))
        )


class Associations(Door):
    """All associations."""

    @extend_schema(summary="Associations", responses={200: serializers.AssociationList})
    def get(self, request: Request) -> HttpResponse:
        return self.answer(
            request,
            versions.register(),
            lambda: {"results": serializers.Association(selectors.publishers(), many=True).data},
        )


class Account(Door):
    """An association's account of itself."""

    @extend_schema(
        summary="An association's account of itself", responses={200: serializers.Account} | PROBLEMS
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        return self.answer(request, versions.account(slug), lambda: told_of(slug))


class Nothing(Door):
    """Every other address of the API: a problem, not a page."""

    @extend_schema(exclude=True)
    def get(self, request: Request, path: str = "") -> HttpResponse:  # noqa: ARG002 - the address does not matter
        raise NotFound


class Schema(SpectacularAPIView):
    """The OpenAPI 3.1 description of what stands here."""

    authentication_classes = ()


class Docs(SpectacularSwaggerSplitView):
    """The description as a page; its script is a file of its own, as `script-src 'self'` wants it."""

    authentication_classes = ()
    template_name = "portal/api.html"


def bundle(public_id: str) -> bytes:
    """The file; a problem if it went between two questions."""
    body = selectors.bundle(public_id)
    if body is None:
        raise NotFound
    return body


def told_of(slug: str) -> dict[str, Any]:
    """The account; a problem before it is first counted."""
    account = selectors.account(slug)
    if account is None:
        raise NotFound
    return account.payload


def one(
    table: type[PublishedBar | PublishedDecision | PublishedRating], public_id: str
) -> selectors.Published:
    """The record; a problem if it went between two questions."""
    record = selectors.record(table, public_id)
    if record is None:
        raise NotFound
    return record

"""Errors as problem details (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = "5"
CONTENT_TYPE = "application/problem+json"


def as_problem(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: every error of the API as `application/problem+json`."""
    known = understood(error)
    request = context["request"]
    if known.status_code >= status.HTTP_500_INTERNAL_SERVER_ERROR and not isinstance(
        error, (OperationalError, InterfaceError)
    ):
        log.error("api_failed", exc_info=error)
        got_request_exception.send(sender=None, request=request._request)  # noqa: SLF001 - DRF keeps Django's own there
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(known.status_code).phrase,
        "status": known.status_code,
        "detail": sentence(known),
        "instance": request.path,
    }
    if isinstance(known, exceptions.ValidationError):
        problem["errors"] = list(fields(known.detail))
    return Response(problem, status=known.status_code, headers=headers(known), content_type=CONTENT_TYPE)


def understood(error: Exception) -> exceptions.APIException:
    """Django's errors in DRF's words; anything unknown is a failure of ours."""
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound(_("There is no such record, or it is no longer public."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(str(error))
    failed = exceptions.APIException(_("The mistake is ours. Try again in a minute."))
    if isinstance(error, (OperationalError, InterfaceError)):
        failed = exceptions.APIException(
            _("The register is briefly unavailable. Please try again in a few seconds.")
        )
        failed.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return failed


def sentence(error: exceptions.APIException) -> str:
    """What went wrong, in one sentence."""
    if isinstance(error, exceptions.ValidationError):
        return _("Some parameters are not right: see `errors`.")
    return str(error.detail)


def fields(detail: Any) -> Iterator[dict[str, str]]:
    """Each field with what is wrong about it."""
    for name, sentences in (detail if isinstance(detail, dict) else {"": detail}).items():
        for each in sentences:
            yield {"field": name, "detail": str(each)}


def headers(error: exceptions.APIException) -> dict[str, str]:
    """Retry-After where waiting helps, how to prove oneself where that is what lacks."""
    found = {"Cache-Control": "no-store"}
    if proof := getattr(error, "auth_header", None):
        found["WWW-Authenticate"] = proof
    wait = getattr(error, "wait", None)
    if wait is not None:
        found["Retry-After"] = f"{int(wait) + 1}"
    elif error.status_code == status.HTTP_503_SERVICE_UNAVAILABLE:
        found["Retry-After"] = RETRY_AFTER_SECONDS
    return found

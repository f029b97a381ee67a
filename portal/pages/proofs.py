"""What a stranger needs to check a bundle: the register's keys, and the verifier."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from core.signing.selectors import published_keys
from portal.doors import dressed, is_known, tag
from verifier.packing import archive

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of all signing keys, the retired ones too: a JSON Web Key Set."""
    body = json.dumps(published_keys(), indent=2, ensure_ascii=False).encode()
    response = given(request, body, "application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"  # public keys, no credentials
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The offline verifier as one file."""
    response = given(request, _archive(), "application/octet-stream")
    response.headers["Content-Disposition"] = 'attachment; filename="verifier.pyz"'
    return response


def given(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """What the process has by itself, unless the reader has it already. Asks no database."""
    etag = tag(request, hashlib.sha256(body).hexdigest())
    if is_known(request, etag):
        return dressed(HttpResponseNotModified(), etag)
    return dressed(HttpResponse(body, content_type=content_type), etag)


@cache
def _archive() -> bytes:
    return archive()

"""The console's door: an officer's page runs inside the scope of the association its address names."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.template.response import TemplateResponse

from associations.registry.frame import frame
from associations.registry.models import Association
from associations.tenancy import scope
from core.accounts.selectors import roles_of
from core.accounts.states import OFFICERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def console_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open `view(request, …)` for the officers of `slug` only, inside its scope.

    Sets `request.association` and `request.roles`. Whoever is no officer there gets 404: for them the
    console does not exist. Template responses get the console's frame (side menu, office) and are rendered before
    the scope ends.
    """

    @wraps(view)
    @login_required
    def inside(request: HttpRequest, slug: str, **named: Any) -> HttpResponseBase:
        association = Association.objects.filter(slug=slug).first()
        roles = roles_of(request.user, association.pk) & OFFICERS if association else frozenset()
        if not roles:
            raise Http404
        request.association, request.roles = association, roles
        with scope.of(association):
            response = view(request, **named)
            if isinstance(response, TemplateResponse):
                response.context_data = frame(request) | (response.context_data or {})
                response.render()
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return inside

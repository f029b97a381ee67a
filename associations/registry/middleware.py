"""The console's door: an officer's page runs inside the scope of the association its address names."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from associations.registry.frame import frame
from associations.registry.models import Association
from associations.tenancy import scope
from core.accounts.rules import may_enter
from core.accounts.selectors import roles_of
from core.accounts.states import OFFICERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.http import HttpResponseBase

    from core.accounts.models import User
    from core.accounts.states import Role


class ConsoleRequest(HttpRequest):
    """The request as a console page gets it: for annotations; the door sets what is new."""

    user: User
    association: Association
    roles: frozenset[Role]


def console_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open `view(request, …)` for the officers of `slug` only, inside its scope.

    Sets `request.association` and `request.roles`. Whoever is no officer there gets 404: for them the
    console does not exist; whose role asks for a second step sets it up first. Template responses get the
    console's frame (side menu, office) and are rendered before the scope ends.
    """
    return _door(view, scope.of)


def settings_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a console page that deals with accounts and appointments, which no scope may write: outside one.

    Such a page sees nothing of any association's own; its verbs open the scope for what they record.
    """
    return _door(view, lambda _association: transaction.atomic())


def _door(
    view: Callable[..., HttpResponseBase], within: Callable[[Association], AbstractContextManager[Any]]
) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    @login_required
    def inside(request: ConsoleRequest, slug: str, **named: Any) -> HttpResponseBase:
        association = Association.objects.filter(slug=slug).first()
        if association is None:
            raise Http404
        roles = roles_of(request.user, association.pk) & OFFICERS
        if not roles:
            raise Http404
        entry = may_enter(request, roles)
        if not entry:
            messages.warning(request, str(entry.reason))
            return redirect("mfa_index")
        request.association, request.roles = association, roles
        with within(association):
            response = view(request, **named)
            if isinstance(response, TemplateResponse):
                response.context_data = frame(request) | (response.context_data or {})
                response.render()
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return inside

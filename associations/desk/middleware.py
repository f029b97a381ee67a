"""The desk's door: a member's page runs inside the scope of the association, for the own membership only."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from associations.desk.selectors import own_membership
from associations.tenancy import scope
from core.accounts.selectors import subjects_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from associations.members.models import Membership
    from associations.registry.models import Association
    from core.accounts.models import User


class DeskRequest(HttpRequest):
    """A request behind the desk's door."""

    user: User
    association: Association
    membership: Membership


def desk_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open `view(request, …)` for whoever acts for the subject of `member` in `slug`, inside its scope.

    Sets `request.association` and `request.membership`. For everybody else there is nothing here: 404. Template
    responses are rendered before the scope ends.
    """

    @wraps(view)
    @login_required
    def inside(request: DeskRequest, slug: str, member: str, **named: Any) -> HttpResponseBase:
        held = [each for each in subjects_of(request.user) if each.association.slug == slug]
        if not held:
            raise Http404
        with scope.of(held[0].association):
            membership = own_membership(member, {each.subject_id for each in held if each.subject_id})
            if membership is None:
                raise Http404
            request.association, request.membership = held[0].association, membership
            response = view(request, **named)
            if isinstance(response, TemplateResponse):
                response.render()
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return inside

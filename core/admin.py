"""Gathers the rooms' pages of the operators' back office, and guards its door.

Nothing of an association's own is here: its rows exist only inside its scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django.contrib.auth.admin  # noqa: F401 - registers the groups, which the house does without
from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.shortcuts import redirect

import core.accounts.admin
import core.calendar.admin  # noqa: F401 - registers
from core.accounts.rules import may_hold_power

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

admin.site.unregister(Group)

_has_permission = admin.site.has_permission
_get_urls = admin.site.get_urls


def has_permission(request: HttpRequest) -> bool:
    """Operators come in with a second step."""
    return bool(_has_permission(request) and may_hold_power(request))


@secure_admin_login
def login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG001
    """Log in where everybody does; an operator without a second step is shown where to set it up."""
    messages.warning(request, str(may_hold_power(request).reason))
    return redirect("mfa_index")


def addresses() -> list[Any]:
    """All of Django's but one: *view on site* would ask any table by row number, and no role may."""
    return [each for each in _get_urls() if getattr(each, "name", "") != "view_on_site"]


admin.site.has_permission = has_permission  # type: ignore[method-assign]
admin.site.get_urls = addresses  # type: ignore[method-assign]
admin.site.login = login  # type: ignore[method-assign]

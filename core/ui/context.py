"""What every template may count on (a context processor): the portal's links and whether this is demo data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from core.ui import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise


def frame(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the signature of a context processor
    """`nav` and `foot_links` (only addresses that exist, resolved when first used), `demo`."""
    return {
        "nav": SimpleLazyObject(lambda: navigation.standing(navigation.PORTAL)),
        "foot_links": SimpleLazyObject(lambda: navigation.standing(navigation.FOOT)),
        "demo": getattr(settings, "DEMO", False),
    }


def back_office_label(request: HttpRequest) -> list[str | Promise] | None:  # noqa: ARG001 - unfold's signature
    """演示数据, in the head of every page of the back office: [words, colour], none outside a demonstration."""
    return [_("Demonstration data"), "warning"] if getattr(settings, "DEMO", False) else None

"""The method: the default, an association's own versions, and any version by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from credit.publication import selectors, versions
from portal.doors import Page, public_page
from portal.pages.lists import told_name
from portal.words import on, told

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from credit.publication.selectors import Method


@public_page(versions.method)
def methodology(_request: HttpRequest) -> Page:
    """The method, generated from the default rule set."""
    payload = selectors.method()
    if payload is None:
        raise Http404
    return page_of(payload)


@public_page(versions.methods_of)
def methodology_of(_request: HttpRequest, slug: str) -> Page:
    """The method an association rates by today, its own or the default, with those announced and those past."""
    publisher, found = selectors.publisher(slug), selectors.methods_of(slug)
    if publisher is None or not found:
        raise Http404
    today = timezone.localdate()
    own = [each for each in found if each.slug]
    now = next((each for each in own if each.on(today)), found[-1])
    return page_of(
        now.payload,
        publisher=told_name(publisher),
        slug=slug,
        own=bool(now.slug),
        until=now.ends_on,
        others=[line(each, today) for each in own if each is not now],
    )


@public_page(versions.method_named)
def version(_request: HttpRequest, sha256: str) -> Page:
    """One version by its name, and who rates by it when."""
    found = selectors.methods_named(sha256)
    if not found:
        raise Http404
    today, names = timezone.localdate(), {each.slug: told_name(each) for each in selectors.publishers()}
    users = [line(each, today) | {"publisher": names.get(each.slug, "")} for each in found]
    return page_of(found[0].payload, users=users)


def page_of(payload: dict[str, Any], **more: Any) -> Page:
    """The page of one rule set."""
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    context = {
        "method": payload,
        "title": told(payload["name"]),
        "sections": payload["sections"][language],
        "effective_from": on(payload["effective_from"]),
        "site": settings.SITE_URL,
    }
    return Page("portal/methodology.html", context | more)


def line(each: Method, today: date) -> dict[str, Any]:
    """A version among others: its period, and in a word where it stands."""
    past_or_to_come = _("announced") if each.begins_on > today else _("no longer in force")
    return {
        "name": each.payload["id"],
        "title": told(each.payload["name"]),
        "slug": each.slug,
        "begins_on": each.begins_on,
        "ends_on": each.ends_on,
        "state": _("in force") if each.on(today) else past_or_to_come,
        "to_come": each.begins_on > today,
        "url": reverse("portal:version", args=[each.sha256]),
    }

"""Tags of the frame: menus, languages, the demonstration's banner. Loaded with `{% load ui %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils import timezone, translation

from core.ui import formatting, navigation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template import Context

register = template.Library()


@register.inclusion_tag("components/nav.html", takes_context=True)
def navlist(context: Context, links: Iterable[navigation.Link]) -> dict[str, Any]:
    """A list of links with the current one marked; their counts in words for those who cannot see the colour."""
    request = context.get("request")
    return {"links": navigation.mark(links, request.path if request else "")}


@register.inclusion_tag("components/language.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The same page in the other language."""
    request = context.get("request")
    now = translation.get_language() or settings.LANGUAGE_CODE
    others = [(code, words) for code, words in settings.LANGUAGES if code != now]
    path = request.get_full_path() if request else "/"
    return {"others": [(spell(code), words, navigation.in_language(path, code)) for code, words in others]}


register.simple_tag(navigation.front_door, name="front_door")
register.simple_tag(navigation.page_above, name="page_above")


@register.simple_tag
def account_links() -> list[navigation.Link]:
    """What a person can change about their own log-in."""
    return navigation.standing(navigation.ACCOUNT)


@register.simple_tag
def logout_url() -> str:
    """Where logging out is asked for; "" where there is no log-in."""
    return next((link.url for link in navigation.standing(navigation.LEAVE)), "")


@register.simple_tag
def page_language() -> str:
    """The language of this page as HTML spells it: zh-Hans, en."""
    return spell(translation.get_language() or settings.LANGUAGE_CODE)


def spell(code: str) -> str:
    return {"zh-hans": "zh-Hans"}.get(code, code)


@register.inclusion_tag("components/demo.html")
def demo_banner() -> dict[str, Any]:
    """演示数据, on every page of a demonstration; read from the settings, so that error pages have it too."""
    return {"demo": getattr(settings, "DEMO", False)}


@register.simple_tag
def right_now() -> str:
    """Tell this minute in Shanghai, with its weekday."""
    return formatting.weekday_stamp(timezone.now())

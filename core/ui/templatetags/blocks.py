"""Tags around content: sections, notices, scrolling tables, confirmations. Loaded with `{% load ui %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.ui.serials import serial

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A wide table's frame: it scrolls, by keyboard too, and has a name."""
    return format_html('<div class="tw" tabindex="0" role="region" aria-label="{}">{}</div>', label, content)


@register.simple_block_tag
def empty(content: str, title: str, level: int = 3) -> SafeString:
    """Nothing here: the `title` says what, the content says what to do next."""
    return format_html('<div class="empty"><h{0}>{1}</h{0}>{2}</div>', level, title, content)


@register.simple_block_tag
def say(content: str, kind: str = "", title: str = "", level: int = 3) -> SafeString:
    """A notice in the page: `kind` "", "warn", "bad" (read out at once) or "ok"."""
    head = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    role = SafeString(' role="alert"') if kind == "bad" else ""
    return format_html('<div class="say {}"{}>{}{}</div>', kind, role, head, content)


@register.simple_block_tag(takes_context=True)
def section(  # noqa: PLR0917 - template tags name what they give
    context: Context,
    content: str,
    title: str,
    id: str = "",  # noqa: A002 - it is the id
    no: str = "",
    note: str = "",
    css: str = "m",
) -> SafeString:
    """A section with its name in the margin: `{% section "Why" id="why" no="一" %}…{% endsection %}`.

    `css=""` puts the name above instead; `note` stands small below it.
    """
    anchor = id or serial(context, title)
    head = format_html('<span class="no">{}</span>', no) if no else ""
    below = format_html("<p>{}</p>", note) if note else ""
    return format_html(
        '<section class="sec {}" id="{}" aria-labelledby="h-{}"><header><h2 id="h-{}">{}{}</h2>{}</header>{}</section>',
        css, anchor, anchor, anchor, head, title, below, content,
    )  # fmt: skip


@register.simple_block_tag
def dialog(content: str, button: str, title: str, kind: str = "") -> SafeString:
    """A confirmation that opens below its button, without JavaScript. `kind`: "seal-act" for what hurts."""
    return format_html(
        '<details class="confirm"><summary class="btn {}">{}</summary>'
        '<div class="dialog"><h3>{}</h3>{}</div></details>',
        kind, button, title, content,
    )  # fmt: skip

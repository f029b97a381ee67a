"""`{% load ui %}`: the components. Each tag's docstring says what it takes; templates/components/ draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

from core.ui import charts, clocks, formatting, forms, grades, paging, proof
from core.ui.serials import serial
from core.ui.templatetags import blocks, frame

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.core.paginator import Page
    from django.forms import BoundField, Form
    from django.template import Context
    from django.utils.safestring import SafeString

    from core.verdicts import Verdict

register = template.Library()
register.tags.update(blocks.register.tags | frame.register.tags)

for name in (
    "day",
    "month_day",
    "stamp",
    "weekday_stamp",
    "points",
    "plain_points",
    "change",
    "lost",
    "whole",
    "tenths",
    "plus",
    "grouped",
    "yuan",
    "groups",
    "size",
    "money",
):
    register.filter(name, getattr(formatting, name))

for name in ("bars", "distribution", "history", "migration", "multiples", "sparkline", "term", "training"):
    register.simple_tag(getattr(charts, name), name=f"chart_{name}")


# ---- grades ----


@register.inclusion_tag("components/grade.html")
def grade(rating: Any, state: int | None = None, *, tags: bool = True) -> dict[str, Any]:
    """The chip: `{% grade rating %}` (its `shown` or `grade`, and `state`), or `{% grade 3 %}`, `{% grade "AA" 1 %}`.

    `tags=False` leaves out the word 暂评 or 禁入 beside it.
    """
    shown, standing = graded(rating, state)
    return {"face": grades.face(shown, standing), "tags": tags}


@register.inclusion_tag("components/plate.html")
def plate(rating: Any, state: int | None = None, *, ladder: bool = True) -> dict[str, Any]:
    """The big letter with its word, and below it the ladder of ten grades."""
    shown, standing = graded(rating, state)
    face = grades.face(shown, standing)
    steps = [(letter, grades.band(letter), letter == face.letter) for letter in grades.LETTERS]
    return {"face": face, "steps": steps if ladder else (), "long": len(face.letter) > 2}  # noqa: PLR2004


def graded(rating: Any, state: int | None) -> tuple[int | str | None, int]:
    """The grade and state of a rating, or of a bare grade."""
    if rating is None or isinstance(rating, int | str):
        return rating, state or 0
    shown = rating.shown if hasattr(rating, "shown") else rating.grade
    return shown, rating.state if state is None else state


@register.filter
def band(value: int | str | None) -> int:
    """The colour band of a grade for `data-b`: 1 to 5, 0 for none."""
    return grades.face(value).band


@register.inclusion_tag("components/dims.html")
def dims(dimensions: Iterable[Any]) -> dict[str, Any]:
    """Six bars. Each item: `label`, `got` and `most` in milli-points, `anchor` (or "")."""
    return {
        "rows": [(item, f"{100 * item.got / item.most:.2f}" if item.most else "0") for item in dimensions]
    }


@register.inclusion_tag("components/ledger.html")
def ledger(groups: Iterable[Any], total: Any, caption: str = "", contest: str = "") -> dict[str, Any]:
    """Every line of a rating, summed. The shapes are in templates/components/ledger.html."""
    return {"groups": groups, "total": total, "caption": caption, "contest": contest}


# ---- clocks, bars, proof ----


@register.inclusion_tag("components/clock.html")
def clock(remaining: int, on: date, *, soon: int = clocks.SOON, used: int | None = None) -> dict[str, Any]:
    """剩余 3 个工作日（11月25日）. `remaining` working days to `on`, negative when overdue; `used` % draws the fuse."""
    return {"clock": clocks.clock(remaining, on, soon=soon), "used": used}


@register.inclusion_tag("components/clock.html")
def clock_dense(
    remaining: int, on: date, *, soon: int = clocks.SOON, used: int | None = None
) -> dict[str, Any]:
    """剩 3 日 11-25, for columns whose heading tells the unit."""
    return {"clock": clocks.dense(remaining, on, soon=soon), "used": used}


@register.simple_tag
def burn(percent: float) -> SafeString:
    """A fuse: `percent` used, in steps of five (a class, since inline styles are refused)."""
    return format_html('<span class="burn"><span class="w{}"></span></span>', width(percent))


def width(percent: float) -> int:
    """The nearest of w0, w5 … w100; something used is never drawn as nothing."""
    step = 5 * round(min(100, max(0, percent)) / 5)
    return max(step, 5) if percent > 0 else step


register.simple_tag(proof.seal, name="seal")
register.simple_tag(proof.qr, name="qr")


# ---- actions and forms ----


@register.inclusion_tag("components/act.html", takes_context=True)
def act(
    context: Context,
    verdict: Verdict | bool | None,
    url: str,
    label: str,
    **how: Any,
) -> dict[str, Any]:
    """A verb: enabled when the verdict allows it, else disabled with the verdict's reason beside it.

    `how`: `kind` ("pri", "seal-act", "text"), `method` ("post" by default, "get" makes a link), `note` (a hint below),
    `name` and `value` (of the button), `wide`, `more` (a link beside the reason).
    """
    allowed = verdict is None or bool(getattr(verdict, "allowed", verdict))
    return {
        "allowed": allowed,
        "reason": getattr(verdict, "reason", ""),
        "url": url,
        "label": label,
        "id": serial(context, f"{url} {label}"),
        "csrf_token": context.get("csrf_token"),
        "method": "post",
        **how,
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field of a form: label, hint, error, widget, in this order and tied together."""
    return forms.describe(bound, hint)


@register.inclusion_tag("components/fields.html")
def fields(form: Form, *names: str) -> dict[str, Any]:
    """All fields of a form, or those named; hidden ones too."""
    return {"bounds": [form[name] for name in names] if names else list(form)}


@register.inclusion_tag("components/errors.html")
def errors(form: Form, *more: Form) -> dict[str, Any]:
    """The summary of what must be corrected, above the form; nothing when there is nothing."""
    found = [problem for one in (form, *more) for problem in forms.problems(one)]
    return {"problems": found, "count": len(found)}


# ---- lists ----


@register.inclusion_tag("components/filters.html", takes_context=True)
def filterbar(context: Context, form: Form, hint: str = "") -> dict[str, Any]:
    """The filters of a list as one line. Sorting and view are kept; pages start again."""
    return forms.filters(form, context["request"]) | {"hint": hint}


@register.inclusion_tag("components/sortable.html", takes_context=True)
def sortable(context: Context, label: str, key: str, css: str = "") -> dict[str, Any]:
    """A column heading that sorts (`?sort=key`, `?sort=-key`). `css` such as "n" for number columns."""
    request = context["request"]
    now = request.GET.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    turned = f"-{key}" if now == key else key
    return {"label": label, "state": state, "css": css, "url": paging.address(request, sort=turned)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page | paging.Stretch, name: str = "") -> dict[str, Any]:
    """Previous and next, with the filters kept. Takes Django's Page or a `Stretch` read by cursor.

    A second pager on a page needs a `name` of its own.
    """
    request = context["request"]
    if isinstance(page, paging.Stretch):
        turn = {"previous": page.previous, "next": page.next}
        urls = {way: paging.address(request, cursor=at) if at else "" for way, at in turn.items()}
        return {"stretch": page, "shown": len(page), "name": name, **urls}
    return {
        "page": page,
        "name": name,
        "previous": paging.address(request, page=page.previous_page_number()) if page.has_previous() else "",
        "next": paging.address(request, page=page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def keep(context: Context, **changes: Any) -> str:
    """The address of this page with some parameters changed: `<a href="{% keep view='late' %}">`."""
    return paging.address(context["request"], **changes)


# ---- pieces of a page ----


@register.inclusion_tag("components/progress.html")
def progress(label: str, done: int | None = None, total: int | None = None, **more: Any) -> dict[str, Any]:
    """Work going on. Without `done` and `total` it is not known how much. `more`: `note`, `left` (both words)."""
    return {"label": label, "done": done, "total": total, **more}


@register.inclusion_tag("components/timeline.html")
def timeline(moments: Iterable[Any]) -> dict[str, Any]:
    """What happened. Each: `on` (date) or `when` (words), `text`, `note` (or ""), `todo` (still to come)."""
    return {"moments": moments}


@register.inclusion_tag("components/gate.html")
def gate(lines: Iterable[Any]) -> dict[str, Any]:
    """A list of conditions. Each: `label`, `state` ("met", "missing", "waiting"), `remedy`, `url`, `link` (words)."""
    return {"lines": lines}


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context: Context, text: str, *, copy: bool = True) -> dict[str, Any]:
    """A ready citation with a button that copies it (shown only where scripts run)."""
    return {"text": text, "copy": copy, "id": serial(context, text)}

"""Forms as the register shows them: what was typed stays, the field is named, the remedy stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import CheckboxInput, ClearableFileInput, FileInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect

from core.ui import paging

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField
    from django.http import HttpRequest


def kind(bound: BoundField) -> str:
    """How a field is laid out: hidden, group, check, file or plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput | ClearableFileInput) else "plain"


def describe(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """What components/field.html needs: the widget tied to its hint and its errors."""
    words = hint or bound.help_text
    anchor = bound.auto_id or bound.html_name
    ties = [f"{anchor}_hint"] * bool(words) + [f"{anchor}_msg"] * bool(bound.errors)
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(ties)} if ties else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind(bound),
        "hint": words,
        "anchor": anchor,
        "ties": " ".join(ties),
        "widget": bound.as_widget(attrs=attrs),
        "optional": not bound.field.required,
    }


def problems(form: BaseForm) -> list[tuple[str, str, str]]:
    """Everything wrong with a form: (id of the field or "", its label or "", the sentence)."""
    found = [("", "", str(sentence)) for sentence in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or bound.auto_id or ""
        found += [(str(target), str(bound.label), str(sentence)) for sentence in bound.errors]
    return found


def filters(form: BaseForm, request: HttpRequest) -> dict[str, Any]:
    """What components/filters.html needs: each field marked when it filters; what else must stay in the address."""
    rows, active = [], 0
    for bound in form.visible_fields():
        on = bool(request.GET.get(bound.html_name))
        active += on
        rows.append((bound, bound.as_widget(attrs={"class": "set"} if on else {})))
    names = {bound.html_name for bound in form}
    kept = [
        (name, value) for name, value in request.GET.items() if name not in names and name not in paging.PLACE
    ]
    clear = paging.address(request, without=[*names, *paging.PLACE])
    return {"rows": rows, "hidden": form.hidden_fields(), "kept": kept, "active": active, "clear": clear}

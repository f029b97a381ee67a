"""Migrating in a fraction of the time: an index, a constraint or one more field is no reason to render models again.

While it migrates, Django keeps every model rendered as a class, and renders a model and all that refer to it again
whenever its state changes. Nearly every model here refers to the association, so each of some two hundred indexes
and constraints rendered forty models. Both are lists among a model's options and change nothing else of its class:
within `quick_state` the list is replaced on the class that is there. Likewise a field that a migration adds on the way
forward is given to the class that is there. The state before shares that class, but nobody asks it for more than its
table; on the way back the states before are asked, and their classes are rendered.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db.migrations import Migration
from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.models import Field

CHANGES = ("_append_option", "_remove_option", "_alter_option")
"""What adds, removes and alters an index or a constraint of a state."""


@contextmanager
def quick_state() -> Iterator[None]:
    """Let migrations of the block change a rendered model in place."""
    changed = {(ProjectState, name): _in_place(getattr(ProjectState, name)) for name in CHANGES}
    with _replaced(changed | {(Migration, "apply"): _adding_in_place(Migration.apply)}):
        yield


@contextmanager
def _replaced(methods: dict[tuple[type, str], Callable[..., Any]]) -> Iterator[None]:
    own = {(where, name): getattr(where, name) for where, name in methods}
    try:
        for (where, name), method in methods.items():
            setattr(where, name, method)
        yield
    finally:
        for (where, name), method in own.items():
            setattr(where, name, method)


def _in_place(change: Callable[..., None]) -> Callable[..., None]:
    """The same change of the state, while nothing is rendered that could be rendered again."""

    def changed(state: ProjectState, app_label: str, model_name: str, option: str, *told: Any) -> None:
        rendered = state.__dict__.pop("apps", None)
        change(state, app_label, model_name, option, *told)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            options = rendered.get_model(app_label, model_name)._meta  # noqa: SLF001 - a public name of models
            setattr(options, option, list(state.models[app_label, model_name].options[option]))
            options.__dict__.pop("total_unique_constraints", None)  # a cached property over the constraints

    return changed


def _adding_in_place(apply: Callable[..., ProjectState]) -> Callable[..., ProjectState]:
    def applied(
        migration: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor, *told: Any, **more: Any
    ) -> ProjectState:
        with _replaced({(ProjectState, "add_field"): _field_in_place(ProjectState.add_field)}):
            return apply(migration, state, editor, *told, **more)

    return applied


def _field_in_place(add: Callable[..., None]) -> Callable[..., None]:
    """The same change of the state; a many-to-many field brings a table of its own, and is rendered."""

    def added(
        state: ProjectState, app_label: str, model_name: str, name: str, field: Field[Any, Any], *told: Any
    ) -> None:
        rendered = None if field.many_to_many else state.__dict__.pop("apps", None)
        add(state, app_label, model_name, name, field, *told)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            kept = state.models[app_label, model_name].fields[name].clone()
            kept.contribute_to_class(rendered.get_model(app_label, model_name), name)
            rendered.clear_cache()  # the other models' relations

    return added

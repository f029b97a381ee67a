"""Migrating in half the time: an index or a constraint is no reason to render a model again.

While it migrates, Django keeps every model rendered as a class, and renders a model and all that refer to it again
whenever its state changes. Nearly every model here refers to the association, so each of some two hundred indexes
and constraints rendered forty models. Both are lists among a model's options and change nothing else of its class:
within `quick_state` the list is replaced on the class that is there.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHANGES = ("_append_option", "_remove_option", "_alter_option")
"""What adds, removes and alters an index or a constraint of a state."""


@contextmanager
def quick_state() -> Iterator[None]:
    """Let migrations of the block change a rendered model's indexes and constraints in place."""
    own = {name: getattr(ProjectState, name) for name in CHANGES}
    for name, change in own.items():
        setattr(ProjectState, name, _in_place(change))
    try:
        yield
    finally:
        for name, change in own.items():
            setattr(ProjectState, name, change)


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

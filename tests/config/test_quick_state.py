"""Indexes and constraints of a state change without rendering a model again, and end up the same."""

from django.db import models
from django.db.migrations import operations
from django.db.migrations.state import ModelState, ProjectState

from config.quick_state import quick_state

KEYED = models.UniqueConstraint(fields=["number"], name="keyed")
WORDED = models.UniqueConstraint(fields=["number"], name="keyed", violation_error_message="twice")
FOUND = models.Index(fields=["number"], name="found")


def rendered():
    """A state of one model with its class."""
    state = ProjectState()
    state.add_model(
        ModelState(
            "core", "Thing", [("id", models.AutoField(primary_key=True)), ("number", models.IntegerField())]
        )
    )
    return state, state.apps.get_model("core", "thing")


def names(model):
    return [each.name for each in (*model._meta.constraints, *model._meta.indexes)]


def test_what_is_added_altered_and_removed_is_on_the_class_that_was_there():
    state, thing = rendered()
    with quick_state():
        operations.AddConstraint("thing", KEYED).state_forwards("core", state)
        operations.AddIndex("thing", FOUND).state_forwards("core", state)
        assert state.apps.get_model("core", "thing") is thing
        assert (names(thing), thing._meta.total_unique_constraints) == (["keyed", "found"], [KEYED])
        operations.AlterConstraint("thing", "keyed", WORDED).state_forwards("core", state)
        assert thing._meta.constraints == [WORDED]
        operations.RemoveIndex("thing", "found").state_forwards("core", state)
        operations.RemoveConstraint("thing", "keyed").state_forwards("core", state)
    assert (names(thing), thing._meta.total_unique_constraints) == ([], [])
    assert state.models["core", "thing"].options["constraints"] == []


def test_a_state_that_is_not_rendered_stays_so():
    state, _thing = rendered()
    del state.apps
    with quick_state():
        operations.AddIndex("thing", FOUND).state_forwards("core", state)
    assert "apps" not in state.__dict__
    assert names(state.apps.get_model("core", "thing")) == ["found"]


def test_after_it_django_renders_again():
    state, thing = rendered()
    with quick_state():
        pass
    operations.AddIndex("thing", FOUND).state_forwards("core", state)
    assert state.apps.get_model("core", "thing") is not thing

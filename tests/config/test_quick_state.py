"""Indexes, constraints and added fields of a state change without rendering a model again, and end up the same."""

from unittest.mock import Mock

from django.db import models
from django.db.migrations import Migration, operations
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


def adding(name, field):
    """Apply a migration that adds the field; give the class of before, the state after and the editor."""
    state, thing = rendered()
    state.add_model(ModelState("core", "Owner", [("id", models.AutoField(primary_key=True))]))
    thing, editor = state.apps.get_model("core", "thing"), Mock(atomic_migration=True)
    editor.connection.alias = "default"
    migration = Migration("0002", "core")
    migration.operations = [operations.AddField("thing", name, field, preserve_default=False)]
    with quick_state():
        after = migration.apply(state, editor)
    return thing, after, editor


def test_a_field_that_is_added_is_on_the_class_that_was_there():
    thing, after, editor = adding("word", models.CharField(max_length=9, default="none"))
    assert after.apps.get_model("core", "thing") is thing
    assert [field.name for field in thing._meta.local_fields] == ["id", "number", "word"]
    (_model, told), _ = editor.add_field.call_args
    assert told is thing._meta.get_field("word")
    assert not told.has_default()  # it was for the rows that were there


def test_a_key_that_is_added_is_known_at_its_other_end():
    thing, after, _editor = adding("owner", models.ForeignKey("core.Owner", models.CASCADE, default=1))
    owner = after.apps.get_model("core", "owner")
    assert after.apps.get_model("core", "thing") is thing
    assert thing._meta.get_field("owner").related_model is owner
    assert [each.related_model for each in owner._meta.related_objects] == [thing]


def test_on_the_way_back_the_state_before_has_a_class_of_its_own():
    state, thing = rendered()
    with quick_state():
        operations.AddField("thing", "word", models.TextField(default="")).state_forwards("core", state)
    assert [field.name for field in thing._meta.local_fields] == ["id", "number"]
    assert state.apps.get_model("core", "thing") is not thing

"""Documents drawn from the code are the code's."""

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from associations.discipline.states import TRANSITIONS
from config import generated_docs
from config.generated_docs import bylaws, diagram, documents, rooms, rows, title, ways
from config.management.commands import write_docs


class DoorState(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"


class Act(models.TextChoices):
    CLOSE = "close", "Closing"


PLAIN = {DoorState.OPEN: frozenset({DoorState.SHUT}), DoorState.SHUT: frozenset()}
STEPS = {DoorState.OPEN: {Act.CLOSE: DoorState.SHUT}, DoorState.SHUT: {}}


def test_a_table_is_drawn_and_told():
    assert diagram(STEPS).splitlines() == [
        "```mermaid", "stateDiagram-v2", "    open: Open", "    shut: Shut", "    open --> shut: Closing",
        "    shut --> [*]", "```",
    ]  # fmt: skip
    assert rows(PLAIN).splitlines() == ["| from | step | to |", "| --- | --- | --- |", "| Open |  | Shut |"]
    assert [title("TRANSITIONS", PLAIN), title("BACK_DOOR_TRANSITIONS", PLAIN)] == [
        "States: door", "States: back door",
    ]  # fmt: skip


def test_every_way_of_a_case_is_drawn():
    assert len(list(ways(TRANSITIONS))) == sum(len(after) for after in TRANSITIONS.values())
    assert "associations.discipline" in rooms()
    assert [law.split()[0] for law in bylaws("associations.discipline")][:2] == [
        "**may_add_evidence**",
        "**may_appeal**",
    ]


def test_check_names_what_is_stale_or_left_over(tmp_path, monkeypatch):
    for module in (generated_docs, write_docs):
        monkeypatch.setattr(module, "BASE_DIR", tmp_path)
    monkeypatch.setattr(generated_docs, "rooms", lambda: ["associations.discipline"])
    call_command("write_docs")
    call_command("write_docs", check=True)
    (tmp_path / "docs/states/discipline.md").write_text("stale")
    (tmp_path / "docs/states/gone.md").write_text("left")
    with pytest.raises(CommandError) as refused:
        call_command("write_docs", check=True)
    assert str(refused.value).splitlines()[1:] == ["docs/states/discipline.md", "docs/states/gone.md"]
    call_command("write_docs")
    assert sorted(path.name for path in (tmp_path / "docs/states").iterdir()) == ["discipline.md"]
    assert {path.read_text() for path in documents()} == set(documents().values())

"""What a remedy can be about, and the states of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Thing(models.TextChoices):
    """What a remedy is about."""

    FACT = "fact", _("Fact of the conduct file")
    DECISION = "decision", _("Decision")
    BAR = "bar", _("Bar")
    LINE = "line", _("Line of the rating")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("Being looked into")
    UPHELD = "upheld", _("Objection upheld")
    REFUSED = "refused", _("Objection not upheld")
    WITHDRAWN = "withdrawn", pgettext_lazy("remedy", "Withdrawn")


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    CONFIRMED = "confirmed", _("Corrected")
    REFUSED = "refused", _("Not corrected")


class RepairState(models.TextChoices):
    ASKED = "asked", _("Applied for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("remedy", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("remedy", "Withdrawn")


class StatementState(models.TextChoices):
    WRITTEN = "written", _("Written, not yet checked")
    PASSED = "passed", _("Stands beside the record")
    WITHHELD = "withheld", _("Withheld from the public")
    TAKEN_BACK = "taken_back", _("Taken back")


OBJECTION_TRANSITIONS: dict[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.OPEN: frozenset({ObjectionState.UPHELD, ObjectionState.REFUSED, ObjectionState.WITHDRAWN}),
    ObjectionState.UPHELD: frozenset(),
    ObjectionState.REFUSED: frozenset(),
    ObjectionState.WITHDRAWN: frozenset(),
}
CORRECTION_TRANSITIONS: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.CONFIRMED, CorrectionState.REFUSED}),
    CorrectionState.CONFIRMED: frozenset(),
    CorrectionState.REFUSED: frozenset(),
}
REPAIR_TRANSITIONS: dict[RepairState, frozenset[RepairState]] = {
    RepairState.ASKED: frozenset({RepairState.GRANTED, RepairState.REFUSED, RepairState.WITHDRAWN}),
    RepairState.GRANTED: frozenset(),
    RepairState.REFUSED: frozenset(),
    RepairState.WITHDRAWN: frozenset(),
}
STATEMENT_TRANSITIONS: dict[StatementState, frozenset[StatementState]] = {
    StatementState.WRITTEN: frozenset(
        {StatementState.PASSED, StatementState.WITHHELD, StatementState.TAKEN_BACK}
    ),
    StatementState.PASSED: frozenset({StatementState.TAKEN_BACK}),
    StatementState.WITHHELD: frozenset({StatementState.TAKEN_BACK}),
    StatementState.TAKEN_BACK: frozenset(),
}

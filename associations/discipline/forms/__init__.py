"""What officers type in: one form for each verb. `save()` calls the verb."""

from associations.discipline.forms.hearing import LapseForm, NoticeForm, OpenForm, StatementForm, WaiveForm
from associations.discipline.forms.judging import DecideForm, PanelForm, RecuseForm, ReplaceForm, VoteForm
from associations.discipline.forms.outcome import CloseForm, DropForm, ReverseForm, ServeForm
from associations.discipline.forms.step import StepForm

__all__ = [
    "CloseForm",
    "DecideForm",
    "DropForm",
    "LapseForm",
    "NoticeForm",
    "OpenForm",
    "PanelForm",
    "RecuseForm",
    "ReplaceForm",
    "ReverseForm",
    "ServeForm",
    "StatementForm",
    "StepForm",
    "VoteForm",
    "WaiveForm",
]

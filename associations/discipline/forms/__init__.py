"""What officers type in: one form for each verb. `save()` calls the verb."""

from associations.discipline.forms.evidence import EvidenceForm
from associations.discipline.forms.filing import ExtendForm, FileForm, ReassignForm, ReportForm, WeighForm
from associations.discipline.forms.hearing import (
    AskHearingForm,
    CallHearingForm,
    GiveUpHearingForm,
    HoldHearingForm,
    LapseForm,
    NoticeForm,
    StatementForm,
    WaiveForm,
)
from associations.discipline.forms.hearing_day import HearingDayForm
from associations.discipline.forms.judging import (
    ApproveForm,
    BoardVoteForm,
    DecideForm,
    PanelForm,
    RecuseForm,
    ReplaceForm,
    VoteForm,
)
from associations.discipline.forms.opening import OpenForm
from associations.discipline.forms.outcome import (
    AppealForm,
    CloseForm,
    DropForm,
    NoCaseForm,
    PerformForm,
    ReverseForm,
    ReviewForm,
    ServeForm,
    SettleForm,
    TimeBarForm,
    TransferForm,
    WithdrawAppealForm,
    WithdrawForm,
)
from associations.discipline.forms.step import StepForm

__all__ = [
    "AppealForm",
    "ApproveForm",
    "AskHearingForm",
    "BoardVoteForm",
    "CallHearingForm",
    "CloseForm",
    "DecideForm",
    "DropForm",
    "EvidenceForm",
    "ExtendForm",
    "FileForm",
    "GiveUpHearingForm",
    "HearingDayForm",
    "HoldHearingForm",
    "LapseForm",
    "NoCaseForm",
    "NoticeForm",
    "OpenForm",
    "PanelForm",
    "PerformForm",
    "ReassignForm",
    "RecuseForm",
    "ReplaceForm",
    "ReportForm",
    "ReverseForm",
    "ReviewForm",
    "ServeForm",
    "SettleForm",
    "StatementForm",
    "StepForm",
    "TimeBarForm",
    "TransferForm",
    "VoteForm",
    "WaiveForm",
    "WeighForm",
    "WithdrawAppealForm",
    "WithdrawForm",
]

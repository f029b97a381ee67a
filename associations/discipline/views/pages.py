"""The verbs as officers meet them: one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.discipline import forms, rules
from associations.discipline.selectors import agreed_to_desk
from associations.discipline.states import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User
    from core.verdicts import Verdict

    Rule = Callable[..., Verdict]


@dataclass(frozen=True, slots=True)
class Page:
    """A verb as an officer meets it: its address, what the button says, what follows from it, who may (`rule`),
    what is asked; `fits`: the files on whose page it stands, of those whose state allows it.
    """

    step: Step
    path: str
    label: str | Promise
    lead: str | Promise
    rule: Rule
    form: type[forms.StepForm]
    kind: str = ""
    fits: Callable[[CaseFile], bool] = lambda _file: True

    def verdict(self, user: User, file: CaseFile) -> Verdict:
        return self.rule(user, file)


PAGES: dict[Step, Page] = {
    page.step: page
    for page in (
        Page(
            Step.FILE,
            "file",
            _("File the case"),
            _("Names who investigates; ninety days to the decision begin."),
            rules.may_file,
            forms.FileForm,
        ),
        Page(
            Step.REASSIGN,
            "investigator",
            _("Name another investigator"),
            _("Who investigated so far stays out of the judgement."),
            rules.may_reassign,
            forms.ReassignForm,
        ),
        Page(
            Step.REPORT,
            "report",
            _("Report the investigation"),
            _("What was found, and by what it is proven; then the prior notice can be served."),
            rules.may_report,
            forms.ReportForm,
        ),
        Page(
            Step.SERVE_NOTICE,
            "notice",
            _("Record the prior notice"),
            _("Ten working days for the statement run from the day it was served."),
            rules.may_serve_notice,
            forms.NoticeForm,
        ),
        Page(
            Step.LAY_NOTICE,
            "notice-laid",
            _("Lay the prior notice out at the desk"),
            _("For a member who has agreed to be served there: opening it serves it, and the times begin."),
            rules.may_lay_notice,
            forms.LayNoticeForm,
            fits=lambda file: file.laid is None and agreed_to_desk(file.case),
        ),
        Page(
            Step.TAKE_STATEMENT,
            "statement",
            _("Record the statement"),
            _("The member has been heard; the panel can be formed."),
            rules.may_take_statement,
            forms.StatementForm,
        ),
        Page(
            Step.WAIVE,
            "waiver",
            _("Record a waiver"),
            _("The member gives up statement and hearing; the time for defence ends at once."),
            rules.may_waive,
            forms.WaiveForm,
        ),
        Page(
            Step.LAPSE,
            "lapse",
            _("Close the time for the statement"),
            _("Only after its last day has passed without a statement."),
            rules.may_close_statement,
            forms.LapseForm,
        ),
        Page(
            Step.ASK_HEARING,
            "hearing",
            _("Record that a hearing is asked for"),
            _("Within five working days of the notice. No panel judges before it is held or given up."),
            rules.may_ask_hearing,
            forms.AskHearingForm,
        ),
        Page(
            Step.GIVE_UP_HEARING,
            "hearing-waiver",
            _("Record that the hearing is given up"),
            _("The panel can be formed without it."),
            rules.may_give_up_hearing,
            forms.GiveUpHearingForm,
        ),
        Page(
            Step.CALL_HEARING,
            "hearing-notice",
            _("Announce the hearing"),
            _("Seven days ahead or more; in the chair is nobody who opened or investigated the case."),
            rules.may_call_hearing,
            forms.CallHearingForm,
        ),
        Page(
            Step.HOLD_HEARING,
            "minutes",
            _("Record the hearing"),
            _("By who had the chair."),
            rules.may_hold_hearing,
            forms.HoldHearingForm,
        ),
        Page(
            Step.WEIGH,
            "circumstance",
            _("Note a circumstance"),
            _("It weighs on the measure; the range is shown where the decision is signed."),
            rules.may_weigh,
            forms.WeighForm,
        ),
        Page(
            Step.FORM_PANEL,
            "panel",
            _("Form the panel"),
            _("Three reviewers or more, none of whom opened or investigated the case."),
            rules.may_form_panel,
            forms.PanelForm,
        ),
        Page(
            Step.VOTE,
            "vote",
            _("Vote"),
            _("A vote is cast once and cannot be changed."),
            rules.may_vote,
            forms.VoteForm,
        ),
        Page(
            Step.RECUSE,
            "recusal",
            _("Recuse a panel member"),
            _("Before the vote only. The seat can be given to a replacement."),
            rules.may_recuse,
            forms.RecuseForm,
        ),
        Page(
            Step.REPLACE,
            "replacement",
            _("Seat a replacement"),
            _("One for each recused member."),
            rules.may_replace,
            forms.ReplaceForm,
        ),
        Page(
            Step.BOARD_VOTE,
            "board",
            _("Record the vote of the board"),
            _("Expulsion and bar need it: due, present, in favour."),
            rules.may_record_board_vote,
            forms.BoardVoteForm,
        ),
        Page(
            Step.APPROVE,
            "approval",
            _("Approve the bar"),
            _("A bar for life needs two, by people who neither accused nor judged."),
            rules.may_approve,
            forms.ApproveForm,
            "seal-act",
        ),
        Page(
            Step.DECIDE,
            "decision",
            _("Sign the decision"),
            _("Refused while anything is lacking."),
            rules.may_decide,
            forms.DecideForm,
        ),
        Page(
            Step.EXTEND,
            "extension",
            _("Extend the time"),
            _("Once, with reasons, before it has run out."),
            rules.may_extend,
            forms.ExtendForm,
        ),
        Page(
            Step.SERVE_DECISION,
            "service",
            _("Record that the decision was handed over"),
            _(
                "From that day it is in effect and counts for the rating; 15 working days for an appeal begin."
            ),
            rules.may_serve,
            forms.ServeForm,
        ),
        Page(
            Step.APPEAL,
            "appeal",
            _("Record an appeal"),
            _("It stays the record at once, until two reviewers who were not involved have decided."),
            rules.may_appeal,
            forms.AppealForm,
        ),
        Page(
            Step.OPINE,
            "review",
            _("Decide the appeal"),
            _("What two reviewers hold is decided; nothing is made worse."),
            rules.may_review,
            forms.ReviewForm,
        ),
        Page(
            Step.WITHDRAW_APPEAL,
            "appeal-withdrawal",
            _("Record that the appeal is withdrawn"),
            _("The decision is then in force."),
            rules.may_withdraw_appeal,
            forms.WithdrawAppealForm,
        ),
        Page(
            Step.SERVE_APPEAL,
            "appeal-service",
            _("Record that the decision on the appeal was handed over"),
            _("It works since it was made; where the measure stands, the time to carry it out begins anew."),
            rules.may_serve_appeal,
            forms.ServeAppealForm,
            fits=lambda file: file.appeal_decision is not None and file.appeal_service is None,
        ),
        Page(
            Step.PERFORM,
            "performance",
            _("Record the performance"),
            _("What was not carried out caps the rating until it is."),
            rules.may_record_performance,
            forms.PerformForm,
        ),
        Page(
            Step.CLOSE,
            "close",
            _("Close the case"),
            _("When it is on file whether the measure was carried out."),
            rules.may_close,
            forms.CloseForm,
        ),
        Page(
            Step.PROPOSE_REVERSAL,
            "reversal-proposal",
            _("Propose to reverse the decision"),
            _("Expulsion and bar are reversed by two reviewers: another approves it, or does not."),
            rules.may_propose_reversal,
            forms.ProposeReversalForm,
            fits=lambda file: file.grave and file.proposed is None,
        ),
        Page(
            Step.REFUSE_REVERSAL,
            "reversal-refusal",
            _("Do not approve the reversal"),
            _("The decision stands; the reasons stay in the file."),
            rules.may_refuse_reversal,
            forms.RefuseReversalForm,
            fits=lambda file: file.proposed is not None,
        ),
        Page(
            Step.DROP_REVERSAL,
            "reversal-withdrawal",
            _("Take the proposal to reverse back"),
            _("By who made it, before it is answered. The decision stands."),
            rules.may_drop_reversal,
            forms.DropReversalForm,
            fits=lambda file: file.proposed is not None,
        ),
        Page(
            Step.REVERSE,
            "reversal",
            _("Reverse the decision"),
            _(
                "Its effects on rating and membership are undone at once; what was recorded stays visible to officers."
            ),
            rules.may_reverse,
            forms.ReverseForm,
            "seal-act",
            fits=lambda file: not file.grave or file.proposed is not None,
        ),
        Page(
            Step.NO_CASE,
            "no-case",
            _("Find no case"),
            _("Nothing is held against the member; the file is kept."),
            rules.may_find_no_case,
            forms.NoCaseForm,
            "seal-act",
        ),
        Page(
            Step.SETTLE,
            "settlement",
            _("Record a settlement"),
            _("Minor and general matters only; nothing is held against the member."),
            rules.may_settle,
            forms.SettleForm,
        ),
        Page(
            Step.WITHDRAW,
            "withdrawal",
            _("Record a withdrawal"),
            _("Who complained has withdrawn it, before the member was told."),
            rules.may_withdraw,
            forms.WithdrawForm,
        ),
        Page(
            Step.TRANSFER,
            "transfer",
            _("Hand to another body"),
            _("To an authority or another association, against a receipt."),
            rules.may_transfer,
            forms.TransferForm,
        ),
        Page(
            Step.TIME_BAR,
            "time-bar",
            _("End as out of time"),
            _("The act was found too late."),
            rules.may_time_bar,
            forms.TimeBarForm,
        ),
        Page(
            Step.DROP,
            "drop",
            _("Drop the case"),
            _("Nothing is held against the member; the file is kept."),
            rules.may_drop,
            forms.DropForm,
            "seal-act",
        ),
    )
}

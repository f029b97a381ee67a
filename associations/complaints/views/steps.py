"""One page for each verb: its form, or why it cannot be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from associations.complaints import forms, rules
from associations.complaints.models import Complaint
from associations.complaints.selectors import file_of
from associations.complaints.states import TRANSITIONS, Step
from associations.members.forms import attempt
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from associations.complaints.selectors import ComplaintFile
    from associations.registry.middleware import ConsoleRequest
    from core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """A verb as an officer meets it: what the button says, what follows from it, who may (`rule`), what is asked.

    `name` is its address; `step` what the table must offer, none for an entry of the register.
    """

    name: str
    step: Step | None
    label: str | Promise
    lead: str | Promise
    rule: Callable[..., Verdict]
    form: type[forms.StepForm]
    kind: str = ""

    def offered(self, file: ComplaintFile) -> bool:
        """Whether the page of the complaint shows it at all."""
        if self.step is None:
            return file.settlement is not None or file.finding is not None
        return self.step in TRANSITIONS[file.state]


PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        Page(
            "release", Step.RELEASE, _("Let it go on"),
            _("You have looked at its signs. None of them is a reason to refuse."),
            rules.may_release, forms.ReleaseForm,
        ),
        Page(
            "acknowledge", Step.ACKNOWLEDGE, _("Acknowledge receipt"),
            _("Within one working day. The complaint is yours from now on."),
            rules.may_acknowledge, forms.AcknowledgeForm,
        ),
        Page(
            "name", Step.NAME, _("Name the member"), _("Which member the complaint is about."),
            rules.may_name, forms.NameForm,
        ),
        Page(
            "accept", Step.ACCEPT, _("Accept the complaint"),
            _("Within seven working days. The member then has ten to reply."),
            rules.may_accept, forms.AcceptForm,
        ),
        Page(
            "reply", Step.REPLY, _("Record the member's reply"), _("What came on paper or by mail."),
            rules.may_reply, forms.ReplyForm,
        ),
        Page(
            "lapse", Step.LAPSE, _("Close the time for the reply"),
            _("Only after its last day has passed without a reply."),
            rules.may_close_reply, forms.LapseForm,
        ),
        Page(
            "find", Step.FIND, _("Make a finding"),
            _("By somebody who did not handle it. What is upheld counts in the member's rating from next month."),
            rules.may_find, forms.FindForm,
        ),
        Page(
            "mediate", Step.MEDIATE, _("Begin mediation"), _("Neither side is bound to it."),
            rules.may_mediate, forms.MediateForm,
        ),
        Page(
            "propose", Step.PROPOSE, _("Propose an agreement"), _("One at a time; both sides answer it."),
            rules.may_propose, forms.ProposeForm,
        ),
        Page(
            "say", Step.SAY_YES, _("Record a side's answer"),
            _("The sides answer by themselves, with number and code or at the desk; enter here what came on paper."),
            rules.may_say, forms.SayForm,
        ),
        Page(
            "fail", Step.FAIL, _("End mediation without agreement"), _("The complaint then waits for a finding."),
            rules.may_fail, forms.FailForm, "seal-act",
        ),
        Page(
            "perform", Step.PERFORM, _("Record performance"), _("Late performance lifts what default brought."),
            rules.may_perform, forms.PerformForm,
        ),
        Page(
            "default", Step.DEFAULT, _("Record that it was not performed"),
            _("Only after its last day. It holds the member's grade until it is performed."),
            rules.may_default, forms.DefaultForm, "seal-act",
        ),
        Page(
            "close", Step.CLOSE, _("Close the complaint"), _("The complainant is asked whether satisfied."),
            rules.may_close, forms.CloseForm,
        ),
        Page(
            "write", Step.WRITE, _("Write to the complainant"), _("Read under number and code."),
            rules.may_write, forms.WriteForm,
        ),
        Page(
            "evidence", Step.HAND_IN, _("Add evidence"), _("Kept with its hash, as it was handed in."),
            rules.may_hand_in, forms.EvidenceForm,
        ),
        Page(
            "hand-on", Step.HAND_ON, _("Hand to another officer"), _("Who then handles it to its end."),
            rules.may_hand_on, forms.HandOnForm,
        ),
        Page(
            "lead", Step.LEAD, _("Hand a lead to the authority"), _("Against its receipt."),
            rules.may_lead, forms.LeadForm,
        ),
        Page(
            "refer", Step.REFER, _("Hand over as a lead for a case"),
            _("The association's discipline decides whether a case is opened."),
            rules.may_refer, forms.ReferForm,
        ),
        Page(
            "refuse", Step.REFUSE, _("Do not accept"), _("With reasons, which the complainant reads."),
            rules.may_refuse, forms.RefuseForm, "seal-act",
        ),
        Page(
            "transfer", Step.TRANSFER, _("Transfer"), _("To who is competent; the complainant is told."),
            rules.may_transfer, forms.TransferForm, "seal-act",
        ),
        Page(
            "withdraw", Step.WITHDRAW, _("Record the withdrawal"), _("As the complainant declared it."),
            rules.may_withdraw, forms.WithdrawForm, "seal-act",
        ),
        Page(
            "advance", None, _("Pay in advance"), _("Out of the fund; the claim on the member passes to it."),
            rules.may_advance, forms.AdvanceForm,
        ),
        Page(
            "recover", None, _("Record a recovery"), _("Never more than is still owed."),
            rules.may_recover, forms.RecoverForm,
        ),
        Page(
            "write-off", None, _("Write off"), _("With reasons; the entry stays."),
            rules.may_write_off, forms.WriteOffForm, "seal-act",
        ),
    )
}  # fmt: skip


def page_of(name: str) -> Callable[..., HttpResponseBase]:
    """The view of a verb: 403 with the sentence where it may not be done, otherwise its form."""
    page = PAGES[name]

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, complaint: str) -> HttpResponse:
        file = file_of(get_object_or_404(Complaint, public_id=complaint))
        page.rule(request.user, file).enforce()
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = page.form(*sent, file=file, user=request.user)
        if request.method == "POST" and attempt(form):
            messages.success(request, str(page.label))
            return redirect(
                "complaints:complaint", slug=request.association.slug, complaint=file.complaint.public_id
            )
        told: dict[str, Any] = {"form": form, "page": page, "complaint": file.complaint, "file": file}
        return TemplateResponse(
            request, "associations/complaints/step.html", told, status=400 if form.errors else 200
        )

    return view

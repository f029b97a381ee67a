"""One page for each verb: its form, or why it cannot be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from associations.discipline import forms, rules
from associations.discipline.models import Case
from associations.discipline.selectors import file_of
from associations.discipline.states import Step
from associations.registry.middleware import console_page
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from associations.discipline.selectors import CaseFile
    from associations.registry.middleware import ConsoleRequest
    from core.accounts.models import User
    from core.verdicts import Verdict

    Rule = Callable[..., Verdict]


@dataclass(frozen=True, slots=True)
class Page:
    """A verb as an officer meets it: what the button says, what follows from it, who may (`rule`), what is asked."""

    step: Step
    label: str | Promise
    lead: str | Promise
    rule: Rule
    form: type[forms.StepForm]
    kind: str = ""

    def verdict(self, user: User, file: CaseFile) -> Verdict:
        return self.rule(user, file)


PAGES: dict[Step, Page] = {
    page.step: page
    for page in (
        Page(
            Step.SERVE_NOTICE,
            _("Record the prior notice"),
            _("Ten working days for the statement run from the day it was served."),
            rules.may_serve_notice,
            forms.NoticeForm,
        ),
        Page(
            Step.TAKE_STATEMENT,
            _("Record the statement"),
            _("The member has been heard; the panel can be formed."),
            rules.may_take_statement,
            forms.StatementForm,
        ),
        Page(
            Step.WAIVE,
            _("Record a waiver"),
            _("The member gives up the statement; the time for defence ends at once."),
            rules.may_waive,
            forms.WaiveForm,
        ),
        Page(
            Step.LAPSE,
            _("Close the time for the statement"),
            _("Only after its last day has passed without a statement."),
            rules.may_close_statement,
            forms.LapseForm,
        ),
        Page(
            Step.FORM_PANEL,
            _("Form the panel"),
            _("Three reviewers or more, none of whom opened the case."),
            rules.may_form_panel,
            forms.PanelForm,
        ),
        Page(
            Step.VOTE,
            _("Vote"),
            _("A vote is cast once and cannot be changed."),
            rules.may_vote,
            forms.VoteForm,
        ),
        Page(
            Step.RECUSE,
            _("Recuse a panel member"),
            _("Before the vote only. The seat can be given to a replacement."),
            rules.may_recuse,
            forms.RecuseForm,
        ),
        Page(
            Step.REPLACE,
            _("Seat a replacement"),
            _("One for each recused member."),
            rules.may_replace,
            forms.ReplaceForm,
        ),
        Page(
            Step.DECIDE,
            _("Sign the decision"),
            _("Refused while anything is lacking."),
            rules.may_decide,
            forms.DecideForm,
        ),
        Page(
            Step.SERVE_DECISION,
            _("Record that the decision was handed over"),
            _(
                "From that day it is in effect and counts for the rating; 15 working days for an appeal begin."
            ),
            rules.may_serve,
            forms.ServeForm,
        ),
        Page(
            Step.CLOSE,
            _("Close the case"),
            _("When the measure has been carried out."),
            rules.may_close,
            forms.CloseForm,
        ),
        Page(
            Step.REVERSE,
            _("Reverse the decision"),
            _(
                "Its effects on rating and membership are undone at once; what was recorded stays visible to officers."
            ),
            rules.may_reverse,
            forms.ReverseForm,
            "seal-act",
        ),
        Page(
            Step.DROP,
            _("Drop the case"),
            _("Nothing is held against the member; the file is kept."),
            rules.may_drop,
            forms.DropForm,
            "seal-act",
        ),
    )
}


def page_of(step: Step) -> Callable[..., HttpResponseBase]:
    """The view of a verb: 403 with the sentence where it may not be done, otherwise its form."""
    page = PAGES[step]

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, case: str) -> HttpResponse:
        file = file_of(get_object_or_404(Case, public_id=case))
        page.verdict(request.user, file).enforce()
        form = page.form(request.POST if request.method == "POST" else None, file=file, user=request.user)
        if request.method == "POST" and form.is_valid() and _saved(form):
            messages.success(request, page.step.label)
            return redirect("discipline:case", slug=request.association.slug, case=file.case.public_id)
        told: dict[str, Any] = {"form": form, "page": page, "case": file.case, "file": file}
        return TemplateResponse(
            request, "associations/discipline/step.html", told, status=400 if form.errors else 200
        )

    return view


def _saved(form: forms.StepForm) -> bool:
    """Whether the verb went through; its refusal stands in the form, with everything typed."""
    try:
        form.save()
    except Denied as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


serve_notice = page_of(Step.SERVE_NOTICE)
take_statement = page_of(Step.TAKE_STATEMENT)
waive = page_of(Step.WAIVE)
lapse = page_of(Step.LAPSE)
form_panel = page_of(Step.FORM_PANEL)
recuse = page_of(Step.RECUSE)
replace = page_of(Step.REPLACE)
vote = page_of(Step.VOTE)
decide = page_of(Step.DECIDE)
serve_decision = page_of(Step.SERVE_DECISION)
close = page_of(Step.CLOSE)
reverse = page_of(Step.REVERSE)
drop = page_of(Step.DROP)

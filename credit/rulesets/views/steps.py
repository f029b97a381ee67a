"""One page for each verb: its form, or why it cannot be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from associations.registry.middleware import console_page
from core.verdicts import Denied
from credit.rulesets import forms, rules
from credit.rulesets.models import OwnVersion
from credit.rulesets.selectors import problems_of
from credit.rulesets.states import Step, VersionState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from core.accounts.models import User
    from core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """A verb as an officer meets it: what the button says, what follows from it, who may, what is asked."""

    step: Step
    label: str | Promise
    lead: str | Promise
    rule: Callable[..., Verdict]
    form: type[forms.StepForm]
    sound: bool = False
    kind: str = ""

    def verdict(self, user: User, version: OwnVersion, problems: int) -> Verdict:
        """`problems` counts only for a verb that a text with problems bars."""
        return self.rule(user, version, problems=problems) if self.sound else self.rule(user, version)


PAGES: dict[Step, Page] = {
    page.step: page
    for page in (
        Page(
            Step.REVISE,
            _("Replace the text"),
            _("Until it is put out for consultation, its author may mend it."),
            rules.may_revise,
            forms.SourceForm,
        ),
        Page(
            Step.CONSULT,
            _("Put out for consultation"),
            _("From then on the text stands still: what is consulted on is what is approved."),
            rules.may_consult,
            forms.ConsultForm,
            sound=True,
        ),
        Page(
            Step.CLOSE_CONSULTATION,
            _("Record the outcome"),
            _("The day after the last day of the consultation, or later."),
            rules.may_close_consultation,
            forms.OutcomeForm,
        ),
        Page(
            Step.APPROVE,
            _("Approve"),
            _("By a decider who did not write it."),
            rules.may_approve,
            forms.ApproveForm,
            sound=True,
        ),
        Page(
            Step.PUBLISH,
            _("Announce"),
            _(
                "Everybody can read it from now on. On its first day every member is rated by it; "
                "it can be withdrawn until then."
            ),
            rules.may_publish,
            forms.PublishForm,
            sound=True,
        ),
        Page(
            Step.WITHDRAW,
            _("Withdraw the version"),
            _("It never comes into force. What was recorded stays."),
            rules.may_withdraw,
            forms.WithdrawForm,
            kind="seal-act",
        ),
    )
}


def problems_count(version: OwnVersion) -> int:
    """How many problems the text has now; none are looked for once it is announced."""
    if version.state not in TO_BE_SOUND:
        return 0
    return len(problems_of(bytes(version.canonical)))


TO_BE_SOUND = (
    VersionState.DRAFT,
    VersionState.CONSULTATION,
    VersionState.CONSULTED,
    VersionState.APPROVED,
)


def page_of(step: Step) -> Callable[..., HttpResponseBase]:
    """The view of a verb: 403 with the sentence where it may not be done, otherwise its form."""
    page = PAGES[step]

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, version: str) -> HttpResponse:
        row = get_object_or_404(OwnVersion.objects.select_related("author"), public_id=version)
        page.verdict(request.user, row, problems_count(row) if page.sound else 0).enforce()
        return _answer(request, page, row)

    return view


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def new(request: ConsoleRequest) -> HttpResponse:
    """Hand in a text; it becomes a draft, and its page tells what is wrong with it."""
    rules.may_draft(request.user).enforce()
    return _answer(request, NEW, None)


NEW = Page(
    Step.REVISE,
    _("Draft a version"),
    _("It is checked at once; nothing is public, and nothing changes, before it is approved and announced."),
    rules.may_draft,
    forms.SourceForm,
)


def _answer(request: ConsoleRequest, page: Page, version: OwnVersion | None) -> HttpResponse:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = page.form(*given, version=version, user=request.user)
    if request.method == "POST" and form.is_valid() and (saved := _saved(form)):
        messages.success(request, page.step.label if version else _("The draft is kept."))
        return redirect("rulesets:version", slug=request.association.slug, version=saved.public_id)
    told: dict[str, Any] = {"form": form, "page": page, "version": version}
    return TemplateResponse(request, "credit/rulesets/step.html", told, status=422 if form.errors else 200)


def _saved(form: forms.StepForm) -> OwnVersion | None:
    """What the verb gave; None with its refusal in the form, everything typed kept."""
    try:
        return form.save()
    except (Denied, ValidationError) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return None


revise = page_of(Step.REVISE)
consult = page_of(Step.CONSULT)
close_consultation = page_of(Step.CLOSE_CONSULTATION)
approve = page_of(Step.APPROVE)
publish = page_of(Step.PUBLISH)
withdraw = page_of(Step.WITHDRAW)

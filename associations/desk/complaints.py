"""Complaints at the member's desk: those about the member, to be answered, and those it makes itself."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from associations.complaints import rules, services, tracking
from associations.complaints.forms.fields import (
    MOST_WORDS,
    YuanField,
    day_field,
    line_field,
    past_day,
    topics,
    words_field,
)
from associations.complaints.models import Complaint, ComplaintEvidence
from associations.complaints.selectors import complaints, due_of, file_of
from associations.complaints.services import Told
from associations.complaints.states import ComplaintState, EntryKind, Origin, Side, Step, Topic
from associations.desk.frame import frame
from associations.desk.middleware import desk_page
from associations.evidence.forms import EvidenceFilesField
from associations.evidence.views import attachment
from core.calendar.selectors import calendar
from core.verdicts import Denied, denied

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse, HttpResponseBase

    from associations.desk.middleware import DeskRequest
    from associations.evidence.inspection import Inspected

MOST, MOST_SHOWN = 50, 200
UNTOLD = (
    ComplaintState.RECEIVED, ComplaintState.ACKNOWLEDGED, ComplaintState.REFUSED, ComplaintState.TRANSFERRED,
)  # fmt: skip
"""Of a complaint in these states the member has not been told: it is not accepted, or never was."""


TOLD = frozenset({
    Step.ACCEPT, Step.REPLY, Step.LAPSE, Step.MEDIATE, Step.PROPOSE, Step.SAY_YES, Step.SAY_NO, Step.AGREE, Step.FAIL,
    Step.PERFORM, Step.DEFAULT, Step.FIND, Step.CLOSE, Step.TRANSFER, Step.WITHDRAW,
})  # fmt: skip
"""Steps of which the member is told; of its own, with the words."""


class ComplainForm(forms.Form):
    """What a member complains of. The token makes sending it twice one complaint."""

    about = line_field(
        gettext_lazy("Member, live room or account"), 200, help_text=gettext_lazy("By number, name or code.")
    )
    topic = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=topics)
    facts = words_field(gettext_lazy("What happened?"), rows=8)
    occurred_on = day_field(gettext_lazy("Day of the purchase or the act"), initial=None, required=False)
    amount = YuanField(label=gettext_lazy("Amount in yuan"), required=False)
    wish = line_field(gettext_lazy("What do you ask for?"), 400)
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = secrets.token_urlsafe(16)

    def clean_occurred_on(self) -> date | None:
        return past_day(self.cleaned_data["occurred_on"])

    def save(self, request: DeskRequest) -> services.Received:
        """Send it in the member's name."""
        told = dict(self.cleaned_data)
        token = told.pop("token")
        told |= {"topic": Topic(told["topic"]), "origin": Origin.MEMBER}
        return services.receive(
            told=Told(complainant=request.membership, **told), token=token, own=True, by=request.user
        )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def mine(request: DeskRequest) -> HttpResponseBase:
    """Complaints about the member and those it made, with their clocks; with `?complaint=` one of the former."""
    if request.method == "POST":
        return _say(request, _one(request, request.POST.get("complaint", "")))
    if asked := request.GET.get("complaint"):
        row = _one(request, asked)
        evidence = request.GET.get("evidence")
        return _handed(row, evidence) if evidence else _detail(request, row)
    days = calendar()
    about = complaints().filter(membership=request.membership).exclude(state__in=UNTOLD)[:MOST]
    made = complaints().filter(complainant=request.membership)[:MOST]
    context = {
        "about": [(each, due_of(each, days=days)) for each in about],
        "made": [(each, due_of(each, days=days), tracking.shown(each.tracking)) for each in made],
    }
    return _page(request, "complaints", context)


def _one(request: DeskRequest, public_id: str) -> Complaint:
    """A complaint about the member of which the member was told. Raises Http404."""
    rows = Complaint.objects.filter(membership=request.membership).exclude(state__in=UNTOLD)
    return get_object_or_404(rows, public_id=public_id)


def _detail(request: DeskRequest, row: Complaint, problem: str = "", typed: str = "") -> TemplateResponse:
    """A complaint as its member sees it, and what the member can say now."""
    file = file_of(row)
    context = {
        "complaint": file.complaint,
        "file": file,
        "due": due_of(file.complaint),
        "moments": [
            {
                "on": event.on,
                "text": f"{Step(event.step).label} · {Side(event.side).label}",
                "note": event.note if event.side == Side.MEMBER else "",
            }
            for event in file.events
            if event.step in TOLD or (event.step == Step.HAND_IN and event.side == Side.MEMBER)
        ],
        "advanced": file.booked(EntryKind.ADVANCE),
        "may_hand_in": rules.may_hand_in(request.user, file, own=True),
        "may_reply": rules.may_reply(request.user, file, own=True),
        "may_say": rules.may_say(request.user, file, side=Side.MEMBER, own=True),
        "problem": problem,
        "typed": typed,
    }
    return _page(request, "complaint", context, status=400 if problem else 200)


def _page(
    request: DeskRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> TemplateResponse:
    where = {"slug": request.association.slug, "member": request.membership.public_id}
    shared = frame(request) | {"back": reverse("deskverbs:complaints", kwargs=where)}
    return TemplateResponse(request, f"associations/desk/{template}.html", shared | context, status=status)


def _files(request: DeskRequest) -> list[Inspected]:
    try:
        return EvidenceFilesField(required=False).clean(request.FILES.getlist("files"))
    except ValidationError as refused:
        raise Denied(" ".join(refused.messages)) from None


def _hand_in(request: DeskRequest, row: Complaint, shows: str) -> None:
    """Hand files in at any time, such as proof that the agreement was performed."""
    files = _files(request)
    if not files:
        denied(_("Choose a file first.")).enforce()
    services.hand_in(
        complaint=row, uploads=files, shows=shows[:MOST_SHOWN], side=Side.MEMBER, by=request.user
    )


def _reply(request: DeskRequest, row: Complaint, words: str) -> None:
    """Reply, with files or without: both or neither."""
    files = _files(request)
    with transaction.atomic():
        services.reply(complaint=row, text=words, own=True, by=request.user)
        if files:
            services.hand_in(complaint=row, uploads=files, side=Side.MEMBER, by=request.user)


def _handed(row: Complaint, evidence: str) -> HttpResponseBase:
    """A file of the complaint, for the member: its own, and the complainant's where that consented."""
    links = ComplaintEvidence.objects.filter(complaint=row).select_related("evidence")
    link = get_object_or_404(links, evidence__public_id=evidence)
    if not row.consent and link.by_id is None:
        raise Http404
    return attachment(link.evidence)


def _back(request: DeskRequest) -> HttpResponse:
    return redirect(
        "deskverbs:complaints", slug=request.association.slug, member=request.membership.public_id
    )


def _say(request: DeskRequest, row: Complaint) -> HttpResponse:
    """Reply, answer a proposal, or hand files in."""
    act, words = request.POST.get("act"), request.POST.get("words", "")[:MOST_WORDS]
    told: dict[str, Any] = {"complaint": row, "own": True, "by": request.user}
    try:
        if act == "reply":
            _reply(request, row, words)
        elif act == "files":
            _hand_in(request, row, words)
        elif act in {"yes", "no"}:
            services.say(side=Side.MEMBER, yes=act == "yes", words=words, **told)
        else:
            denied(_("This button does not exist. Load the page again.")).enforce()
    except Denied as refusal:
        return _detail(request, row, str(refusal), words)
    messages.success(request, _("What you said is with the association."))
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def complain(request: DeskRequest) -> HttpResponse:
    """Complain of another member."""
    form = ComplainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        received = form.save(request)
        messages.success(
            request,
            _(
                "Your complaint %(number)s is received. Its code is %(code)s: with both you follow it under “Follow a "
                "complaint”. Write the code down; nobody can tell it later."
            )
            % {"number": tracking.shown(received.tracking), "code": tracking.shown(received.code)},
        )
        return _back(request)
    return _page(request, "complain", {"form": form}, status=400 if form.errors else 200)

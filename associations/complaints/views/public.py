"""The public's pages: complain, and follow one's complaint. No account, no cookie, no script needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from associations.complaints import services, tracking
from associations.complaints.forms.public import ActForm, PublicForm, StatusForm
from associations.complaints.middleware import WINDOW, Closed, opened, public_form
from associations.complaints.rules import may_answer, may_satisfy, may_say, may_withdraw
from associations.complaints.selectors import due_of, file_of, words_of
from associations.complaints.services.tries import tried
from associations.complaints.states import INTERNAL, EntryKind, Satisfaction, Side, Step
from associations.evidence.refusals import EvidenceRefused
from associations.registry.models import Association
from associations.tenancy import scope
from core.network import client_address
from core.verdicts import Denied, denied

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from associations.complaints.models import Complaint
    from associations.complaints.selectors import ComplaintFile, Due

MOST_PROVEN, MOST_UNPROVEN = 30, 3
"""Complaints an hour from one network address, with the proof of work and without."""
BUSY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def new(request: HttpRequest) -> HttpResponse:
    """The form; and, when it was sent, number and code."""
    if request.method != "POST":
        known = {name: request.GET.get(name, "")[:200] for name in ("association", "about", "member")}
        return _form(request, PublicForm(initial=known), 200)
    form = PublicForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 400)
    if not _counted(request, form):
        form.add_error(
            None,
            _(
                "Too many complaints came from your network within an hour. What you typed is kept; send it later."
            ),
        )
        return _form(request, form, BUSY)
    association = Association.objects.get(slug=form.cleaned_data["association"])
    try:
        received, due = _received(association, form)
    except EvidenceRefused as refused:
        form.add_error("evidence", str(refused))
        return _form(request, form, 400)
    return TemplateResponse(
        request,
        "associations/complaints/public/sent.html",
        {
            "association": association,
            "received": received,
            "number": tracking.shown(received.tracking),
            "code": tracking.shown(received.code),
            "due": due,
        },
    )


def _received(association: Association, form: PublicForm) -> tuple[services.Received, Due | None]:
    """Take the complaint in, with its files, or neither."""
    told = form.cleaned_data
    with scope.of(association):
        received = services.receive(told=form.told(), token=told["token"], proven=told["proven"], by=None)
        return received, due_of(received.complaint)


def _counted(request: HttpRequest, form: PublicForm) -> bool:
    """Count the sending; whether it may go on. A proof that was used before is none."""
    told, address = form.cleaned_data, client_address(request)
    if told["proven"] and tried(f"proof {told['token']}", within=WINDOW * 24) > 1:
        told["proven"] = False
    most = MOST_PROVEN if told["proven"] else MOST_UNPROVEN
    kind = "complaints" if told["proven"] else "complaints without proof"
    return tried(f"{kind} from {address}", within=WINDOW) <= most


def _form(request: HttpRequest, form: PublicForm, status: int) -> TemplateResponse:
    context = {"form": form, "challenge": form.fresh_challenge()}
    return TemplateResponse(request, "associations/complaints/public/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def status(request: HttpRequest) -> HttpResponse:
    """Asks number and code; shows the course and takes what the complainant has to say."""
    if request.method != "POST":
        return _asked(request, StatusForm(), 200)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, 400)
    asked = form.cleaned_data
    with opened(asked["number"], asked["code"], address=client_address(request)) as found:
        if isinstance(found, Closed):
            form.add_error(
                None,
                _("Too many tries. Wait an hour, then try again.")
                if found.too_often
                else _(
                    "No complaint has this number together with this code. Check both, character by character."
                ),
            )
            return _asked(request, form, BUSY if found.too_often else 400)
        done, problem = _act(request, found) if "act" in request.POST else ("", "")
        response = TemplateResponse(
            request,
            "associations/complaints/public/course.html",
            {
                **_course(file_of(found)),
                **asked,
                "done": done,
                "problem": problem,
                "typed": {request.POST.get("act"): request.POST.get("words", "")} if problem else {},
            },
            status=400 if problem else 200,
        )
        return response.render()


def _asked(request: HttpRequest, form: StatusForm, status: int) -> TemplateResponse:
    response = TemplateResponse(
        request, "associations/complaints/public/status.html", {"form": form}, status=status
    )
    if status == BUSY:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def _act(request: HttpRequest, complaint: Complaint) -> tuple[str, str]:
    """Do what was pressed: (what to say about it, why it was not done)."""
    form = ActForm(request.POST, request.FILES)
    if not form.is_valid():
        return "", " ".join(str(each) for errors in form.errors.values() for each in errors)
    told = form.cleaned_data
    try:
        return _done(complaint, told), ""
    except Denied as refusal:
        return "", str(refusal)


def _done(complaint: Complaint, told: dict[str, Any]) -> str:
    act, words, satisfaction = told["act"], told["words"], told["satisfaction"]
    if act == "files":
        if not told["evidence"]:
            denied(_("Choose a file first.")).enforce()
        services.hand_in(complaint=complaint, uploads=told["evidence"], side=Side.COMPLAINANT, by=None)
        return _("Your files are with the association.")
    if act == "answer":
        services.answer(complaint=complaint, text=words)
        return _("Your message is with the association.")
    if act in {"yes", "no"}:
        services.say(
            complaint=complaint, side=Side.COMPLAINANT, yes=act == "yes", words=words, own=True, by=None
        )
        return _("Your answer to the proposal is kept.")
    if act == "withdraw":
        services.withdraw(complaint=complaint, words=words, by=None)
        return _("Your complaint is withdrawn.")
    if satisfaction not in {*Satisfaction.values} - {""}:
        denied(_("Choose one of the three answers.")).enforce()
    services.satisfy(complaint=complaint, satisfaction=Satisfaction(satisfaction), words=words)
    return _("Thank you for telling us.")


def _course(file: ComplaintFile) -> dict[str, Any]:
    """What a complainant sees of the own complaint: its course without what is internal, and what can be said now."""
    row, standing = file.complaint, file.settlement
    return {
        "complaint": row,
        "file": file,
        "association": row.association,
        "shown_number": tracking.shown(row.tracking),
        "due": due_of(row),
        "moments": [
            {
                "on": event.on,
                "text": f"{Step(event.step).label} · {Side(event.side).label}",
                "note": "" if event.step == Step.RECEIVE else words_of(event, row),
            }
            for event in file.events
            if event.step not in INTERNAL
        ],
        "proposal": standing if may_say(None, file, side=Side.COMPLAINANT, own=True) else None,
        "agreement": standing if standing and standing.made_on else None,
        "paid": [each for each in file.entries if each.kind == EntryKind.ADVANCE],
        "may_answer": may_answer(file),
        "may_withdraw": may_withdraw(None, file),
        "may_satisfy": may_satisfy(file),
        "answers": [(each.value, each.label) for each in Satisfaction if each.value],
    }

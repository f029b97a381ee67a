"""A case as its member meets it: the letters, the clock, what can be answered, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from associations.conduct.catalogue import by_number
from associations.desk import forms, selectors
from associations.desk.frame import frame
from associations.desk.middleware import desk_page
from associations.discipline import rules
from associations.discipline import services as discipline
from associations.discipline.selectors import due_of, file_of, interested_in, letters_of
from associations.discipline.states import TRANSITIONS, Letter, Step
from associations.evidence.views import attachment
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from associations.desk.middleware import DeskRequest
    from associations.discipline.selectors import CaseFile, LetterRow
    from core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Act:
    """A verb as the member meets it: address, button, what follows, by-law, what is asked."""

    step: Step
    path: str
    label: str | Promise
    lead: str | Promise
    rule: Callable[..., Verdict]
    form: type[forms.ActForm]
    kind: str = ""


ACTS: dict[str, Act] = {
    act.path: act
    for act in (
        Act(
            Step.TAKE_STATEMENT,
            "statement",
            _("Give my statement"),
            _("You give it once. A panel that did not investigate the case reads it before it votes."),
            rules.may_take_statement,
            forms.AnswerForm,
            "pri",
        ),
        Act(
            Step.ASK_HEARING,
            "hearing",
            _("Ask for a hearing"),
            _("You are told day and place at least seven days ahead, and heard by who did not investigate."),
            rules.may_ask_hearing,
            forms.HearingForm,
        ),
        Act(
            Step.WAIVE,
            "waiver",
            _("Give up statement and hearing"),
            _("The case then goes on at once. Nothing is held against you for it."),
            rules.may_waive,
            forms.WaiveForm,
        ),
        Act(
            Step.GIVE_UP_HEARING,
            "hearing-waiver",
            _("Give the hearing up"),
            _("The panel then judges by the file and your statement."),
            rules.may_give_up_hearing,
            forms.GiveUpHearingForm,
        ),
        Act(
            Step.APPEAL,
            "appeal",
            _("Appeal"),
            _("The decision binds nobody until the appeal is decided."),
            rules.may_appeal,
            forms.AppealForm,
            "pri",
        ),
        Act(
            Step.WITHDRAW_APPEAL,
            "appeal-withdrawal",
            _("Withdraw my appeal"),
            _("The decision is then in force."),
            rules.may_withdraw_appeal,
            forms.WithdrawAppealForm,
        ),
    )
}


@require_safe
@desk_page
def case(request: DeskRequest, case: str) -> TemplateResponse:
    """The letters first, then what I can do, then what I said."""
    file = _file(request, case)
    acting = interested_in(request.membership.subject_id)
    letters = letters_of(file)
    context = {
        "letters": [
            (each, each.seen_by(request.user.pk), _letter_url(request, file, each)) for each in letters
        ],
        "unread": any(not each.seen for each in letters),
        "acts": _acts(request, file, acting),
        "handed_in": selectors.files_by(file.case, acting),
    }
    return _page(request, "case", file, context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def letter(request: DeskRequest, case: str, letter: Letter) -> HttpResponse:
    """One letter. It is opened by a press, which is kept: when, and by whom."""
    file = _file(request, case)
    found = next((each for each in letters_of(file) if each.letter == letter), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        discipline.open_letter(case=file.case, letter=letter, by=request.user)
        return redirect(_letter_url(request, file, found))
    paper = selectors.paper_of(file.case, letter)
    context = {
        "letter": found,
        "seen": found.seen_by(request.user.pk),
        "paper": paper,
        "paper_url": f"{_letter_url(request, file, found)}paper/" if paper else "",
        "here": _letter_url(request, file, found),
        "repair": letter == Letter.DECISION,
    }
    return _page(request, "letter", file, context)


@require_safe
@desk_page
def paper(request: DeskRequest, case: str, letter: Letter) -> HttpResponseBase:
    """The letter as the association issued it, once it has been opened here."""
    file = _file(request, case)
    found = next((each for each in letters_of(file) if each.letter == letter), None)
    issued = selectors.paper_of(file.case, letter)
    if found is None or issued is None or not found.seen_by(request.user.pk):
        raise Http404
    return attachment(issued.paper)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def act(request: DeskRequest, case: str, act: str) -> HttpResponse:
    """A verb's own page: what follows from it, what is asked, the button."""
    file, asked = _file(request, case), ACTS[act]
    acting = interested_in(request.membership.subject_id)
    verdict = asked.rule(request.user, file, on=timezone.localdate(), acting=acting)
    verdict.enforce()
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = asked.form(*given)
    if form.is_bound and form.is_valid():
        try:
            form.save(case=file.case, by=request.user)
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is in the file, word for word."))
            return redirect(_url(request, "case", case=file.case.public_id))
    return _page(request, "act", file, {"act": asked, "form": form}, status=422 if form.errors else 200)


@require_safe
@desk_page
def handed_in(request: DeskRequest, case: str, evidence: str) -> HttpResponseBase:
    """A file the member's side has handed in."""
    file = _file(request, case)
    rows = selectors.files_by(file.case, interested_in(request.membership.subject_id))
    found = next((each.evidence for each in rows if each.evidence.public_id == evidence), None)
    if found is None:
        raise Http404
    return attachment(found)


def _file(request: DeskRequest, case: str) -> CaseFile:
    found = selectors.told_cases(request.membership).filter(public_id=case).first()
    if found is None:
        raise Http404
    return file_of(found)


def _acts(request: DeskRequest, file: CaseFile, acting: frozenset[int]) -> list[dict[str, Any]]:
    """What the case allows now, the by-law's reason beside what the member may not do any more."""
    today = timezone.localdate()
    return [
        {
            "verdict": each.rule(request.user, file, on=today, acting=acting),
            "url": _url(request, "act", case=file.case.public_id, act=each.path),
            "label": each.label,
            "kind": each.kind,
        }
        for each in ACTS.values()
        if each.step in TRANSITIONS[file.state]
    ]


def _page(
    request: DeskRequest, name: str, file: CaseFile, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    entry = by_number(file.case.code)
    told = {
        "case": file.case,
        "file": file,
        "violation": entry.told(get_language() or "") if entry else file.case.number,
        "entry": entry,
        "due": due_of(file.case),
        "case_url": _url(request, "case", case=file.case.public_id),
    }
    return TemplateResponse(
        request, f"associations/desk/{name}.html", frame(request) | told | context, status=status
    )


def _letter_url(request: DeskRequest, file: CaseFile, letter: LetterRow) -> str:
    return _url(request, f"letter_{letter.letter}", case=file.case.public_id)


def _url(request: DeskRequest, name: str, *, case: str, act: str = "") -> str:
    where = {"slug": request.association.slug, "member": request.membership.public_id, "case": case}
    return reverse(f"deskverbs:{f'act_{act}' if act else name}", kwargs=where)

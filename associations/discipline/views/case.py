"""The page of one case, which reads as its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.conduct.catalogue import by_number
from associations.discipline.clocks import SERVICE, TOO_FEW
from associations.discipline.models import Case
from associations.discipline.rules import PANEL_AT_LEAST, lacks_of, may_add_evidence
from associations.discipline.selectors import due_of, evidence_of, file_of, letters_of, reviewers_for
from associations.discipline.services import draft_of
from associations.discipline.states import TRANSITIONS, CaseState, Lack, Measure, Side, Step
from associations.discipline.views.pages import PAGES
from associations.discipline.views.papers import papers
from associations.registry.middleware import console_page
from associations.registry.selectors import charter_on

if TYPE_CHECKING:
    from datetime import date

    from associations.conduct.catalogue import Entry
    from associations.conduct.texts import LawText
    from associations.discipline.selectors import CaseFile, Due
    from associations.registry.middleware import ConsoleRequest

AGREEING = 2
"""Reviewers who must hold the same to decide an appeal; who proposes a reversal and who approves it."""
MET, MISSING, WAITING = "met", "missing", "waiting"


@require_safe
@console_page
def case(request: ConsoleRequest, case: str) -> TemplateResponse:
    """Everything in the file, what the decision still lacks, and what can be done now."""
    file = file_of(get_object_or_404(Case, public_id=case))
    row, entry, today = file.case, by_number(file.case.code), timezone.localdate()
    due = due_of(row, today=today)
    texts = texts_on(entry, row.occurred_on, file.decision.decided_on if file.decision else today)
    measure = file.measure_carried or (file.notice.measure if file.notice else None)
    return TemplateResponse(
        request,
        "associations/discipline/case.html",
        {
            "case": row,
            "file": file,
            "entry": entry,
            "title": entry.told(get_language() or "") if entry else row.code,
            "texts": texts,
            "no_text": bool(texts) and not any(applied for _text, applied in texts),
            "applied": next((text for text, applied in texts if applied), None),
            "due": due,
            "too_few": TOO_FEW if reviewers_wanting(file) else "",
            "appeal_due": SERVICE.ends(file.appeal_decision.decided_on) if file.appeal_decision else None,
            "intended": Measure(file.notice.measure) if file.notice else None,
            "votes": [
                (seat, Measure(seat.vote.measure) if seat.vote and seat.vote.measure else None)
                for seat in file.seats
            ],
            "evidence": evidence_of(row),
            "letters": letters_of(file),
            "may_add_evidence": may_add_evidence(request.user, file),
            "papers": papers(request, file),
            "carried": file.measure_carried,
            "conditions": conditions(file, measure, today),
            "acts": acts(request, file),
            "moments": moments(file, due),
        },
    )


def reviewers_wanting(file: CaseFile) -> bool:
    """Whether an appeal or a proposal to reverse waits, and fewer are left than must agree."""
    waits = file.case.state == CaseState.APPEALED or file.proposed
    return bool(waits) and len(reviewers_for(file, Side.REVIEW)) < AGREEING


def texts_on(entry: Entry | None, acted_on: date | None, judged_on: date) -> list[tuple[LawText, bool]]:
    """The entry's texts, and whether it is the one the act is judged by.

    Paper may not tell the day of the act; then the decision's, before which it must lie, is taken.
    """
    applied = entry.text_for(acted_on or judged_on, judged_on) if entry else None
    return [(each, each is applied) for each in (entry.texts if entry else ())]


def conditions(file: CaseFile, measure: int | None, today: date) -> list[dict[str, Any]]:
    """What a decision needs, each met, missing or still to come; for a decision made, what it was found to lack."""
    made = file.decision
    asked = asked_of(file, made.measure if made else measure or Measure.REMINDER)
    if made:
        lacks, waiting = set(made.lacks), set()
        counts = (made.members_due, made.members_present, made.votes_in_favour)
        until = made.statement_due_on
    else:
        draft = draft_of(file, measure or Measure.REMINDER, today, charter_on(today))
        lacks, waiting = set(lacks_of(draft)), to_come(file, today)
        counts = (draft.members_due, draft.members_present, draft.votes_in_favour)
        until = draft.statement_due_on
        if 0 < len(file.sitting) < PANEL_AT_LEAST:
            lacks.add(Lack.QUORUM)
    lines = [
        {
            "label": label,
            "state": MET if lack not in lacks else WAITING if lack in waiting else MISSING,
            "remedy": remedy if lack in lacks else "",
        }
        for lack, label, remedy in worded(until, *counts)
        if lack in asked
    ]
    return lines if file.case.imported else lines + afterwards(file)


def to_come(file: CaseFile, today: date) -> set[Lack]:
    """What is not lacking yet, because its time has not come."""
    waiting = {Lack.DEFENCE_WINDOW} if file.notice and file.notice.answer_until >= today else set()
    if file.notice and file.notice.served_on >= today:  # no decision on the day of the notice
        waiting.add(Lack.NOTICE)
    return waiting if file.statement else waiting | {
        Lack.QUORUM, Lack.MAJORITY, Lack.BOARD, Lack.APPROVALS,
    }  # fmt: skip


def worded(until: date | None, due: int, present: int, votes: int) -> list[tuple[Lack, str, str]]:
    """Each condition as it is called when met, and what is so far where it is not."""
    so_far = _("%(present)s of %(due)s present") % {"present": present, "due": due} if due else ""
    in_favour = _("%(votes)s of %(present)s in favour") % {"votes": votes, "present": present} if due else ""
    window = _("until %(day)s") % {"day": until.isoformat()} if until else ""
    return [
        (Lack.CHARTER, _("The charter provides for the measure"), ""),
        (Lack.NOTICE, _("Prior notice served, with proof"), ""),
        (Lack.STATEMENT, _("Statement, waiver, or time lapsed"), ""),
        (Lack.DEFENCE_WINDOW, _("Time for defence over"), window),
        (Lack.QUORUM, _("Quorum"), so_far),
        (Lack.MAJORITY, _("Majority of those present"), in_favour),
        (Lack.HEARING, _("Hearing held or given up"), ""),
        (Lack.BOARD, _("The board voted for it"), _("due, present and in favour on record")),
        (Lack.APPROVALS, _("Two approvals of the bar"), _("by people who neither accused nor judged")),
    ]


def asked_of(file: CaseFile, measure: int) -> set[Lack]:
    """The conditions asked of this case: a hearing where one was asked for, board and approvals for the gravest."""
    left_out = set() if file.hearing else {Lack.HEARING}
    if file.case.imported or measure < Measure.EXPULSION:
        left_out.add(Lack.BOARD)
    if file.case.imported or measure < Measure.LIFETIME_BAR:
        left_out.add(Lack.APPROVALS)
    return set(Lack) - left_out


def afterwards(file: CaseFile) -> list[dict[str, Any]]:
    """What a decision made here needs beyond the vote to bind and to be published."""
    told = MET if file.service and file.service.told_of_publication else MISSING if file.service else WAITING
    return [
        {"label": _("Who opened or investigated the case does not judge it"), "state": MET},
        {"label": _("Handed over, with proof"), "state": MET if file.service else WAITING},
        {"label": _("Told that it will be published"), "state": told},
    ]


def acts(request: ConsoleRequest, file: CaseFile) -> list[dict[str, Any]]:
    """The verbs of this state, those open to the user first, each with its reason or its consequence."""
    offered = [page for step, page in PAGES.items() if step in TRANSITIONS[file.state] and page.fits(file)]
    found = [
        {
            "verdict": page.verdict(request.user, file),
            "label": page.label,
            "note": page.lead,
            "kind": page.kind,
            "url": reverse(
                f"discipline:{page.step.value}",
                kwargs={"slug": request.association.slug, "case": file.case.public_id},
            ),
        }
        for page in offered
    ]
    found.sort(key=lambda each: not each["verdict"])
    if found and found[0]["verdict"] and not found[0]["kind"]:
        found[0]["kind"] = "pri"
    return found


def moments(file: CaseFile, due: Due | None) -> list[dict[str, Any]]:
    """The case's history as a timeline, and the next day something is due."""
    done = [
        {
            "on": event.on,
            "text": Step(event.step).label,
            "note": " · ".join(filter(None, (event.by.name if event.by else "", event.note))),
        }
        for event in file.events
    ]
    if due:
        words = _("by %(day)s") % {"day": f"{due.on:%m-%d}"}
        done.append({"when": words, "text": due.what, "note": "", "todo": True})
    return done

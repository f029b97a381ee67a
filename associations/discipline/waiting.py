"""What waits in the cases, and for whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from associations.discipline.clocks import SERVICE
from associations.discipline.models import Case, Part
from associations.discipline.rules import APPROVALS_AT_LEAST, PANEL_AT_LEAST
from associations.discipline.selectors import appeals_unserved, latest_calls, panels_of, proposals_open
from associations.discipline.states import CaseState, Measure, Side
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from associations.discipline.models import AppealDecision, HearingCall, ReversalProposal
    from associations.discipline.selectors import CaseFile

NEXT: dict[CaseState, tuple[str | Promise, Verb]] = {
    CaseState.LEAD: (_("Check the lead: file the case or find none"), Verb.OPEN_CASE),
    CaseState.FILED: (_("Report the investigation"), Verb.INVESTIGATE),
    CaseState.REPORTED: (_("Serve the prior notice"), Verb.SERVE_NOTICE),
    CaseState.NOTICED: (_("Record that the time for the statement is over"), Verb.SERVE_NOTICE),
    CaseState.HEARD: (_("Form a panel"), Verb.FORM_PANEL),
    CaseState.PANEL: (_("Sign the decision"), Verb.DECIDE),
    CaseState.DECIDED: (_("Hand the decision over"), Verb.SERVE_NOTICE),
    CaseState.APPEALED: (_("Give an opinion on the appeal"), Verb.REVERSE),
    CaseState.EFFECTIVE: (_("Record whether the measure was carried out"), Verb.SERVE_NOTICE),
    CaseState.ENFORCED: (_("Close the case"), Verb.SERVE_NOTICE),
}
"""What the association does next in a state, and the verb that says who."""
FOR_OTHERS = frozenset({CaseState.PANEL, CaseState.APPEALED})
"""States in which nobody acts who had a hand in the case before."""


def waiting(today: date) -> list[Matter]:
    """What each case waits for, the most urgent first, proposals to reverse, decisions on appeal; nine queries."""
    rows = Case.objects.filter(state__in=list(NEXT), imported=False)
    found = list(rows.select_related("notice", "investigator").order_by("due_on", "id")[:MOST])
    panels = panels_of(found)
    parts: dict[int, set[int]] = defaultdict(set)
    for case_id, user_id in Part.objects.filter(case__in=found, case__state__in=FOR_OTHERS).values_list(
        "case_id", "user_id"
    ):
        parts[case_id].add(user_id)
    calls = latest_calls(case for case in found if case.hearing_owed and case.state == CaseState.HEARD)
    matters = []
    for case in found:
        if case.pk in panels:
            matters += _of_panel(panels[case.pk], parts[case.pk])
        else:
            matters.append(_matter(case, parts[case.pk], calls.get(case.pk), today))
    return [
        *matters,
        *map(_reversal, proposals_open()[:MOST]),
        *map(_handing_over, appeals_unserved()[:MOST]),
    ]


def _thing(case: Case) -> tuple[str, str, str, date]:
    return (case.number, "discipline:case", case.public_id, case.since or case.opened_on)


def _matter(case: Case, parts: set[int], call: HearingCall | None, today: date) -> Matter:
    state, due, thing = CaseState(case.state), case.due_on, _thing(case)
    if state == CaseState.NOTICED and (due is None or due >= today):
        return Matter(_("Statement of the member"), *thing, due=due, names=_("the member"))
    if call:
        hold = _now("Hold the hearing: %(place)s") % {"place": call.place}
        chair = frozenset({call.chair_id})
        return Matter(hold, *thing, due=call.held_on, people=chair, names=call.chair.name)
    if state == CaseState.HEARD and case.hearing_owed:
        return Matter(_("Announce the hearing"), *thing, due=due, roles=ROLE_TABLE[Verb.FORM_PANEL])
    what, verb = NEXT[state]
    if state == CaseState.FILED and case.investigator:
        return Matter(
            what, *thing, due=due, people=frozenset({case.investigator.pk}), names=case.investigator.name
        )
    never = _hands(case, parts) if state in FOR_OTHERS else frozenset()
    return Matter(what, *thing, due=due, roles=ROLE_TABLE[verb], never=never)


def _of_panel(file: CaseFile, parts: set[int]) -> list[Matter]:
    """A case before its panel may wait for several at once: for whoever fills an empty seat and for the voters; after
    the votes for the board and for the approvals of a bar; when nothing of that is wanting, for who signs.
    """
    case = file.case
    found: list[tuple[str | Promise, Verb, frozenset[int]]] = []
    thing, due, never = _thing(case), case.due_on, _hands(case, parts)
    if any(seat.chair for seat in file.empty):
        found.append((_("Seat another in the chair"), Verb.FORM_PANEL, frozenset()))
    elif file.empty and len(file.sitting) < PANEL_AT_LEAST:
        found.append((_("Seat a replacement"), Verb.FORM_PANEL, frozenset()))
    voters = [seat for seat in file.sitting if not seat.vote]
    if not voters:
        carried = file.measure_carried or 0
        if carried >= Measure.EXPULSION and not file.board_for(carried):
            found.append((_("Record the vote of the board"), Verb.RECORD_BOARD, frozenset()))
        if carried == Measure.LIFETIME_BAR and len(file.approvals) < APPROVALS_AT_LEAST:
            found.append((_("Approve the bar"), Verb.APPROVE_BAR, never))
        if not found:
            what, verb = NEXT[CaseState.PANEL]
            found.append((what, verb, never))
    matters = [Matter(what, *thing, due=due, roles=ROLE_TABLE[verb], never=but) for what, verb, but in found]
    if voters:
        names = _now(", ").join(seat.name for seat in voters)
        people = frozenset(seat.user_id for seat in voters)
        matters.append(Matter(_("Vote"), *thing, due=due, people=people, names=names))
    return matters


def _reversal(proposal: ReversalProposal) -> Matter:
    """Who proposed it may only take it back, and who had a hand in the case, save a reviewer of its appeal, may not."""
    case = proposal.case
    hands = {part.user_id for part in case.parts.all() if part.side != Side.REVIEW}
    return Matter(
        _("Approve the reversal, or not"),
        case.number,
        "discipline:case",
        case.public_id,
        proposal.proposed_on,
        due=proposal.answer_by,
        roles=ROLE_TABLE[Verb.REVERSE],
        never=_hands(case, hands) | {proposal.by_id},
    )


def _handing_over(decided: AppealDecision) -> Matter:
    case = decided.appeal.case
    return Matter(
        _("Hand the decision on the appeal over"),
        case.number,
        "discipline:case",
        case.public_id,
        decided.decided_on,
        due=SERVICE.ends(decided.decided_on),
        roles=ROLE_TABLE[Verb.SERVE_NOTICE],
    )


def _hands(case: Case, parts: set[int]) -> frozenset[int]:
    """Who may not judge or review the case: whoever opened it or is something to it already."""
    return frozenset(parts | ({case.opened_by_id} if case.opened_by_id else set()))

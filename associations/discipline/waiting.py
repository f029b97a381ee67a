"""What waits in the cases, and for whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from associations.discipline.models import Case, Part, Seat
from associations.discipline.selectors import latest_calls
from associations.discipline.states import CaseState
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from associations.discipline.models import HearingCall

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
    """One matter a case, the most urgent first; four queries."""
    rows = Case.objects.filter(state__in=list(NEXT), imported=False)
    found = list(rows.select_related("notice", "investigator").order_by("due_on", "id")[:MOST])
    voters: dict[int, list[Seat]] = defaultdict(list)
    empty = Seat.objects.filter(case__in=found, case__state=CaseState.PANEL, recused=False, vote=None)
    for seat in empty.select_related("user").order_by("id"):
        voters[seat.case_id].append(seat)
    parts: dict[int, set[int]] = defaultdict(set)
    for case_id, user_id in Part.objects.filter(case__in=found, case__state__in=FOR_OTHERS).values_list(
        "case_id", "user_id"
    ):
        parts[case_id].add(user_id)
    calls = latest_calls(case for case in found if case.hearing_owed and case.state == CaseState.HEARD)
    return [_matter(case, voters[case.pk], parts[case.pk], calls.get(case.pk), today) for case in found]


def _matter(case: Case, voters: list[Seat], parts: set[int], call: HearingCall | None, today: date) -> Matter:
    state, due = CaseState(case.state), case.due_on
    thing = (case.number, "discipline:case", case.public_id, case.since or case.opened_on)
    if state == CaseState.NOTICED and (due is None or due >= today):
        return Matter(_("Statement of the member"), *thing, due=due, names=_("the member"))
    if call:
        hold = _now("Hold the hearing: %(place)s") % {"place": call.place}
        chair = frozenset({call.chair_id})
        return Matter(hold, *thing, due=call.held_on, people=chair, names=call.chair.name)
    if state == CaseState.HEARD and case.hearing_owed:
        return Matter(_("Announce the hearing"), *thing, due=due, roles=ROLE_TABLE[Verb.FORM_PANEL])
    if voters:
        names = _now(", ").join(seat.user.name for seat in voters)
        return Matter(
            _("Vote"), *thing, due=due, people=frozenset(seat.user_id for seat in voters), names=names
        )
    what, verb = NEXT[state]
    if state == CaseState.FILED and case.investigator:
        return Matter(
            what, *thing, due=due, people=frozenset({case.investigator.pk}), names=case.investigator.name
        )
    never = _hands(case, parts) if state in FOR_OTHERS else frozenset()
    return Matter(what, *thing, due=due, roles=ROLE_TABLE[verb], never=never)


def _hands(case: Case, parts: set[int]) -> frozenset[int]:
    """Who may not judge or review the case: whoever opened it or is something to it already."""
    return frozenset(parts | ({case.opened_by_id} if case.opened_by_id else set()))

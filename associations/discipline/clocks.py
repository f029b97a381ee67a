"""The clocks of a case, as one table: how long a state may last, in which days, who is waited for, how it is extended.

A clock of working days is counted in the official calendar, and says loudly when a year is not known there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.discipline.states import CaseState
from core.calendar.selectors import add_working_days

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from associations.discipline.models import Case


@dataclass(frozen=True, slots=True)
class Clock:
    """`days` None: the step that starts it names the last day. `more`: days an extension adds, once; 0: none.

    `from_filing`: it runs on from the day of filing through several states.
    """

    key: str
    what: Promise | str
    days: int | None
    working: bool = False
    more: int = 0
    from_filing: bool = False

    def ends(self, since: date, *, extended: bool = False) -> date | None:
        """Its last day, counted from `since`. Raises UnknownYear."""
        if self.days is None:
            return None
        days = self.days + (self.more if extended else 0)
        return add_working_days(since, days) if self.working else since + timedelta(days=days)


CHECK = Clock("check", _("Check of the lead"), 15, working=True, more=15)
DECISION = Clock("decision", _("Decision"), 90, more=30, from_filing=True)
STATEMENT = Clock("statement", _("Statement"), None)
SERVICE = Clock("service", _("Handing over"), 7)
APPEAL = Clock("appeal", _("Appeal"), None)
REVIEW = Clock("review", _("Decision on the appeal"), 30)
PERFORMANCE = Clock("perform", _("Performance"), 30)
CLOSING = Clock("closing", _("Closing"), 30)

HANDING_OVER_APPEAL = _("Handing over the decision on appeal")
"""Its clock is SERVICE, beside the clock of the case, from the day of the decision on the appeal."""

CLOCKS: dict[CaseState, tuple[Clock, Promise | str]] = {
    CaseState.LEAD: (CHECK, _("the clerk, to file it or find no case")),
    CaseState.FILED: (DECISION, _("the investigator, for the report")),
    CaseState.REPORTED: (DECISION, _("the clerk, to serve the prior notice")),
    CaseState.NOTICED: (STATEMENT, _("the member; once the time is over, the clerk, to close it")),
    CaseState.HEARD: (DECISION, _("who forms the panel, or calls the hearing asked for")),
    CaseState.PANEL: (DECISION, _("the panel, and who signs")),
    CaseState.DECIDED: (SERVICE, _("the clerk, to hand it over")),
    CaseState.SERVED: (APPEAL, _("the member, who may appeal")),
    CaseState.APPEALED: (REVIEW, _("reviewers who were not involved")),
    CaseState.EFFECTIVE: (PERFORMANCE, _("the member; then the clerk, to record it")),
    CaseState.ENFORCED: (CLOSING, _("the clerk, to close the case")),
}
"""Each state in which somebody is waited for: its clock, and for whom it waits (DOMAIN 1.8)."""

TOO_FEW = _(
    "Too few reviewers are left who may act in this case. The administrator of the association appoints another under "
    "Officers and roles."
)


def clock_of(state: CaseState) -> Clock | None:
    return CLOCKS[state][0] if state in CLOCKS else None


def start(case: Case, *, on: date, until: date | None = None, extended: frozenset[str] = frozenset()) -> None:
    """Set the clock of the state the case is in now; `until` is the last day where a step names it."""
    clock = clock_of(CaseState(case.state))
    if clock is None or (case.imported and clock is not REVIEW):  # a past one waits for nobody
        case.since = case.due_on = None
        return
    since = case.filed_on or case.opened_on if clock.from_filing else on
    case.since, case.due_on = since, until or clock.ends(since, extended=clock.key in extended)

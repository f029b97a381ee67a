"""What waits, counted. In the scope of one association."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from associations.conduct import queue
from associations.discipline import selectors as discipline
from associations.discipline.states import CaseState
from associations.imports import selectors as imports
from associations.imports.states import RunState
from associations.members import selectors as members
from associations.registry.rules import ROLE_TABLE, Verb
from associations.remedies import selectors as remedies
from associations.tenancy import scope
from credit.blacklist import selectors as blacklist
from credit.publication.models import Candidate
from credit.publication.states import CandidateState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from core.accounts.states import Role

UNFINISHED = (RunState.PREVIEW, RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind: how much, who does it, the address (a name and a query) where it is done."""

    what: str | Promise
    count: int
    roles: frozenset[Role]
    page: str
    query: str = ""
    tone: str = ""


def waiting() -> list[Waiting]:
    """All kinds of work, also those of which nothing waits."""
    bars, sought = blacklist.counts(), remedies.waiting()
    answers = ROLE_TABLE[Verb.ANSWER_REMEDY]
    late = "over" if sought["late"] else "soon"
    clerks = ROLE_TABLE[Verb.MANAGE_MEMBERS]
    return [
        Waiting(
            _("Screening questions to answer"),
            members.open_questions().count(),
            ROLE_TABLE[Verb.ANSWER_SCREENING],
            "members:screening",
            tone="soon",
        ),
        Waiting(
            _("Applications to answer"), members.open_applications().count(), clerks, "members:applications"
        ),
        Waiting(
            _("Identities overdue for verification"),
            members.verification_due(-1).count(),
            clerks,
            "members:list",
            "?view=overdue",
            "over",
        ),
        Waiting(
            _("Identities to verify within 30 days"),
            members.verification_soon().count(),
            clerks,
            "members:list",
            "?view=soon",
            "soon",
        ),
        Waiting(
            _("Imports waiting, running or to be confirmed"),
            imports.runs().filter(state__in=UNFINISHED).count(),
            ROLE_TABLE[Verb.IMPORT],
            "imports:runs",
        ),
        Waiting(
            _("Records ready for publication"),
            Candidate.objects.filter(state=CandidateState.READY).count(),
            ROLE_TABLE[Verb.APPROVE_PUBLICATION],
            "publication:queue",
        ),
        Waiting(
            _("Bars to review within 90 days"),
            bars["due"],
            ROLE_TABLE[Verb.REVIEW_BAR],
            "blacklist:bars",
            "?view=due",
            "over" if bars["late"] else "soon",
        ),
        Waiting(
            _("Liftings of bars that wait for a second person"),
            blacklist.liftings_open().count(),
            ROLE_TABLE[Verb.REVIEW_BAR],
            "blacklist:bars",
        ),
        Waiting(
            _("Questions of other associations about our bars"),
            blacklist.inquiries_open().count(),
            ROLE_TABLE[Verb.ANSWER_ABOUT_BAR],
            "blacklist:inquiries",
            tone="soon",
        ),
        Waiting(
            _("Changes of bars we had word of"),
            blacklist.unseen_changes(),
            ROLE_TABLE[Verb.ASK_ABOUT_BAR],
            "blacklist:inquiries",
        ),
        Waiting(_("Objections to answer"), sought["objections"], answers, "remedies:remedies", tone=late),
        Waiting(
            _("Repairs to decide"), sought["repairs"], answers, "remedies:remedies", "?view=repairs", late
        ),
        Waiting(
            _("Corrections that wait for a second person"),
            sought["corrections"],
            answers,
            "remedies:remedies",
            "?view=corrections",
        ),
        Waiting(
            _("Own statements to check"),
            sought["statements"],
            answers,
            "remedies:remedies",
            "?view=statements",
        ),
        Waiting(
            _("Members waiting to be rated"),
            queue.waiting(association_id=scope.association_id()),
            frozenset(),
            "scoring:ratings",
        ),
    ]


def mine(lines: Iterable[Waiting], roles: frozenset[Role]) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for one of these roles, and what waits for others; nothing of which there is none."""
    standing = [line for line in lines if line.count]
    return (
        [line for line in standing if line.roles & roles],
        [line for line in standing if not line.roles & roles],
    )


def cases_by_state() -> list[tuple[str, str | Promise, int]]:
    """(state, its word, how many) of the cases, in the order a case goes."""
    rows = discipline.cases().order_by().values("state").annotate(count=Count("id"))
    counts = dict(rows.values_list("state", "count"))
    return [(state.value, state.label, counts[state]) for state in CaseState if state in counts]

"""Past decisions 历年决定: each is kept; those that lack quorum or proof of notice only as history."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_noop as _

from associations.conduct import catalogue
from associations.conduct.states import Severity
from associations.discipline import services
from associations.discipline.models import Decision
from associations.discipline.services import PastDecision
from associations.discipline.states import Measure, StatementKind
from associations.imports import selectors
from associations.imports.papers.columns import DECISIONS as SCHEMA
from associations.imports.plan import Plan, batches
from associations.members.models import Membership
from core.calendar.selectors import Calendar, UnknownYear, calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from associations.imports.selectors import Standing
    from core.accounts.models import User
    from core.paperwork.reading import Table
    from core.paperwork.schemas import Record

__all__ = ["SCHEMA", "carry_out", "plan"]
TOLD = ("rows", "below_two_thirds_present", "lifetime", "expelled", "unknown_member")
SEVERITIES = {severity.name.lower(): severity for severity in Severity}
STATEMENTS = {
    "submitted": StatementKind.SUBMITTED,
    "waived": StatementKind.WAIVED,
    "overdue": StatementKind.LAPSED,
    None: "",
}
QUORUM = (2, 3)
DEFENCE_DAYS = 5


class Row(NamedTuple):
    """A decision that is new; `paper` are the fields of `PastDecision` but for the membership."""

    member: int
    paper: dict[str, Any]


def plan(table: Table, *, today: date) -> Plan:
    """What would be kept. A number that stands is left as it is, and told where the paper differs."""
    made = Plan(len(table)).counting(*TOLD)
    days = calendar()
    good: list[Record] = []
    for record in table:
        if not record.problems:
            check(table, record, today, days)
        if record.problems:
            made.refuse(record)
        else:
            good.append(record)
    known = selectors.of_either(record.values["who"] for record in good)
    numbers = [record.values["number"] for record in good]
    standing = {row.number: row for row in Decision.objects.filter(number__in=numbers).select_related("case")}
    seen: dict[str, int] = {}
    for record in good:
        number = record.values["number"]
        member = known.get(record.values["who"][1])
        if member is None:
            message = _("Nobody with this code or identity number is a member: enter the member first.")
            table.reader.problem(record, "who", "unknown_member", message)
            made.refuse(record)
        elif number in seen:
            made.double(table, record, "number", seen[number])
        else:
            seen[number] = record.row
            take(made, table, record, member, standing.get(number))
    made.problems.sort(key=lambda problem: problem.row)
    return made


def check(table: Table, record: Record, today: date, days: Calendar) -> None:
    """Add a problem for a row that no decision can be."""
    values = record.values
    if catalogue.by_code(values["code"]) is None:
        message = _("The violation catalogue has no such code; codes look like AD01.")
        table.reader.problem(record, "code", "unknown_violation", message)
    elif values["decided_on"] > today:
        message = _("The day of the decision lies in the future: correct it.")
        table.reader.problem(record, "decided_on", "decided_in_future", message)
    elif values["present"] > values["due"]:
        message = _("More members were present than are due: correct one of the two numbers.")
        table.reader.problem(record, "present", "impossible_votes", message)
    elif values["votes"] > values["present"]:
        message = _("More votes than members present: correct one of the two numbers.")
        table.reader.problem(record, "votes", "impossible_votes", message)
    elif values["noticed_on"]:
        try:
            days.add(values["noticed_on"], DEFENCE_DAYS)
        except UnknownYear as unknown:
            message = _("The working days of %(year)d are not known: the time for defence cannot be counted.")
            table.reader.problem(record, "noticed_on", "unknown_year", message, year=unknown.year)


def take(made: Plan, table: Table, record: Record, member: Standing, stands: Decision | None) -> None:
    """Count the decision, and what the paper says about it."""
    values = record.values
    paper = paper_of(record)
    made.told["rows"] += 1
    made.told["lifetime"] += paper["measure"] == Measure.LIFETIME_BAR
    made.told["expelled"] += paper["measure"] == Measure.EXPULSION
    if values["present"] * QUORUM[1] < values["due"] * QUORUM[0]:
        message = _(
            "Fewer than two thirds of the members due were present: kept as history, it does not count."
        )
        made.note(table, record, "present", "below_two_thirds_present", message)
    if values["noticed_on"] is None:
        message = _("No proof that notice was served: kept as history, it does not count.")
        made.note(table, record, "noticed_on", "without_notice", message)
    if stands is None:
        made.accepted.append(Row(member.id, paper))
        return
    made.unchanged += 1
    before = {
        "decided_on": stands.decided_on, "code": stands.case.code, "severity": stands.severity,
        "measure": stands.measure, "members_due": stands.members_due, "members_present": stands.members_present,
        "votes_in_favour": stands.votes_in_favour, "notice_served_on": stands.notice_served_on,
        "statement": stands.statement,
    }  # fmt: skip
    if stands.case.membership_id != member.id or any(paper[name] != value for name, value in before.items()):
        message = _("A decision of this number stands and says something else. Nothing was changed.")
        made.note(table, record, "number", "differs_from_file", message)


def paper_of(record: Record) -> dict[str, Any]:
    values = record.values
    entry = catalogue.by_code(values["code"])
    return {
        "number": values["number"],
        "decided_on": values["decided_on"],
        "code": entry.number if entry else 0,
        "severity": SEVERITIES[values["severity"]],
        "measure": Measure(int(values["measure"][1])),
        "members_due": values["due"],
        "members_present": values["present"],
        "votes_in_favour": values["votes"],
        "notice_served_on": values["noticed_on"],
        "statement": STATEMENTS[values["statement"]],
        "appeal_until": values["appeal_until"],
        "facts": values["facts"],
        "basis": values["basis"],
    }


def carry_out(plan: Plan, *, today: date, by: User | None, report: Callable[[int], None]) -> Counter[str]:  # noqa: ARG001 - as every kind
    """Keep the decisions; those that lack nothing leave their facts."""
    told: Counter[str] = Counter()
    for rows in batches(plan.accepted):
        members = Membership.objects.in_bulk({row.member for row in rows})
        papers = [PastDecision(membership=members[row.member], **row.paper) for row in rows]
        kept = services.record_past_decisions(papers, by=by)
        told["counting"] += sum(each.counts for each in kept)
        told["history"] += sum(not each.counts for each in kept)
        report(len(rows))
    return told

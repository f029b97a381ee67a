"""Member lists 会员名册: organisations, by unified social credit code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_noop as _

from associations.conduct import loading as conduct
from associations.conduct.states import FactKind
from associations.imports import selectors
from associations.imports.papers.columns import MEMBERS as SCHEMA
from associations.imports.plan import Plan, ahead, batches
from associations.members import loading, rules
from associations.members.states import Category, Item, MembershipState
from core.subjects.services import Identity
from core.subjects.states import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from associations.imports.selectors import Standing
    from core.accounts.models import User
    from core.paperwork.reading import Table
    from core.paperwork.schemas import Record

__all__ = ["SCHEMA", "carry_out", "plan"]
TOLD = (
    "missing_name",
    "wrong_length",
    "wrong_check_digit",
    "bad_code",
    "joined_in_future",
    "duplicates_in_file",
)
SOURCE = "import"
CATEGORIES = {category.name.lower(): category for category in Category}
GONE = frozenset({MembershipState.LEFT, MembershipState.EXPELLED})


class Row(NamedTuple):
    """A row that will become a membership."""

    name: str
    uscc: str
    category: Category
    joined_on: date
    state: str
    contact: dict[str, str] | None


def plan(table: Table, *, today: date) -> Plan:
    """What the list would change; a member that stands is left as it is, and told where it differs."""
    made = Plan(len(table)).counting(*TOLD)
    first: dict[str, int] = {}
    good: list[tuple[Record, Row]] = []
    for record in table:
        if not record.problems:
            row = read(table, record, today)
        if record.problems:
            made.refuse(record)
        elif row.uscc in first:
            made.double(table, record, "uscc", first[row.uscc])
        else:
            first[row.uscc] = record.row
            good.append((record, row))
    made.firms = list(first)
    known = selectors.standing(usccs=first)
    for record, row in good:
        member = known.get(row.uscc)
        if member is None or (member.left_on is not None and row.joined_on > member.left_on):
            made.accepted.append(row)
        else:
            made.unchanged += 1
            compare(made, table, record, row, member)
    made.problems.sort(key=lambda problem: problem.row)
    return made


def read(table: Table, record: Record, today: date) -> Row:
    """The row's values; a problem is added to the record for what no list of members can say."""
    values = record.values
    category = CATEGORIES[values["category"]]
    state = values["status"]
    if category == Category.STREAMER:
        message = _("A streamer is a natural person: enter them in a streamer list, by identity number.")
        table.reader.problem(record, "category", "streamer_is_a_person", message)
    elif values["joined_on"] > today:
        message = _("The day of joining lies in the future: correct it, or import the row when it has come.")
        table.reader.problem(record, "joined_on", "joined_in_future", message)
    elif state in GONE:
        message = _("Only members of today are taken in: a member who left is entered in the member's file.")
        table.reader.problem(record, "status", "left_already", message)
    contact = {key: values[key] for key in ("contact", "phone") if values[key]}
    return Row(values["name"], values["uscc"], category, values["joined_on"], state, contact or None)


def compare(made: Plan, table: Table, record: Record, row: Row, member: Standing) -> None:
    """Remark where the list says something else than what stands; an import overwrites nothing."""
    if member.left_on is not None:
        made.note(
            table,
            record,
            "name",
            "membership_ended",
            _("This membership ended on %(day)s; the row tells of the time before. Nothing was changed."),
            day=member.left_on.isoformat(),
        )
        return
    pairs = (
        ("name", row.name, member.name),
        ("category", int(row.category), member.category),
        ("joined_on", row.joined_on, member.joined_on),
        ("status", row.state, member.state),
    )
    differing = [SCHEMA.column(name) for name, told, stands in pairs if told != stands]
    if differing:
        made.note(
            table,
            record,
            differing[0].name,
            "differs_from_file",
            _(
                "Is a member already, and the file differs in: %(fields)s. Nothing was changed; see the member's file."
            ),
            fields=[column.aliases[0] for column in differing],
        )


def carry_out(plan: Plan, *, today: date, by: User | None, report: Callable[[int], None]) -> Counter[str]:
    """Enter the members, each with a passed identity check, and compare them with the bars in force."""
    rules.may_manage(by).enforce()
    told: Counter[str] = Counter()
    check = conduct.Told(FactKind.CHECK, today, SOURCE, code=int(Item.IDENTITY), a=1)

    def ready(rows: list[Row]) -> tuple[list[loading.Ready], list[conduct.Sealed]]:
        return loading.ready(list(map(joining, rows))), conduct.sealed_all([check] * len(rows), today)

    for members, facts in ahead(ready, batches(plan.accepted)):
        told["screening_questions"] += enter(members, facts, today=today, by=by)
        report(len(members))
    return told


def joining(row: Row) -> loading.Joining:
    identity = Identity(Kind.ORGANISATION, row.name, row.uscc)
    return loading.Joining(identity, row.category, row.joined_on, row.state, row.contact)


def enter(
    members: Sequence[loading.Ready], facts: Sequence[conduct.Sealed], *, today: date, by: User | None
) -> int:
    """Enter members with the facts of their checks; gives how many screening questions were opened."""
    entered = loading.enter(members, checked_on=today, by=by)
    conduct.load(
        [(each.id, f"check:{each.check_id}", fact) for each, fact in zip(entered, facts, strict=False)]
    )
    conduct.due(each.id for each in entered)
    return len(loading.screened(entered))

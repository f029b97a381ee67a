"""Monthly figures of a platform 平台月报: orders and complaints of each member in each month."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from associations.exchange import services
from associations.exchange.services import Figures, Standing
from associations.imports import selectors
from associations.imports.papers.columns import FIGURES as SCHEMA
from associations.imports.plan import Plan, ahead, batches

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.accounts.models import User
    from core.paperwork.reading import Table
    from core.paperwork.schemas import Record

__all__ = ["SCHEMA", "carry_out", "plan"]
TOLD = ("unknown_member",)
WITHIN_CLOSED = ("upheld", "answered", "resolved")


def plan(table: Table, *, today: date) -> Plan:
    """What the report would add or correct."""
    made = Plan(len(table)).counting(*TOLD)
    made.told["lines"] = len(table)
    month = today.replace(day=1)
    good: list[Record] = []
    for record in table:
        if not record.problems:
            check(table, record, month)
        if record.problems:
            made.refuse(record)
        else:
            good.append(record)
    known = selectors.of_either(record.values["who"] for record in good)
    rows: list[tuple[Record, Figures]] = []
    seen: dict[tuple[object, ...], int] = {}
    for record in good:
        member = known.get(record.values["who"][1])
        if member is None:
            message = _("Nobody with this code or identity number is a member: enter the member first.")
            table.reader.problem(record, "who", "unknown_member", message)
            made.refuse(record)
            continue
        figures = figures_of(record, member.id)
        first = seen.setdefault(figures.about, record.row)
        if first != record.row:
            made.double(table, record, "who", first)
        else:
            rows.append((record, figures))
    standing = services.standing([figures for _record, figures in rows])
    for record, figures in rows:
        settle(made, table, record, figures, standing)
    made.problems.sort(key=lambda problem: problem.row)
    return made


def check(table: Table, record: Record, month: date) -> None:
    """Add a problem for figures that cannot be."""
    values = record.values
    closed = values["closed"]
    for column in WITHIN_CLOSED:
        if values[column] > closed:
            message = _("More than the complaints closed (%(closed)d): correct one of the two numbers.")
            table.reader.problem(record, column, "impossible_numbers", message, closed=closed)
            return
    if values["period"] >= month:
        message = _("This month is not over yet: send its figures when it is.")
        table.reader.problem(record, "period", "month_not_over", message)


def figures_of(record: Record, member: int) -> Figures:
    values = record.values
    return Figures(
        member,
        values["platform"],
        last_day(values["period"]),
        (values["orders"], values["upheld"], values["closed"], values["answered"], values["resolved"]),
    )


@lru_cache(maxsize=256)
def last_day(month: date) -> date:
    """The last day of the month that begins on this day."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def settle(
    made: Plan,
    table: Table,
    record: Record,
    figures: Figures,
    standing: dict[tuple[object, ...], Standing],
) -> None:
    """Tell a line that stands as it is from a new one and from a correction."""
    before = standing.get(figures.about)
    if before is None:
        made.accepted.append((figures, None))
    elif before.numbers == figures.numbers:
        made.unchanged += 1
    else:
        made.accepted.append((figures, before))
        message = _("This line stands with other figures: they are corrected, and both are kept.")
        made.note(table, record, "who", "corrects", message)


def carry_out(plan: Plan, *, today: date, by: User | None, report: Callable[[int], None]) -> Counter[str]:
    """Record the figures; what they correct is corrected by facts of its own."""
    services.may_receive(by).enforce()

    def ready(rows: list[tuple[Figures, Standing | None]]) -> list[services.Ready]:
        return services.ready(rows, today)

    for rows, facts in zip(batches(plan.accepted), ahead(ready, batches(plan.accepted)), strict=True):
        services.receive(facts)
        report(len(rows))
    services.received({figures.membership_id for figures, _before in plan.accepted})
    return Counter()

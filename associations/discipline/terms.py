"""Terms: how long a member may answer or appeal, how long a measure is kept on record, numbers of documents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from associations.conduct.states import Severity
from associations.discipline.states import Measure
from associations.tenancy import scope
from core.walls.turns import hold

if TYPE_CHECKING:
    from django.db import models

STATEMENT_DAYS = 10
"""Working days for statement and defence (DOMAIN 1.8)."""
STATEMENT_DAYS_LEAST = 5
"""The fewest ever allowed (市场监督管理行政处罚程序规定 §57)."""
HEARING_DAYS = 5
"""Working days in which a hearing is asked for, from the notice (行政处罚法 §64)."""
APPEAL_DAYS = 15
"""Working days for an appeal, from the day after the decision is handed over (DOMAIN 1.8)."""
REVERSAL_DAYS = 7
"""Working days in which a proposal to reverse is answered, as for an objection (上海市社会信用条例 §36)."""
EXCLUSION_YEARS = 3
"""Years for which an expelled member's application is not taken (DOMAIN 1.9, L5)."""
RECORD_DAYS = {Severity.MINOR: 90, Severity.GENERAL: 365, Severity.SERIOUS: 1095, Severity.EXTREME: 1095}
"""Days a measure stays on record, from the decision, by severity (NDRC 令36; SCORING D1)."""


def years_later(day: date, years: int) -> date:
    """The same day `years` on; 28 February for one on 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def ends_on(*, decided_on: date, severity: int, measure: int) -> date | None:
    """The last day of the measure: the severity's term, three years for expulsion, none for life."""
    if measure == Measure.LIFETIME_BAR:
        return None
    if measure == Measure.EXPULSION:
        return years_later(decided_on, EXCLUSION_YEARS)
    return decided_on + timedelta(days=RECORD_DAYS[Severity(severity)])


def ban_until(*, decided_on: date, measure: int) -> date | None:
    """The last day of an expulsion's exclusion; None for life. Only for measures from L5."""
    return None if measure == Measure.LIFETIME_BAR else years_later(decided_on, EXCLUSION_YEARS)


def next_number(model: type[models.Model], prefix: str, year: int) -> str:
    """The next free number of the association's series, such as 案〔2026〕7号.

    Others wait until this transaction ends.
    """
    hold(f"series {prefix}", scope.association_id())
    head = f"{prefix}〔{year}〕"
    taken = set(model._default_manager.filter(number__startswith=head).values_list("number", flat=True))  # noqa: SLF001
    count = len(taken) + 1
    while (number := f"{head}{count}号") in taken:
        count += 1
    return number

"""The only arithmetic there is: integers, one way to round, dates that cannot overflow."""

from datetime import date, timedelta

from credit.rulesets.vocabulary import R

MILLIPOINTS = 1000


def div(a: int, b: int) -> int:
    """The quotient a / b rounded half up, for a ≥ 0 and b > 0."""
    return (a + b // 2) // b


def percent(share: int) -> int:
    """A percentage as a ratio of R; exact."""
    return share * R // 100


def days_after(day: date, days: int) -> date | None:
    """The day so many days later; none beyond the calendar's end."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def earliest(*days: date | None) -> date | None:
    """The first of the days there are; none if there are none."""
    return min((day for day in days if day is not None), default=None)


def whole_months(joined_on: date, as_of: date) -> int:
    """Whole months passed; 31 January to 28 February is none."""
    months = (as_of.year - joined_on.year) * 12 + as_of.month - joined_on.month
    return max(0, months - (as_of.day < joined_on.day))


def month_mark(joined_on: date, months: int) -> date | None:
    """The first day on which so many whole months have passed; a missing day falls on the 1st after."""
    year, month = divmod(joined_on.year * 12 + joined_on.month - 1 + months, 12)
    try:
        return date(year, month + 1, joined_on.day)
    except ValueError:
        if year >= date.max.year:
            return None
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)

"""The course of a score. Nothing moves between known dates, so the line has steps; the known future is dashed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.ui import grades
from core.ui.charts import drawing as d
from core.ui.charts.beside import describe, key_list, legend, numbers, table
from core.ui.formatting import plain_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.functional import Promise
    from django.utils.safestring import SafeString


TOP, APART = 26, 8
WIDTH, HEIGHT = 960, 360


@dataclass(frozen=True, slots=True)
class Step:
    """From `on` the score was `score` milli-points; `grade` is what was published then (None: not shown)."""

    on: date
    score: int
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A numbered event below the chart; `sanction` draws it in the seal's red. `number` 0: by its place."""

    on: date
    text: str | Promise
    sanction: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Between two days the grade could not be better than `grade`."""

    start: date
    end: date
    grade: int


@dataclass(frozen=True, slots=True)
class History:
    """`steps` in the order of days, those after `today` already known; the axis runs from `start` to `end`."""

    steps: Sequence[Step]
    today: date
    start: date
    end: date
    facts: Sequence[Fact] = ()
    ceilings: Sequence[Ceiling] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Where days and scores fall in one of the two drawings."""

    data: History
    left: float
    right: float
    foot: float
    low: int
    high: int

    def x(self, on: date) -> float:
        """The place of a day; days outside fall on the edge."""
        share = (on - self.data.start) / (self.data.end - self.data.start)
        return self.left + (self.right - self.left) * min(1, max(0, share))

    def y(self, score: float) -> float:
        """The place of a score in milli-points."""
        share = (score - self.low) / (self.high - self.low)
        return self.foot - (self.foot - TOP) * min(1, max(0, share))

    @property
    def narrow(self) -> bool:
        """Whether this is the phone's drawing."""
        return self.right < 400  # noqa: PLR2004


def history(data: History, key: str = "hist") -> SafeString:
    """A figure: the score in steps, ceilings, numbered facts, the grade as a ribbon; a legend; all of it as a table.

    ValueError if empty.
    """
    if not data.steps:
        raise ValueError("a history needs at least one step")
    drawn = [drawing(data, key), drawing(data, key, narrow=True)]
    return format_html(
        '<figure class="fig"><p class="ttl">{}</p><p class="unit">{}</p>{}{}{}{}</figure>',
        title(data),
        _("The score moves only with a fact or a known date, hence steps. Dashed: if nothing new happens."),
        d.glue(drawn),
        legend(data),
        key_list(data),
        table(data),
    )


def drawing(data: History, key: str = "hist", *, narrow: bool = False) -> SafeString:
    """The chart alone, of WIDTH × HEIGHT, or narrow for telephones."""
    low, high = bounds(data)
    words = (title(data), describe(data))
    if narrow:
        return d.svg(key, d.NARROW, 328, 330, words, marks(Frame(data, 2, 290, 246, low, high)))
    return d.svg(key, d.WIDE, WIDTH, HEIGHT, words, marks(Frame(data, 2, 926, 276, low, high)))


def title(data: History) -> str:
    return _("Score and grade, %(start)s to %(end)s") % {
        "start": f"{data.start:%Y-%m}",
        "end": f"{data.end:%Y-%m}",
    }


def bounds(data: History) -> tuple[int, int]:
    """The span of the axis: what happened, the ceilings, a little air, and never less than 120 points."""
    seen = [step.score for step in data.steps] + [floor_above(ceiling.grade) for ceiling in data.ceilings]
    low, high = max(0, min(seen) - 20_000), min(1_000_000, max(seen) + 30_000)
    missing = max(0, 120_000 - (high - low))
    high = min(1_000_000, high + missing)
    return max(0, min(low, high - 120_000)), high


def floor_above(grade: int) -> int:
    """The score at which the grade better than `grade` would begin: a ceiling is drawn there."""
    return grades.FLOORS[grade - 2] if grade > 1 else 1_000_000


def marks(frame: Frame) -> Iterator[SafeString]:
    yield from bands(frame)
    yield from months(frame)
    yield from caps(frame)
    yield from course(frame)
    yield from numbered(frame)
    yield from ribbon(frame)


def bands(frame: Frame) -> Iterator[SafeString]:
    """Grades as zones, their letters at the right, their floors as lines."""
    ceiling = 1_000_000
    for number, floor in enumerate(grades.FLOORS, 1):
        top, bottom = frame.y(min(ceiling, frame.high)), frame.y(max(floor, frame.low))
        ceiling = floor
        if bottom - top < 1:
            continue
        if number % 2:
            yield d.box("zone", frame.left, top, frame.right - frame.left, bottom - top)
        if bottom - top > 12:  # noqa: PLR2004 - a line of text
            yield d.text(frame.right + 5, (top + bottom) / 2 + 4, grades.LETTERS[number - 1], "k")
        if frame.low < floor < frame.high:
            yield d.across("gl", bottom, frame.left, frame.right)
            yield d.text(frame.left + 2, bottom - 4, f"{floor // 1000}", "")


def months(frame: Frame) -> Iterator[SafeString]:
    on = frame.data.start.replace(day=1)
    while on <= frame.data.end:
        if on >= frame.data.start:
            half = on.month in (1, 7)
            yield d.down("ax", frame.x(on), frame.foot, frame.foot + (6 if half else 3))
            short = frame.narrow and on.month == 7  # noqa: PLR2004 - July
            if half and frame.x(on) < frame.right - 30:
                yield d.text(frame.x(on) + 3, frame.foot + 15, f"{on:%m}" if short else f"{on:%Y-%m}")
        on = (on + timedelta(days=32)).replace(day=1)
    yield d.across("ax", frame.foot, frame.left, frame.right)


def caps(frame: Frame) -> Iterator[SafeString]:
    for cap in frame.data.ceilings:
        y, start, end = frame.y(floor_above(cap.grade)), frame.x(cap.start), frame.x(cap.end)
        later = cap.start > frame.data.today
        yield d.across("cap later" if later else "cap", y, start, end)
        words = _("Ceiling %(grade)s") % {"grade": grades.LETTERS[cap.grade - 1]}
        if later:
            yield d.text(end - 2, y - 6, words, "capt e")
        else:
            yield d.text(start - 5, y + 15, words, "capt e")


def course(frame: Frame) -> Iterator[SafeString]:
    """The line up to today, the dashes after it."""
    data = frame.data
    past = [step for step in data.steps if step.on <= data.today]
    future = [step for step in data.steps if step.on > data.today]
    now, level = frame.x(data.today), frame.y((past or data.steps[:1])[-1].score)
    if past:
        yield d.path("line", stairs(frame, past) + f"H{d.at(now)}")
    if future or past:
        start = f"M{d.at(now)} {d.at(level)}"
        turns = "".join(f"H{d.at(frame.x(s.on))}V{d.at(frame.y(s.score))}" for s in future)
        yield d.path("next", f"{start}{turns}H{d.at(frame.right)}")
    yield d.down("now", now, 18, frame.foot + 54)
    score = plain_points(past[-1].score) if past else ""
    yield d.text(now - 4, 14, _("Today %(score)s") % {"score": score}, "k e")
    if now < frame.right - (60 if frame.narrow else 110):
        yield d.text(now + 5, 14, _("known dates"), "")


def stairs(frame: Frame, steps: Sequence[Step]) -> str:
    first = steps[0]
    begin = f"M{d.at(frame.x(max(first.on, frame.data.start)))} {d.at(frame.y(first.score))}"
    return begin + "".join(f"H{d.at(frame.x(s.on))}V{d.at(frame.y(s.score))}" for s in steps[1:])


def numbered(frame: Frame) -> Iterator[SafeString]:
    """The facts' numbers beside the line, moved apart where they would touch."""
    placed: list[tuple[float, float]] = []
    for number, fact in numbers(frame.data):
        x, y = frame.x(fact.on), frame.y(level_on(frame.data.steps, fact.on)) - 14
        x = min(max(x, frame.left + APART), frame.right - APART)
        while any(abs(x - other) < 2 * APART and abs(y - height) < 2 * APART for other, height in placed):
            y -= 2 * APART + 2
        y = y if y > TOP else frame.y(level_on(frame.data.steps, fact.on)) + 16
        placed.append((x, y))
        css, ink = ("dot bad", "num inv") if fact.sanction else ("dot", "num")
        yield format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', css, d.at(x), d.at(y), APART)
        yield d.text(x, y + 4, number, ink)


def level_on(steps: Sequence[Step], on: date) -> int:
    """The score on a day; before the first step, the first."""
    before = [step.score for step in steps if step.on <= on]
    return before[-1] if before else steps[0].score


def ribbon(frame: Frame) -> Iterator[SafeString]:
    """The published grade below: high while it is past, thin where it is only to be expected."""
    y, today = frame.foot + 30, frame.data.today
    for start, end, grade in stretches(frame.data):
        left, right = frame.x(start), frame.x(end)
        letter, thin = grades.LETTERS[grade - 1], start >= today
        yield d.banded(
            grades.band(grade),
            d.box("bar", left, y + (8 if thin else 0), right - left - 1, 6 if thin else 22),
        )
        if right - left > 11 * len(letter) + 4:
            middle = (left + right) / 2
            yield d.text(middle, y + 30, letter, "m k") if thin else d.text(middle, y + 16, letter, "m gl-t")
    yield d.text(frame.left, y + 44, _("Published grade"), "")


def stretches(data: History) -> list[tuple[date, date, int]]:
    """Days of one published grade: (from, to, grade), cut at today."""
    found: list[tuple[date, date, int]] = []
    ends = [step.on for step in data.steps[1:]] + [data.end]
    for step, end in zip(data.steps, ends, strict=True):
        if step.grade is None:
            continue
        cuts = sorted({step.on, end} | ({data.today} if step.on < data.today < end else set()))
        for start, stop in pairwise(cuts):
            if found and found[-1][2] == step.grade and found[-1][1] == start and start != data.today:
                found[-1] = (found[-1][0], stop, step.grade)
            else:
                found.append((start, stop, step.grade))
    return found

"""What stands beside the course of a score: the legend, the numbered facts, and all of it as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.ui.charts import drawing as d
from core.ui.formatting import day, plain_points

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from core.ui.charts.history import Fact, History


def numbers(data: History) -> list[tuple[int, Fact]]:
    """The facts with their numbers."""
    return [(fact.number or at, fact) for at, fact in enumerate(data.facts, 1)]


def describe(data: History) -> str:
    told = [f"{day(step.on)} {plain_points(step.score)}" for step in data.steps]
    told += [f"({number}) {day(fact.on)} {fact.text}" for number, fact in numbers(data)]
    return _("; ").join(told)


def legend(data: History) -> SafeString:
    """What each mark of the drawing means; only of those that are in it."""
    at, later = data.today, [step for step in data.steps if step.on > data.today]
    kinds = (
        (_("score"), d.path("line", "M0 6H28"), True),
        (_("score to come"), d.path("next", "M0 6H28"), bool(later)),
        (_("ceiling in force"), d.path("cap", "M0 6H28"), any(each.start <= at for each in data.ceilings)),
        (
            _("ceiling to come"),
            d.path("cap later", "M0 6H28"),
            any(each.start > at for each in data.ceilings),
        ),
        (_("decision"), dot("dot bad"), any(fact.sanction for fact in data.facts)),
        (_("other fact"), dot("dot"), any(not fact.sanction for fact in data.facts)),
    )
    items = format_html_join(
        "",
        '<li><svg class="ch" viewBox="0 0 28 12" aria-hidden="true">{}</svg>{}</li>',
        ((mark, words) for words, mark, is_there in kinds if is_there),
    )
    return format_html('<ul class="legend" aria-label="{}">{}</ul>', _("Legend"), items)


def dot(css: str) -> SafeString:
    return format_html('<circle class="{}" cx="14" cy="6" r="5"/>', css)


def key_list(data: History) -> SafeString:
    if not data.facts:
        return SafeString("")
    items = format_html_join(
        "",
        '<li><b>{}</b><time datetime="{}">{}</time><span>{}</span></li>',
        ((number, day(fact.on), day(fact.on), fact.text) for number, fact in numbers(data)),
    )
    return format_html('<ol class="keys">{}</ol>', items)


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the chart: the score from it on (None: it did not move), the facts of the day with their numbers."""

    on: date
    score: int | None
    grade: int | None
    to_come: bool
    facts: list[tuple[int, str | Promise]]


def rows(data: History) -> list[Row]:
    """Everything drawn, day by day, the oldest first."""
    steps = {step.on: step for step in data.steps}
    facts: dict[date, list[tuple[int, str | Promise]]] = {}
    for number, fact in numbers(data):
        facts.setdefault(fact.on, []).append((number, fact.text))
    return [
        Row(
            on=on,
            score=steps[on].score if on in steps else None,
            grade=steps[on].grade if on in steps else None,
            to_come=on > data.today,
            facts=facts.get(on, []),
        )
        for on in sorted({*steps, *facts})
    ]


def table(data: History) -> SafeString:
    return render_to_string("components/history_table.html", {"rows": rows(data)})

"""The course of a score, as the chart of a rating draws it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.ui import charts
from portal.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping

BACK, AHEAD = timedelta(days=670), timedelta(days=240)


def history(payload: Mapping[str, Any], today: date) -> charts.History | None:
    """The course of the score: what was, and what is known to come; none where nothing was ever shown."""
    steps = [
        charts.Step(date.fromisoformat(step["on"]), step["score"], step["grade"] or None)
        for step in (*payload["history"], *payload["ahead"])
    ]
    if not steps:
        return None
    start = max(min(steps[0].on, today - timedelta(days=60)), today - BACK)
    end = today + AHEAD
    before = [step for step in steps if step.on <= start]
    inside = [step for step in steps if start < step.on <= end]
    if before:
        inside = [charts.Step(start, before[-1].score, before[-1].grade), *inside]
    return charts.History(
        steps=inside,
        today=today,
        start=start,
        end=end,
        facts=[
            charts.Fact(date.fromisoformat(mark["on"]), told(mark["text"]), mark["sanction"], number)
            for number, mark in enumerate(payload["marks"], 1)
            if start <= date.fromisoformat(mark["on"]) <= end
        ],
        ceilings=[
            charts.Ceiling(
                max(start, date.fromisoformat(cap["from"])),
                min(end, date.fromisoformat(cap["to"])),
                cap["grade"],
            )
            for cap in payload["caps"]
        ],
    )

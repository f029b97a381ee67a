"""Charts: the numbers drawn are the numbers given, twice, with words for those who do not see them."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from core.ui import charts, sampler
from core.ui.charts import drawing
from core.ui.charts.history import stretches

SPREAD = charts.Distribution((58, 121, 187, 154, 86, 51, 27, 14, 9, 5), here=3, unrated=128)
COURSE = sampler.course()
LEGEND = ["score", "score to come", "ceiling in force", "ceiling to come", "decision", "other fact"]
MOVED = charts.Migration(("AA", "A", "NR"), ("AA", "A", "NR"), ((8, 2, 0), (1, 0, 1), (0, 0, 1_234)))


def drawings(markup: str) -> list[ET.Element]:
    """Parse every drawing of a figure: each must be well-formed by itself."""
    return [ET.fromstring(found) for found in re.findall(r"<svg.*?</svg>", markup, re.DOTALL)]  # noqa: S314


def all_charts() -> list[str]:
    with translation.override("en"):
        return [
            charts.distribution(SPREAD),
            charts.history(COURSE),
            charts.term(charts.Term(date(2026, 8, 21), date(2029, 8, 20), date(2026, 11, 22))),
            charts.multiples([charts.Multiple("A", SPREAD.counts)]),
            charts.sparkline([846_000, 863_392]),
            charts.training([charts.Training("Duty", 12, 16, "hours")]),
            charts.migration(MOVED),
            charts.bars([charts.Bar("Training", 41), charts.Bar("Compliance", 0)]),
        ]


def test_every_drawing_is_well_formed_and_named():
    parsed = [one for markup in all_charts() for one in drawings(markup)]
    named = [one.get("aria-label") or one.get("aria-labelledby") or one.get("aria-hidden") for one in parsed]
    assert len(parsed) == 13 + len(LEGEND)
    assert all(named)


def test_no_drawing_carries_a_style():
    assert [re.findall(r"\sstyle=|<style|<script|\son\w+=", markup) for markup in all_charts()] == [[]] * 8


def test_large_figures_are_drawn_wide_and_narrow():
    sizes = [
        [one.get("class") for one in drawings(markup) if not one.get("aria-hidden")]
        for markup in all_charts()[:3]
    ]
    assert sizes == [["ch wide", "ch narrow"]] * 3


def test_labels_of_the_two_drawings_do_not_share_ids():
    ids = re.findall(r'id="([^"]+)"', "".join(all_charts()))
    assert len(ids) == len(set(ids)) == 16


def test_the_bars_are_in_proportion():
    wide = drawings(charts.distribution(replace(SPREAD, here=None)))[0]
    heights = [float(bar.get("height")) for bar in wide.iter("rect") if bar.get("class") == "bar"]
    assert heights == [52.2, 108.9, 168.3, 138.6, 77.4, 45.9, 24.3, 12.6, 8.1, 4.5]


def test_this_one_is_marked_in_words_too():
    with translation.override("en"):
        drawn = charts.distribution(SPREAD)
    assert "this subject: A" in drawn
    assert drawn.count(">here</text>") == 2
    assert charts.distribution(replace(SPREAD, here=None)).count(">here</text>") == 0


def test_what_is_compared_is_named_where_it_is_no_day():
    with translation.override("en"):
        drawn = charts.distribution(
            replace(SPREAD, before=SPREAD.counts, versus=("rehearsed", "standing today"))
        )
    assert "Bars: rehearsed; short lines: standing today" in drawn
    assert '<th scope="col" class="n">rehearsed</th><th scope="col" class="n">standing today</th>' in drawn


def test_moves_are_shaded_by_their_way_and_their_share_of_the_line():
    wide, narrow = drawings(charts.migration(MOVED))
    for drawn in (wide, narrow):
        cells = [one.get("class") for one in drawn.iter("rect") if one.get("class").startswith("heat")]
        assert cells == ["heat h4", "heat down h1", "heat up h3", "heat h3", "heat h5"]
        assert len([one for one in drawn.iter("rect") if one.get("class") == "grid"]) == 9
    with translation.override("en"):
        drawn = charts.migration(MOVED)
    assert "Better 1, worse 2, the same 1242, otherwise 1." in drawn
    assert '<td class="n">1,234</td>' in drawn


@pytest.mark.parametrize(
    ("count", "words"),
    [(7, "7"), (999, "999"), (1000, "1k"), (1250, "1.2k"), (9999, "9.9k"), (12_345, "12k"), (999_999, "999k"),
     (2_560_000, "2.5M")],
)  # fmt: skip
def test_a_count_in_a_cell_has_at_most_four_signs(count, words):
    assert (
        charts.migration(replace(MOVED, counts=((count, 0, 0), (0, 0, 0), (0, 0, 0)))).count(
            f">{words}</text>"
        )
        == 2
    )


def test_the_longest_bar_is_full():
    drawn = charts.bars([charts.Bar("a", 4), charts.Bar("<b>", 1), charts.Bar("c", 0)])
    assert re.findall(r'width="([\d.]+)"', drawn) == ["100.0", "25.0", "0.0"]
    assert "&lt;b&gt;" in drawn
    assert charts.bars([]) == '<ul class="bars"></ul>'


def test_an_empty_register_can_be_drawn():
    assert len(drawings(charts.distribution(charts.Distribution((0,) * 10)))) == 2


@pytest.mark.parametrize(
    ("top", "step"), [(0, 1), (5, 1), (6, 2), (187, 50), (200, 50), (251, 100), (1000, 200)]
)
def test_axes_step_roundly(top, step):
    assert drawing.nice(top) == step


def test_the_line_goes_in_steps_and_stops_today():
    wide = drawings(charts.history(COURSE))[0]
    line = next(p.get("d") for p in wide.iter("path") if p.get("class") == "line")
    assert re.sub(r"[\d. -]", "", line) == "MHVHVHVHVHVHVHVH"
    assert line.endswith("H702.6")


def test_the_known_future_is_dashed():
    wide = drawings(charts.history(COURSE))[0]
    dashes = next(p.get("d") for p in wide.iter("path") if p.get("class") == "next")
    assert dashes.startswith("M702.6 ")
    assert dashes.endswith("H926.0")


def test_facts_are_numbered_and_sanctions_red():
    wide = drawings(charts.history(COURSE))[0]
    assert [c.get("class") for c in wide.iter("circle")] == ["dot", "dot", "dot bad", "dot", "dot", "dot"]


def legend_of(course: charts.History) -> list[str]:
    with translation.override("en"):
        drawn = charts.history(course)
    found = re.search(r'<ul class="legend".*?</ul>', drawn, re.DOTALL)
    return re.findall(r"</svg>([^<]+)</li>", found[0])


def test_the_legend_names_what_is_drawn_and_nothing_else():
    assert legend_of(COURSE) == LEGEND
    plain = replace(COURSE, facts=(), ceilings=(), steps=COURSE.steps[:1])
    assert legend_of(plain) == ["score"]


def test_the_table_has_every_step_and_every_fact_by_its_number():
    with translation.override("en"):
        drawn = charts.history(COURSE)
    table = drawn[drawn.index("<details>") :]
    days = re.findall(r'<th scope="row" class="d">(\S+?)(?: <span|</th>)', table)
    assert days == sorted(
        {step.on.isoformat() for step in COURSE.steps} | {fact.on.isoformat() for fact in COURSE.facts}
    )
    numbers = [int(number) for number in re.findall(r"<b>(\d+)</b>", table)]
    assert numbers == list(range(1, len(COURSE.facts) + 1))


def test_numbers_do_not_cover_each_other():
    for drawn in drawings(charts.history(COURSE)):
        dots = [(float(c.get("cx")), float(c.get("cy"))) for c in drawn.iter("circle")]
        near = [
            1 for n, (x, y) in enumerate(dots) for u, v in dots[:n] if abs(x - u) < 15 and abs(y - v) < 15
        ]
        assert near == []


def test_the_ribbon_is_cut_at_today():
    spans = stretches(COURSE)
    today = COURSE.today
    assert (date(2026, 9, 17), today, 3) in spans
    assert (today, date(2026, 12, 16), 3) in spans


def test_a_history_without_steps_is_refused():
    with pytest.raises(ValueError, match="at least one step"):
        charts.history(replace(COURSE, steps=()))


def test_one_score_only_is_a_flat_line():
    flat = replace(COURSE, steps=COURSE.steps[:1], facts=(), ceilings=())
    line = next(
        p.get("d") for p in drawings(charts.history(flat))[0].iter("path") if p.get("class") == "line"
    )
    assert re.sub(r"[\d. -]", "", line) == "MH"


def test_the_first_day_of_a_bar_is_day_one():
    with translation.override("en"):
        drawn = charts.term(charts.Term(date(2026, 8, 21), date(2029, 8, 20), date(2026, 11, 22)))
    assert drawn.count(">Today, day 94</text>") == 2


def test_hostile_names_stay_text():
    drawn = charts.multiples([charts.Multiple("<script>x</script>", SPREAD.counts)])
    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn


def test_one_score_makes_no_sparkline():
    assert charts.sparkline([863_392]) == ""


def test_nothing_required_is_done():
    with translation.override("en"):
        assert "0 / 0  done" in charts.training([charts.Training("None", 0, 0)])

"""A rating told: lines that add up, what holds it, what is known, where it goes."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils.translation import override

from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.rulesets import method
from credit.scoring import account, runs, selectors, services
from credit.scoring.evaluator.result import Reason


@pytest.fixture
def explained(work):
    """Explain a member's standing rating, in its association's scope."""

    def of(row):
        work.rate()
        with scope.of(row.association_id):
            return services.explain([row.pk])[row.pk]

    return of


@pytest.fixture
def recorded(city, work):
    """The worked example with a general record of forty days ago, and one on appeal."""
    row = work.enrol(city, 41)
    work.say(row, FactKind.VIOLATION, 40, code=3, severity=2, source="decision", source_ref="a")
    stayed = work.say(row, FactKind.VIOLATION, 20, code=7, severity=2, source="decision", source_ref="b")
    work.say(row, FactKind.STAY, 3, ref=stayed, source="decision")
    return row


def test_lines_are_numbered_in_their_dimension_and_add_up(explained, recorded):
    told = explained(recorded)
    groups = account.groups(told)
    assert [line.no for line in groups[0].lines] == ["1.1", "1.2", "1.3"]
    assert [line.no for line in groups[1].lines] == ["2.1", "2.2", "2.3", "2.4"]
    for group in groups:
        assert group.lost == sum(line.lost or 0 for line in group.lines)
    assert sum(group.got for group in groups) == account.total(told.evaluation).got == told.standing.score


def test_a_record_is_red_and_says_how_it_fades(explained, recorded, work):
    with override("en"):
        line = account.groups(explained(recorded))[0].lines[1]
    decided = work.today - timedelta(days=40)
    assert (line.lost, line.got, line.sanction, line.flag) == (70_000, None, True, False)
    assert line.note == "Base 20 × 100 % × 1."
    assert line.next == (
        f"{decided + timedelta(days=92)} → 75 %",
        f"{decided + timedelta(days=365)} → 0",
    )


def test_a_record_on_appeal_is_shown_and_counts_nothing(explained, recorded):
    line = account.groups(explained(recorded))[0].lines[2]
    assert (line.lost, line.got, line.flag, line.sanction) == (None, None, True, True)


def test_sources_can_be_named_by_the_caller(explained, recorded):
    told = account.groups(
        explained(recorded), source=lambda fact: account.Source(f"<{fact.source}>", "/here/")
    )
    assert (told[0].lines[1].source, told[0].lines[1].source_url) == ("<decision>", "/here/")
    assert told[0].lines[0].source == ""


def test_every_ceiling_of_the_method_is_a_condition_and_keys_are_one_each(explained, recorded):
    conditions = account.conditions(method.default())
    keys = [condition.key for condition in conditions]
    assert len(keys) == len(set(keys)) == 15
    reachable = {account.key_of(hit.reason, hit.at_most) for hit in explained(recorded).evaluation.ceilings}
    assert reachable == {"general_record:3"}
    assert reachable < set(keys)
    assert account.key_of(Reason.D2_LOW, 5) == account.key_of(Reason.D3_LOW, 5) == "dimension_low:5"


def test_a_met_condition_names_its_line_and_day(explained, recorded, work):
    holds = [hold for hold in account.holds(explained(recorded)) if hold.hit]
    assert [(hold.condition.key, hold.line, hold.anchor) for hold in holds] == [
        ("general_record:3", "1.2", "l1-2")
    ]
    assert holds[0].until == work.today + timedelta(days=50)


def test_evidence_adds_up_to_the_confidence(explained, recorded):
    told = account.evidence(explained(recorded))
    assert [part.share for part in told.parts] == [40, 30, 30]
    assert abs(sum(part.counts for part in told.parts) - told.whole) <= 2
    assert (told.parts[0].reached, told.sum) == ("1.000", f"0.{(told.whole + 500) // 1000}")


def test_what_is_not_known_names_what_was_never_verified(city, work, explained):
    row = work.enrol(city, 42, facts=False)
    work.say(row, FactKind.CHECK, 5, code=1, a=1)
    with override("en"):
        told = account.unknown(explained(row))
    assert (
        told[0]
        == "No platform reported orders and complaints for the last 365 days; cautious values stand in."
    )
    assert told[1].startswith("Never verified: Licence current, ")


def test_a_record_that_may_not_be_named_is_told_without_day_and_line(city, work, explained):
    row = work.enrol(city, 43)
    work.say(row, FactKind.CONTRIBUTION, 9, a=20)
    work.say(row, FactKind.VIOLATION, 300, code=3, severity=3, source="decision", source_ref="a")
    told = explained(row)
    day = (work.today - timedelta(days=300)).isoformat()
    with override("en"):
        open_, secret = account.why(told), account.why(told, may_name=lambda _fact: False)
    assert f"The record of {day} classed serious (line 1.2) holds the grade at BB until" in open_[1]
    assert secret[1].startswith("A record classed serious holds the grade at BB until")
    assert day not in " ".join(secret)


def test_the_top_lines_cost_or_carry(explained, recorded):
    told = account.tell(explained(recorded))
    assert (told.down[0].no, told.down[0].points) == ("1.2", -70_000)
    assert all(top.points > 0 for top in told.up)


def test_the_known_dates_lie_ahead_one_after_another(explained, recorded):
    told = explained(recorded)
    points = account.ahead(told)
    assert len(points) == 6
    assert points[0].on == told.standing.next_change_on
    assert [point.on for point in points] == sorted({point.on for point in points})


def test_the_steps_are_only_where_something_moved(city, work):
    row = work.enrol(city, 44)
    for days in (60, 30, 4):
        runs.rate_all(as_of=work.today - timedelta(days=days))
    work.rate()
    with scope.of(city.association):
        given = selectors.ratings_of(row.pk)
        steps = account.steps(given)
    figures = [(step.score, step.grade, step.state) for step in steps]
    assert all(one != other for one, other in pairwise(figures))
    assert (steps[-1].score, steps[-1].grade) == (867_147, given[0].shown)


def test_the_chart_has_the_record_and_its_fading(explained, recorded, work):
    told = explained(recorded)
    with override("en"), scope.of(recorded.association_id):
        chart = account.history(
            told, selectors.ratings_of(recorded.pk), today=work.today, names={10: "Violation"}
        )
    assert [(fact.on, fact.sanction) for fact in chart.facts if fact.sanction] == [
        (work.today - timedelta(days=40), True),
        (work.today - timedelta(days=20), True),
    ]
    assert chart.start < work.today < chart.end
    assert all(step.on < chart.end for step in chart.steps)

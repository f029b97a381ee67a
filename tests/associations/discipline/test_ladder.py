"""The ladder: which measures are usual, what like cases got, and that leaving the range says why."""

from collections import Counter
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from associations.conduct.catalogue import by_code, catalogue
from associations.conduct.states import Severity
from associations.discipline import services
from associations.discipline.ladder import BY_SEVERITY, MOVES, direction, usual
from associations.discipline.models import Decision, LikeCases
from associations.discipline.selectors import guidance
from associations.discipline.selectors.like import told
from associations.discipline.states import Measure, Weight
from associations.tenancy import scope
from core.verdicts import Denied
from tests.associations.discipline.conftest import OPENED, PR02, TODAY, Walk
from tests.associations.discipline.test_denied import refused
from tests.cast import admit, firm, found

W = Weight


@pytest.mark.parametrize(
    ("code", "severity", "weights", "range_"),
    [
        ("AD01", 1, (), (3, 3)),  # the entry begins at L3
        ("AD01", 2, (), (3, 3)),
        ("AD01", 3, (), (3, 4)),
        ("AD01", 3, (W.OBSTRUCTION,), (3, 5)),
        ("AD01", 3, (W.OBSTRUCTION, W.SHAM), (3, 5)),  # and ends at L5
        ("AD01", 3, (W.REPEAT,), (4, 5)),
        ("AD01", 3, (W.REPEAT, W.RETALIATION), (5, 5)),
        ("AD01", 3, (W.FIRST,), (2, 3)),
        ("AD01", 1, (W.FIRST, W.SELF_REPORT, W.CORRECTED, W.COMPENSATED), (1, 2)),  # never below L1
        ("AD01", 3, (W.SELF_REPORT,), (2, 4)),
        ("AD01", 3, (W.COMPENSATED, W.REPEAT), (3, 5)),  # they are weighed against each other
        ("AD01", 3, (W.REPEAT, W.REPEAT), (4, 5)),  # each once
        ("ID01", 2, (), (2, 3)),
        ("AI02", 4, (), (5, 6)),
        ("AI02", 4, (W.REPEAT,), (6, 6)),
        ("AI02", 3, (W.RETALIATION,), (5, 5)),
    ],
)
def test_usual(code, severity, weights, range_):
    assert usual(by_code(code), severity, weights) == range_


def test_every_entry_and_severity_has_a_range_within_the_catalogue():
    for entry in catalogue():
        for severity in BY_SEVERITY:
            for weights in ((), tuple(MOVES), *((weight,) for weight in MOVES)):
                least, most = usual(entry, severity, weights)
                assert 1 <= least <= most <= entry.measure_most
    assert set(MOVES) == set(Weight)
    assert set(BY_SEVERITY) == set(Severity) - {Severity.NONE}


@pytest.mark.parametrize(
    ("weights", "way"),
    [((), 0), ((W.REPEAT,), 1), ((W.FIRST,), -1), ((W.SHAM, W.CORRECTED), 0), ((W.REPEAT, W.FIRST), 0)],
)
def test_direction(weights, way):
    assert direction(weights) == way


@pytest.mark.parametrize(
    ("group", "counts"),
    [
        ({}, {}),
        ({1: {2: 50}}, {}),  # one association
        ({1: {2: 50}, 2: {2: 50}}, {}),  # each of the two would know the other
        ({1: {2: 50}, 2: {2: 2}, 3: {2: 2}}, {}),  # the first sees four of others
        ({1: {2: 50}, 2: {2: 3}, 3: {2: 2}}, {2: 55}),
        ({1: {2: 3, 5: 1}, 2: {2: 3}, 3: {2: 3, 4: 1}}, {0: 2, 2: 9}),  # the rare ones are put together
        ({1: {2: 3}, 2: {2: 3, 4: 3}, 3: {2: 3}}, {2: 9, 4: 3}),
    ],
)
def test_told(group, counts):
    assert told({key: Counter(own) for key, own in group.items()}) == counts


# --- in a case ---


def test_a_measure_outside_the_range_says_why_and_it_is_kept(walk):
    walk.to("voted")  # serious, and a warning: usual is L3 to L4
    refused(lambda: walk.decide(departure=" "), "L3 to L4")
    decision = walk.decide(departure="已全额退款并公开更正")
    assert (decision.range_least, decision.range_most, decision.departure) == (3, 4, "已全额退款并公开更正")


def test_within_the_range_nothing_is_to_be_said(walk):
    walk.measure = Measure.INTERNAL_CENSURE
    walk.to("voted")
    decision = walk.decide(departure="多余的话")
    assert (decision.range_least, decision.range_most, decision.departure) == (3, 4, "")


def test_circumstances_move_the_range(walk, city):
    walk.to("filed")
    weigh = {"case": walk.case, "words": "凭证 3 号", "by": city.clerk}
    services.weigh(**weigh, kind=W.SELF_REPORT)
    refused(lambda: services.weigh(**weigh, kind=W.SELF_REPORT), "noted already")
    refused(lambda: services.weigh(case=walk.case, kind=W.SHAM, words=" ", by=city.clerk), "Reasons")
    seen = guidance(walk.file)
    assert (seen.range, seen.weights) == ((2, 4), (W.SELF_REPORT,))


def test_the_register_knows_a_repetition_by_itself(walk, city):
    walk.to("served")
    walk.open(occurred_on=TODAY, opened_on=TODAY)
    services.weigh(case=walk.case, kind=W.FIRST, words="自称初犯", by=city.clerk)
    assert guidance(walk.file).weights == (W.REPEAT,)
    walk.open(code=1, occurred_on=TODAY, opened_on=TODAY)
    assert guidance(walk.file).weights == ()  # another kind


def test_like_cases_here_are_those_that_stand_and_weigh_alike(walk, city):
    walk.to("decided")
    walk.to("decided").reverse()
    walk.open()
    services.weigh(case=walk.case, kind=W.CORRECTED, words="已下架", on=OPENED, by=city.clerk)
    for step in (walk.report, walk.notice, walk.statement, walk.panel, walk._all_vote, walk.decide):
        step()
    walk.open()
    assert guidance(walk.file).here == ((Measure.WARNING, 1),)


def test_like_cases_elsewhere_are_counts_and_nothing_else(city, province, operator):
    third = found("park", "某园区直播电商协会", "Park", 3, reach="park", region="某园区")
    other = admit(third, firm(8, "另一商行"))
    theirs = [(house, admit(house, firm(7, "同类商行"))) for house in (province, third)]
    for house, member in ((city, operator), *theirs):
        with scope.of(house.association):
            walk = Walk(house, member)
            for _ in range(3):
                walk.to("decided")
    assert services.count_like_cases() == 1
    assert services.count_like_cases() == 1  # counted again, not added
    with scope.of(city.association):
        walk = Walk(city, operator)
        walk.open()
        assert guidance(walk.file).everywhere == ((Measure.WARNING, 9),)
        assert LikeCases.objects.values().get().keys() == {
            "id", "code", "severity", "direction", "measure", "count",
        }  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            LikeCases.objects.update(count=1)
        assert Decision.objects.count() == 3
    with scope.of(third.association):
        walk = Walk(third, other)
        walk.open(code=1, occurred_on=date(2026, 4, 1))
        assert guidance(walk.file).everywhere == ()


def test_the_decide_step_shows_it(walk):
    from associations.discipline.forms import DecideForm

    walk.to("voted")
    form = DecideForm(file=walk.file, user=walk.house.decider)
    assert (form.guidance.range, PR02) == ((3, 4), walk.case.code)
    form = DecideForm(
        {"measure": 2, "severity": 3, "reasons": "成立", "basis": "价格法", "on": "2026-05-12"},
        file=walk.file,
        user=walk.house.decider,
    )
    assert form.is_valid()
    with pytest.raises(Denied, match="L3 to L4"):
        form.save()

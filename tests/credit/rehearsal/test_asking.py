"""Asking for a rehearsal: what is kept, who may, how many at once, how far it is."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.tenancy import scope
from core.ledger.models import Entry
from core.verdicts import Denied
from credit.rehearsal import rules, selectors, services
from credit.rehearsal.models import Rehearsal
from credit.rehearsal.states import RehearsalState
from tests.credit.rehearsal.conftest import enrol
from tests.credit.rehearsal.test_rehearsal import DAY, STRICTER, draft, rehearse


def test_a_rehearsal_keeps_its_rule_set_and_stands_in_the_ledger(city, crowd):
    ruleset = draft(**STRICTER)
    found = rehearse(city, ruleset)
    assert (found.name, bytes(found.sha256), services.ruleset_of(found)) == ("LCR-9", ruleset.digest, ruleset)
    with scope.of(city.association):
        entry = Entry.objects.order_by("-seq")[0]
    assert (entry.act, entry.thing_id) == ("rehearsal.ruleset.rehearsed", found.public_id)
    assert entry.detail == {
        "ruleset": "LCR-9", "sha256": ruleset.sha256, "as_of": "2026-11-22", "members": 42,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["reviewer", "observer"])
def test_who_neither_prepares_nor_decides_may_not(city, who):
    with scope.of(city.association), pytest.raises(Denied, match="只"):
        services.ask(ruleset=draft(), as_of=DAY, by=getattr(city, who))


def test_three_run_at_once_and_no_more(city, crowd):
    with scope.of(city.association):
        for _ in range(rules.MOST_AT_ONCE):
            services.ask(ruleset=draft(), as_of=DAY, by=city.decider)
        with pytest.raises(Denied):
            services.ask(ruleset=draft(), as_of=DAY, by=city.decider)
    while services.rehearse_part():
        pass
    assert rehearse(city, draft()).state == RehearsalState.DONE


def test_each_association_rehearses_over_its_own_members(city, province, crowd):
    enrol(province, 60, Random(3))  # noqa: S311 invented data
    assert rehearse(province, draft()).report["all"] == [[1, 1, 0]]
    with scope.of(province.association):
        assert Rehearsal.objects.count() == 1


def test_time_left_is_reckoned_from_the_pace(city, crowd, small):
    with scope.of(city.association):
        asked = services.ask(ruleset=draft(), as_of=DAY, by=city.clerk)
        asked.asked_at = timezone.now() - timedelta(seconds=200)
        fresh = selectors.progress(asked)
    services.rehearse_part()
    with scope.of(city.association):
        going = selectors.progress(asked)
    assert (fresh.done, fresh.left_seconds) == (0, None)
    assert (going.done, going.members) == (7, 42)
    assert 1000 <= going.left_seconds < 1300  # 5 seconds more for each that the part took


def test_a_report_belongs_to_what_is_done(city, owner):
    with scope.of(city.association):
        found = services.ask(ruleset=draft(), as_of=DAY, by=city.clerk)
    with scope.across_associations(why="test"):
        for wrong in ({"state": "done"}, {"done_at": timezone.now()}, {"report": {}}, {"state": "failed"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Rehearsal.objects.filter(pk=found.pk).update(**wrong)

"""Lifting takes two people not involved: the table says so too; and what has ended is gone within the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.conduct.states import FactKind
from associations.tenancy import scope
from config.celery import app
from core.verdicts import Denied
from core.wake import wake
from credit.blacklist import rules, services
from credit.blacklist.models import Bar, BarReview
from credit.blacklist.services import listing
from credit.publication.models import PublishedBar
from credit.publication.services import publish_due, withdraw_ended


@pytest.fixture
def bar(city, work):
    """A bar for life of two hundred days ago, in whose case the third reviewer sat."""
    found = work.bar(work.enrol(city, 51, "甲公司"))
    with scope.of(city.association):
        Bar.objects.update(involved=[city.reviewers[2].pk])
        found.refresh_from_db()
    return found


@pytest.fixture
def proposed(city, bar):
    with scope.of(city.association):
        return services.review(bar=bar, keep=False, reasons="已改正", by=city.reviewer)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("reviewers[0]", False), ("reviewers[1]", True), ("reviewers[2]", False), ("clerk", False),
     ("decider", False), ("admin", False), ("observer", False)],
)  # fmt: skip
def test_who_may_agree(city, bar, proposed, who, allowed):
    user = city.reviewers[int(who[10])] if who.startswith("reviewers") else getattr(city, who)
    with scope.of(city.association):
        assert bool(rules.may_agree(user, bar, proposed)) is allowed


def test_who_took_part_does_not_review_by_the_bars_own_copy(city, bar):
    with scope.of(city.association):
        assert not rules.may_review(city.reviewers[2], bar)
        with pytest.raises(Denied):
            services.review(bar=bar, keep=True, reasons="…", by=city.reviewers[2])


def test_the_table_knows_who_took_part(city, bar, proposed):
    told = {"agreed": True, "second_reasons": "…", "second_at": timezone.now()}
    with scope.of(city.association):
        for user, name in ((city.reviewers[2], "not_involved"), (city.reviewer, "by_two"), (None, "by_two")):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                BarReview.objects.update(**told, second=user)
        with pytest.raises(IntegrityError, match="not_involved"), transaction.atomic():
            BarReview.objects.update(by=city.reviewers[2])
        BarReview.objects.update(**told, second=city.reviewers[1])


def test_the_copy_of_who_took_part_is_the_bars(city, bar, proposed):
    """A review that forgets who took part is refused by its key."""
    with scope.of(city.association), pytest.raises(IntegrityError), transaction.atomic():
        BarReview.objects.create(
            association=city.association, bar=bar, involved=[], keep=True, reasons="…", by=city.reviewers[2]
        )


def test_not_agreed_to_it_stays_and_may_be_reviewed_again(city, bar, proposed):
    with scope.of(city.association):
        with pytest.raises(Denied):
            services.review(bar=bar, keep=True, reasons="…", by=city.reviewers[1])
        services.agree(review=proposed, agree=False, reasons="仍有风险", by=city.reviewers[1])
        assert Bar.objects.get().state == "listed"
        services.review(bar=bar, keep=True, reasons="…", by=city.reviewers[1])


# --- off the portal within the clock ---

DECISIVE = {
    "stayed": FactKind.STAY,
    "reversed": FactKind.REVERSAL,
}


@pytest.fixture
def woken(monkeypatch):
    """Whom the sweep wakes."""
    found = []
    monkeypatch.setattr(listing, "wake", found.append)
    return found


def published() -> int:
    with scope.public():
        return PublishedBar.objects.count()


def test_the_timetable_alone_takes_off_within_a_minute():
    """The sweep that follows a fact, and the one that withdraws, one after the other at the worst."""
    every = {name: line["schedule"] for name, line in app.conf.beat_schedule.items()}
    assert every["bars"] + every["withdrawal"] <= 60


@pytest.mark.parametrize("ending", ["stayed", "reversed", "lifted", "expired"])
def test_what_has_ended_is_gone_with_the_next_sweeps(city, work, woken, ending):
    row = work.enrol(city, 52, "乙公司")
    until = work.today + timedelta(days=1) if ending == "expired" else None
    bar = work.bar(row, days_ago=100, until_on=until)
    work.rate()
    publish_due()
    assert published() == 1
    today = work.today
    if ending == "lifted":
        with scope.of(city.association):
            proposed = services.review(bar=bar, keep=False, reasons="已改正", by=city.reviewer)
            services.agree(review=proposed, agree=True, reasons="同意", by=city.reviewers[1])
    elif ending == "expired":
        today += timedelta(days=2)
    else:
        work.say(row, DECISIVE[ending], 0, ref=bar.fact, source="decision")
    woken.clear()
    services.list_bars(today=today)
    assert ending == "lifted" or listing.WITHDRAW_ENDED in woken
    withdraw_ended(today)
    assert published() == 0


def test_a_stay_that_ends_brings_it_back(city, work):
    row = work.enrol(city, 52, "乙公司")
    bar = work.bar(row, days_ago=100)
    publish_due()
    work.say(row, FactKind.STAY, 1, ref=bar.fact, source="decision")
    services.list_bars()
    withdraw_ended()
    assert published() == 0
    work.say(row, FactKind.STAY_ENDED, 0, ref=bar.fact, source="decision")
    services.list_bars()
    publish_due()
    assert published() == 1


def test_the_sweep_wakes_by_the_rooms_own_wake():
    assert listing.wake is wake

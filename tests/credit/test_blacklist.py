"""Bars: from the fact to the list, what follows from it elsewhere, and how it ends."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.discipline.models import Decision
from associations.members.models import Membership
from associations.tenancy import scope
from core.ledger.models import Entry
from core.subjects.models import WatchMark
from core.subjects.selectors import hits
from core.subjects.services import register
from core.verdicts import Denied
from credit.blacklist import rules, services
from credit.blacklist.models import Bar, BarEvent, BarNews
from tests import cast
from tests.credit.conftest import decided

DAY = date(2026, 11, 22)
BARRED_ON = date(2026, 3, 24)


def member(house: cast.House, identity=None) -> Membership:
    identity = identity or cast.firm(7)
    with scope.of(house.association):
        return Membership.objects.create(
            association=house.association, subject_id=register(identity), number="T00007", category=3,
            name=identity.name, name_key=identity.name, pinyin="", initials="", code_masked="…",
            joined_on=date(2024, 5, 22),
        )  # fmt: skip


def ban(row: Membership, until_on: date | None = None, **paper: object) -> object:
    ref = decided(row, BARRED_ON, **paper)
    with scope.of(row.association_id):
        return record(membership=row, kind=FactKind.BAN, occurred_on=BARRED_ON, until_on=until_on,
                      source="decision", source_ref=ref, key=f"ban:{row.pk}")  # fmt: skip


def say(row: Membership, kind: FactKind, about: object) -> None:
    with scope.of(row.association_id):
        record(
            membership=row, kind=kind, occurred_on=DAY, ref=about, source="decision", key=f"{kind}:{row.pk}"
        )


def bar_of(row: Membership) -> Bar:
    with scope.of(row.association_id):
        return Bar.objects.get(membership=row)


def in_force() -> int:
    with scope.across_associations(why="look"):
        return WatchMark.objects.filter(in_force=True).count()


def test_a_bar_for_life_is_listed_with_its_ground_and_review_day(city):
    row = member(city)
    ban(row)
    assert services.list_bars(today=DAY) == services.Outcome(listed=1)
    bar = bar_of(row)
    assert (bar.for_life, bar.until_on, bar.review_on, bar.state) == (True, None, date(2029, 3, 24), "listed")
    assert bar.ground == "“三品一械”等未经审查发布广告，或以健康养生知识变相发布"
    with scope.of(city.association):
        assert Decision.objects.get().public_id == bar.decision_ref
    assert services.list_bars(today=DAY) == services.Outcome()


def test_only_a_decision_that_counts_bars_anybody(city):
    row = member(city)
    ban(row, votes_in_favour=3)
    assert services.list_bars(today=DAY) == services.Outcome()
    assert in_force() == 0


def test_a_bar_states_its_ground(city):
    row = member(city)
    ban(row)
    services.list_bars(today=DAY)
    with scope.of(city.association), pytest.raises(IntegrityError, match="ground"), transaction.atomic():
        Bar.objects.update(ground="")


def test_screening_finds_it_everywhere_by_keyed_hash(city, province):
    ban(member(city))
    services.list_bars(today=DAY)
    newcomer = register(cast.firm(7))
    assert {(hit.mark_kind, hit.set_by_id) for hit in hits([newcomer])} == {
        (1, city.association.pk),
        (4, city.association.pk),
    }
    assert hits([register(cast.firm(8))]) == []


def test_other_memberships_are_told_and_not_changed(city, province):
    ours, theirs = member(city), member(province)
    ban(ours)
    services.list_bars(today=DAY)
    with scope.of(province.association):
        news = BarNews.objects.get()
        assert (news.membership_id, news.set_by_id) == (theirs.pk, city.association.pk)
        assert Membership.objects.get().state == "active"
        assert Bar.objects.count() == 0
        assert list(Entry.objects.filter(act="blacklist.bar.listed").values_list("detail", flat=True)) == [
            {"for_life": True}
        ]


def test_a_term_runs_to_the_end_of_its_last_day(city):
    row = member(city)
    ban(row, until_on=date(2029, 3, 23))
    services.list_bars(today=date(2029, 3, 23))
    assert (bar_of(row).state, in_force()) == ("listed", 2)
    assert services.list_bars(today=date(2029, 3, 24)).changed
    assert (bar_of(row).state, in_force()) == ("expired", 0)


def test_a_bar_for_life_never_expires(city):
    row = member(city)
    ban(row)
    services.list_bars(today=DAY)
    services.list_bars(today=date(2199, 1, 1))
    assert bar_of(row).state == "listed"
    with scope.of(city.association), pytest.raises(IntegrityError), transaction.atomic():
        Bar.objects.update(state="expired")


def test_a_stay_suspends_and_its_end_restores(city):
    row = member(city)
    fact = ban(row)
    services.list_bars(today=DAY)
    say(row, FactKind.STAY, fact)
    services.list_bars(today=DAY)
    assert (bar_of(row).state, in_force()) == ("suspended", 0)
    say(row, FactKind.STAY_ENDED, fact)
    services.list_bars(today=DAY)
    assert (bar_of(row).state, in_force()) == ("listed", 2)


def test_a_reversal_lifts_it(city):
    row = member(city)
    fact = ban(row)
    services.list_bars(today=DAY)
    say(row, FactKind.REVERSAL, fact)
    services.list_bars(today=DAY)
    assert (bar_of(row).state, in_force()) == ("lifted", 0)
    with scope.of(city.association):
        assert list(BarEvent.objects.order_by("id").values_list("before", "after")) == [
            ("", "listed"),
            ("listed", "lifted"),
        ]


def test_what_was_reversed_before_the_sweep_is_never_listed(city):
    row = member(city)
    say(row, FactKind.REVERSAL, ban(row))
    assert services.list_bars(today=DAY) == services.Outcome()


@pytest.mark.parametrize(
    ("who", "involved", "state", "allowed"),
    [
        ("reviewer", False, "listed", True),
        ("reviewer", False, "suspended", True),
        ("reviewer", True, "listed", False),
        ("reviewer", False, "lifted", False),
        ("clerk", False, "listed", False),
        ("decider", False, "listed", False),
        ("observer", False, "listed", False),
    ],
)
def test_may_review(city, monkeypatch, who, involved, state, allowed):  # noqa: PLR0917 - a truth table's columns
    user = getattr(city, who)
    monkeypatch.setattr(rules.discipline, "people_involved", lambda _ref: {user.pk} if involved else set())
    with scope.of(city.association):
        assert bool(rules.may_review(user, Bar(pk=1, state=state, decision_ref="x"))) is allowed


def test_two_persons_lift_it_and_it_is_off_every_list(city):
    row = member(city)
    ban(row)
    services.list_bars(today=DAY)
    with scope.of(city.association):
        proposed = services.review(
            bar=bar_of(row), keep=False, reasons="三年内无再犯，已改正", by=city.reviewer
        )
        assert Bar.objects.get().state == "listed"  # one person alone lifts nothing
        with pytest.raises(Denied):
            services.agree(review=proposed, agree=True, reasons="同意", by=city.reviewer)
        services.agree(review=proposed, agree=True, reasons="同意", by=city.reviewers[1])
    assert bar_of(row).state == "lifted"
    services.list_bars(today=DAY)
    assert (bar_of(row).state, in_force()) == ("lifted", 0)


def test_a_denied_review_changes_nothing(city):
    row = member(city)
    ban(row)
    services.list_bars(today=DAY)
    with scope.of(city.association):
        with pytest.raises(Denied):
            services.review(bar=bar_of(row), keep=False, reasons="…", by=city.clerk)
        assert (Bar.objects.get().state, BarEvent.objects.count()) == ("listed", 1)


def test_a_review_that_keeps_it_sets_the_next_one(city):
    row = member(city)
    ban(row)
    services.list_bars(today=DAY)
    with scope.of(city.association):
        services.review(bar=bar_of(row), keep=True, reasons="仍有风险", by=city.reviewer)
        bar = Bar.objects.get()
    assert bar.review_on == services.years_after(date.today(), 3)  # noqa: DTZ011 - the tests run in this zone
    assert bar.state == "listed"


def test_a_leap_day_three_years_on():
    assert services.years_after(date(2028, 2, 29), 3) == date(2031, 3, 1)


def test_another_association_cannot_see_the_bar(city, province):
    ban(member(city))
    services.list_bars(today=DAY)
    with scope.of(province.association), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM credit_bar")
        assert cursor.fetchone() == (0,)

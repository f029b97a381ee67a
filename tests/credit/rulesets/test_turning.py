"""A version comes into force: everybody is rated anew by it, and explained by what their standing names."""

from __future__ import annotations

from datetime import date, timedelta

from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.rulesets import method
from credit.scoring import runs, selectors
from credit.scoring.models import Standing, Stretch
from credit.scoring.services import explain, rate_due
from tests.cast import admit, firm
from tests.credit.rulesets.adopting import BEGINS, announced, on, stricter, text

A_DAY = timedelta(days=1)


def standing(membership) -> Standing:
    with scope.of(membership.association_id):
        return Standing.objects.get(membership=membership)


def waiting(house) -> int:
    with scope.of(house.association):
        return selectors.progress(association_id=house.association.pk).waiting


def test_all_members_are_rated_that_day_and_each_standing_is_explained_by_its_own(city, province, operator):
    elsewhere = admit(province, firm(9))
    for member in (operator, elsewhere):
        with scope.of(member.association_id):
            record(membership=member, kind=FactKind.TRAINING, occurred_on=date(2026, 3, 1),
                   recorded_on=date(2026, 3, 1), source="test", key="hours", a=8)  # fmt: skip
    version = announced(city, stricter())
    before = BEGINS - A_DAY
    with on(before):
        assert runs.turn_everywhere() == 0
        rate_due()
    old = standing(operator)
    assert bytes(old.ruleset_sha) == method.default().digest
    with on(BEGINS):
        assert runs.turn_everywhere() == 1
        assert (waiting(city), waiting(province)) == (1, 0)
        # before the workers have come, the standing is explained by the rule set it names
        with scope.of(city.association):
            explained = explain([operator.pk])[operator.pk]
        assert (explained.ruleset.id, explained.evaluation.score) == ("LCR-1", old.score)
        assert runs.rate_stretches().looked_at == 1
        assert runs.turn_everywhere() == 0
        assert waiting(city) == 0
    new = standing(operator)
    assert bytes(new.ruleset_sha) == bytes(version.sha256)
    assert new.d4 < old.d4  # eight hours were enough, now twenty are asked
    with scope.of(city.association):
        explained = explain([operator.pk])[operator.pk]
    assert (explained.ruleset.id, explained.evaluation.score) == ("CITY-1", new.score)
    assert bytes(standing(elsewhere).ruleset_sha) == method.default().digest


def test_when_a_version_ends_without_another_the_default_rates_again(city, operator):
    announced(city, text("CITY-1", BEGINS, date(2026, 5, 31)))
    with on(BEGINS):
        assert runs.turn_everywhere() == 1
        runs.rate_stretches()
    with on(date(2026, 5, 31)):
        assert runs.turn_everywhere() == 0
    with on(date(2026, 6, 1)):
        assert runs.turn_everywhere() == 1
        assert waiting(city) == 1
        runs.rate_stretches()
    assert bytes(standing(operator).ruleset_sha) == method.default().digest


def test_what_was_left_of_an_earlier_run_gives_way(city, operator):
    announced(city, text())
    with on(BEGINS - A_DAY), scope.of(city.association):
        runs.cut(BEGINS - A_DAY, association_id=city.association.pk)  # and nobody did it
    with on(BEGINS):
        assert runs.turn_everywhere() == 1
        with scope.of(city.association):
            left = Stretch.objects.filter(done_at=None).values_list("as_of", "first_id", "last_id", "members")
            assert list(left) == [(BEGINS, operator.pk, operator.pk, 1)]

"""A version comes into force: everybody is rated anew by it, and explained by what their standing names."""

from __future__ import annotations

from datetime import date, timedelta

from associations.conduct import queue
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.tenancy import scope
from credit.rulesets import method, services
from credit.scoring.models import Standing
from credit.scoring.services import explain, rate_due
from tests.cast import admit, firm
from tests.credit.rulesets.adopting import BEGINS, announced, on, stricter, text

A_DAY = timedelta(days=1)


def standing(membership) -> Standing:
    with scope.of(membership.association_id):
        return Standing.objects.get(membership=membership)


def waiting(house) -> int:
    with scope.of(house.association):
        return queue.waiting(association_id=house.association.pk)


def test_all_members_are_rated_that_day_and_each_standing_is_explained_by_its_own(city, province, operator):
    elsewhere = admit(province, firm(9))
    for member in (operator, elsewhere):
        with scope.of(member.association_id):
            record(membership=member, kind=FactKind.TRAINING, occurred_on=date(2026, 3, 1),
                   recorded_on=date(2026, 3, 1), source="test", key="hours", a=8)  # fmt: skip
    version = announced(city, stricter())
    before = BEGINS - A_DAY
    with on(before):
        assert services.turn_everywhere() == 0
        rate_due()
    old = standing(operator)
    assert bytes(old.ruleset_sha) == method.default().digest
    with on(BEGINS):
        assert services.turn_everywhere() == 1
        assert (waiting(city), waiting(province)) == (1, 0)
        # before the workers have come, the standing is explained by the rule set it names
        with scope.of(city.association):
            explained = explain([operator.pk])[operator.pk]
        assert (explained.ruleset.id, explained.evaluation.score) == ("LCR-1", old.score)
        assert rate_due().looked_at == 1
        assert services.turn_everywhere() == 0
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
        assert services.turn_everywhere() == 1
        rate_due()
    with on(date(2026, 5, 31)):
        assert services.turn_everywhere() == 0
    with on(date(2026, 6, 1)):
        assert services.turn_everywhere() == 1
        assert waiting(city) == 1
        rate_due()
    assert bytes(standing(operator).ruleset_sha) == method.default().digest

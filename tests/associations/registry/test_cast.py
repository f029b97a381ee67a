"""The cast stands as it says: the tests of all rooms rest on it."""

import pytest
from django.utils import timezone

from associations.registry.models import CharterVersion
from associations.registry.rules import ROLE_TABLE, Verb, may
from associations.registry.selectors import article_for, charter_on
from associations.tenancy import scope
from core.accounts.selectors import roles_of
from core.accounts.states import Role
from core.subjects.identifiers import parse_identity, parse_uscc
from core.verdicts import Denied
from tests.cast import identity_number, uscc


def test_codes_and_identity_numbers_are_valid_and_lie_in_no_division():
    assert parse_uscc(uscc(1)) == uscc(1)
    assert uscc(1)[2:8] == "990000"
    assert parse_identity(identity_number(1)) == identity_number(1)
    assert identity_number(1)[:6] == "990000"


def test_each_officer_holds_one_role_in_one_association(city, province):
    mine = [set(roles_of(officer, city.association.pk)) for officer in city.officers]
    assert mine == [{Role.CLERK}] * 2 + [{Role.REVIEWER}] * 5 + [
        {Role.DECIDER},
        {Role.ADMIN},
        {Role.OBSERVER},
    ]
    assert {roles_of(officer, province.association.pk) for officer in city.officers} == {frozenset()}


def test_a_suspended_account_and_an_ended_role_open_nothing(city):
    assert roles_of(city.suspended, city.association.pk) == frozenset()
    assert roles_of(city.former, city.association.pk) == frozenset()


@pytest.mark.parametrize("verb", Verb)
def test_the_role_table_is_what_may_answers(city, verb):
    with scope.of(city.association):
        users = [officer for officer in city.officers if may(officer, verb)]
        allowed = frozenset().union(*(roles_of(each, city.association.pk) for each in users))
        assert allowed == ROLE_TABLE[verb]
        with pytest.raises(Denied):
            may(city.former, verb).enforce()


def test_the_charter_provides_for_every_measure(city):
    with scope.of(city.association):
        charter = charter_on(timezone.localdate())
        assert CharterVersion.objects.count() == 1
        assert [article_for(charter, measure) for measure in range(1, 7)] == [
            "第二十一条", "第二十二条", "第二十二条", "第二十三条", "第二十四条", "第二十四条",
        ]  # fmt: skip

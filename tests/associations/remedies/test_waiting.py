"""Whom a remedy waits for: whoever may answer it, and nobody else."""

from __future__ import annotations

import pytest

from associations.remedies import services
from associations.remedies.models import Objection
from associations.remedies.states import Thing
from associations.remedies.waiting import waiting
from core.accounts.selectors import roles_of
from tests.associations.remedies.conftest import TODAY, checked, past, record_of

pytestmark = pytest.mark.usefixtures("inside")


def test_it_waits_for_reviewers_who_had_no_hand_in_it(city, operator, operator_user):
    past(city, operator)
    about = {"membership": operator, "by": operator_user}
    services.object_to(thing=Thing.FACT, ref=record_of(operator).public_id, text="不属实", **about)
    services.speak(thing=Thing.FACT, ref=record_of(operator).public_id, text="已退款", **about)
    services.ask_repair(ref=record_of(operator).public_id, performed="已退款", undertaking="不再", **about)
    services.correct(membership=operator, ref=checked(city, operator).public_id, why="看错", by=city.clerk)
    Objection.objects.update(involved=[city.reviewer.pk])
    found = waiting(TODAY)
    assert [(each.page, each.due is not None) for each in found] == [
        ("remedies:objection", True),
        ("remedies:repair", True),
        ("remedies:correction", False),
        ("remedies:statement", False),
    ]
    ours = city.association.pk
    for user, count in ((city.reviewer, 3), (city.reviewers[1], 4), (city.clerk, 0), (city.decider, 0)):
        assert sum(each.waits_for(user, roles_of(user, ours)) for each in found) == count


def test_the_questions_do_not_grow(city, operator, operator_user, django_assert_num_queries):
    for code in range(1, 4):
        services.object_to(
            membership=operator, thing=Thing.LINE, ref=f"1.2:{code}", text="…", by=operator_user
        )
    with django_assert_num_queries(5):
        assert len(waiting(TODAY)) == 3

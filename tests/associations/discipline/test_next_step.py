"""Whoever cannot go on reads what comes next, and finds the way back to the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from associations.discipline import services
from associations.discipline.selectors import reviewers_for
from associations.discipline.states import Side
from associations.discipline.views.case import MISSING, WAITING, conditions
from associations.tenancy import scope
from core.accounts.models import Appointment
from core.accounts.states import Role
from tests.associations.discipline.conftest import NOTICED, SEATED, TODAY, Walk
from tests.cast import client_for


def address(name, walk):
    return reverse(f"discipline:{name}", kwargs={"slug": walk.house.slug, "case": walk.case.public_id})


@pytest.mark.parametrize("step", ["form_panel", "replace"])
def test_without_reviewers_who_may_sit_the_form_names_who_appoints_them(city, operator, step):
    with scope.of(city.association):
        walk = Walk(city, operator).to("heard" if step == "form_panel" else "panel")
        if step == "replace":
            for away in city.reviewers[1:3]:
                services.recuse(case=walk.case, member=away, reason="亲属", on=SEATED, by=away)
    offered = client_for(city.decider).get(address(step, walk)).content.decode()
    Appointment.objects.filter(role=Role.REVIEWER, user__in=city.reviewers[2:]).update(until=TODAY)
    wanting = client_for(city.decider).get(address(step, walk)).content.decode()
    assert ["under Officers and roles" in page for page in (offered, wanting)] == [False, True]


def test_an_appeal_left_with_one_reviewer_names_who_appoints_another(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("served")
        walk.appeal()
        free = reviewers_for(walk.file, Side.REVIEW)
    enough = client_for(city.clerk).get(address("case", walk)).content.decode()
    Appointment.objects.filter(role=Role.REVIEWER, user__in=free[1:]).update(until=TODAY)
    wanting = client_for(city.clerk).get(address("case", walk)).content.decode()
    assert len(free) > 1
    assert ["under Officers and roles" in page for page in (enough, wanting)] == [False, True]


def test_a_refused_verb_leads_back_to_its_file(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("filed")
    refused = client_for(city.clerk).get(address("vote", walk))
    assert refused.status_code == 403
    assert f'href="{address("case", walk)}"' in refused.content.decode()


def test_a_notice_served_today_is_not_missing(walk):
    walk.to("noticed")
    states = [
        next(line["state"] for line in conditions(walk.file, None, day) if line["label"].startswith("Prior"))
        for day in (NOTICED, NOTICED + timedelta(days=1))
    ]
    assert states == [WAITING, "met"]


def test_a_panel_that_loses_a_member_midway_is_no_quorum_until_another_sits(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("panel")
        for number in (0, 1):
            walk.vote(number)
        quorum = []
        for act in (
            lambda: services.recuse(
                case=walk.case, member=city.reviewers[2], reason="有利害关系", by=city.decider
            ),
            lambda: services.replace(
                case=walk.case, recused=city.reviewers[2], member=city.reviewers[3], by=city.decider
            ),
        ):
            act()
            lines = conditions(walk.file, None, TODAY)
            quorum.append(next(line["state"] for line in lines if line["label"] == "Quorum"))
    assert quorum == [MISSING, "met"]

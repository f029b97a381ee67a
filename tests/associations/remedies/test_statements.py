"""The own statement: a thousand characters, checked for unlawful content alone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from associations.remedies import rules, selectors, services
from associations.remedies.models import OwnStatement
from associations.remedies.states import Thing
from core.verdicts import Denied
from tests.associations.remedies.conftest import past, record_of

pytestmark = pytest.mark.usefixtures("inside")


def speak(member, decision, by, text="我方已全额退款。"):
    return services.speak(membership=member, thing=Thing.DECISION, ref=decision.public_id, text=text, by=by)


def said(member, *, public):
    return selectors.marks([member.pk], public=public)[member.pk].said


def test_it_stands_inside_at_once_and_outside_when_passed(city, operator, operator_user):
    decision = past(city, operator)
    statement = speak(operator, decision, operator_user)
    assert said(operator, public=False)[record_of(operator).pk] == "我方已全额退款。"
    assert said(operator, public=True) == {}
    services.check(statement=statement, passes=True, reasons="无违法内容", by=city.reviewer)
    assert said(operator, public=True)[f"decision:{decision.public_id}"] == "我方已全额退款。"


def test_withheld_with_reasons_it_is_not_public(city, operator, operator_user):
    decision = past(city, operator)
    statement = speak(operator, decision, operator_user)
    with pytest.raises(Denied, match="reasons"):
        services.check(statement=statement, passes=False, reasons=" ", by=city.reviewer)
    services.check(statement=statement, passes=False, reasons="泄露第三人电话", by=city.reviewer)
    assert said(operator, public=True) == {}


@pytest.mark.parametrize(("length", "allowed"), [(0, False), (1, True), (1000, True), (1001, False)])
def test_a_thousand_characters(operator, operator_user, length, allowed):
    assert bool(rules.may_speak(operator_user, operator, "实" * length)) is allowed


def test_the_table_counts_too(city, operator, operator_user):
    statement = speak(operator, past(city, operator), operator_user)
    for text in ("", "实" * 1001):
        with pytest.raises(IntegrityError, match="thousand"), transaction.atomic():
            OwnStatement.objects.filter(pk=statement.pk).update(text=text)


def test_another_takes_its_place_and_both_are_kept(city, operator, operator_user):
    decision = past(city, operator)
    first = speak(operator, decision, operator_user)
    services.check(statement=first, passes=True, reasons="无违法内容", by=city.reviewer)
    speak(operator, decision, operator_user, text="补充：已公开道歉。")
    assert list(OwnStatement.objects.order_by("id").values_list("state", flat=True)) == [
        "taken_back",
        "written",
    ]
    assert said(operator, public=True) == {}


def test_who_wrote_or_decided_does_not_check(city, operator, operator_user):
    statement = speak(operator, past(city, operator), operator_user)
    assert not rules.may_check(operator_user, statement)
    statement.involved = [city.reviewer.pk]
    assert not rules.may_check(city.reviewer, statement)
    assert rules.may_check(city.reviewers[1], statement)


def test_nobody_else_speaks_for_the_subject(city, operator, streamer_user):
    with pytest.raises(Denied):
        speak(operator, past(city, operator), streamer_user)

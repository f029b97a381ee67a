"""Corrections: a clerk with reasons, a second person, both versions kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.remedies import rules, services
from associations.remedies.models import Correction
from associations.remedies.selectors import find
from core.verdicts import Denied
from tests.associations.remedies.conftest import TODAY, checked, past, record_of

pytestmark = pytest.mark.usefixtures("inside")


def propose(city, fact, **more):
    told = {"membership": fact.membership, "ref": fact.public_id, "why": "抄错了日期", "by": city.clerk}
    return services.correct(**told | more)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("clerk", True), ("admin", True), ("reviewer", False), ("decider", False), ("observer", False)],
)
def test_who_may_propose(city, operator, who, allowed):
    fact = checked(city, operator)
    assert bool(rules.may_correct(getattr(city, who), find(operator, "fact", fact.public_id))) is allowed


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("reviewer", True), ("clerk", False), ("second_clerk", False), ("decider", False), ("observer", False)],
)
def test_who_may_confirm(city, operator, who, allowed):
    correction = propose(city, checked(city, operator))
    assert bool(rules.may_confirm(getattr(city, who), correction)) is allowed


def test_two_persons_undo_a_fact(city, operator):
    fact = checked(city, operator)
    correction = propose(city, fact)
    assert not Fact.objects.filter(ref=fact).exists()  # one person alone changes nothing
    services.confirm_correction(correction=correction, agree=True, reasons="核对原件", by=city.reviewer)
    undone = Fact.objects.get(ref=fact)
    assert (undone.kind, undone.occurred_on) == (FactKind.CORRECTION, TODAY)
    assert Fact.objects.filter(membership=operator, kind=FactKind.CHECK).count() == 1


def test_a_right_fact_stands_in_its_place(city, operator):
    fact = checked(city, operator, passed=False)
    correction = propose(city, fact, instead={"a": 1, "occurred_on": "2026-06-02"})
    services.confirm_correction(correction=correction, agree=True, reasons="核对原件", by=city.reviewer)
    right = Fact.objects.filter(kind=FactKind.CHECK).latest("id")
    assert (right.a, right.code, right.occurred_on.isoformat()) == (1, fact.code, "2026-06-02")
    assert bytes(right.digest) != bytes(fact.digest)
    fact.refresh_from_db()
    assert fact.a == 0


def test_the_second_person_may_disagree(city, operator):
    fact = checked(city, operator)
    refused = services.confirm_correction(
        correction=propose(city, fact), agree=False, reasons="原记录无误", by=city.reviewer
    )
    assert refused.state == "refused"
    assert not Fact.objects.filter(ref=fact).exists()
    propose(city, fact)  # and it may be proposed again


def test_the_table_knows_two_persons(city, operator):
    propose(city, checked(city, operator))
    told = {"state": "confirmed", "reasons": "…", "answered_at": timezone.now()}
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Correction.objects.update(**told, answered_by=city.clerk)
    Correction.objects.update(**told, answered_by=city.reviewer)


def test_what_a_decision_found_is_reversed_not_corrected(city, operator):
    past(city, operator)
    with pytest.raises(Denied, match="reversed"):
        propose(city, record_of(operator))


def test_not_what_it_is_about(city, operator):
    with pytest.raises(Denied, match="not what it is about"):
        propose(city, checked(city, operator), instead={"code": 3})


@pytest.mark.parametrize(
    ("instead", "why"),
    [({"a": 7}, "can be"), ({"occurred_on": "1900-01-01"}, "can be"), ({"occurred_on": "2026-06-16"}, "future"),
     ({"a": 10**12}, "can be")],
)  # fmt: skip
def test_what_cannot_be_is_not_proposed(city, operator, instead, why):
    with pytest.raises(Denied, match=why):
        propose(city, checked(city, operator), instead=instead)

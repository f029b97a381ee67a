"""The truth table of the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from credit.publication.gate import CONDITIONS, LEFT_TO_AN_OFFICER, SENTENCES, GateInput, asked_of, missing
from credit.publication.states import Basis, Code, RecordKind

TODAY = date(2026, 11, 22)
COMPLETE = GateInput(
    kind=RecordKind.DECISION,
    is_person=True,
    today=TODAY,
    stands=True,
    served=True,
    charter_article="第二十三条",
    charter_in_force=True,
    notice_proven=True,
    defence_over=True,
    voted=True,
    severity=2,
    withdraw_on=TODAY + timedelta(days=1),
    told=True,
    rule_set_public=True,
    basis=Basis.CONSENT,
    held=False,
    confirmed=True,
)
SPOILT = [
    ({"stands": False}, Code.STANDS),
    ({"served": False}, Code.SERVED),
    ({"stayed": True}, Code.APPEAL),
    ({"charter_article": ""}, Code.CHARTER),
    ({"charter_in_force": False}, Code.CHARTER),
    ({"notice_proven": False}, Code.NOTICE),
    ({"defence_over": False}, Code.DEFENCE),
    ({"voted": False}, Code.VOTE),
    ({"severity": 0}, Code.SEVERITY),
    ({"severity": 1}, Code.SEVERITY),
    ({"withdraw_on": None}, Code.END),
    ({"withdraw_on": TODAY}, Code.END),
    ({"told": False}, Code.TOLD),
    ({"rule_set_public": False}, Code.RULE_SET),
    ({"basis": Basis.NONE}, Code.BASIS),
    ({"held": True}, Code.HELD),
    ({"confirmed": False}, Code.CONFIRMATION),
]
SANCTION = {
    Code.SERVED, Code.APPEAL, Code.CHARTER, Code.NOTICE, Code.DEFENCE, Code.VOTE, Code.SEVERITY, Code.END, Code.TOLD,
}  # fmt: skip
PERSON = {Code.BASIS, Code.CONFIRMATION}
ALWAYS = {Code.STANDS, Code.HELD}


def expected(kind: RecordKind, *, is_person: bool) -> set[Code]:
    of_kind = {Code.RULE_SET} if kind == RecordKind.RATING else SANCTION
    return ALWAYS | of_kind | (PERSON if is_person else set())


@pytest.mark.parametrize(("kind", "is_person"), list(product(RecordKind, [True, False])))
def test_a_complete_record_lacks_nothing(kind, is_person):
    assert missing(replace(COMPLETE, kind=kind, is_person=is_person)) == []


@pytest.mark.parametrize(("kind", "is_person"), list(product(RecordKind, [True, False])))
@pytest.mark.parametrize(("change", "code"), SPOILT)
def test_each_condition_is_asked_where_it_applies_and_nowhere_else(kind, is_person, change, code):
    spoilt = replace(COMPLETE, kind=kind, is_person=is_person, **change)
    asked = code in expected(kind, is_person=is_person)
    assert [each.code for each in missing(spoilt)] == [code] * asked


@pytest.mark.parametrize(("kind", "is_person"), list(product(RecordKind, [True, False])))
def test_what_is_asked_is_listed(kind, is_person):
    assert set(asked_of(kind, is_person=is_person)) == expected(kind, is_person=is_person)


@pytest.mark.parametrize(("kind", "is_person"), list(product(RecordKind, [True, False])))
def test_an_empty_record_lacks_all_that_is_asked_in_order(kind, is_person):
    empty = GateInput(kind=kind, is_person=is_person, today=TODAY, stands=False, stayed=True, held=True)
    codes = [each.code for each in missing(empty)]
    assert codes == [code for code in Code if code in expected(kind, is_person=is_person)]


def test_the_day_of_withdrawal_is_the_first_day_off_the_portal():
    last = replace(COMPLETE, withdraw_on=TODAY + timedelta(days=1))
    assert missing(last) == []
    assert [each.code for each in missing(replace(last, today=TODAY + timedelta(days=1)))] == [Code.END]


def test_a_public_source_will_do_instead_of_consent():
    assert missing(replace(COMPLETE, basis=Basis.PUBLIC_SOURCE)) == []


def test_every_code_has_one_condition_with_a_by_law_and_a_sentence():
    assert [code for code, *_ in CONDITIONS] == list(Code)
    assert [code for code, _kinds, met, _s in CONDITIONS if not met.__doc__] == []
    assert [code for code, sentence in SENTENCES.items() if not str(sentence)] == []
    assert {Code.HELD, Code.CONFIRMATION} == LEFT_TO_AN_OFFICER

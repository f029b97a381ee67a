"""Nothing in it is real."""

from __future__ import annotations

import hashlib

from django.utils import timezone
from stdnum.cn import uscc

from associations.members.models import Application, Membership
from associations.members.states import Category
from associations.registry.models import Association
from config.demo.cast import CAST, REENTRY
from config.demo.roll import rolls
from config.demo.tenants import TENANTS
from core.subjects.identifiers import parse_identity, parse_uscc
from tests.config.demo.world import SIZES, of

REAL = frozenset({
    "09d7a3cc67c81e21", "0a5441b46ae534c8", "0fc69798d832390f", "1af916ca5c5c8837", "1bfefe0febb22747",
    "1d99cc69a8ba22eb", "230ef3e20ea2480f", "31f3b230b8620520", "331d12527bc88a57", "3cd2ca5a8e9b0573",
    "40a1607372a7c0ab", "42e6b69a66aee35b", "455ece81de5605d8", "49233b820253f8ef", "53874092e000069b",
    "601e08ed3a4b6b7e", "602006445cafae62", "61d4117349a91a6f", "650d7bcacd9b4ddb", "6586c26399cf2803",
    "65d5ae199abe925e", "689c195a1a821b39", "6e0c1827da2f7994", "7a13fb506d9b2748", "7d29e3ee87b46966",
    "81b430b696435180", "81baf57e05f11276", "8d2be68965151aec", "939dc2066ade21d4", "a62864e8c353807b",
    "b1c5e73e1471e806", "b210af9eaeaa3d72", "b64bbd9ee4808b1d", "bd5e9808164ba463", "bf2ffa123cfa8f10",
    "c25732f0f9265883", "cd6362472aea60ef", "cefffa8bf81140c0", "d02d2966889702d0", "d077d0b18e19cd2e",
    "d26c6a08a591011a", "d26f788b571dc1bb", "d2a1ae2c5da18db7", "da14d8f7500f7e61", "e34ce28b5a8e37eb",
    "ef1c85e3d9b139ab", "effea4c9ff35497c", "f3f099c00e37c2fd", "f70a9273dd5a52f8", "fcdbfc51189fecd5",
})  # fmt: skip
"""The first sixteen digits of SHA-256 of real platforms' and brands' names, two to four characters each."""


def everybody():
    usual = rolls(7, None, timezone.localdate())
    return [each for roll in usual for each in roll.joining]


def test_no_name_is_a_real_one():
    names = [each.name for each in everybody()] + [part.name for part in CAST] + [REENTRY]
    names += [word for tenant in TENANTS for word in (tenant.name, *tenant.regions)]
    assert len(REAL) == 50
    for name in names:
        for length in (2, 3, 4):
            parts = [name[at : at + length] for at in range(len(name) - length + 1)]
            assert not {hashlib.sha256(part.encode()).hexdigest()[:16] for part in parts} & REAL, name


def test_names_differ():
    by_number = {each.identity.identifier: each.name for each in everybody()}
    assert len(set(by_number.values())) == len(by_number)


def test_every_number_is_valid_and_of_no_division(demonstration):
    for each in everybody():
        number = each.identity.identifier
        if each.category == Category.STREAMER:
            assert parse_identity(number) == number
            assert number[:6] == "990000"
        else:
            assert parse_uscc(number) == number
            assert uscc.is_valid(number)
            assert number[2:8] == "990000"
    codes = list(Association.objects.values_list("uscc", flat=True))
    for slug in SIZES:
        with of(slug):
            codes += Membership.objects.exclude(code="").values_list("code", flat=True)
            codes += Application.objects.exclude(code="").values_list("code", flat=True)
    assert len(codes) > 100
    for code in codes:
        assert uscc.is_valid(code)
        assert code[2:8] == "990000"


def test_organisation_codes_have_both_check_characters():
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    for each in everybody():
        if each.category != Category.STREAMER:
            body, check = each.identity.identifier[8:16], each.identity.identifier[16]
            total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
            assert check == "0123456789X"[(11 - total % 11) % 11]

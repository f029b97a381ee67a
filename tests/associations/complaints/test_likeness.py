"""Like complaints and patterns, told with their reasons; signs that set aside and decide nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.complaints import services
from associations.complaints.models import Pattern
from associations.complaints.services.likeness import digest_of, folded, likeness, passage, shingles
from associations.complaints.states import Topic
from core.verdicts import Denied
from tests.associations.complaints.conftest import FACTS

OTHER = "主播在直播间承诺七天无理由退货，退回之后店铺以影响二次销售为由拒绝退款，平台客服推诿。"


def phone(number):
    return f"139009{number:05d}"


def test_texts_are_compared_by_what_they_share():
    assert likeness(shingles(FACTS), shingles(FACTS)) == 100
    assert likeness(shingles(FACTS), shingles(f"　{FACTS.replace('，', ', ')}！！")) == 100
    assert likeness(shingles("甲乙丙丁"), shingles("甲乙丙戊")) == 33  # 1 of 3: 甲乙丙
    assert likeness(shingles(FACTS), shingles(OTHER)) < 10
    assert passage(f"某日，{FACTS}", f"另日，{FACTS}此致") == "日" + folded(FACTS)
    assert digest_of(FACTS) == digest_of(FACTS.replace("。", " .")) != digest_of(OTHER)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_a_percentage(one, other):
    a, b = shingles(one), shingles(other)
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 100
    assert likeness(a, a) == 100


def test_three_like_ones_are_a_pattern_and_say_why(walk, city):
    for n in range(2):
        walk.receive(facts=f"{FACTS}订单{n}", contact=phone(n))
    assert Pattern.objects.count() == 0
    assert walk.row.likeness["like"][0]["percent"] >= 60
    walk.receive(facts=f"{FACTS}订单九", contact=phone(9))
    pattern = Pattern.objects.get()
    assert pattern.complaints.count() == 3
    assert [each["passage"] for each in walk.row.likeness["like"]] == [folded(f"{FACTS}订单")] * 2
    walk.receive(facts=f"{FACTS}订单十", contact=phone(10))
    assert (Pattern.objects.count(), pattern.complaints.count()) == (1, 4)
    services.answer_pattern(pattern=pattern, note="约谈会员，下架商品", by=city.clerk)
    with pytest.raises(Denied, match="was answered on"):
        services.answer_pattern(pattern=pattern, note="再次", by=city.clerk)


@pytest.mark.parametrize(
    "changes", [{"topic": Topic.PRICE}, {"facts": OTHER}, {"membership": None, "about": "别家"}]
)
def test_another_matter_other_words_or_nobody_named_is_not_like_it(walk, changes):
    for n in range(2):
        walk.receive(contact=phone(n))
    walk.receive(contact=phone(9), **changes)
    assert (walk.row.likeness, walk.row.pattern) == ({}, None)


def test_after_ninety_days_nothing_is_like_it(walk, clock):
    walk.receive()
    clock.move_to("2026-08-31T10:00+08:00")
    walk.receive()
    assert walk.row.likeness == {}


def test_once_the_member_is_named_like_ones_are_found(walk, city, operator):
    for n in range(2):
        walk.receive(contact=phone(n))
    walk.receive(contact=phone(9), membership=None, about="说不清是谁")
    assert walk.row.likeness == {}
    services.name_member(complaint=walk.complaint, member=operator, by=city.clerk)
    assert (walk.row.likeness["count"], Pattern.objects.count()) == (2, 1)


def signs(walk):
    return {sign.kind: sign.detail for sign in walk.file.signs}


def test_a_template_from_three_people(walk):
    for n in range(2):
        walk.receive(contact=phone(n), about=f"直播间{n}")
        assert signs(walk) == {}
    walk.receive(contact=phone(0), about="直播间0")  # the same person again is no third one
    assert signs(walk) == {}
    walk.receive(contact=phone(3), about="直播间3")
    assert (signs(walk), walk.row.aside) == ({"template": {"people": 3, "days": 30}}, True)


def test_the_fifth_of_one_person_and_the_tenth_within_an_hour(walk, clock):
    for n in range(4):
        walk.receive(facts=f"第{n}件互不相同的事情：{'甲乙丙丁'[n] * 20}")
        assert signs(walk) == {}
    walk.receive(facts="第五件完全不同的事情，请查。")
    assert signs(walk) == {"same_person": {"count": 5, "days": 30}}
    for n in range(5, 10):
        walk.receive(facts=f"另有其人说的第{n}件事情，各不相同。{n * 7919}", contact=phone(n))
    assert signs(walk) == {"burst": {"count": 10, "hours": 1}}
    clock.shift(3601)
    walk.receive(facts="一个小时以后的另一件事情，没有别的。", contact=phone(11))
    assert (signs(walk), walk.row.aside) == ({}, False)


def test_what_an_officer_enters_is_not_set_aside(walk, city):
    for n in range(6):
        walk.receive(by=city.clerk, contact=phone(1), facts=f"{FACTS}{n}")
    assert (signs(walk), walk.row.aside, walk.state) == ({}, False, "received")

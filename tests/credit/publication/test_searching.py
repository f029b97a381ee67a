"""Searching names: what is found, however common the words."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from associations.tenancy import scope
from credit.publication import searching
from credit.publication.models import PublishedRating
from credit.publication.rows import found_by
from credit.publication.searching import Known, in_order, search

NAMES = [
    "棠屿", "棠屿贸易有限公司", "某市棠屿电子商务有限公司", "某市溯禾文化传播有限公司", "星澜重庆食品有限公司",
    "买买提·艾力", "A1 直播间（个体工商户）", "100%好物", "音乐在播",
    *(f"某市试验{number}号电子商务有限公司" for number in range(40)),
]  # fmt: skip
DAY = date(2026, 11, 20)


@pytest.fixture
def names(db):
    """Publish the names alone."""
    with scope.across_associations(why="fill the published table"):
        PublishedRating.objects.bulk_create(
            PublishedRating(
                public_id=f"id{at:03d}", association_slug="city", name=name, code="", category=3, state=0, grade=3,
                score=800_000, as_of=DAY, changed_on=DAY, payload={}, etag=str(at), published_at=timezone.now(),
                **found_by(name, person=False),
            )
            for at, name in enumerate(NAMES)
        )  # fmt: skip


def found(query: str, most: int = 5) -> list[str]:
    with scope.public():
        rows = PublishedRating.objects.all()
        return [row.name for row in in_order(rows, search(rows, query), most)]


@pytest.mark.parametrize("common", [False, True])
def test_what_is_found_does_not_depend_on_how_common_the_words_are(names, monkeypatch, common):
    with scope.public():
        last = PublishedRating.objects.order_by("-id").values_list("id", flat=True)[0]
    shares = Shares() if common else {}
    known = Known(shares=shares, border=last, until=float("inf"))
    monkeypatch.setattr(searching.statistics, "of", lambda _table: known)
    assert found("棠屿") == ["棠屿", "棠屿贸易有限公司", "某市棠屿电子商务有限公司"]
    assert found("tangyu") == ["棠屿", "棠屿贸易有限公司", "某市棠屿电子商务有限公司"]
    assert found("suhe") == ["某市溯禾文化传播有限公司"]
    assert found("chongqing") == found("zhongqing") == ["星澜重庆食品有限公司"]
    assert found("买买提艾力") == found("買買提•艾力") == found("mmtal") == ["买买提·艾力"]
    assert found("a1") == ["A1 直播间（个体工商户）"]
    assert found("100%") == ["100%好物"]
    assert found("yinle") == found("yinyue") == ["音乐在播"]
    assert found("%") == ["100%好物"]
    assert found("_") == []
    assert found("屿棠") == []
    assert len(found("有限公司", 100)) == 44


class Shares(dict):
    """Every word is in half of all names."""

    def get(self, _term, _default=None):
        return 0.5


def test_a_query_too_short_says_there_is_more(names, monkeypatch):
    monkeypatch.setattr(searching, "MOST_LOOKED_AT", 10)
    with scope.public():
        told = search(PublishedRating.objects.all(), "有限公司")
        assert (told.more, search(PublishedRating.objects.all(), "溯禾").more) == (True, False)

"""The three associations: what they are called, how large they are, what their charters say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from associations.registry.models import Association

Reach = Association.Reach


@dataclass(frozen=True, slots=True)
class Tenant:
    """An invented association. `regions` are where its members sit, `series` heads its document numbers."""

    slug: str
    name: str
    name_en: str
    number: int
    reach: str
    region: str
    regions: tuple[str, ...]
    series: str
    size: int
    founded_on: date


TENANTS = (
    Tenant(
        "city", "临澜市直播电商协会", "Linlan City Live Commerce Association", 1, Reach.CITY, "临澜市",
        ("临澜市",), "临直协纪", 180, date(2019, 4, 18),
    ),
    Tenant(
        "province", "云岚省网络直播行业协会", "Yunlan Province Live Streaming Trade Association", 2, Reach.PROVINCE,
        "云岚省", ("云岚省", "临澜市", "霁原市", "汐岭市", "砚棠市"), "云直协纪", 600, date(2017, 9, 6),
    ),
    Tenant(
        "park", "汐岭数字产业园直播商会", "Xiling Digital Park Live Commerce Chamber", 3, Reach.PARK, "汐岭市",
        ("汐岭市",), "汐园纪", 60, date(2021, 11, 2),
    ),
)  # fmt: skip
WHOLE = sum(tenant.size for tenant in TENANTS)
LEAST = 40
"""The stories need so many members in an association."""


def sizes(total: int = WHOLE) -> dict[str, int]:
    """How many members each association has when there are `total` in all: in proportion, at least 40 each."""
    return {tenant.slug: max(LEAST, total * tenant.size // WHOLE) for tenant in TENANTS}


@dataclass(frozen=True, slots=True)
class Charter:
    """A version of the disciplinary articles and the day it came into force."""

    version: str
    effective_on: date
    articles: list[dict[str, object]]


def charters(today: date) -> tuple[Charter, Charter]:
    """The version of long ago, and the one in force for a little over a year."""
    old, new = today - timedelta(days=5 * 365), today - timedelta(days=420)
    return (
        Charter(
            f"{old.year}年版",
            old,
            [
                _article("第十九条", "会员违反本章程或者自律规范，情节轻微的，予以谈话提醒、要求书面承诺或者补训。", 1),
                _article("第二十条", "情节一般的，予以警告并责令改正；影响较大的，在业内通报批评。", 2, 3),
                _article("第二十一条", "情节严重的，公开通报批评并暂停会员权利。", 4),
                _article(
                    "第二十二条", "情节特别严重的，予以除名，三年内不受理其入会申请；或者在本会范围内终身禁入。", 5, 6
                ),
            ],
        ),
        Charter(
            f"{new.year}年修订",
            new,
            [
                _article("第二十一条", "情节轻微的，予以谈话提醒、要求书面承诺或者补训，不予公示。", 1),
                _article("第二十二条", "情节一般的，予以警告并责令改正。", 2),
                _article("第二十三条", "影响较大的，在业内通报批评。", 3),
                _article("第二十四条", "情节严重的，公开通报批评并暂停会员权利。", 4),
                _article(
                    "第二十五条",
                    "情节特别严重的，予以除名，三年内不受理其入会申请；或者在本会范围内终身禁入，每三年复核一次。",
                    5,
                    6,
                ),
            ],
        ),
    )  # fmt: skip


def _article(number: str, text: str, *measures: int) -> dict[str, object]:
    return {"article": number, "text": text, "measures": list(measures)}

"""Invented names and numbers: regions that are nowhere, words that are no brand, codes of a division that is none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from core.subjects.identifiers import identity_check_character, uscc_check_character

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

DIVISION = "990000"
"""No administrative division has this number: nobody's code or identity number begins so."""

FIRST = "岚汐栖禾砚霁漪屿槿棠鸢穗苇萤澈珞芷蘅筠昀岫沅漱疏晞朗苒蔚泠琅桁茗"
SECOND = "野序渡衡舟朴汀廊昼笺埂笠舷坞棹陌磬钿畔桐弦榭麓畴湄绪迟葵杼簌暄庐"

FIRMS = {
    1: ("网络科技有限公司", "直播平台运营有限公司"),
    2: ("文化传媒有限公司", "直播服务有限公司", "文化经纪有限公司"),
    3: (
        "商贸有限公司", "电子商务有限公司", "食品有限公司", "家居用品有限公司", "茶业有限公司", "服饰有限公司",
        "日用品商行", "农产品专业合作社",
    ),
}  # fmt: skip
"""What a firm's name ends in, by category."""
REGISTRARS = {"商行": "92", "合作社": "93"}
"""The first two characters of a code: an individual's business, a farmers' cooperative; companies have 91."""

STAGES = (
    "{}",
    "{}呀",
    "{}说好物",
    "{}慢直播",
    "{}的衣橱",
    "{}今日开播",
    "{}家乡味",
    "{}手作间",
    "阿{}",
    "{}同学",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
ACCOUNTS_ON = ("甲平台", "乙平台", "丙平台")

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
BIRTHDAYS = 7001  # prime, so that birthday and serial meet again only after seven million persons
FIRST_BIRTHDAY = date(1985, 1, 1)


def words(rng: Random) -> Iterator[str]:
    """Invented words of two characters in an order of the generator's, of three when those are used up."""
    for alphabets in ((FIRST, SECOND), (FIRST, SECOND, FIRST)):
        found = ["".join(each) for each in product(*alphabets)]
        rng.shuffle(found)
        yield from found


def firm_name(rng: Random, region: str, word: str, category: int) -> str:
    """A firm of the category in a region that does not exist."""
    return region + word + rng.choice(FIRMS[category])


def stage_name(rng: Random, word: str) -> str:
    """What a streamer is called."""
    return rng.choice(STAGES).format(word)


def legal_name(rng: Random) -> str:
    """A legal name as registers mask it: 孙某, 李某某."""
    return rng.choice(SURNAMES) + rng.choice(("某", "某某"))


def code_of(serial: int, name: str = "", registrar: str = "91") -> str:
    """The unified social credit code of the firm with this serial: both check characters are right."""
    registrar = next((two for end, two in REGISTRARS.items() if name.endswith(end)), registrar)
    body = f"{serial * 7919 % 10**8:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    organisation = body + "0123456789X"[-total % 11]
    whole = registrar + DIVISION + organisation
    return whole + uscc_check_character(whole)


def identity_of(serial: int) -> str:
    """The identity number of the person with this serial."""
    born = FIRST_BIRTHDAY + timedelta(days=serial * 211 % BIRTHDAYS)
    body = f"{DIVISION}{born:%Y%m%d}{serial % 1000:03d}"
    return body + identity_check_character(body)

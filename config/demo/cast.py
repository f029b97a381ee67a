"""Who plays in the stories, by name: so that a story finds its people again in any database."""

from __future__ import annotations

from dataclasses import dataclass

from associations.members.states import Category


@dataclass(frozen=True, slots=True)
class Part:
    """A member with a part in a story. `key` names the part, `slug` the association."""

    key: str
    slug: str
    category: Category
    name: str


SIGNED = (
    "槿笠呀", "槿舷慢直播", "槿廊说好物", "槿昼的衣橱", "槿埂家乡味", "槿绪今日开播", "槿麓手作间", "阿槿笺",
    "槿钿同学",
)  # fmt: skip
"""The nine streamers of the agency in the story; the first four were sanctioned."""
SANCTIONED = 4

CAST = (
    Part("reversed", "city", Category.OPERATOR, "临澜市霁棹商贸有限公司"),
    Part("repaired", "city", Category.OPERATOR, "临澜市砚汀电子商务有限公司"),
    Part("templated", "city", Category.OPERATOR, "临澜市苇坞食品有限公司"),
    Part("walked", "city", Category.OPERATOR, "临澜市沅磬服饰有限公司"),
    Part("answering", "city", Category.OPERATOR, "临澜市筠笠家居用品有限公司"),
    Part("mediated", "city", Category.OPERATOR, "临澜市苒杼家居用品有限公司"),
    Part("barred", "city", Category.OPERATOR, "临澜市琅弦日用品商行"),
    Part("agency", "city", Category.AGENCY, "临澜市槿渡文化传媒有限公司"),
    Part("unconsenting", "city", Category.STREAMER, "棠昼慢慢说"),
    *(Part(f"signed{n}", "city", Category.STREAMER, name) for n, name in enumerate(SIGNED, 1)),
    Part("banned", "province", Category.STREAMER, "鸢磬来了"),
    Part("objecting", "province", Category.OPERATOR, "云岚省珞序茶业有限公司"),
    Part("firm", "province", Category.OPERATOR, "云岚省漪陌商贸有限公司"),
    Part("streamer", "province", Category.STREAMER, "苒舟说好物"),
    Part("firm", "park", Category.OPERATOR, "汐岭市蔚舟电子商务有限公司"),
    Part("streamer", "park", Category.STREAMER, "朗渡同学"),
)  # fmt: skip
REENTRY = "今天也在磬声里"
"""The stage name under which the banned streamer applies elsewhere."""
DESKS = {
    "firm@city.demo": "answering",
    "streamer@city.demo": "unconsenting",
    "firm@province.demo": "firm",
    "streamer@province.demo": "streamer",
    "firm@park.demo": "firm",
    "streamer@park.demo": "streamer",
}
"""For whom the member accounts act: mail address → part."""


def parts_of(slug: str) -> list[Part]:
    """The parts played in an association."""
    return [part for part in CAST if part.slug == slug]


def name_of(key: str, slug: str) -> str:
    """The name of who plays a part. Raises StopIteration when nobody does."""
    return next(part.name for part in CAST if (part.key, part.slug) == (key, slug))

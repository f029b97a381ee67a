"""What the columns of several kinds share: headings, parsers, and what of a refused value may be shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from associations.training.states import Presence
from core.paperwork import cells, words
from core.paperwork.cells import NOTHING, CellProblem
from core.paperwork.schemas import Column, Schema, clip
from core.subjects.identifiers import (
    mask_identity,
    normalise,
    parse_identifier,
    parse_uscc,
)
from core.subjects.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_CODE = ""
"""What an agency's code becomes that cannot be one: no reason to refuse the streamer."""
ON_LEAVE = frozenset({"请假", "事假", "病假", "公假", "假", "已请假", "excused", "leave"})
MOST_INT = 2**31 - 1
DASHES = frozenset(word for word in NOTHING if not any("一" <= character <= "鿿" for character in word))
"""Nothing is said; in these columns 无 is an answer."""
INDEPENDENT = NOTHING | {
    "独立主播",
    "个人主播",
    "自由主播",
    "无机构",
    "无签约机构",
    "未签约",
    "未签约机构",
    "个人",
    "独立",
}
OPEN_ENDED = NOTHING | {
    "至今",
    "长期",
    "长期有效",
    "无固定期限",
    "无期限",
    "不限",
    "未到期",
    "永久",
    "现在",
    "今",
}
NOT_SERVED = NOTHING | {
    "未送达",
    "未告知",
    "未送",
    "无送达",
    "无告知",
    "无送达证明",
    "无法送达",
    "不详",
    "未知",
    "待补",
}
_LINE_BREAKS = str.maketrans("\r\n\t", "   ")
_VIOLATION = re.compile(r"([A-Z]{2})[-_.]?(\d{1,2})(?![\dA-Z])(.*)", re.DOTALL)
_ANOTHER = re.compile(r"[A-Z]{2}[-_.]?\d")
_BRACKETS = str.maketrans("[【(<《]】)>》", "〔〔〔〔〔〕〕〕〕〕")
# Credit codes of our members begin with a 9 or hold letters; identity numbers begin with a province, 11 to 83.
_PERSONAL = re.compile(r"(?<![0-9A-Z])(?:[1-8]\d{16}[\dX]|[1-8]\d{14}|1[3-9]\d{9})(?![0-9A-Z])")


def spelled(*parts: str) -> tuple[str, ...]:
    """Return every heading made of one word of each part; · stands for no word."""
    return tuple("".join(words).replace("·", "") for words in product(*(part.split() for part in parts)))


USCC = (
    *spelled(
        "· 单位 企业 会员 机构",
        "统一社会信用代码 信用代码 社会信用代码 统一信用代码 社会统一信用代码 统一代码",
    ),
    *spelled("统一社会信用 社会信用 统一信用 信用", "编码 码 代码证号 代码号"),
    *spelled("营业执照", "号 号码 编号 注册号 代码"),
    *("纳税人识别号", "税号", "代码", "uscc", "unified social credit code", "credit code"),
)
WHO = (
    *spelled("信用代码 代码 统一社会信用代码", "/ 或", "证件号 证件号码 身份证号 身份证号码"),
    *spelled("· 统一社会 社会 统一 社会统一", "信用代码"),
    *spelled("证件 身份证", "号码 号"),
    *("统一代码", "会员代码", "对象代码", "主体代码", "主体", "代码", "代码证号", "subject", "uscc", "code"),
)
JOINED = (
    *("入会日期", "加入时间", "入会时间", "加入日期"),
    *spelled("入会 加入 批准入会 入会批准 入会登记 加入协会 登记入会", "日期 时间 年月日 日"),
    "入会",
)


remembered = lru_cache(maxsize=8_192)(parse_identifier)
"""The same member stands in a file for each month or session: read once a file, and forgotten after it."""


def name_of(cell: object) -> str:
    """Return a name; a line broken inside the cell is no part of it."""
    written = str(cell)
    return parse_name(written if written.isprintable() else written.translate(_LINE_BREAKS))


def document_number(cell: object) -> str:
    """Return the number of a document; whichever brackets and spaces the clerk used: 直协纪〔2025〕1号."""
    written = cells.limited(40)(cell)
    return "".join(unicodedata.normalize("NFKC", written).translate(_BRACKETS).split())


def violation(cell: object) -> str:
    """Return a code of the catalogue as AD05: ad5, AD-05, and AD05 followed by its name say the same."""
    folded = unicodedata.normalize("NFKC", cells.limited(200)(cell)).strip().upper()
    found = _VIOLATION.fullmatch(folded)
    if found is None or _ANOTHER.search(found[3]):
        return folded[:20]
    return f"{found[1]}{int(found[2]):02}"


def agency_code(cell: object) -> str:
    try:
        return parse_uscc(cell)
    except ValueError:
        return NOT_A_CODE


def presence(cell: object) -> Presence:
    """√ and the like are presence, 请假 is leave, the rest is absence. Refuses unknown words."""
    if cells.fold(cell) in ON_LEAVE:
        return Presence.EXCUSED
    return Presence.PRESENT if words.attended(cell) else Presence.ABSENT


def counted(most: int) -> Callable[[object], int]:
    """Return a parser of a count that the register's columns can hold."""

    def parse(cell: object) -> int:
        number = cells.count(cell)
        if number > most:
            raise CellProblem("number_too_large", gettext_noop("This number is too large to be true."))
        return number

    return parse


def shown(cell: object) -> str:
    """Show a refused value, unless an identity or telephone number is in it: those stray into any column."""
    bare = normalise(cell)
    return mask_identity(bare) if _PERSONAL.search(bare) else clip(cell)


def guarded(*columns: Column) -> Schema:
    """Return the schema of these columns, with no value shown that could be a person's number."""
    return Schema(tuple(replace(each, mask=shown) if each.mask is clip else each for each in columns))

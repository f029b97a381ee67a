"""Cell parsers: one cell as a clerk typed it → one value, or a `CellProblem` saying what was expected.

A cell is a str, int, float or bool; blank cells never arrive here. Dates are in `dates`, vocabularies in
`words`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SCORE = 100
PASS_MARK = 60
_MOST_DIGITS = 18
_WRONG = {"Cc", "Cs", "Co"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0*)?")
_UNIT = re.compile(r"(?:学时|课时|个?小时|分钟|分|单|件|人|名|票|位|个|次|笔|元|家|hours?|hrs?|h)$")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_LINE_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " "})


NOTHING = frozenset(
    {"无", "暂无", "没有", "空", "-", "--", "---", "—", "——", "/", "\\", "n/a", "na", "none", "null", "#n/a"}
)
"""What clerks write into a cell that has nothing to say, folded."""


class CellProblem(ValueError):
    """What is wrong with one cell: a stable `code`, a msgid `message`, and its `params`."""

    default_code: ClassVar[str] = "bad_value"
    default_message: ClassVar[str] = _("This value cannot be read.")

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.message, self.params = code, message, params


def fold(cell: object) -> str:
    """Fold a word or number: half-width, no white space, no invisible characters, lower case."""
    folded = unicodedata.normalize("NFKC", str(cell)).casefold()
    return "".join(folded.split()).strip("\ufeff\u200b\u200c\u200d\u2060")


def text(cell: object) -> str:
    """Return the text trimmed, line breaks as spaces; a whole number as its digits.

    Refuses control, surrogate, private-use and replacement characters (bad_text).
    """
    if not isinstance(cell, str):
        return str(cell)
    shown = cell.translate(_LINE_BREAKS).strip("\u3000 \u00a0\ufeff\u200b")
    if shown.isascii() and shown.isprintable():
        return shown
    for character in shown:
        if unicodedata.category(character) in _WRONG or character == "\ufffd":
            raise CellProblem(
                "bad_text",
                _("The text contains a character that cannot be kept (%(point)s); type it again."),
                point=f"U+{ord(character):04X}",
            )
    return shown


def limited(most: int) -> Callable[[object], str]:
    """Return a text parser that refuses more than `most` characters (too_long)."""

    def parse(cell: object) -> str:
        shown = text(cell)
        if len(shown) > most:
            raise CellProblem(
                "too_long",
                _("At most %(most)d characters fit here; this has %(length)d."),
                most=most,
                length=len(shown),
            )
        return shown

    return parse


def integer(cell: object) -> int:
    """Return a whole number: 12, 12.0, "１２", "1,200", "12人". Refuses everything else (bad_number)."""
    if type(cell) is int:
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_MOST_DIGITS:
        return int(cell)
    bare = "" if isinstance(cell, bool) else _UNIT.sub("", _THOUSANDS.sub("", fold(cell)))
    if not _WHOLE.fullmatch(bare):
        raise CellProblem("bad_number", _("A whole number is expected here."))
    return int(bare.partition(".")[0])


def count(cell: object) -> int:
    """Return a whole number that is not negative. Refuses a negative one (negative_number)."""
    number = integer(cell)
    if number < 0:
        raise CellProblem("negative_number", _("A number cannot be negative here."))
    return number


def number(cell: object) -> Decimal:
    """Return a number with at most six decimals. Refuses everything else (bad_number)."""
    bare = "" if isinstance(cell, bool) else _UNIT.sub("", _THOUSANDS.sub("", fold(cell)))
    if not _NUMBER.fullmatch(bare):
        raise CellProblem("bad_number", _("A number is expected here."))
    try:
        return Decimal(bare)
    except InvalidOperation:  # pragma: no cover (the pattern admits only numbers)
        raise CellProblem("bad_number", _("A number is expected here.")) from None


def hours(cell: object) -> Decimal:
    """Return hours of training: 4, "4学时", "1.5小时", "90分钟" (1.5). Between 0 and 1,000 (bad_hours)."""
    value = number(cell)
    if isinstance(cell, str) and fold(cell).endswith("分钟"):
        value = value / 60
    if not 0 <= value <= 1000:  # noqa: PLR2004 (no course is longer)
        raise CellProblem("bad_hours", _("Hours lie between 0 and 1000."))
    return value


class Score(NamedTuple):
    """A result: `points` of 100 where points were given, `passed`, and the word where a word was."""

    points: Decimal | None
    passed: bool
    word: str


_GRADES = {
    **dict.fromkeys(
        (
            "优秀",
            "优",
            "良好",
            "良",
            "中等",
            "中",
            "及格",
            "合格",
            "通过",
            "已通过",
            "达标",
            "pass",
            "passed",
        ),
        True,
    ),
    **dict.fromkeys(("a", "b", "c"), True),
    **dict.fromkeys(
        (
            "不及格",
            "不合格",
            "未通过",
            "不通过",
            "未达标",
            "差",
            "补考",
            "作弊",
            "d",
            "e",
            "f",
            "fail",
            "failed",
        ),
        False,
    ),
}
_NO_RESULT = NOTHING | {"缺考", "未考", "免考", "免试", "未参加", "未参加考试", "缓考", "待考"}
_BRACKETED = re.compile(r"\([^()]*\)$")


def score(cell: object) -> Score | None:
    """Return a result: 88, "95.5分", 优秀, 不及格; None when there was no exam (缺考, —). Else bad_score."""
    word = fold(cell)
    if word in _NO_RESULT:
        return None
    grade = word if word in _GRADES else _BRACKETED.sub("", word)
    if grade in _GRADES:
        return Score(None, _GRADES[grade], str(cell).strip())
    bare = word.removesuffix("/100").removesuffix("分")
    if not _NUMBER.fullmatch(bare) or not 0 <= (points := Decimal(bare)) <= MAX_SCORE:
        raise CellProblem(
            "bad_score", _("A result is a number from 0 to 100, or a word such as 优秀, 合格, 不合格.")
        )
    return Score(points, points >= PASS_MARK, "")

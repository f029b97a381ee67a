"""Which row holds the headings, which column is which, and which rows are data; runs in the child."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES_SEARCHED = 60
_ASIDE = 60  # as much of a cell as tells a total or a note
_BRACKETED = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")
_EDGES = "*#:,.、。;_-※★"
_EITHER = re.compile(r"[/、|或]")
_TOTAL = re.compile(
    r"(?:本页|本月|本期|全部|累计|各项|以上|会员|单位|企业|主播|人数)?(?:合计|总计|小计|共计|累计|合計|總計|小計|总数|共|"
    r"(?:sub|grand)?total)[:=]?\d*[\d,.]*(?:家|人|名|个|户|条|次|件|元|位|场|笔|学时|小时)?"
    r"(?:会员|主播)?(?:单位|企业|机构|商家|记录|数据)?[.。]?",
)
_NOTE = re.compile(
    r"(?:填表|填报|编制|制表|审核|复核|经办|负责|审批)(?:说明|要求|人|单位|日期|时间|:)|注(?::|\d|意)|备注:|说明:|日期:|"
    r"\(?[一二三四五六七八九十]{1,3}[、).]|第[一二三四五六七八九十]{1,3}(?:类|部分)|"
    r"(?:以上|以下|上述|下列)(?:为|是|共|均|各|单位|会员|企业|名单|数据|内容|信息|人员)|单位(?:盖章|公章|负责人)|\(?盖章|第\d+页|共\d+页|(?:打印|导出|统计|截止|截至)(?:时间|日期)"
)
_TITLE_CELLS = 20  # a row of more says nothing of the others
_STATED = 300  # characters of a line above the headings that are looked at
_LABELLED = re.compile(
    r"([^\s:：;；,，|]{1,12})[:：][ \u3000]*([^;；|:：]*?)(?=$|[;；|]|[\s,，]+[^\s:：;；,，|]{1,12}[:：])"
)
_SIMPLER = str.maketrans(
    "會員稱統碼類別單業機構聯繫電話態藝號證簽約開結終課簽時績點應實數贊決書違規嚴處據訴辯達訂賬帳間總幾絡網實際參種質狀況報屬後",
    "会员称统码类别单业机构联系电话态艺号证签约开结终课签时绩点应实数赞决书违规严处据诉辩达订账账间总几络网实际参种质状况报属后",
)
_DROPPED = {"Cf", "Mn", "Cc"}


class Wanted(NamedTuple):
    """A column the caller wants: its name, its aliases as `fold`ed, whether its heading must be there."""

    name: str
    aliases: tuple[str, ...]
    required: bool


class Heading(NamedTuple):
    """A row of headings: its index, column name → place, and how each recognised heading was written.

    `stated`: column name → what lines above say of every row (课程：开播前合规必修　学时：4).
    """

    row: int
    places: dict[str, int]
    written: dict[str, str]
    others: list[str]
    stated: dict[str, str] = {}

    def lacks(self, wanted: Sequence[Wanted]) -> list[str]:
        """Return the required columns that are neither headings nor stated above them."""
        return [
            c.name for c in wanted if c.required and c.name not in self.places and c.name not in self.stated
        ]


def fold(text: object) -> str:
    """Fold a heading: half-width, lower case, no white space or line break, no colon or star at its edges."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold().translate(_SIMPLER)
    bare = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in _DROPPED)
    return bare.strip(_EDGES)


def readings_of(heading: object) -> list[str]:
    """Return the forms under which a heading may be known, the most exact first.

    统一社会信用代码（必填） is also 统一社会信用代码; 信用代码/证件号 is also either of its halves.
    """
    whole = fold(heading)
    bare = fold(_BRACKETED.sub("", whole))
    return [form for form in dict.fromkeys((whole, bare, *map(fold, _EITHER.split(bare)))) if form]


def find_heading(rows: Sequence[Sequence[object]], wanted: Sequence[Wanted]) -> Heading | None:
    """Return the row among the first sixty that knows most of the wanted columns, the first of equals.

    Headings may take two rows: 联系方式 above 联系人 and 电话.
    """
    best: Heading | None = None
    for index, row in enumerate(rows[:LINES_SEARCHED]):
        heading = recognise(index, row, wanted)
        if _labels(row, heading):
            continue
        if heading.places and (best is None or len(heading.places) > len(best.places)):
            best = heading
    if best is None:
        return None
    best = _lower_half(rows, best, wanted)
    if not best.lacks(wanted):
        return best
    stated = _stated(rows[: best.row], wanted)
    missing = {name: stated[name] for name in best.lacks(wanted) if name in stated}
    written = best.written | {name: label for name, (label, _value) in missing.items()}
    return best._replace(stated={name: value for name, (_label, value) in missing.items()}, written=written)


def _labels(row: Sequence[object], heading: Heading) -> bool:
    """Tell whether the cells are labels with their values beside them: 课程： | 开播前合规必修."""
    values = [place + 1 for place in heading.places.values() if str(row[place]).strip().endswith((":", "："))]
    return any(
        place < len(row) and not is_blank(row[place]) and place not in heading.places.values()
        for place in values
    )


def _lower_half(rows: Sequence[Sequence[object]], upper: Heading, wanted: Sequence[Wanted]) -> Heading:
    """Return the heading with the row below it, where that row holds headings too."""
    if upper.row + 1 >= len(rows):
        return upper
    above, below = rows[upper.row], rows[upper.row + 1]
    filled = sum(not is_blank(cell) for cell in below)
    known = len(recognise(upper.row + 1, below, wanted).places)
    if not known or known * 2 < filled:
        return upper
    width = max(len(above), len(below))
    pairs = zip([*above, *[""] * (width - len(above))], [*below, *[""] * (width - len(below))], strict=True)
    both = recognise(upper.row + 1, [high if is_blank(low) else low for high, low in pairs], wanted)
    return both if len(both.places) >= len(upper.places) else upper


def _stated(rows: Sequence[Sequence[object]], wanted: Sequence[Wanted]) -> dict[str, tuple[str, str]]:
    """Return column name → (label, value) of what stands above the headings as label：value."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        cells = [str(cell)[:_STATED] for cell in row if not is_blank(cell)]
        if len(cells) > _TITLE_CELLS:
            continue
        pairs = [pair for cell in cells if ":" in cell or "：" in cell for pair in _LABELLED.findall(cell)]
        pairs += [
            (cell.strip()[:-1], value)
            for cell, value in pairwise(cells)
            if cell.strip().endswith((":", "："))
        ]
        for label, value in pairs:
            forms = readings_of(label)
            for column in wanted:
                if value.strip() and any(form in column.aliases for form in forms):
                    found.setdefault(column.name, (label.strip(), value.strip()))
    return found


def recognise(index: int, row: Sequence[object], wanted: Sequence[Wanted]) -> Heading:
    """Match one row's cells with the wanted columns: an exact heading beats a bracketed, a halved one.

    One cell serves one column, one column takes one cell; of equals the leftmost.
    """
    offers = []
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > 100:  # noqa: PLR2004 (no heading is longer)
            continue
        forms = readings_of(cell)
        for order, column in enumerate(wanted):
            for rank, form in enumerate(forms):
                if form in column.aliases:
                    offers.append((rank, column.aliases.index(form), place, order))
                    break
    places: dict[str, int] = {}
    taken: set[int] = set()
    for _rank, _alias, place, order in sorted(offers):
        name = wanted[order].name
        if name not in places and place not in taken:
            places[name] = place
            taken.add(place)
    written = {name: " ".join(str(row[place]).split()) for name, place in places.items()}
    others = [
        " ".join(str(cell).split())
        for place, cell in enumerate(row)
        if place not in taken and isinstance(cell, str) and cell.strip()
    ]
    return Heading(index, places, written, others)


class Rows:
    """Tells data rows from what clerks write between them."""

    def __init__(self, heading: Heading, wanted: Sequence[Wanted], merged: set[int]) -> None:
        self.places = [heading.places[column.name] for column in wanted if column.name in heading.places]
        required = [column.name for column in wanted if column.required and column.name in heading.places]
        self._required = {heading.places[name] for name in required}
        self._written = {place: heading.written[name].split() for name, place in heading.places.items()}
        self._merged = merged

    def skip(self, index: int, row: Sequence[object]) -> str:
        """Return "" for a data row, or why it is none: blank, total, heading, note."""
        filled = [
            place
            for place in self.places
            if (cell := row[place]) is not None and cell != "" and not (type(cell) is str and cell.isspace())
        ]  # `is_blank` written out: this line sees every cell
        if not filled:
            first = next((cell for cell in row if isinstance(cell, str) and not is_blank(cell)), "")[:_ASIDE]
            if _TOTAL.fullmatch(fold(first)):
                return "total"
            return "blank" if not first or fold(first).isdecimal() else "note"  # 序号 is written beforehand
        if len(filled) == 1 or (len(filled) < len(self.places) and not self._required.issubset(filled)):
            first = next((cell for cell in row if isinstance(cell, str) and not is_blank(cell)), "")[:_ASIDE]
            if _TOTAL.fullmatch(fold(first)):
                return "total"
            if index in self._merged or _NOTE.match(fold(first)):
                return "note"
        return "heading" if self._repeats_heading(row, filled) else ""

    def _repeats_heading(self, row: Sequence[object], filled: list[int]) -> bool:
        first = row[filled[0]]
        if not isinstance(first, str) or first.split() != self._written[filled[0]]:
            return False
        same = sum(1 for place in filled if str(row[place]).split() == self._written[place])
        return same * 2 > len(filled)


def is_blank(cell: object) -> bool:
    """Tell whether a cell says nothing: empty, or white space of any width."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))

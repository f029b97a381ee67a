"""Which row holds the headings, which column is which, and which rows are data; runs in the child."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES_SEARCHED = 60
_ASIDE = 60  # as much of a cell as tells a total or a note
_BRACKETED = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")
_EDGES = "*#:,.、。;_-※★"
_EITHER = re.compile(r"[/、|或]")
_TOTAL = re.compile(
    r"(?:本页|本月|本期|全部|累计|各项)?(?:合计|总计|小计|共计|累计|合計|總計|小計|总数|(?:sub|grand)?total)"
    r"[:=]?\d*[\d,.]*(?:家|人|名|个|户|条|次|件|元|位|场|笔|学时|小时)?",
)
_NOTE = re.compile(
    r"(?:填表|填报|编制|制表|审核|复核|经办|负责)(?:说明|要求|人|单位|日期|时间)|注(?::|\d|意)|备注:|说明:|"
    r"(?:以上|以下|上述|下列)(?:为|是|共|均|各|单位|会员|企业|名单|数据|内容|信息|人员)|单位(?:盖章|公章|负责人)|\(?盖章|第\d+页|共\d+页|(?:打印|导出|统计|截止|截至)(?:时间|日期)"
)
_DROPPED = {"Cf", "Mn", "Cc"}


class Wanted(NamedTuple):
    """A column the caller wants: its name, its aliases as `fold`ed, whether its heading must be there."""

    name: str
    aliases: tuple[str, ...]
    required: bool


class Heading(NamedTuple):
    """A row of headings: its index, column name → place, and how each recognised heading was written."""

    row: int
    places: dict[str, int]
    written: dict[str, str]
    others: list[str]


def fold(text: object) -> str:
    """Fold a heading: half-width, lower case, no white space or line break, no colon or star at its edges."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
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
    """Return the row among the first sixty that knows most of the wanted columns, the first of equals."""
    best: Heading | None = None
    for index, row in enumerate(rows[:LINES_SEARCHED]):
        heading = recognise(index, row, wanted)
        if heading.places and (best is None or len(heading.places) > len(best.places)):
            best = heading
    return best


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
        self._required = {heading.places[column.name] for column in wanted if column.required}
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
            return "total" if _TOTAL.fullmatch(fold(first)) else "note" if first else "blank"
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

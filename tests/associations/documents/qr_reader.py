"""Reads the QR code off a PDF as a telephone does off paper, by the standard (ISO/IEC 18004), not by what drew it.

As many characters as addresses have: 33 to 106. Nothing is corrected: a single wrong square is an error.
"""

from __future__ import annotations

import io
import re
from itertools import chain

import pypdf

M, Q = 0b00, 0b11
BLOCKS = {
    (3, M): (1, 44, 26), (4, M): (2, 32, 18), (4, Q): (2, 24, 26), (5, M): (2, 43, 24), (6, M): (4, 27, 16),
}  # fmt: skip
"""By version and level (Table 9): blocks, data and correction codewords of each."""
MASKS = (
    lambda y, x: (y + x) % 2 == 0, lambda y, _: y % 2 == 0, lambda _, x: x % 3 == 0, lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0, lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0, lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)  # fmt: skip
FORMAT_PLACES = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
FINDER = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
FIGURE = re.compile(rb"/Alt\(([^)]*)\)>>BDC(.*?)\nEMC", re.DOTALL)
STROKE = re.compile(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l")


def squares(paper: bytes) -> list[list[bool]]:
    """The dark squares of the one drawing on the first page, cut to the code's own edge.

    It is drawn in black strokes one unit wide, each along the middle of a row.
    """
    ((_, drawn),) = FIGURE.findall(pypdf.PdfReader(io.BytesIO(paper)).pages[0].get_contents().get_data())
    scale, rest = drawn.split(b" cm", 1)
    width, turn, shear, height, *_ = map(float, scale.rsplit(b"q ", 1)[1].split())
    assert (turn, shear, height) == (0, 0, -width)
    assert b"0 SCN" in rest
    assert b" w" not in rest
    dark: set[tuple[int, int]] = set()
    for each in STROKE.findall(rest):
        start, y, end, along = map(float, each)
        assert y == along
        assert (y % 1, start % 1, end % 1) == (0.5, 0, 0)
        dark |= {(int(y), x) for x in range(int(start), int(end))}
    top, left = min(y for y, _ in dark), min(x for _, x in dark)
    side = max(max(place) for place in dark) - top + 1
    return [[(top + y, left + x) in dark for x in range(side)] for y in range(side)]


def read(code: list[list[bool]]) -> str:
    """What is written in it. Raises AssertionError where it is none."""
    side = len(code)
    version = (side - 17) // 4
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert ["".join(".#"[code[top + y][left + x]] for x in range(7)) for y in range(7)] == FINDER
    level, mask = _format(code)
    blocks, data, correction = BLOCKS[version, level]
    stream = _codewords(code, MASKS[mask])
    assert len(stream) == blocks * (data + correction)
    written, behind = stream[: blocks * data], stream[blocks * data :]
    parts = []
    for block in range(blocks):
        part = written[block::blocks]
        assert not any(_syndromes(part + behind[block::blocks], correction)), "not read, or damaged"
        parts.append(part)
    bits = "".join(f"{word:08b}" for word in chain.from_iterable(parts))
    assert bits[:4] == "0100", "bytes are written"
    length = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()


def _format(code: list[list[bool]]) -> tuple[int, int]:
    """Level and mask, from the fifteen bits that say it twice."""
    side = len(code)
    second = [(side - 1 - n, 8) for n in range(7)] + [(8, side - 8 + n) for n in range(8)]
    first, again = (
        int("".join(str(int(code[y][x])) for y, x in places), 2) for places in (FORMAT_PLACES, second)
    )
    assert first == again
    told = first ^ 0b101010000010010
    rest = told
    for bit in range(14, 9, -1):
        if rest >> bit & 1:
            rest ^= 0b10100110111 << (bit - 10)
    assert rest == 0
    return told >> 13, told >> 10 & 7


def _codewords(code: list[list[bool]], mask) -> list[int]:
    """Eight squares each, two columns at a time from the right, up and down in turn, around what is fixed."""
    side, bits, up = len(code), [], True
    for right in (x for x in range(side - 1, 0, -2) if x > 6):
        bits += _column(code, mask, right, up=up)
        up = not up
    for right in (5, 3, 1):
        bits += _column(code, mask, right, up=up)
        up = not up
    return [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]


def _column(code: list[list[bool]], mask, right: int, *, up: bool) -> list[int]:
    side = len(code)
    rows = range(side - 1, -1, -1) if up else range(side)
    return [int(code[y][x] ^ mask(y, x)) for y in rows for x in (right, right - 1) if not _fixed(side, y, x)]


def _fixed(side: int, y: int, x: int) -> bool:
    corner = (y < 9 and x < 9) or (y < 9 and x >= side - 8) or (y >= side - 8 and x < 9)
    return corner or 6 in {y, x} or (side - 9 <= y <= side - 5 and side - 9 <= x <= side - 5)


def _syndromes(words: list[int], count: int) -> list[int]:
    """All zero where the Reed–Solomon code holds."""
    found, root = [], 1
    for _ in range(count):
        value = 0
        for word in words:
            value = _times(value, root) ^ word
        found.append(value)
        root = _times(root, 2)
    return found


def _times(a: int, b: int) -> int:
    """Multiplication in GF(256) modulo x^8+x^4+x^3+x^2+1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product

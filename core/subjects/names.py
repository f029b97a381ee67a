"""Names: what is refused, what is shown, what is compared, and the terms by which a name is found.

Shown is what was written, spaces tidied. Compared is the matching key: NFKC alone leaves zero-width and
bidirectional characters, variation selectors, fillers, five separators and traditional forms apart, so the
key goes on from there (RELIABILITY 1.7). Found is by `search_terms` in a `text[]` under GIN: every term of
`query_terms` must be there (`terms @> ARRAY[…]`), then the caller confirms with `matches`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from django.utils.translation import gettext_noop as _

from core.subjects.readings import readings

MAX_LENGTH = 120
MIDDLE_DOT = "·"
_SEPARATORS = "·・•‧.。．･⋅∙●"
_ZEROS = "○◯〇⭕"
_HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_REFUSED = {"Cc", "Cs", "Co"}
_DROPPED = {"Cf", "Mn", "Me", "Cc", "Cs", "Co"}
_SPACES = {"Zs", "Zl", "Zp"}
_SPACE_RUN = re.compile(r" +")
_SPACE_BESIDE_WIDE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_HAN = "[\u2e80-\u2fdf\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_SPACE_BESIDE_HAN = re.compile(f"(?<={_HAN}) +| +(?={_HAN})")
_LATIN = re.compile(r"[a-z0-9]+")
_LATIN_OR_NOT = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
_FIRST_HAN, _LAST_HAN = 0x3400, 0xA000
_GRAM = 3


class NameRefused(ValueError):
    """Why a name cannot be kept. `code` is missing_name or bad_name, `message` a msgid with `params`."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.code, self.message, self.params = code, message, params


def parse_name(text: object) -> str:
    """Return the name as it is shown, or raise `NameRefused`.

    Refused: nothing but spaces, longer than 120 characters, no letter or digit at all, and characters no
    name has: control, surrogate, private use, bidirectional, the replacement character.
    """
    name = tidy(str(text))
    if not name:
        raise NameRefused("missing_name", _("The name is missing."))
    if len(name) > MAX_LENGTH:
        raise NameRefused(
            "bad_name",
            _("A name has at most %(most)d characters; this one has %(length)d."),
            most=MAX_LENGTH,
            length=len(name),
        )
    wrong = name.translate(_WRONG)
    if wrong:
        raise NameRefused(
            "bad_name",
            _("The name contains a character no name has (%(point)s), often left by copying; type it again."),
            point=f"U+{ord(wrong[0]):04X}",
        )
    if not any(map(str.isalnum, matching_key(name))):
        raise NameRefused("bad_name", _("The name has no letter, character or digit."))
    return name


def tidy(text: str) -> str:
    """Trim, join runs of spaces, and take out spaces beside Chinese characters, where they mean nothing.

    Line breaks and tabs inside are left to be refused: what they part may be two names.
    """
    if text.isalnum():
        return text
    spaced = "".join([" " if unicodedata.category(c) in _SPACES else c for c in text.strip()])
    return _SPACE_BESIDE_HAN.sub("", _SPACE_RUN.sub(" ", spaced))


def matching_key(text: str) -> str:
    """Return the form in which two spellings of one name are equal. Idempotent; empty for nothing visible.

    NFKC; Cf, marks, variation selectors and fillers dropped; one separator (·); traditional to simplified
    character by character; case folded; spaces kept only between Latin words.
    """
    key = text
    while True:
        if not unicodedata.is_normalized("NFKC", key):
            key = unicodedata.normalize("NFKC", key)
        folded = key.translate(_FOLD)
        if folded == key:
            break
        key = folded
    if key.isalnum():
        return key
    return _SPACE_BESIDE_WIDE.sub("", _SPACE_RUN.sub(" ", key)).strip(f" {MIDDLE_DOT}")


class _Fold(dict[int, str]):
    """Character → its part of the key, worked out at first sight (`str.translate` asks by code point)."""

    def __missing__(self, point: int) -> str:
        self[point] = part = _fold(chr(point))
        return part


class _Wrong(dict[int, str]):
    """Character → itself when no name may have it, else nothing: what `translate` leaves is wrong."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        wrong = unicodedata.category(character) in _REFUSED or character in _BIDI or point == 0xFFFD  # noqa: PLR2004
        self[point] = part = character if wrong else ""
        return part


def _fold(character: str) -> str:
    if character in _SEPARATORS:
        return MIDDLE_DOT
    if character in _ZEROS:
        return "〇"
    if character in _HANGUL_FILLERS or unicodedata.category(character) in _DROPPED:
        return " " if character.isspace() else ""
    if character.isspace():
        return " "
    # A letter may fold into one with a mark, ǰ into j and a caron, which NFKC would put together again and again.
    folded = _simplified().get(character, character).casefold()
    return "".join([c for c in folded if unicodedata.category(c) not in _DROPPED])


@cache
def _simplified() -> dict[str, str]:
    """Return traditional → simplified for single characters; phrases are left alone, so a key is stable."""
    from opencc import OpenCC  # noqa: PLC0415 (0.2 s, only for who folds names)

    characters = [chr(point) for point in range(_FIRST_HAN, _LAST_HAN)]
    converter = OpenCC("t2s")
    simple = converter.convert("\n".join(characters)).split("\n")
    table = {old: new for old, new in zip(characters, simple, strict=True) if old != new}
    return {old: table.get(new, new) for old, new in table.items()}


_FOLD = _Fold()
_WRONG = _Wrong()


def search_terms(name: str, *, person: bool = False) -> list[str]:
    """Return the distinct terms of a name, for a `text[]` column under GIN. About 80 for a firm's name.

    Lower case and Chinese: characters and pairs of the key as they are. Capitals: what is typed by sound,
    triples of the whole pinyin, pairs and triples of the initials, the first two letters of each syllable,
    for each likely reading. (A key has no capitals, so the two never meet.)
    """
    key = matching_key(name).replace(" ", "").replace(MIDDLE_DOT, "")
    terms = {*key, *map(str.__add__, key, key[1:])}
    for spoken in readings(key, person=person):
        sound, initials = spoken.pinyin.upper(), spoken.initials.upper()
        terms.update(map("".join, zip(sound, sound[1:], sound[2:], strict=False)))
        terms.update(map("".join, zip(initials, initials[1:], initials[2:], strict=False)))
        terms.update(map(str.__add__, initials, initials[1:]))
        terms.update([syllable[:2].upper() for syllable in spoken.syllables])
    return sorted(terms)  # the same row whichever process writes it


def query_terms(query: str) -> list[str]:
    """Return the terms a name must have all of to be worth confirming; empty when the query says nothing.

    Chinese in any form, pinyin, initials, a stage name in Latin letters, or a mixture of them. A mixed query
    (禾wen) asks for its Chinese part by characters and for its Latin part by sound.
    """
    terms: set[str] = set()
    for part in _parts(query):
        if not _LATIN.fullmatch(part):
            terms.update(map(str.__add__, part, part[1:]) if len(part) > 1 else part)
        elif len(part) == 1:
            terms.add(part)
        else:
            size = min(_GRAM, len(part))
            terms.update(part[at : at + size].upper() for at in range(len(part) - size + 1))
    return sorted(terms)


def _parts(query: str) -> list[str]:
    key = matching_key(query).replace(" ", "").replace(MIDDLE_DOT, "")
    return [part for part in _LATIN_OR_NOT.findall(key) if part]


def matches(name: str, query: str, *, person: bool = False) -> bool:
    """Confirm what the index proposed: every part of the query is in the key, the pinyin or the initials."""
    key = matching_key(name).replace(" ", "").replace(MIDDLE_DOT, "")
    spoken = readings(key, person=person)
    parts = _parts(query)
    return bool(parts) and all(
        part in key or any(part in reading.pinyin or part in reading.initials for reading in spoken)
        for part in parts
    )

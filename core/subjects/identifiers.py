"""Identifiers: unified social credit codes (GB 32100-2015) and identity numbers (GB 11643-1999), and masks.

A number is normalised before it is judged (full-width digits, spaces, hyphens, lower case), and a refusal says
which of length, characters, date or check digit is wrong, because the remedy differs. Refusals never carry
the number itself. Regions are not looked up: codes of abolished districts stay valid for their holders.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul

from django.utils.translation import gettext_noop as _

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_LENGTH = 18
_USCC_VALUES = {ord(character): value for value, character in enumerate(USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(USCC_LENGTH - 1))
_USCC_SHAPE = re.compile(f"[{USCC_ALPHABET}]{{18}}")
# What a typist meant by the five letters the standard leaves out.
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}

IDENTITY_LENGTH = 18
_IDENTITY_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_IDENTITY_SHAPE = re.compile(r"[0-9]{15}")
_IDENTITY_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(IDENTITY_LENGTH - 1))
_IDENTITY_CHECKS = "10X98765432"

_SEPARATORS = re.compile(r"[\s\-_.·‐-―−－]+")
# What typists and programs put around a number: quotation marks, a label before it, a note after it, a full stop.
_AROUND = re.compile(
    r"(?:[^\W\d_A-Z]{1,10}[:=])?[=\s]*[\"'`´‘’“”]*(?P<number>[^()\[\]\"'`´‘’“”。,;、:=*…]+)[\"'`´‘’“”]*"
    r"(?:[(\[][^()\[\]]*[)\]])?[。.,;、]?"
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_INVISIBLE = {"Cf", "Cc", "Mn"}
_PLAIN = re.compile(r"[0-9A-Z]*")
_SHOWN_DIGITS = 4
_EXACT = 10**15
_SHORTEST_EXACT = 24  # 9.1990000800870652E+17 is the longest that a spreadsheet writes
_COMPOUND_SURNAMES = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|"
    "慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|夹谷|"
    "轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|微生|左丘|东门|西门|第五|纳兰|欧陽|獨孤|諸葛|尉遲|長孫|司馬|東方|軒轅|納蘭"
)


class IdentifierRefused(ValueError):
    """Why an identifier cannot be right. `code` is stable, `message` a msgid with `params`; never the number."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.code, self.message, self.params = code, message, params


def normalise(text: object) -> str:
    """Fold an identifier as typed into the form that is compared: half-width, upper case, nothing between.

    Spreadsheets hand over long numbers as floats; one that is whole is read as its digits.
    """
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    plain = str(text)
    if _PLAIN.fullmatch(plain):
        return plain
    folded = unicodedata.normalize("NFKC", plain).upper()
    bare = _SEPARATORS.sub("", folded)
    if bare.isascii() and bare.isprintable():
        return bare
    return "".join(c for c in bare if unicodedata.category(c) not in _INVISIBLE)


def _bare(text: object) -> str:
    """Normalise what was typed, without what stands around the number."""
    if isinstance(text, str) and not _PLAIN.fullmatch(text):
        around = _AROUND.fullmatch(unicodedata.normalize("NFKC", text.strip()).upper())
        text = around["number"] if around else text
    return normalise(text)


def parse_uscc(text: object) -> str:
    """Return the normalised unified social credit code, or raise `IdentifierRefused`.

    Codes: wrong_length, bad_code (characters), wrong_check_digit. Check character: (31 − Σ value·3^i mod 31)
    mod 31, the outer mod included (GB 32100-2015).
    """
    _refuse_rounded(text, "wrong_check_digit")
    code = _bare(text)
    if len(code) != USCC_LENGTH:
        raise IdentifierRefused(
            "wrong_length",
            _("A unified social credit code has 18 characters; this one has %(length)d."),
            length=len(code),
        )
    if not _USCC_SHAPE.fullmatch(code):
        raise _wrong_characters(code)
    values = [_USCC_VALUES[character] for character in map(ord, code)]
    if (sum(map(mul, values, _USCC_WEIGHTS)) + values[-1]) % 31:
        raise IdentifierRefused(
            "wrong_check_digit",
            _(
                "The check character of this unified social credit code does not fit: one character is mistyped."
            ),
        )
    return code


def _wrong_characters(code: str) -> IdentifierRefused:
    wrong = sorted({character for character in code if character not in USCC_ALPHABET})
    hints = ", ".join(f"{c} → {_LOOKALIKES[c]}" for c in wrong if c in _LOOKALIKES)
    if hints:
        return IdentifierRefused(
            "bad_code",
            _(
                "A unified social credit code never contains I, O, S, V or Z: %(wrong)s. "
                "Perhaps meant: %(hints)s.",
            ),
            wrong=", ".join(wrong),
            hints=hints,
        )
    return IdentifierRefused(
        "bad_code",
        _(
            "A unified social credit code consists of digits and capital letters; this one also has: %(wrong)s."
        ),
        wrong=", ".join(wrong)[:40],
    )


def _refuse_rounded(number: object, code: str) -> None:
    """A workbook keeps fifteen digits of a number: a longer identifier typed as one has lost its end."""
    if (isinstance(number, float) and abs(number) >= _EXACT) or (
        isinstance(number, str) and len(number) < _SHORTEST_EXACT and _SCIENTIFIC.fullmatch(number.strip())
    ):
        raise IdentifierRefused(
            code,
            _(
                "The spreadsheet took this for a number and lost its last digits; "
                "format the column as text and type it again.",
            ),
        )


def uscc_check_character(body: str) -> str:
    """Return the eighteenth character for seventeen. Raises KeyError for a character outside the alphabet."""
    total = sum(_USCC_VALUES[ord(c)] * weight for c, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def parse_identity(text: object) -> str:
    """Return the normalised 18-character identity number, or raise `IdentifierRefused`.

    All refusals have the code wrong_identity_number; their messages name the length, the characters, the old
    15-digit form, the date of birth or the check digit (ISO 7064 MOD 11-2).
    """
    _refuse_rounded(text, "wrong_identity_number")
    number = _bare(text)
    if len(number) != IDENTITY_LENGTH:
        if _OLD_IDENTITY_SHAPE.fullmatch(number):
            raise IdentifierRefused(
                "wrong_identity_number",
                _("This is an old 15-digit identity number, no longer in use; enter the 18-digit one."),
            )
        raise IdentifierRefused(
            "wrong_identity_number",
            _("An identity number has 18 characters; this one has %(length)d."),
            length=len(number),
        )
    if not _IDENTITY_SHAPE.fullmatch(number):
        raise IdentifierRefused(
            "wrong_identity_number",
            _("An identity number is 17 digits and a digit or X; this one has other characters."),
        )
    if _birth_date(number[6:14]) is None:
        raise IdentifierRefused(
            "wrong_identity_number",
            _("The date of birth inside this identity number does not exist."),
        )
    if identity_check_character(number[:17]) != number[17]:
        raise IdentifierRefused(
            "wrong_identity_number",
            _("The check digit of this identity number does not fit: one digit is mistyped."),
        )
    return number


def identity_check_character(body: str) -> str:
    """Return the eighteenth character for seventeen digits."""
    return _IDENTITY_CHECKS[sum(map(mul, map(int, body), _IDENTITY_WEIGHTS)) % 11]


@lru_cache(maxsize=65_536)
def _birth_date(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born.year >= 1800 else None  # noqa: PLR2004 (no holder of a number was born earlier)


def birth_date(number: str) -> date:
    """Return the date of birth inside a number `parse_identity` accepted."""
    born = _birth_date(number[6:14])
    if born is None:
        raise IdentifierRefused(
            "wrong_identity_number",
            _("The date of birth inside this identity number does not exist."),
        )
    return born


def age_on(number: str, day: date) -> int:
    """Return whole years of age on `day`; one born on 29 February turns a year older on 1 March.

    Negative when the day is before the birth.
    """
    born = birth_date(number)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def parse_identifier(text: object) -> tuple[str, str]:
    """Tell a credit code from an identity number and check it: ("uscc" | "identity", number).

    Seventeen digits with a date of birth in place are an identity number; everything else is judged as a
    credit code, whose refusals are the more telling ones.
    """
    _refuse_rounded(text, "wrong_identity_number")
    number = _bare(text)
    if _OLD_IDENTITY_SHAPE.fullmatch(number) or (
        _IDENTITY_SHAPE.fullmatch(number) and _looks_personal(number)
    ):
        return "identity", parse_identity(number)
    return "uscc", parse_uscc(number)


def _looks_personal(number: str) -> bool:
    """All-digit credit codes exist (9199…): the check character decides, the date of birth when both fail."""
    if number[6:8] not in {"18", "19", "20"} or _birth_date(number[6:14]) is None:
        return False
    if identity_check_character(number[:17]) == number[17]:
        return True
    return number[17] == "X" or uscc_check_character(number[:17]) != number[17]


def mask_identity(number: object) -> str:
    """Show only the last four characters: ``**************5025``. Shorter numbers are hidden wholly."""
    text = normalise(number)
    if len(text) <= 2 * _SHOWN_DIGITS:
        return "*" * len(text)
    return "*" * (len(text) - _SHOWN_DIGITS) + text[-_SHOWN_DIGITS:]


def mask_name(name: object) -> str:
    """Show only the surname: 张* for 张三, 张** for 张三丰, 欧阳* for 欧阳修; one star a hidden character."""
    text = str(name).strip()
    if len(text) < 2:  # noqa: PLR2004 (a single character would be shown whole)
        return "*" * len(text)
    shown = 2 if len(text) > 2 and _COMPOUND_SURNAMES.match(text) else 1  # noqa: PLR2004
    return text[:shown] + "*" * min(len(text) - shown, 8)


def mask_phone(phone: object) -> str:
    """Show the first three and last two digits of a number of eleven: ``199******92``; else the last two."""
    digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", str(phone))))
    if len(digits) < 7:  # noqa: PLR2004 (too short to show any part of)
        return "*" * len(digits)
    head = digits[:3] if len(digits) == 11 else ""  # noqa: PLR2004
    return head + "*" * (len(digits) - len(head) - 2) + digits[-2:]

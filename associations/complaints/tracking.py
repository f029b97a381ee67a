"""Tracking numbers and codes, as a complainant writes them down: no letter that could be another.

A number is the association's three digits and ten characters by chance, a code twelve characters. The code is worked
out from the form's token under the index key and never stored: who sends a form twice is told the same code twice.
"""

from __future__ import annotations

import secrets

from core.subjects import encryption

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O, U."""
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
NUMBER_CHARACTERS, CODE_CHARACTERS, GROUP = 10, 12, 5
BITS = 5


def new_tracking(association_number: int) -> str:
    """Thirteen characters; 50 random bits."""
    word = "".join(secrets.choice(ALPHABET) for _each in range(NUMBER_CHARACTERS))
    return f"{association_number:03d}{word}"


def code_for(token: str) -> str:
    """The code that belongs to a form's token; 60 bits."""
    number = int.from_bytes(encryption.index("secret", f"code of {token}"), "big")
    return "".join(ALPHABET[number >> BITS * place & 31] for place in range(CODE_CHARACTERS))


def code_index(code: str) -> bytes:
    """What is kept of a code."""
    return encryption.index("secret", f"code {code}")


def read(text: str) -> str:
    """What was typed, in the form that is compared; look-alikes and separators do not matter."""
    return "".join(each for each in text.upper().translate(ALIKE) if each in ALPHABET)


def shown(word: str) -> str:
    """In groups, as it is read out: 001-7KQ4M-2XD9P, 7KQ4-M2XD-9PAB."""
    if len(word) == CODE_CHARACTERS:
        return "-".join(word[at : at + 4] for at in range(0, CODE_CHARACTERS, 4))
    return "-".join((word[:3], word[3 : 3 + GROUP], word[3 + GROUP :]))

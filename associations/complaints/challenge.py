"""The proof of work of the public form: a signed challenge that a browser answers by counting.

A challenge is a random word with how many zero bits are asked, signed with its time; its answer is a number n for which
SHA-256("challenge.n") begins with so many zero bits. Who sends by hand pays a second of computing, who sends by the
thousand pays for each. The word is also what makes sending twice sending once, and it is good once only. Nobody is
named by it, nothing is asked of a third party (docs/adr/0014).
"""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

BITS = 16
"""Some 65,000 hashes on the average: under a second on a telephone."""
SECONDS = 2 * 60 * 60
"""How long a form may take to fill in."""
MOST_DIGITS = 12
SALT = "complaints challenge"


def issue(bits: int = BITS) -> str:
    """A new challenge."""
    return signing.TimestampSigner(salt=SALT).sign(f"{secrets.token_urlsafe(16)}.{bits}")


def read(challenge: str) -> str | None:
    """The challenge's word; None for one that was not issued here, or too long ago."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(challenge, max_age=SECONDS).partition(".")[0]
    except signing.BadSignature:
        return None


def is_solved(challenge: str, answer: str) -> bool:
    """Whether the answer is one to this challenge. Call `read` before: here the signature is not looked at."""
    if not (answer.isascii() and answer.isdigit() and len(answer) <= MOST_DIGITS):
        return False
    bits = int(challenge.partition(":")[0].partition(".")[2])
    digest = hashlib.sha256(f"{challenge}.{answer}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0

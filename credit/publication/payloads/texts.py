"""Texts in both languages, and free text without what identifies a person."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from core.subjects.identifiers import IdentifierRefused, parse_uscc

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.utils.functional import Promise

    from credit.rulesets.method import Text as Named

LANGUAGES = {"zh": "zh-hans", "en": "en"}
HIDDEN = "***"
NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|[0-9A-Z]{18})(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")

Text = dict[str, str]


def in_both(say: Callable[[], str | Promise]) -> Text:
    """The same words in each language."""
    told = {}
    for key, code in LANGUAGES.items():
        with override(code):
            told[key] = str(say())
    return told


def list_in_both(say: Callable[[], list[str]]) -> list[Text]:
    """A list of words in each language, item by item; both lists are of one length."""
    told = {}
    for key, code in LANGUAGES.items():
        with override(code):
            told[key] = say()
    return [dict(zip(told, words, strict=True)) for words in zip(*told.values(), strict=True)]


def named(text: Named) -> Text:
    """A rule set's text as published."""
    return {"zh": text.zh, "en": text.en}


def iso(day: date | None) -> str | None:
    """A date as published."""
    return day.isoformat() if day else None


def harmless(text: str) -> str:
    """Free text without identity numbers, telephones and mail addresses; credit codes of firms stay."""
    return MAIL.sub(HIDDEN, PHONE.sub(HIDDEN, NUMBER.sub(_unless_credit_code, text)))


def _unless_credit_code(found: re.Match[str]) -> str:
    try:
        return parse_uscc(found[0])
    except IdentifierRefused:
        return HIDDEN


def fingerprint(payload: dict[str, Any]) -> str:
    """What names a payload: SHA-256 of its sorted JSON, 64 hexadecimal digits."""
    written = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()

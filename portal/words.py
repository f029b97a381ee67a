"""Texts of a payload in the reader's language, and its dates as dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Mapping


def told(text: Mapping[str, str]) -> str:
    """A published text: Chinese for any `zh…` language, English for every other."""
    return text["zh" if (get_language() or "zh").startswith("zh") else "en"]


def on(text: str | None) -> date | None:
    """A published date."""
    return date.fromisoformat(text) if text else None


def numerals() -> tuple[str, ...]:
    """The numbers of a page's sections."""
    return tuple("一二三四五六七八九") if (get_language() or "zh").startswith("zh") else tuple("123456789")


def numbered(*present: bool) -> list[str]:
    """A number for each section there is, in turn; none for one that the page goes without."""
    numbers = iter(numerals())
    return [next(numbers) if each else "" for each in present]


def joined(sentences: list[str]) -> str:
    """Sentences as one text; Chinese ones need no space between them."""
    return ("" if (get_language() or "zh").startswith("zh") else " ").join(sentences)

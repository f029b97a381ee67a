"""What a file is called here: what the sender called it, without anything that could mislead or harm."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.evidence.states import ENDINGS

if TYPE_CHECKING:
    from associations.evidence.states import FileKind

MOST = 100
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_CONTROL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def cleaned(name: str, kind: FileKind) -> str:
    """The last part of the name, without control and direction marks, ending in what the file really is."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(
        each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each) not in _CONTROL
    )
    plain = _FORBIDDEN.sub("_", " ".join(plain.split())).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem or ending.lower() not in ENDINGS.get(kind, frozenset({kind.value})):
        stem, ending = plain, kind.value
    stem = stem[:MOST].strip(". ")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"{_('File')} {stem}".strip()
    return f"{stem}.{ending.lower()}"

"""A template: text with named fields, and nothing more.

One line, one paragraph. "# " begins a heading, "> " an address; {会员} stands for the field of that name; a line that
begins with {?会员} is left out where the field is empty; a line that is one field only becomes a numbered list where
the field holds several values. Whatever else stands there is shown as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from associations.documents.states import FIELDS, SPECS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from associations.documents.states import DocumentKind

    Told = Mapping[str, str | list[str]]

MOST_LETTERS = 20_000
NOTHING = "—"
_FIELD = re.compile(r"\{(\??)([^{}\n]*)\}")
_ALONE = re.compile(r"\{([^{}?\n]+)\}")
_KEYS = {word: key for key, word in FIELDS.items()}
_MARKS = frozenset({"Cc", "Cf", "Cs"})
_SHOWN_AS = {"#": "heading", ">": "address"}


def problems(kind: DocumentKind, text: str) -> list[str]:
    """What is wrong with a template, line by line; empty where nothing is."""
    spec = SPECS[kind]
    known = {FIELDS[key] for key in spec.fields}
    found: list[str] = []
    used = set()
    if len(text) > MOST_LETTERS:
        found.append(_("The text is longer than %(most)d letters.") % {"most": MOST_LETTERS})
    for number, line in enumerate(text.splitlines(), 1):
        bare = _FIELD.sub("", line)
        if "{" in bare or "}" in bare:
            found.append(_("Line %(line)d: a brace stands alone. Write fields as {会员}.") % {"line": number})
        for question, word in _FIELD.findall(line):
            if word not in known:
                found.append(
                    _("Line %(line)d: there is no field {%(word)s}. Known here: %(known)s.")
                    % {
                        "line": number,
                        "word": word[:40],
                        "known": "、".join(FIELDS[key] for key in spec.fields),
                    }
                )
            elif not question:
                used.add(word)
    missing = [FIELDS[key] for key in spec.fields if key in spec.needed and FIELDS[key] not in used]
    if missing:
        found.append(
            _("The text must say %(missing)s: without it the paper would not do what it is for.")
            % {"missing": "、".join(f"{{{word}}}" for word in missing)}
        )
    return found


def filled(text: str, told: Told) -> list[dict[str, Any]]:
    """The template with its fields filled in, as blocks: {kind, text} or {kind: list, items}."""
    return [block for line in text.splitlines() if line.strip() for block in _blocks(line.strip(), told)]


def _blocks(line: str, told: Told) -> Iterator[dict[str, Any]]:
    def value(word: str) -> str | list[str]:
        return told.get(_KEYS[word], "")

    if any(question and not value(word) for question, word in _FIELD.findall(line)):
        return
    line = _FIELD.sub(lambda found: "" if found[1] else found[0], line)
    alone = _ALONE.fullmatch(line)
    if alone and isinstance(items := value(alone[1]), list) and len(items) > 1:
        yield {"kind": "list", "items": [clean(item) for item in items]}
        return
    shown = _SHOWN_AS.get(line[:1], "para") if line[1:2] == " " else "para"
    if shown != "para":
        line = line[2:]
    written = _FIELD.sub(lambda found: _joined(value(found[2])), line)
    for part in written.split("\n"):
        if part.strip():
            yield {"kind": shown, "text": part.strip()}


def _joined(value: str | list[str]) -> str:
    text = "、".join(map(clean, value)) if isinstance(value, list) else clean(value)
    return text or NOTHING


def clean(value: str) -> str:
    """The value without control and direction marks, which could make it read as something else."""
    lines = value.replace("\r\n", "\n")
    kept = (each for each in lines if each == "\n" or unicodedata.category(each) not in _MARKS)
    return unicodedata.normalize("NFC", "".join(kept)).strip()

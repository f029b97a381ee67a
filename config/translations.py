"""The Chinese of every English sentence: found in the source, kept in one catalogue, compiled, checked.

Nothing here needs the gettext tools. Catalogue: locale/zh_Hans/LC_MESSAGES/django.po, and django.mo beside it.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.settings.environment import BASE_DIR

ROOTS = ("config", "core", "associations", "credit", "portal", "templates")
CATALOGUE = BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_now": None,  # gettext beside a lazy _
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

_STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_IN_TEMPLATE = re.compile(
    rf"\b(_|n?gettext|n?pgettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?"
)

# Context (or None), the sentence, its plural (or None).
Message = tuple[str | None, str, str | None]


def messages() -> dict[Message, str]:
    """Return every message of the source, with the first place it stands in (`path:line`)."""
    found: dict[Message, str] = {}
    for root in ROOTS:
        for path in sorted((BASE_DIR / root).rglob("*")):
            if path.suffix == ".py":
                here = in_python(path.read_bytes())
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                here = in_template(path.read_text())
            else:
                continue
            for line, message in here:
                found.setdefault(message, f"{path.relative_to(BASE_DIR)}:{line}")
    return found


def in_python(source: bytes) -> Iterator[tuple[int, Message]]:
    """Yield line and message of each gettext call."""
    for line, call, texts, _comments in extract_python(io.BytesIO(source), KEYWORDS, [], {}):
        parts = [texts] if isinstance(texts, str) else [part for part in texts or () if part]
        if parts:
            yield line, _message(str(call), parts)


def in_template(source: str) -> Iterator[tuple[int, Message]]:
    """Yield line and message of each translate and blocktranslate tag."""
    calls = templatize(source)
    for call in _IN_TEMPLATE.finditer(calls):
        texts = [ast.literal_eval(text) for text in call.groups()[1:] if text]
        yield calls.count("\n", 0, call.start()) + 1, _message(call[1], texts)


def _message(call: str, texts: list[str]) -> Message:
    context = texts.pop(0) if "pgettext" in call else None
    plural = texts[1] if call.startswith("n") else None
    # As gettext_lazy does, a sentence is looked up by its text with plain line ends.
    return context, texts[0].replace("\r\n", "\n"), plural


def load(path: Path) -> Catalog:
    """Read a catalogue, an empty one when there is no file."""
    if not path.exists():
        return Catalog(locale="zh_Hans", project="register", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def problems() -> list[str]:
    """Return what is wrong with the catalogue, a sentence each; an empty list when all is well."""
    catalog, wanted = load(CATALOGUE), messages()
    found = []
    for (context, text, plural), where in wanted.items():
        entry = catalog.get(text, context)
        if entry is None or not all(_strings(entry.string)):
            found.append(f"{where}: no Chinese for {text!r}")
        elif entry.fuzzy:
            found.append(f"{where}: the Chinese is a guess (fuzzy) for {text!r}")
        elif any(_places(chinese) - _places(f"{text} {plural or ''}") for chinese in _strings(entry.string)):
            found.append(f"{where}: the Chinese names a placeholder that the English has not, {text!r}")
    known = {(context, text) for context, text, _plural in wanted}
    found += [
        f"{CATALOGUE.name}: not in the source any more: {_strings(entry.id)[0]!r}"
        for entry in catalog
        if entry.id and (entry.context, _strings(entry.id)[0]) not in known
    ]
    if not COMPILED.exists() or COMPILED.read_bytes() != compiled(catalog):
        found.append(
            f"{COMPILED.name} is not what {CATALOGUE.name} compiles to; run check_translations --write"
        )
    return found


def write(fragments: Iterable[Path]) -> None:
    """Rewrite the catalogue: the messages of the source, sorted, with the Chinese known or in `fragments`."""
    known = [load(CATALOGUE), *map(load, fragments)]
    fresh = Catalog(
        locale="zh_Hans",
        header_comment="# The Chinese of the register. Rewritten by `manage.py check_translations --write`.",
        project="register",
        language_team="register",
        last_translator="register",
        msgid_bugs_address="register",
        fuzzy=False,
    )
    fresh.creation_date = fresh.revision_date = known[0].creation_date
    places = {message: where.rpartition(":")[0] for message, where in messages().items()}
    for (context, text, plural), path in sorted(places.items(), key=lambda item: (item[1], item[0][1])):
        chinese = next(
            (
                entry.string
                for source in known
                if (entry := source.get(text, context)) and all(_strings(entry.string))
            ),
            "",
        )
        if plural and isinstance(chinese, str):
            chinese = (chinese,)
        fresh.add((text, plural) if plural else text, chinese, locations=[(path, 0)], context=context)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, include_lineno=False)
    COMPILED.write_bytes(compiled(load(CATALOGUE)))


def _strings(value: object) -> list[str]:
    """Return a message's forms as a list, one form or several."""
    return [value] if isinstance(value, str) else list(cast("Iterable[str]", value))


def _places(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))

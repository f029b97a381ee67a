"""Questions about templates and documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from associations.documents.models import Document, Template
from associations.documents.states import SPECS, DocumentKind
from associations.tenancy import scope

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

_TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, slots=True)
class Wording:
    """The text and numbering in use for a kind; `version` is None where the association has none of its own."""

    kind: DocumentKind
    text: str
    pattern: str
    version: Template | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What the public learns of a document: never its content."""

    code: str
    number: str
    kind: DocumentKind
    issued_on: date
    sha256: str
    association: str
    withdrawn_on: date | None


def wording_of(kind: DocumentKind) -> Wording:
    """What the association in force puts on this kind of paper."""
    version = Template.objects.filter(kind=kind).order_by("-version").first()
    if version:
        return Wording(kind, version.text, version.pattern, version)
    return Wording(kind, default_text(kind), default_pattern(kind), None)


def versions() -> dict[str, Template]:
    """The newest own version of each kind that has one."""
    rows = Template.objects.order_by("kind", "-version").distinct("kind").select_related("by")
    return {row.kind: row for row in rows}


def history(kind: DocumentKind) -> QuerySet[Template]:
    """The association's own versions of a kind, the newest first."""
    return Template.objects.filter(kind=kind).select_related("by").order_by("-version")


@cache
def default_text(kind: DocumentKind) -> str:
    return (_TEXTS / f"{kind.value}.txt").read_text("utf-8")


def default_pattern(kind: DocumentKind) -> str:
    """Such as 协告〔2026〕3号."""
    word = SPECS[kind].word
    return f"协{word}〔{{year}}〕{{number}}号" if word else ""


def last_running(kind: DocumentKind, year: int) -> int:
    """The last number given to this kind in the year; 0 before the first."""
    rows = Document.objects.filter(kind=kind, year=year).order_by("-running")
    return rows.values_list("running", flat=True).first() or 0


def verified(*, code: str = "", sha256: str = "") -> Verified | None:
    """The document with this code, or of these bytes, of whichever association. None: there is none."""
    asked = {"public_id": code} if code else {"sha256": sha256.lower()}
    with scope.across_associations(why="tell whoever holds a document whether it is genuine"):
        found = Document.objects.filter(**asked).select_related("association", "withdrawal").first()
        if found is None:
            return None
        withdrawal = getattr(found, "withdrawal", None)
        return Verified(
            found.public_id, found.number, DocumentKind(found.kind), found.issued_on, found.sha256,
            found.association.name, withdrawal.withdrawn_on if withdrawal else None,
        )  # fmt: skip

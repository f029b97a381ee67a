"""The whole file of a case as one archive: an index readable offline, every document, every piece of evidence.

It is written as it is sent: nothing of it is in memory but the piece under way. The index is settled first, and its
SHA-256 stands in the ledger, so that an archive can be held against what was exported.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from associations.conduct.catalogue import by_number
from associations.discipline.rules import may_export
from associations.discipline.selectors import documents_of, evidence_of, file_of
from associations.evidence.selectors import contents, is_whole
from associations.registry.models import Association
from core.ledger import services as ledger
from core.ledger.selectors import entries
from core.ledger.states import Act
from core.ledger.words import of as in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from associations.discipline.models import Case
    from associations.discipline.selectors import CaseFile
    from associations.evidence.models import Evidence
    from core.accounts.models import User

FORMAT = "case-file-1"
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the archive. `evidence` is None where its bytes are gone, their day having passed."""

    path: str
    what: str
    size: int
    sha256: str
    evidence: Evidence | None

    def told(self) -> dict[str, Any]:
        return {
            "path": self.path, "what": self.what, "size": self.size, "sha256": self.sha256,
            "enclosed": self.evidence is not None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archive:
    """What is to be sent: the pages written here, and the files that are fetched as they go out."""

    name: str
    pages: dict[str, bytes]
    parts: list[Part]

    def stream(self) -> Iterator[bytes]:
        """The archive, piece by piece."""
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:  # type: ignore[call-overload]
            for path, page in self.pages.items():
                archive.writestr(zipfile.ZipInfo(path, EPOCH), page)
                yield sink.taken()
            for part in self.parts:
                if part.evidence is None:
                    continue
                with archive.open(zipfile.ZipInfo(part.path, EPOCH), "w", force_zip64=True) as out:
                    for piece in contents(part.evidence):
                        out.write(piece)
                        yield sink.taken()
        yield sink.taken()


class _Sink:
    """Takes what the archive writes, until it is taken away; it cannot go back."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: bytes) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        piece, self.waiting = bytes(self.waiting), bytearray()
        return piece


@transaction.atomic
def export_case(*, case: Case, by: User) -> Archive:
    """Settle what the archive of the case holds, and record that it was taken out. Raises Denied."""
    may_export(by).enforce()
    file = file_of(case)
    parts = [*_documents(file), *_evidence(file)]
    told = _told(file, parts, by)
    index = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
    context = {
        "told": told,
        "file": file,
        "case": file.case,
        "entry": by_number(file.case.code),
        "parts": parts,
    }
    pages = {
        "index.html": render_to_string("associations/discipline/export/index.html", context).encode(),
        "index.css": render_to_string("associations/discipline/export/index.css").encode(),
        "index.json": index,
        "SHA256SUMS": "".join(f"{each.sha256}  {each.path}\n" for each in parts if each.evidence).encode(),
    }
    ledger.record(
        association_id=case.association_id,
        act=Act.CASE_EXPORTED,
        thing="case",
        thing_id=case.public_id,
        detail={"index_sha256": hashlib.sha256(index).hexdigest(), "files": len(parts)},
        by=by,
    )
    return Archive(f"{file.case.number}.zip", pages, parts)


def _documents(file: CaseFile) -> Iterator[Part]:
    for place, row in enumerate(documents_of(file.case), 1):
        made = row.document
        what = f"{made.get_kind_display()} {made.number}"
        yield _part(f"documents/{place:02d}-{made.paper.name}", what, made.paper)


def _evidence(file: CaseFile) -> Iterator[Part]:
    for place, row in enumerate(evidence_of(file.case), 1):
        yield _part(f"evidence/{place:02d}-{row.evidence.name}", row.shows, row.evidence)


def _part(path: str, what: str, evidence: Evidence) -> Part:
    return Part(path, what, evidence.size, evidence.sha256, evidence if is_whole(evidence) else None)


def _told(file: CaseFile, parts: list[Part], by: User) -> dict[str, Any]:
    """The index as data: the case, its course, the ledger's entries of it, every file with its hash."""
    case = file.case
    return {
        "format": FORMAT,
        "association": Association.objects.get(pk=case.association_id).name,
        "case": case.number,
        "code": case.public_id,
        "member": case.membership.name,
        "state": case.state,
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
        "exported_by": by.name,
        "files": [part.told() for part in parts],
        "events": [
            {
                "on": event.on.isoformat(), "step": event.step, "words": str(event.get_step_display()),
                "by": event.by.name if event.by else "", "note": event.note,
            }
            for event in file.events
        ],
        "ledger": [
            {
                "seq": entry.seq, "at": timezone.localtime(entry.at).isoformat(timespec="seconds"),
                "act": entry.act, "words": str(in_words(entry.act)), "by": entry.actor_name,
                "hash": bytes(entry.hash).hex(),
            }
            for entry in entries(thing="case", thing_id=case.public_id).order_by("seq")
        ],
    }  # fmt: skip

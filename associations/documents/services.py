"""The verbs: settling a template, issuing a document, withdrawing it."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from associations.documents import rules, selectors
from associations.documents.models import Document, DocumentWithdrawal, Template
from associations.documents.rendering import Sheet, address_of, render
from associations.documents.samples import SAMPLE
from associations.documents.states import SPECS, DocumentKind
from associations.documents.wording import filled, problems
from associations.evidence.inspection import Inspected
from associations.evidence.names import cleaned
from associations.evidence.services import keep
from associations.evidence.states import FileKind
from associations.registry.models import Association
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.public_ids import new_public_id
from core.verdicts import Denied
from core.walls.turns import hold

if TYPE_CHECKING:
    from datetime import date

    from associations.documents.selectors import Wording
    from associations.documents.wording import Told
    from core.accounts.models import User

FIRST_NUMBER = 1


class TemplateRefused(Denied):
    """A template that is not accepted; `problems` tells each reason."""

    def __init__(self, found: list[str]) -> None:
        self.problems = found
        super().__init__(" ".join(found))


@transaction.atomic
def settle_template(*, kind: DocumentKind, text: str, pattern: str = "", by: User) -> Template:
    """Take a new version of the text and numbering of a kind into use.

    It is looked through and set once with invented words before. Raises `TemplateRefused`, Denied.
    """
    rules.may_word(by).enforce()
    association_id = scope.association_id()
    text, pattern = text.replace("\r\n", "\n").strip() + "\n", pattern.strip()
    found = [*problems(kind, text), *pattern_problems(kind, pattern)]
    if found:
        raise TemplateRefused(found)
    sample(selectors.Wording(kind, text, pattern, None))
    hold("ledger", association_id)
    last = selectors.history(kind).values_list("version", flat=True).first() or 0
    template = Template.objects.create(
        association_id=association_id, kind=kind, version=last + 1, text=text, pattern=pattern, by=by
    )
    ledger.record(
        association_id=association_id,
        act=Act.TEMPLATE_SETTLED,
        thing="template",
        thing_id=str(kind),
        detail={"version": template.version, "pattern": pattern},
        by=by,
    )
    return template


def pattern_problems(kind: DocumentKind, pattern: str) -> list[str]:
    """What is wrong with a numbering."""
    if not SPECS[kind].word:
        return [_("This paper has no number.")] if pattern else []
    rest = pattern.replace("{year}", "", 1).replace("{number}", "", 1)
    if len(rest) + len("{year}{number}") != len(pattern) or "{" in rest or "}" in rest:
        return [_("The numbering names {year} and {number} once each, such as 云直协告〔{year}〕{number}号.")]
    return [_("The numbering is longer than 40 letters.")] if len(pattern) > 40 else []  # noqa: PLR2004 - the column


def sample(wording: Wording) -> bytes:
    """A document of invented words, for who looks at a template. Raises `Unshowable`."""
    return render(_sheet(wording, SAMPLE, FIRST_NUMBER, timezone.localdate(), "0" * 22))


@transaction.atomic
def issue(*, kind: DocumentKind, told: Told, issued_on: date | None = None, by: User | None) -> Document:
    """Issue a document in the association in force, under the next number of its kind and year.

    `told` fills the template's fields (states.FIELDS). The room of the thing it is about has asked its by-law, and
    links the document to that thing. Raises Denied where it cannot be set (`Unshowable`) or kept.
    """
    issued_on = issued_on or timezone.localdate()
    association_id = scope.association_id()
    if not SPECS[kind].word:
        raise ValueError(f"{kind} goes with another document, never alone")
    lacking = [key for key in SPECS[kind].needed if not told.get(key)]
    if lacking or told.keys() - {*SPECS[kind].fields}:
        raise ValueError(f"{kind}: not told {lacking}, or told what it does not know")
    wording, guide = selectors.wording_of(kind), selectors.wording_of(DocumentKind.GUIDE)
    hold("ledger", association_id)  # numbers follow the ledger's turn: one kind of turn cannot deadlock
    running = selectors.last_running(kind, issued_on.year) + 1
    code = new_public_id()
    sheet = _sheet(wording, told, running, issued_on, code)
    if Document.objects.filter(number=sheet.number).exists():
        raise Denied(
            _(
                "The number %(number)s was given already, by another kind: the administrator changes the numbering."
            )
            % {"number": sheet.number}
        )
    paper = keep(association=association_id, upload=_as_file(render(sheet), sheet.number), by=by)
    document = Document.objects.create(
        association_id=association_id,
        public_id=code,
        kind=kind,
        year=issued_on.year,
        running=running,
        number=sheet.number,
        issued_on=issued_on,
        template=wording.version,
        guide=guide.version if SPECS[kind].guide else None,
        paper=paper,
        sha256=paper.sha256,
        by=by,
    )
    ledger.record(
        association_id=association_id,
        act=Act.DOCUMENT_ISSUED,
        thing="document",
        thing_id=code,
        detail={"kind": str(kind), "number": sheet.number, "sha256": paper.sha256},
        by=by,
    )
    return document


def _as_file(paper: bytes, number: str) -> Inspected:
    """The paper as evidence keeps it: it is our own, so there is nothing to look into."""
    return Inspected(
        file=io.BytesIO(paper),
        name=cleaned(f"{number}.pdf", FileKind.PDF),
        kind=FileKind.PDF,
        size=len(paper),
        sha256=hashlib.sha256(paper).hexdigest(),
        scanned_by="",
    )


def _sheet(wording: Wording, told: Told, running: int, day: date, code: str) -> Sheet:
    spec = SPECS[wording.kind]
    guide = selectors.wording_of(DocumentKind.GUIDE) if spec.guide else None
    return Sheet(
        association=Association.objects.get(pk=scope.association_id()).name,
        title=spec.title,
        number=wording.pattern.replace("{year}", str(day.year)).replace("{number}", str(running)),
        day=day,
        address=address_of(code),
        blocks=filled(wording.text, told),
        guide_title=SPECS[DocumentKind.GUIDE].title if guide else "",
        guide=filled(guide.text, told) if guide else None,
    )


@transaction.atomic
def withdraw(*, document: Document, reasons: str, by: User) -> DocumentWithdrawal:
    """Say that a document stands no more; whoever verifies it is told from now on."""
    hold("ledger", document.association_id)
    document = Document.objects.select_related("withdrawal").get(pk=document.pk)
    rules.may_withdraw(by, document, reasons=reasons).enforce()
    return let_fall(document=document, reasons=reasons, by=by)


@transaction.atomic
def let_fall(*, document: Document, reasons: str, by: User) -> DocumentWithdrawal:
    """The same for a document that stands, where what it says was set aside: that room has asked its own by-law."""
    hold("ledger", document.association_id)
    withdrawal = DocumentWithdrawal.objects.create(
        association_id=document.association_id, document=document, reasons=reasons.strip(), by=by
    )
    ledger.record(
        association_id=document.association_id,
        act=Act.DOCUMENT_WITHDRAWN,
        thing="document",
        thing_id=document.public_id,
        why=withdrawal.reasons,
        detail={"number": document.number},
        by=by,
    )
    return withdrawal

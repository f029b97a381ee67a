"""One record before the gate, and on what ground a natural person's may be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from associations.members.selectors import consented
from core.subjects.identifiers import mask_name
from credit.publication.models import Candidate
from credit.publication.states import Basis, RecordKind, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from associations.members.handover import MemberRow
    from credit.publication.gate import GateInput
    from credit.publication.models import PublishedBundle


PUBLISH = "publish"
"""The purpose of the consent that publication needs (PIPL Art. 25)."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, what the gate is asked about it, and how to draw it up.

    `version` names what is considered; `asks_for` what a confirmation would be given for; `ended` why it is
    withdrawn should it no longer stand. `bundle` draws up the evidence, of a rating.
    """

    kind: RecordKind
    ref: str
    member: MemberRow
    candidate: Candidate | None
    version: str
    asks_for: str
    asked: GateInput
    ended: Withdrawn
    payload: Callable[[], dict[str, Any]]
    bundle: Callable[[datetime], PublishedBundle] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a record may rest on, and the name under which it is shown."""

    basis: Basis
    name: str


def candidates(kind: RecordKind, refs: Iterable[str]) -> dict[str, Candidate]:
    """The candidates there are, by record."""
    rows = Candidate.objects.filter(kind=kind, record_ref__in=list(refs))
    return {row.record_ref: row for row in rows}


def grounds(by_ref: Mapping[str, MemberRow], known: Mapping[str, Candidate]) -> dict[str, Ground]:
    """Consent shows the name the person goes by; a public source alone shows it masked; firms need neither."""
    persons = [member.id for member in by_ref.values() if member.is_person]
    consents = consented(persons, PUBLISH) if persons else set()
    found = {}
    for ref, member in by_ref.items():
        candidate = known.get(ref)
        if not member.is_person:
            found[ref] = Ground(Basis.NONE, member.name)
        elif member.id in consents:
            found[ref] = Ground(Basis.CONSENT, member.name)
        elif candidate and candidate.public_source:
            found[ref] = Ground(Basis.PUBLIC_SOURCE, mask_name(member.name))
        else:
            found[ref] = Ground(Basis.NONE, mask_name(member.name))
    return found


def approved(asked: GateInput, candidate: Candidate | None, asks_for: str) -> GateInput:
    """The same question with what officers have said so far."""
    if candidate is None:
        return asked
    confirmed = candidate.approved_by_id is not None and candidate.approved_for == asks_for
    return replace(asked, held=candidate.held, confirmed=confirmed)

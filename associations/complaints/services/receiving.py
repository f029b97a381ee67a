"""A complaint comes in. Sent twice, it is one; whoever sends it is told number and code at once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from associations.complaints import rules, tracking
from associations.complaints.models import Complaint, Sign
from associations.complaints.selectors.complaint_file import CONTACT, PERSON
from associations.complaints.services.evidence import hand_in
from associations.complaints.services.likeness import digest_of, look, signs_of
from associations.complaints.services.steps import write
from associations.complaints.states import ComplaintState, Origin, Side, Step, Topic
from associations.members.models import Membership
from associations.registry.models import Association
from associations.tenancy import scope
from core.subjects import encryption
from core.subjects.identifiers import normalise
from core.subjects.names import matching_key
from core.walls.turns import hold

if TYPE_CHECKING:
    from datetime import date

    from associations.evidence.inspection import Inspected
    from core.accounts.models import User

SERIES = "诉"
KEPT_CONTROLS = "\n\t"
REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is complained of. `amount` in fen; `person` and `contact` legible, sealed when kept.

    `membership` where it is known already; otherwise `about` is looked up, and kept as it was typed.
    """

    about: str
    topic: Topic
    facts: str
    wish: str
    origin: Origin = Origin.PUBLIC
    occurred_on: date | None = None
    order_number: str = ""
    amount: int | None = None
    person: str = ""
    contact: str = ""
    consent: bool = False
    source: str = ""
    source_number: str = ""
    membership: Membership | None = None
    complainant: Membership | None = None
    files: tuple[Inspected, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender is told. `new` is false where this form had been sent before; `same` whether it said the same."""

    complaint: Complaint
    tracking: str
    code: str
    new: bool
    same: bool = True


@transaction.atomic
def receive(*, told: Told, token: str, proven: bool = True, own: bool = False, by: User | None) -> Received:
    """Take a complaint in. `token` is the form's and makes it once; `proven`: its proof of work was right.

    `own`: a member complains at its desk. From the public, nobody stands behind it and `by` is None.
    """
    if by is not None and not own:
        rules.may_enter(by).enforce()
    association_id = scope.association_id()
    hold("complaints", association_id)
    token_index, code = encryption.index("secret", token), tracking.code_for(token)
    standing = Complaint.objects.filter(token_index=token_index).first()
    if standing:
        same = bytes(standing.facts_digest) == digest_of(told.facts)
        return Received(standing, standing.tracking, code, new=False, same=same)
    row = _entered(told, Association.objects.get(pk=association_id).number)
    row.association_id = association_id
    row.token_index, row.code_index = token_index, tracking.code_index(code)
    row.save(force_insert=True)
    side = Side.COMPLAINANT if by is None else Side.MEMBER if own else Side.ASSOCIATION
    today = row.received_on
    write(row, Step.RECEIVE, before="", on=today, by=by, side=side, detail={"from": told.origin})
    if told.files:
        hand_in(complaint=row, uploads=told.files, side=side if own or by is None else Side.MEMBER, by=by)
    look(row)
    _set_aside(row, signs_of(row, proven=proven) if told.origin == Origin.PUBLIC and by is None else [])
    return Received(row, row.tracking, code, new=True)


def _set_aside(row: Complaint, signs: list[Sign]) -> None:
    if not signs:
        return
    Sign.objects.bulk_create(signs)
    row.aside = True
    row.save(update_fields=["aside"])
    kinds = [str(each.kind) for each in signs]
    write(
        row,
        Step.SET_ASIDE,
        before=row.state,
        on=row.received_on,
        by=None,
        side=Side.ASSOCIATION,
        detail={"signs": kinds},
    )


def _entered(told: Told, association_number: int) -> Complaint:
    """The complaint as a row, not yet written."""
    about, facts, contact = plain(told.about), plain(told.facts), plain(told.contact)
    today = timezone.localdate()
    return Complaint(
        number=_next_number(today.year),
        tracking=tracking.new_tracking(association_number),
        origin=told.origin,
        source=plain(told.source),
        source_number=plain(told.source_number),
        complainant=told.complainant,
        membership=told.membership or _meant(about, told.complainant),
        about=about,
        topic=told.topic,
        facts=facts,
        facts_digest=digest_of(facts),
        occurred_on=told.occurred_on,
        order_number=plain(told.order_number),
        amount=told.amount,
        wish=plain(told.wish),
        person_sealed=encryption.seal(plain(told.person), PERSON) if told.person else None,
        contact_sealed=encryption.seal(contact, CONTACT) if contact else None,
        contact_index=encryption.index("mail" if "@" in contact else "phone", contact) if contact else None,
        consent=told.consent,
        state=ComplaintState.RECEIVED,
        received_on=today,
    )


def plain(text: str) -> str:
    """The text without control and formatting characters, which hide or turn what is read."""
    return "".join(
        each for each in text if each in KEPT_CONTROLS or unicodedata.category(each) not in REFUSED_CATEGORIES
    ).strip()


def _meant(about: str, complainant: Membership | None) -> Membership | None:
    """The one member of today whose number, code or name was typed; the sender is not told whether there is one."""
    code = normalise(about)
    meant = Q(number=about) | Q(name_key=matching_key(about)) | (Q(code=code) & ~Q(code=""))
    found = list(Membership.objects.filter(meant, left_on=None)[:2])
    if len(found) != 1 or (complainant and found[0].pk == complainant.pk):
        return None
    return found[0]


def _next_number(year: int) -> str:
    """The next of the series, such as 诉〔2026〕7号. Whoever calls holds the association's complaints."""
    head = f"{SERIES}〔{year}〕"
    last = (
        Complaint.objects.filter(number__startswith=head)
        .order_by("-id")
        .values_list("number", flat=True)
        .first()
    )
    return f"{head}{int(last[len(head) : -1]) + 1 if last else 1}号"

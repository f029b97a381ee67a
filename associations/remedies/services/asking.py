"""Objections and their answers; corrections by two officers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct import checking
from associations.conduct import services as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services as discipline
from associations.discipline.models import Case
from associations.discipline.selectors import file_of
from associations.remedies import rules
from associations.remedies.models import Correction, Objection, Repair
from associations.remedies.queue import WITHDRAW_ENDED
from associations.remedies.services.steps import about, the_thing, told
from associations.remedies.states import CorrectionState, ObjectionState, RepairState, Thing
from associations.remedies.terms import ANSWER_DAYS, MARK_DAYS
from core.calendar.selectors import add_working_days
from core.ledger.states import Act
from core.verdicts import ALLOWED, Denied, Verdict, denied
from core.wake import wake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from associations.members.models import Membership
    from core.accounts.models import User

DAYS = frozenset({"until_on", "occurred_on"})
QUANTITIES = frozenset({"a", "b", "c", "d", "e"}) | DAYS
"""What a correction may say of a fact instead; its kind and code say what it is about and stay."""


@transaction.atomic
def object_to(*, membership: Membership, thing: Thing, ref: str, text: str, by: User) -> Objection:
    """Contest a thing. It stands marked from now on; somebody else answers within seven working days."""
    found = the_thing(membership, thing, ref)
    rules.may_object(by, membership, found).enforce()
    if not text.strip():
        raise Denied(_("Say what is wrong, and why."))
    today = timezone.localdate()
    objection = Objection.objects.create(
        **about(membership, found),
        text=text.strip(),
        mark_by=add_working_days(today, MARK_DAYS),
        answer_by=add_working_days(today, ANSWER_DAYS),
        by=by,
    )
    told(objection, Act.OBJECTION_RAISED, by=by)
    return objection


@transaction.atomic
def answer_objection(*, objection: Objection, uphold: bool, reasons: str, by: User) -> Objection:
    """Answer with reasons. Upheld, the thing is undone at once: the decision reversed, or the fact corrected.

    An expulsion or a bar is reversed by two: the first who upholds proposes that, and the objection stays open until
    another answers it. Not upheld then, the proposal is not approved either.
    """
    objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("membership", "fact")
        .get(pk=objection.pk)
    )
    rules.may_answer_objection(by, objection).enforce()
    rules.says_why(reasons).enforce()
    if uphold and (case := _first_of_two(objection)):
        discipline.propose_reversal(case=case, reasons=reasons, by=by)
        return objection
    objection.state = ObjectionState.UPHELD if uphold else ObjectionState.REFUSED
    objection.reasons, objection.answered_by, objection.answered_at = reasons.strip(), by, timezone.now()
    objection.save(update_fields=["state", "reasons", "answered_by", "answered_at"])
    if uphold:
        _undo(objection, by=by)
    else:
        _stands(objection, by=by)
    told(objection, Act.OBJECTION_ANSWERED, why=objection.reasons, by=by)
    return objection


def _decided_in(objection: Objection) -> Case | None:
    """The case whose decision falls with the thing contested."""
    fact = objection.fact
    if fact is not None and fact.kind not in rules.OF_DECISIONS:
        return None
    return Case.objects.filter(decision__public_id=objection.decision_ref or "-").first()


def _first_of_two(objection: Objection) -> Case | None:
    """The case of an expulsion or a bar that still counts, and of which nobody has proposed the reversal yet."""
    if objection.fact is not None and rules.is_undone(objection.fact):
        return None
    case = _decided_in(objection)
    file = file_of(case) if case else None
    return case if file and file.grave and file.proposed is None else None


def _undo(objection: Objection, *, by: User) -> None:
    """Whatever is undone counts no more from this moment; what stood before stays in the file."""
    fact = objection.fact
    if fact is not None and rules.is_undone(fact):
        return  # by an appeal or a repair, say, while this was looked into
    if case := _decided_in(objection):
        discipline.reverse(case=case, reasons=objection.reasons, by=by)
    elif fact is not None:
        _corrected(fact, objection.membership, f"objection:{objection.public_id}", objection.public_id)
    else:
        checking.rate_again(objection.membership)
    wake(WITHDRAW_ENDED)


def _stands(objection: Objection, *, by: User) -> None:
    """Answer the proposal to reverse that waits for this person's answer, or was theirs."""
    case = _decided_in(objection)
    proposed = file_of(case).proposed if case else None
    if case and proposed:
        end = discipline.drop_reversal if proposed.by_id == by.pk else discipline.refuse_reversal
        end(case=case, reasons=objection.reasons, by=by)


def _corrected(fact: Fact, membership: Membership, key: str, source_ref: str) -> None:
    conduct.record(
        membership=membership,
        kind=FactKind.CORRECTION,
        occurred_on=max(timezone.localdate(), fact.occurred_on),
        ref=fact,
        source="remedy",
        source_ref=source_ref,
        key=key,
    )


@transaction.atomic
def withdraw(*, remedy: Objection | Repair, by: User) -> None:
    """Take an objection or an application for repair back."""
    held = type(remedy).objects.select_for_update(of=("self",)).select_related("membership").get(pk=remedy.pk)
    rules.may_withdraw(by, held).enforce()
    held.state = ObjectionState.WITHDRAWN if isinstance(held, Objection) else RepairState.WITHDRAWN
    held.save(update_fields=["state"])
    told(held, Act.OBJECTION_WITHDRAWN if isinstance(held, Objection) else Act.REPAIR_WITHDRAWN, by=by)


@transaction.atomic
def correct(
    *, membership: Membership, ref: str, why: str, instead: Mapping[str, Any] | None = None, by: User
) -> Correction:
    """Propose that a fact is wrong; `instead` says what it should have said, by quantity. A second person decides."""
    found = the_thing(membership, Thing.FACT, ref)
    rules.may_correct(by, found).enforce()
    rules.says_why(why).enforce()
    told_instead = dict(instead or {})
    if set(told_instead) - QUANTITIES:
        raise Denied(_("Only what the fact says can be corrected, not what it is about."))
    if found.fact is not None and told_instead:
        _possible(_right(found.fact, told_instead)).enforce()
    correction = Correction.objects.create(
        **about(membership, found), why=why.strip(), instead=told_instead, by=by
    )
    told(correction, Act.CORRECTION_PROPOSED, why=correction.why, by=by)
    return correction


@transaction.atomic
def confirm_correction(*, correction: Correction, agree: bool, reasons: str, by: User) -> Correction:
    """The second person: with agreement the fact counts no more, and a right one stands in its place."""
    correction = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("membership", "fact")
        .get(pk=correction.pk)
    )
    rules.may_confirm(by, correction).enforce()
    rules.says_why(reasons).enforce()
    correction.state = CorrectionState.CONFIRMED if agree else CorrectionState.REFUSED
    correction.reasons, correction.answered_by, correction.answered_at = reasons.strip(), by, timezone.now()
    correction.save(update_fields=["state", "reasons", "answered_by", "answered_at"])
    if agree:
        _replace(correction)
    told(correction, Act.CORRECTION_ANSWERED, why=correction.reasons, by=by)
    return correction


def _replace(correction: Correction) -> None:
    fact = correction.fact
    if fact is None:
        raise Fact.DoesNotExist  # the table demands one
    _corrected(fact, correction.membership, f"correction:{correction.public_id}", correction.public_id)
    if correction.instead:
        right = _right(fact, correction.instead)
        right.source_ref, right.key = correction.public_id, f"corrected:{correction.public_id}"
        conduct.record_all([right])


def _right(fact: Fact, instead: Mapping[str, Any]) -> Fact:
    """The fact as it should have been."""
    said = {name: getattr(fact, name) for name in ("code", "severity", *QUANTITIES)}
    said |= {name: date.fromisoformat(value) if name in DAYS else value for name, value in instead.items()}
    return Fact(
        association_id=fact.association_id,
        membership_id=fact.membership_id,
        kind=fact.kind,
        source=fact.source,
        **said,
    )


def _possible(fact: Fact) -> Verdict:
    """What stands instead must itself be a fact that can be, and have happened."""
    if fact.occurred_on > timezone.localdate():
        return denied(_("This day lies in the future. Enter the day on which it was done."))
    try:
        for constraint in Fact._meta.constraints:  # noqa: SLF001 - Django's documented model API
            if isinstance(constraint, CheckConstraint):
                constraint.validate(Fact, fact)
    except ValidationError:
        return denied(_("No such fact can be. Look at its figures and days again."))
    return ALLOWED

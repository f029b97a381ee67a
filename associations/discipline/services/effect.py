"""What follows a decision: handing over, its effect, performance, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from associations.conduct import services as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.models import Case, Decision, Performance, Service
from associations.discipline.rules import may_close, may_record_performance, may_serve
from associations.discipline.selectors import CaseFile, file_of
from associations.discipline.services.steps import take
from associations.discipline.states import STANDING, CaseState, Measure, Step
from associations.discipline.terms import APPEAL_DAYS, ban_until
from associations.members import services as members
from associations.members.states import MembershipState
from associations.registry.models import Association
from associations.tenancy import scope
from core.calendar.selectors import add_working_days

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.models import AppealDecision
    from core.accounts.models import User

SOURCE = "decision"


def facts_of(decision: Decision, case: Case, *, lighter: AppealDecision | None = None) -> list[Fact]:
    """What a decision in effect leaves in the conduct file: the violation, and from expulsion on the bar.

    `lighter`: as changed on appeal.
    """
    measure = lighter.measure if lighter and lighter.measure else decision.measure
    severity = lighter.severity if lighter and lighter.severity else decision.severity
    of = f"{decision.public_id}:lighter" if lighter else decision.public_id
    shared = {
        "association_id": case.association_id,
        "membership": case.membership,
        "occurred_on": decision.decided_on,
        "source": SOURCE,
        "source_ref": decision.public_id,
    }
    facts = [
        Fact(
            **shared,
            kind=FactKind.VIOLATION,
            code=case.code,
            severity=severity,
            key=f"decision:{of}",
        )
    ]
    if measure >= Measure.EXPULSION:
        until = ban_until(decided_on=decision.decided_on, measure=measure)
        facts.append(Fact(**shared, kind=FactKind.BAN, until_on=until, key=f"ban:{of}"))
    return facts


def left_by(decision: Decision) -> list[Fact]:
    """The facts the decision has left in the conduct file, the oldest first."""
    kinds = (FactKind.VIOLATION, FactKind.BAN, FactKind.UNPERFORMED)
    rows = Fact.objects.filter(source=SOURCE, source_ref=decision.public_id, kind__in=kinds)
    return list(rows.order_by("id"))


def about(facts: list[Fact], kind: FactKind, word: str, *, on: date) -> list[Fact]:
    """One fact of `kind` about each: reversed, stayed, stay ended."""
    heads = {
        FactKind.VIOLATION: word,
        FactKind.BAN: f"{word}-ban",
        FactKind.UNPERFORMED: f"{word}-unperformed",
    }
    return [
        Fact(
            association_id=fact.association_id,
            membership_id=fact.membership_id,
            kind=kind,
            occurred_on=on,
            ref=fact,
            source=SOURCE,
            source_ref=fact.source_ref,
            key=f"{heads[FactKind(fact.kind)]}:{fact.key.partition(':')[2]}",
        )
        for fact in facts
    ]


@transaction.atomic
def serve_decision(
    *,
    case: Case,
    method: str,
    proof: str,
    told_of_publication: bool,
    served_on: date | None = None,
    by: User | None,
) -> Service:
    """Record that the decision was handed over. From now on it is in effect, and can be appealed for 15 working days.

    The violation, and for expulsion or bar the bar, become facts; the membership ends, or rests for L4.
    """
    on = served_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_serve(by, file, on=on, proof=proof).enforce()
    return hand_over(
        file, method=method, proof=proof, told_of_publication=told_of_publication, on=on, by=by, follows=by
    )


def hand_over(
    file: CaseFile,
    *,
    method: str,
    proof: str,
    told_of_publication: bool,
    on: date,
    by: User | None,
    follows: User | None = None,
) -> Service:
    """Write the handing over and what follows from it; the by-law was asked. `follows`: who lets the measure act on
    the membership, None where nobody does but the rule.
    """
    decision = file.made
    service = Service.objects.create(
        association_id=file.case.association_id,
        decision=decision,
        served_on=on,
        method=method,
        proof=proof.strip(),
        told_of_publication=told_of_publication,
        appeal_until=add_working_days(on, APPEAL_DAYS),
        by=by,
    )
    conduct.record_all(facts_of(decision, file.case))
    # The ledger late: from here to the commit every other verb of the association waits.
    take(
        file,
        Step.SERVE_DECISION,
        on=on,
        by=by,
        until=service.appeal_until,
        detail={"told_of_publication": told_of_publication},
    )
    enforce(decision, file.case, on=on, by=follows)
    return service


def enforce(decision: Decision, case: Case, *, on: date, by: User | None, measure: int | None = None) -> None:
    """Let the measure act on the membership, if it still stands: expelled from L5 on, rights rest at L4.

    `measure`: the lighter one given on appeal.
    """
    member, reason = case.membership, _("Decision %(number)s") % {"number": decision.number}
    measure = measure or decision.measure
    if measure >= Measure.EXPULSION and member.left_on is None:
        members.expel(membership=member, on=on, reason=reason, by=by)
    elif measure == Measure.PUBLIC_CENSURE and member.state == MembershipState.ACTIVE:
        members.suspend(membership=member, on=on, reason=reason, by=by)


def take_effect(*, today: date | None = None) -> int:
    """Mark the association's served decisions whose time for appeal has passed as in force. Gives their number."""
    today = today or timezone.localdate()
    over = Q(decision__service__appeal_until__lt=today) | Q(
        decision__service=None, decision__appeal_until__lt=today
    )
    due = Case.objects.filter(over, state=CaseState.SERVED)
    with transaction.atomic():
        held = list(due.select_for_update(of=("self",), skip_locked=True))
        for case in held:
            take(CaseFile(case), Step.TAKE_EFFECT, on=today, by=None)
    return len(held)


def take_effect_everywhere() -> int:
    """`take_effect` in every association, one after the other, each in its own scope."""
    done = 0
    for association in Association.objects.order_by("pk"):
        with scope.of(association):
            done += take_effect()
    return done


@transaction.atomic
def record_performance(
    *, case: Case, performed: bool, note: str, on: date | None = None, by: User | None
) -> Performance:
    """Record whether the measure was carried out. What was not is a fact; carried out later, it is discharged."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_record_performance(by, file, on=on, performed=performed, note=note).enforce()
    decision = file.made
    made = Performance.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        performed=performed,
        note=note.strip(),
        on=on,
        by=by,
    )
    take(file, Step.PERFORM, on=on, by=by, note=note.strip(), detail={"performed": performed})
    missing = [fact for fact in left_by(decision) if fact.kind == FactKind.UNPERFORMED]
    if performed:
        conduct.record_all(about(missing, FactKind.DISCHARGE, "discharge", on=on))
    else:
        conduct.record(
            membership=file.case.membership,
            kind=FactKind.UNPERFORMED,
            occurred_on=on,
            source=SOURCE,
            source_ref=decision.public_id,
            key=f"unperformed:{decision.public_id}",
        )
    return made


@transaction.atomic
def close_case(*, case: Case, note: str, on: date | None = None, by: User | None) -> None:
    """Close a case whose performance is on file. Rights that rested come back."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_close(by, file, on=on, note=note).enforce()
    take(file, Step.CLOSE, on=on, by=by, note=note.strip())
    if file.case.membership.state == MembershipState.SUSPENDED:
        give_back(file, on=on, by=None)  # follows from the rule, not from the clerk's power


def give_back(file: CaseFile, *, on: date, by: User | None) -> None:
    """Give the membership or its rights back, unless another standing decision holds them down."""
    member, decision, measure = file.case.membership, file.decision, file.measure
    giving = {MembershipState.EXPELLED: members.reinstate, MembershipState.SUSPENDED: members.resume}
    give = giving.get(MembershipState(member.state))
    if give is None or decision is None or measure is None or measure < Measure.PUBLIC_CENSURE:
        return
    others = (
        Decision.objects.filter(
            case__membership=member,
            counts=True,
            measure__gte=Measure.PUBLIC_CENSURE,
            reversal=None,
            case__state__in=STANDING,
        )
        .exclude(pk=decision.pk)
        .exclude(appeal__decided__measure__lt=Measure.PUBLIC_CENSURE)
    )
    if not others.exists():
        reason = _("Decision %(number)s no longer stands") % {"number": decision.number}
        give(membership=member, on=on, reason=reason, by=by)

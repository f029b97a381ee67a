"""The second half: the decision, its handing over, and its ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from associations.conduct import services as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.discipline.models import Case, Decision, Reversal, Service
from associations.discipline.rules import Draft, may_close, may_decide, may_drop, may_reverse, may_serve
from associations.discipline.selectors import CaseFile, file_of
from associations.discipline.services.steps import take
from associations.discipline.services.terms import APPEAL_DAYS, ban_until, ends_on, next_number
from associations.discipline.states import CaseState, Measure, Step
from associations.members import services as members
from associations.members.states import MembershipState
from associations.registry.models import Association
from associations.registry.selectors import article_for, charter_on
from associations.tenancy import scope
from core.calendar.selectors import add_working_days

if TYPE_CHECKING:
    from datetime import date

    from associations.registry.models import CharterVersion
    from core.accounts.models import User

SOURCE = "decision"


def draft_of(file: CaseFile, measure: int, on: date, charter: CharterVersion | None) -> Draft:
    """What a decision for `measure` on the day would stand on: votes, notice, statement, charter as they are now."""
    share = {"quorum_numerator": charter.quorum_numerator, "quorum_of": charter.quorum_of} if charter else {}
    return Draft(
        decided_on=on,
        members_due=len(file.sitting),
        members_present=len(file.present),
        votes_in_favour=file.in_favour_of(measure),
        notice_served_on=file.notice.served_on if file.notice else None,
        statement=file.statement.kind if file.statement else "",
        statement_due_on=file.notice.answer_until if file.notice else None,
        article=article_for(charter, measure) if charter else "",
        **share,
    )


@transaction.atomic
def decide(
    *,
    case: Case,
    measure: int,
    reasons: str,
    severity: int | None = None,
    basis: str = "",
    number: str = "",
    on: date | None = None,
    by: User | None,
) -> Decision:
    """Sign the panel's decision. Refused, with everything that is lacking named, unless nothing is lacking."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    charter = charter_on(on)
    draft = draft_of(file, measure, on, charter)
    may_decide(by, file, draft=draft, reasons=reasons).enforce()
    severity = severity or file.case.severity
    decision = Decision.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        opened_by_id=file.case.opened_by_id,
        number=number or next_number(Decision, "决", on.year),
        decided_on=on,
        measure=Measure(measure),
        severity=Severity(severity),
        reasons=reasons.strip(),
        basis=basis.strip() or file.case.basis,
        charter=charter,
        charter_article=draft.article,
        quorum_numerator=draft.quorum_numerator,
        quorum_of=draft.quorum_of,
        members_due=draft.members_due,
        members_present=draft.members_present,
        votes_in_favour=draft.votes_in_favour,
        notice_served_on=draft.notice_served_on,
        statement=draft.statement,
        statement_due_on=draft.statement_due_on,
        ends_on=ends_on(decided_on=on, severity=severity, measure=measure),
        counts=True,
        decided_by=by,
    )
    take(file, Step.DECIDE, on=on, by=by, detail={"decision": decision.public_id, "measure": int(measure)})
    return decision


def facts_of(decision: Decision, case: Case) -> list[Fact]:
    """What a decision in effect leaves in the conduct file: the violation, and from expulsion on the bar."""
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
            severity=decision.severity,
            key=f"decision:{decision.public_id}",
        )
    ]
    if decision.measure >= Measure.EXPULSION:
        until = ban_until(decided_on=decision.decided_on, measure=decision.measure)
        facts.append(Fact(**shared, kind=FactKind.BAN, until_on=until, key=f"ban:{decision.public_id}"))
    return facts


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
    take(file, Step.SERVE_DECISION, on=on, by=by, detail={"told_of_publication": told_of_publication})
    conduct.record_all(facts_of(decision, file.case))
    enforce(decision, file.case, on=on, by=by)
    return service


def enforce(decision: Decision, case: Case, *, on: date, by: User | None) -> None:
    """Let the measure act on the membership, if it still stands: expelled from L5 on, rights rest at L4."""
    member, reason = case.membership, _("Decision %(number)s") % {"number": decision.number}
    if decision.measure >= Measure.EXPULSION and member.left_on is None:
        members.expel(membership=member, on=on, reason=reason, by=by)
    elif decision.measure == Measure.PUBLIC_CENSURE and member.state == MembershipState.ACTIVE:
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
def close_case(*, case: Case, note: str, on: date | None = None, by: User | None) -> None:
    """Close a case in force; `note` says how the measure was carried out. Rights that rested come back."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_close(by, file, on=on, note=note).enforce()
    take(file, Step.CLOSE, on=on, by=by, note=note.strip())
    if file.case.membership.state == MembershipState.SUSPENDED:
        _give_back(file, on=on, by=None)  # follows from the rule, not from the clerk's power


@transaction.atomic
def reverse(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Reversal:
    """Set the decision aside. Its facts are reversed by new ones; an expelled or suspended member is reinstated."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_reverse(by, file, on=on, reasons=reasons).enforce()
    decision = file.made
    reversal = Reversal.objects.create(
        association_id=file.case.association_id,
        decision=decision,
        opened_by_id=decision.opened_by_id,
        decided_by_id=decision.decided_by_id,
        imported=decision.imported,
        reversed_on=on,
        reasons=reasons.strip(),
        by=by,  # type: ignore[misc] # the rule asks for a person
    )
    take(file, Step.REVERSE, on=on, by=by, note=reasons.strip(), detail={"decision": decision.public_id})
    conduct.record_all(_reversing(decision, file.case, on))
    _give_back(file, on=on, by=by)
    return reversal


@transaction.atomic
def drop(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> None:
    """Drop a case that has no decision."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_drop(by, file, on=on, reasons=reasons).enforce()
    take(file, Step.DROP, on=on, by=by, note=reasons.strip())


def _reversing(decision: Decision, case: Case, on: date) -> list[Fact]:
    """One reversal for each fact the decision has left; none if it was never handed over."""
    keys = {f"decision:{decision.public_id}": "reversal", f"ban:{decision.public_id}": "reversal-ban"}
    return [
        Fact(
            association_id=case.association_id,
            membership=case.membership,
            kind=FactKind.REVERSAL,
            occurred_on=on,
            ref=fact,
            source=SOURCE,
            source_ref=decision.public_id,
            key=f"{keys[fact.key]}:{decision.public_id}",
        )
        for fact in Fact.objects.filter(key__in=list(keys)).order_by("id")
    ]


def _give_back(file: CaseFile, *, on: date, by: User | None) -> None:
    """Give the membership or its rights back, unless another standing decision holds them down."""
    member, decision = file.case.membership, file.decision
    giving = {MembershipState.EXPELLED: members.reinstate, MembershipState.SUSPENDED: members.resume}
    give = giving.get(MembershipState(member.state))
    if give is None or decision is None or decision.measure < Measure.PUBLIC_CENSURE:
        return
    others = Decision.objects.filter(
        case__membership=member,
        counts=True,
        measure__gte=Measure.PUBLIC_CENSURE,
        reversal=None,
        case__state__in=(CaseState.SERVED, CaseState.EFFECTIVE),
    ).exclude(pk=decision.pk)
    if not others.exists():
        reason = _("Decision %(number)s no longer stands") % {"number": decision.number}
        give(membership=member, on=on, reason=reason, by=by)

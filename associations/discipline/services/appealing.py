"""The appeal 复核: it stays the record at once; two reviewers not involved before decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct import services as conduct
from associations.conduct.states import FactKind
from associations.discipline.models import (
    Appeal,
    AppealDecision,
    AppealOpinion,
    AppealService,
    Case,
    Part,
)
from associations.discipline.rules import may_appeal, may_review, may_serve_appeal, may_withdraw_appeal
from associations.discipline.selectors import CaseFile, file_of
from associations.discipline.services.effect import about, enforce, facts_of, give_back, left_by
from associations.discipline.services.hearing import acting_for
from associations.discipline.services.reversing import set_aside, withdraw_paper
from associations.discipline.services.steps import begin, part_of, restart, take, write
from associations.discipline.states import CaseState, Outcome, Side, Step
from associations.discipline.terms import ends_on, next_number

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def appeal(*, case: Case, grounds: str, on: date | None = None, by: User | None) -> Appeal:
    """Take the member's appeal. Until it is decided, what the decision has left is stayed and binds nobody."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_appeal(by, file, on=on, grounds=grounds, acting=acting_for(file)).enforce()
    decision = file.made
    filed = Appeal.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        decision=decision,
        measure=decision.measure,
        filed_on=on,
        until=file.appeal_until or on,
        grounds=grounds.strip(),
        by=by,
    )
    take(file, Step.APPEAL, on=on, by=by, detail={"decision": decision.public_id})
    conduct.record_all(about(left_by(decision), FactKind.STAY, "stay", on=on))
    give_back(file, on=on, by=None)  # follows from the rule, whoever entered the appeal
    return filed


@transaction.atomic
def withdraw_appeal(*, case: Case, text: str, on: date | None = None, by: User | None) -> None:
    """The member withdraws the appeal; the decision is in force. `text` says how that was declared."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_withdraw_appeal(by, file, on=on, text=text, acting=acting_for(file)).enforce()
    take(file, Step.WITHDRAW_APPEAL, on=on, by=by, note=text.strip())
    _stands(file, on=on)


@transaction.atomic
def review(
    *,
    case: Case,
    outcome: str,
    reasons: str,
    measure: int | None = None,
    on: date | None = None,
    by: User | None,
) -> AppealDecision | None:
    """Give one's opinion on an appeal. When two reviewers hold the same, the appeal is decided so; else None.

    `measure` is the lighter one where the outcome is to lighten.
    """
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_review(
        by, file, on=on, outcome=outcome, measure=measure, reasons=reasons, interested=acting_for(file)
    ).enforce()
    if by is None or file.appeal is None:
        raise TypeError("the rule asks for a person and an appeal")
    given = AppealOpinion.objects.create(
        association_id=file.case.association_id,
        appeal=file.appeal,
        case=file.case,
        part=part_of(file, by, Side.REVIEW),
        user=by,
        outcome=outcome,
        measure=measure,
        reasons=reasons.strip(),
        given_on=on,
    )
    take(file, Step.OPINE, on=on, by=by)
    latest = {each.user_id: each for each in file.opinions if each.user_id != by.pk}
    agreed = [each for each in latest.values() if (each.outcome, each.measure) == (outcome, measure)]
    return _decided(file, agreed[0], given, on=on, by=by) if agreed else None


def _decided(
    file: CaseFile, first: AppealOpinion, second: AppealOpinion, *, on: date, by: User
) -> AppealDecision:
    decision, outcome = file.made, Outcome(second.outcome)
    lighter = second.measure if outcome == Outcome.LIGHTEN else None
    made = AppealDecision.objects.create(
        association_id=file.case.association_id,
        appeal_id=second.appeal_id,
        original=decision.measure,
        first=first,
        second=second,
        first_by_id=first.user_id,
        second_by_id=second.user_id,
        outcome=outcome,
        measure=lighter,
        severity=decision.severity if lighter else None,
        ends_on=ends_on(decided_on=decision.decided_on, severity=decision.severity, measure=lighter)
        if lighter
        else None,
        reasons=second.reasons,
        decided_on=on,
    )
    told = {"decision": decision.public_id, **({"measure": int(lighter)} if lighter else {})}
    take(file, Step(outcome), on=on, by=by, note=second.reasons, detail=told)
    if outcome in {Outcome.ALLOW, Outcome.SEND_BACK}:
        set_aside(file, reasons=second.reasons, on=on, by=by, on_appeal=made)
    else:
        _stands(file, on=on, lighter=made if lighter else None)
    if lighter:
        withdraw_paper(file, reasons=second.reasons, by=by)
    if outcome == Outcome.SEND_BACK:
        _again(file, on=on, by=by)
    return made


@transaction.atomic
def serve_appeal(
    *, case: Case, method: str, proof: str, served_on: date | None = None, by: User | None
) -> AppealService:
    """Record that the decision on the appeal was handed over. It has worked since it was made; where the measure
    stands, the time for its performance is counted anew from this day.
    """
    on = served_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_serve_appeal(by, file, on=on, proof=proof).enforce()
    return hand_over_appeal(file, method=method, proof=proof, on=on, by=by)


def hand_over_appeal(file: CaseFile, *, method: str, proof: str, on: date, by: User | None) -> AppealService:
    """Write the handing over; the by-law was asked."""
    if file.appeal_decision is None:
        raise AppealDecision.DoesNotExist
    service = AppealService.objects.create(
        association_id=file.case.association_id,
        decided=file.appeal_decision,
        decided_on=file.appeal_decision.decided_on,
        served_on=on,
        method=method,
        proof=proof.strip(),
        by=by,
    )
    if file.state == CaseState.EFFECTIVE:  # nobody performs what nobody has told them
        restart(file, on=on)
    take(file, Step.SERVE_APPEAL, on=on, by=by)
    return service


def _stands(file: CaseFile, *, on: date, lighter: AppealDecision | None = None) -> None:
    """End the stay: what stands counts again; what a lighter measure leaves out is reversed."""
    decision, case = file.made, file.case
    stayed = left_by(decision)
    fallen = [fact for fact in stayed if lighter and fact.kind == FactKind.BAN]
    kept = [fact for fact in stayed if fact not in fallen]
    conduct.record_all(
        about(kept, FactKind.STAY_ENDED, "stay-ended", on=on)
        + about(fallen, FactKind.REVERSAL, "reversal", on=on)
        + [
            fact
            for fact in facts_of(decision, case, lighter=lighter)
            if lighter and fact.kind == FactKind.BAN
        ]
    )
    enforce(decision, case, on=on, by=None, measure=lighter.measure if lighter else None)


def _again(file: CaseFile, *, on: date, by: User) -> Case:
    """Open the case again after it was sent back: investigated anew, and judged by others than before."""
    old = file.case
    case = Case(
        association_id=old.association_id,
        number=next_number(Case, "案", on.year),
        membership=old.membership,
        code=old.code,
        severity=old.severity,
        allegation=old.allegation,
        basis=old.basis,
        occurred_on=old.occurred_on,
        opened_on=on,
        opened_by_id=old.opened_by_id,
        origin=old.origin,
        origin_ref=old.origin_ref,
        investigator_id=old.investigator_id,
        state=CaseState.FILED,
        continues=old,
    )
    begin(case, on=on)
    case.save()
    for user_id, side in old.parts.values_list("user_id", "side"):
        Part.objects.create(
            association_id=old.association_id,
            case=case,
            opened_by_id=case.opened_by_id,
            user_id=user_id,
            side=side if side == Side.ACCUSE else Side.BEFORE,
        )
    write(CaseFile(case), Step.CONTINUE, before="", on=on, by=by, detail={"continues": old.public_id})
    return case

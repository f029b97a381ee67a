"""Credit repair: applied for by the member, decided by somebody who had no hand in the decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct import services as conduct
from associations.conduct.states import FactKind
from associations.remedies import rules
from associations.remedies.models import Repair
from associations.remedies.queue import WITHDRAW_ENDED
from associations.remedies.services.steps import about, the_thing, told
from associations.remedies.states import RepairState, Thing
from associations.remedies.terms import REPAIR_DAYS, repair_from
from core.calendar.selectors import add_working_days
from core.ledger.states import Act
from core.verdicts import Denied
from core.wake import wake

if TYPE_CHECKING:
    from datetime import date

    from associations.members.models import Membership
    from core.accounts.models import User


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of the four conditions; the first, the least term, the register works out itself."""

    is_performed: bool
    has_undertaken: bool
    else_met: bool


@transaction.atomic
def ask_repair(
    *,
    membership: Membership,
    ref: str,
    performed: str,
    undertaking: str,
    on: date | None = None,
    by: User,
) -> Repair:
    """Apply: how it was corrected and performed, and the public undertaking. Answered within ten working days."""
    on = on or timezone.localdate()
    found = the_thing(membership, Thing.FACT, ref)
    fact = found.fact
    if fact is None:
        raise Denied(_("There is no such record in this member's file."))
    rules.may_ask_repair(by, membership, fact, on).enforce()
    from_on = repair_from(fact.occurred_on, fact.severity)
    if not performed.strip() or not undertaking.strip():
        raise Denied(_("Say how it was corrected and performed, and write the undertaking."))
    repair = Repair.objects.create(
        **about(membership, found),
        performed=performed.strip(),
        undertaking=undertaking.strip(),
        asked_on=on,
        from_on=from_on or on,
        answer_by=add_working_days(on, REPAIR_DAYS),
        by=by,
    )
    told(repair, Act.REPAIR_ASKED, by=by)
    return repair


@transaction.atomic
def decide_repair(
    *, repair: Repair, findings: Findings, reasons: str, on: date | None = None, by: User
) -> Repair:
    """Grant it if all four conditions are met, else refuse it. Granted, the record ends, for rating and public."""
    on = on or timezone.localdate()
    repair = (
        Repair.objects.select_for_update(of=("self",)).select_related("membership", "fact").get(pk=repair.pk)
    )
    rules.may_decide_repair(by, repair, on).enforce()
    rules.says_why(reasons).enforce()
    for name, met in asdict(findings).items():
        setattr(repair, name, met)
    repair.term_over = repair.from_on <= on
    granted = repair.term_over and all(asdict(findings).values())
    repair.state = RepairState.GRANTED if granted else RepairState.REFUSED
    repair.reasons, repair.answered_by, repair.answered_at = reasons.strip(), by, timezone.now()
    repair.save()
    if granted:
        conduct.record(
            membership=repair.membership,
            kind=FactKind.REPAIR,
            occurred_on=on,
            ref=repair.fact,
            source="remedy",
            source_ref=repair.public_id,
            key=f"repair:{repair.public_id}",
        )
        wake(WITHDRAW_ENDED)
    told(repair, Act.REPAIR_DECIDED, why=repair.reasons, by=by)
    return repair

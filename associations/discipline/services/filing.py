"""The beginning: a lead, its filing, the investigation; circumstances and more time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.conduct.catalogue import by_number
from associations.conduct.states import Severity
from associations.discipline import clocks
from associations.discipline.models import Case, Circumstance, Extension, InvestigationReport
from associations.discipline.rules import (
    may_extend,
    may_file,
    may_open,
    may_reassign,
    may_report,
    may_weigh,
)
from associations.discipline.rules.filing import found_in_time, may_investigate
from associations.discipline.selectors import CaseFile, file_of
from associations.discipline.services.steps import begin, part_of, take, write
from associations.discipline.states import CaseState, Origin, Side, Step
from associations.discipline.terms import next_number

if TYPE_CHECKING:
    from datetime import date

    from associations.members.models import Membership
    from core.accounts.models import User


@transaction.atomic
def open_lead(
    *,
    membership: Membership,
    code: int,
    allegation: str,
    occurred_on: date,
    origin: str = Origin.PATROL,
    origin_ref: str = "",
    severity: int | None = None,
    basis: str = "",
    number: str = "",
    opened_on: date | None = None,
    by: User | None,
) -> Case:
    """Take in a lead against a member under catalogue entry `code` (a number, 1–50; KeyError for any other).

    It is checked within fifteen working days: `file_case`, or one of the exits. `origin_ref` names it where it comes
    from. Severity and basis are the entry's unless given, the basis as it stood on the day of the act; the number is
    the next of the series. Raises Denied, also for a year whose working days are not known.
    """
    opened_on = opened_on or timezone.localdate()
    may_open(by, membership, occurred_on=occurred_on, opened_on=opened_on, allegation=allegation).enforce()
    case = _new(
        membership, code, allegation, occurred_on, opened_on, severity=severity, basis=basis, number=number,
        origin=origin, origin_ref=origin_ref, state=CaseState.LEAD, by=by,
    )  # fmt: skip
    write(CaseFile(case), Step.LEAD, before="", on=opened_on, by=by, detail={"origin": str(origin)})
    return case


@transaction.atomic
def open_case(
    *,
    membership: Membership,
    code: int,
    allegation: str,
    occurred_on: date,
    origin: str = Origin.PATROL,
    origin_ref: str = "",
    investigator: User | None = None,
    severity: int | None = None,
    basis: str = "",
    number: str = "",
    opened_on: date | None = None,
    by: User | None,
) -> Case:
    """Open a case whose lead needs no check: it is filed at once. Who opens it investigates, unless another is named.

    The rest is as for `open_lead`.
    """
    opened_on = opened_on or timezone.localdate()
    may_open(by, membership, occurred_on=occurred_on, opened_on=opened_on, allegation=allegation).enforce()
    found_in_time(code, occurred_on, opened_on).enforce()
    case = _new(
        membership, code, allegation, occurred_on, opened_on, severity=severity, basis=basis, number=number,
        origin=origin, origin_ref=origin_ref, state=CaseState.FILED, investigator=investigator or by, by=by,
    )  # fmt: skip
    file = CaseFile(case)
    if investigator is not None and investigator != by:
        may_investigate(investigator, CaseFile(Case(opened_by_id=case.opened_by_id))).enforce()
        part_of(file, investigator, Side.ACCUSE)
    entry = by_number(code)
    write(file, Step.OPEN, before="", on=opened_on, by=by, detail={"code": entry.code if entry else ""})
    return case


def _new(
    membership: Membership,
    code: int,
    allegation: str,
    occurred_on: date,
    opened_on: date,
    *,
    severity: int | None,
    basis: str,
    number: str,
    by: User | None,
    **more: Any,
) -> Case:
    entry = by_number(code)
    if entry is None:
        raise KeyError(code)
    text = entry.text_for(occurred_on, opened_on)
    case = Case(
        association_id=membership.association_id,
        number=number or next_number(Case, "案", opened_on.year),
        membership=membership,
        code=code,
        severity=Severity(severity or entry.severity),
        allegation=allegation.strip(),
        basis=basis.strip() or (text.basis if text else entry.basis),
        occurred_on=occurred_on,
        opened_on=opened_on,
        opened_by=by,
        **more,
    )
    begin(case, on=opened_on)
    case.save()
    if by is not None:
        part_of(CaseFile(case), by, Side.ACCUSE)
    return case


@transaction.atomic
def file_case(*, case: Case, investigator: User, on: date | None = None, by: User | None) -> None:
    """File a lead that was checked; from now on `investigator` investigates, and ninety days run to the decision."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_file(by, file, on=on, investigator=investigator).enforce()
    part_of(file, investigator, Side.ACCUSE)
    file.case.filed_on, file.case.investigator = on, investigator
    file.case.save(update_fields=["filed_on", "investigator"])
    take(file, Step.FILE, on=on, by=by)


@transaction.atomic
def reassign(*, case: Case, investigator: User, reason: str, on: date | None = None, by: User | None) -> None:
    """Let another investigate; who did so far stays on the side of the accusation."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_reassign(by, file, on=on, investigator=investigator, reason=reason).enforce()
    part_of(file, investigator, Side.ACCUSE)
    file.case.investigator = investigator
    file.case.save(update_fields=["investigator"])
    take(file, Step.REASSIGN, on=on, by=by, note=reason.strip())


@transaction.atomic
def report(
    *, case: Case, findings: str, proposal: str = "", on: date | None = None, by: User | None
) -> InvestigationReport:
    """The investigator reports what was found, by what it is proven, and what is proposed."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_report(by, file, on=on, findings=findings).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    made = InvestigationReport.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        part=part_of(file, by, Side.ACCUSE),
        user=by,
        findings=findings.strip(),
        proposal=proposal.strip(),
        reported_on=on,
    )
    file.case.reported = True
    file.case.save(update_fields=["reported"])
    take(file, Step.REPORT, on=on, by=by)
    return made


@transaction.atomic
def weigh(*, case: Case, kind: str, words: str, on: date | None = None, by: User | None) -> Circumstance:
    """Note a circumstance that weighs on the measure (`states.Weight`), and by what it is known."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_weigh(by, file, on=on, kind=kind, words=words).enforce()
    noted = Circumstance.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        kind=kind,
        words=words.strip(),
        found_on=on,
        by=by,
    )
    take(file, Step.WEIGH, on=on, by=by, detail={"kind": str(kind)})
    return noted


@transaction.atomic
def extend(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Extension:
    """Give the clock that runs the more time its table allows, once. Raises UnknownYear as well."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_extend(by, file, on=on, reasons=reasons).enforce()
    clock = clocks.clock_of(file.state)
    if clock is None or by is None:
        raise TypeError("the rule asks for a clock and a person")
    more = Extension.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        clock=clock.key,
        days=clock.more,
        reasons=reasons.strip(),
        on=on,
        by=by,
    )
    clocks.start(file.case, on=file.case.since or on, extended=file.extended | {clock.key})
    file.case.save(update_fields=["since", "due_on"])
    take(file, Step.EXTEND, on=on, by=by, note=reasons.strip())
    return more

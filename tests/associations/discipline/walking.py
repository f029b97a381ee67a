"""Random walks: anybody tries anything in one case, and what became of it is audited from the tables alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services
from associations.discipline.models import Case, Decision, Part, Seat
from associations.discipline.selectors import decision_for_publication, file_of
from associations.discipline.states import EXITS, TRANSITIONS, Measure, Outcome, Step
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

WORDS = "理由"
SERVED = {"method": "EMS", "proof": "回执"}
UNLIKELY = {
    *EXITS, Step.REVERSE, Step.PROPOSE_REVERSAL, Step.REFUSE_REVERSAL, Step.DROP_REVERSAL, Step.EXTEND,
    Step.REASSIGN, Step.RECUSE, Step.REPLACE,
}  # fmt: skip
APPROVE_OR_NOT = (True, True, True, False)


@dataclass
class Walker:
    """One case, and people who each hold every office: only the by-laws keep them apart."""

    case: Case
    people: list[User]
    voice: User
    lot: Random
    fond: frozenset[Step] = frozenset()
    """Steps taken by preference, once, where the state allows them: a walk that shall meet with a certain by-law."""
    steps: int = 0
    done: int = 0

    @property
    def everybody(self) -> list[User]:
        return [*self.people, self.voice]

    def one(self) -> User:
        """Mostly somebody who has had no hand in the case yet."""
        free = self.free() if self.lot.random() < 0.8 else []
        return self.lot.choice(free or self.people)

    def free(self) -> list[User]:
        taken = set(Part.objects.filter(case=self.case).values_list("user_id", flat=True))
        return [each for each in self.people if each.pk not in taken]

    def measure(self) -> int:
        return self.lot.choice([2, 3, 4, 5, 5, 6, 6, 6])

    def verbs(self, file: CaseFile) -> dict[Step, Callable[[User], object]]:
        """Each step with whatever the lot gives it."""
        case, lot = self.case, self.lot
        agreed = (file.measure_carried or 2) if lot.random() < 0.8 else self.measure()
        due = 9
        held = lot.choice([due, 7, 5])
        return {
            Step.FILE: lambda by: services.file_case(case=case, investigator=self.one(), by=by),
            Step.REASSIGN: lambda by: services.reassign(
                case=case, investigator=self.one(), reason=WORDS, by=by
            ),
            Step.REPORT: lambda by: services.report(case=case, findings=WORDS, by=by),
            Step.EXTEND: lambda by: services.extend(case=case, reasons=WORDS, by=by),
            Step.SERVE_NOTICE: lambda by: services.serve_notice(
                case=case, text=WORDS, measure=self.measure(), by=by, **SERVED
            ),
            Step.TAKE_STATEMENT: lambda by: services.take_statement(case=case, text=WORDS, by=by),
            Step.WAIVE: lambda by: services.waive(case=case, text=WORDS, by=by),
            Step.LAPSE: lambda by: services.lapse(case=case, by=by),
            Step.ASK_HEARING: lambda by: services.ask_hearing(case=case, by=by),
            Step.GIVE_UP_HEARING: lambda by: services.give_up_hearing(case=case, text=WORDS, by=by),
            Step.CALL_HEARING: lambda by: services.call_hearing(
                case=case,
                held_on=_today() + timedelta(days=lot.randrange(4, 12)),
                place=WORDS,
                chair=self.one(),
                by=by,
                **SERVED,
            ),
            Step.HOLD_HEARING: lambda by: services.hold_hearing(case=case, attended=True, text=WORDS, by=by),
            Step.FORM_PANEL: self._panel,
            Step.VOTE: lambda by: services.vote(
                case=case, in_favour=lot.choice(APPROVE_OR_NOT), measure=self.measure(), by=by
            ),
            Step.RECUSE: lambda by: services.recuse(case=case, member=self.seated(file), reason=WORDS, by=by),
            Step.REPLACE: lambda by: services.replace(
                case=case, recused=self.seated(file), member=self.one(), by=by
            ),
            Step.BOARD_VOTE: lambda by: services.record_board_vote(
                case=case,
                measure=agreed,
                due=due,
                present=held,
                in_favour=held - lot.randrange(4),
                record=WORDS,
                by=by,
            ),
            Step.APPROVE: lambda by: services.approve(case=case, ground=WORDS, by=by),
            Step.DECIDE: lambda by: services.decide(
                case=case, measure=agreed, reasons=WORDS, departure=WORDS, by=by
            ),
            Step.SERVE_DECISION: lambda by: services.serve_decision(
                case=case, told_of_publication=True, by=by, **SERVED
            ),
            Step.TAKE_EFFECT: lambda _by: services.take_effect(),
            Step.APPEAL: lambda by: services.appeal(case=case, grounds=WORDS, by=by),
            Step.OPINE: self._review,
            Step.WITHDRAW_APPEAL: lambda by: services.withdraw_appeal(case=case, text=WORDS, by=by),
            Step.PERFORM: lambda by: services.record_performance(
                case=case, performed=lot.choice([True, False]), note=WORDS, by=by
            ),
            Step.CLOSE: lambda by: services.close_case(case=case, note=WORDS, by=by),
            Step.SERVE_APPEAL: lambda by: services.serve_appeal(case=case, by=by, **SERVED),
            Step.PROPOSE_REVERSAL: lambda by: services.propose_reversal(case=case, reasons=WORDS, by=by),
            Step.REFUSE_REVERSAL: lambda by: services.refuse_reversal(case=case, reasons=WORDS, by=by),
            Step.DROP_REVERSAL: lambda by: services.drop_reversal(case=case, reasons=WORDS, by=by),
            Step.REVERSE: lambda by: services.reverse(case=case, reasons=WORDS, by=by),
            **{exit_: self._end(exit_) for exit_ in EXITS},
        }

    def seated(self, file: CaseFile) -> User:
        seated = {seat.user_id for seat in file.seats}
        return self.lot.choice([each for each in self.people if each.pk in seated] or self.people)

    def go(self) -> None:
        """One attempt: mostly a step the state allows, by somebody who may well be the one to take it."""
        file = file_of(self.case)
        verbs = self.verbs(file)
        likely = [step for step in TRANSITIONS[file.state] if step in verbs and step not in UNLIKELY]
        likely = (self.lot.random() < 0.7 and [each for each in likely if each in self.fond]) or likely
        step = (
            self.lot.choice(likely) if likely and self.lot.random() < 0.85 else self.lot.choice(list(verbs))
        )
        if step in EXITS and self.lot.random() < 0.7:
            return
        by = self._fit(step, file) if self.lot.random() < 0.8 else self.lot.choice(self.everybody)
        self.steps += 1
        try:
            verbs[step](by)
        except (Denied, Seat.DoesNotExist):
            return
        self.done += 1
        self.fond -= {step}

    def _fit(self, step: Step, file: CaseFile) -> User:
        keys = {
            Step.REPORT: {file.case.investigator_id},
            Step.VOTE: {seat.user_id for seat in file.sitting if not seat.vote},
            Step.HOLD_HEARING: {file.call.chair_id} if file.call else set(),
            **{key: {file.case.opened_by_id} for key in (Step.FILE, Step.SERVE_NOTICE, Step.SERVE_DECISION)},
        }.get(step, set())
        return self.lot.choice(
            [each for each in self.people if each.pk in keys] or self.free() or self.people
        )

    def _panel(self, by: User) -> object:
        free = self.free() if self.lot.random() < 0.8 else []
        among = free if len(free) > 1 else self.people
        members = self.lot.sample(among, min(len(among), self.lot.choice([2, 3, 3, 3, 4])))
        return services.form_panel(case=self.case, members=members, chair=members[0], by=by)

    def _review(self, by: User) -> object:
        outcome = self.lot.choice(list(Outcome))
        measure = self.lot.choice([1, 2]) if outcome == Outcome.LIGHTEN else None
        return services.review(case=self.case, outcome=outcome, measure=measure, reasons=WORDS, by=by)

    def _end(self, step: Step) -> Callable[[User], object]:
        handed = {"receiver": WORDS, "receipt": WORDS} if step == Step.TRANSFER else {}
        return lambda by: services.end(case=self.case, how=step, reasons=WORDS, by=by, **handed)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def audit(case: Case) -> bool:
    """Whether the case has brought a sanction that binds; if so, everything the law asks of it is on file.

    Asked of the rows themselves: no by-law is called.
    """
    decision = Decision.objects.filter(case=case).first()
    if decision is None:
        assert not Fact.objects.filter(source="decision", membership_id=case.membership_id).exists()
        return False
    row = decision_for_publication(decision.public_id)
    file = file_of(case)
    binds = row.in_force and not row.stayed
    assert _effective(decision) == (binds, binds and row.measure >= Measure.EXPULSION)
    # notice and defence
    assert file.notice.served_on < decision.decided_on
    assert file.statement is not None
    waived = file.statement.kind == "waived"
    assert waived or file.notice.answer_until < decision.decided_on
    assert file.statement.kind != "lapsed" or file.statement.received_on > file.notice.answer_until
    assert (file.notice.answer_until - file.notice.served_on).days >= 5
    asked = file.hearing is not None
    assert not asked or waived or file.minutes or Step.GIVE_UP_HEARING in file.steps
    assert not file.minutes or (file.call.held_on - file.call.served_on).days >= 7
    # quorum and majority
    votes = [seat.vote for seat in file.seats if not seat.recused and seat.vote]
    due = [seat for seat in file.seats if not seat.recused]
    favour = [vote for vote in votes if vote.in_favour and vote.measure >= decision.measure]
    assert (len(due) >= 3, 3 * len(votes) >= 2 * len(due), 2 * len(favour) > len(votes)) == (True, True, True)
    if decision.measure >= Measure.EXPULSION:
        board = decision.board
        assert (board.case_id, board.measure) == (case.pk, decision.measure)
        assert (3 * board.present >= 2 * board.due, 2 * board.in_favour > board.present) == (True, True)
    # who was what
    accuse = {case.opened_by_id, file.report.user_id, file.case.investigator_id}
    judge = {seat.user_id for seat in file.seats} | {decision.decided_by_id}
    judge |= {call.chair_id for call in file.hearing.calls.all()} if asked else set()
    approve = {each.user_id for each in file.approvals}
    review = {each.user_id for each in file.opinions} | ({file.reversal.by_id} if file.reversal else set())
    for each in file.proposals:
        review |= {each.by_id, each.answered_by_id} - {None}
        assert each.state not in {"approved", "refused"} or each.by_id != each.answered_by_id
    if file.reversal and decision.measure >= Measure.EXPULSION:
        proposal = file.reversal.proposal
        two = {proposal.by_id, file.reversal.by_id} if proposal else {each.user_id for each in file.opinions}
        assert len(two) >= 2
    sides = [accuse, judge, approve, review]
    assert sum(map(len, sides)) == len(set().union(*sides))
    if decision.measure == Measure.LIFETIME_BAR:
        assert len(approve) >= 2
    # the appeal
    if file.service:
        assert (file.service.appeal_until - file.service.served_on).days >= 15
    if file.appeal:
        assert file.appeal.filed_on <= file.service.appeal_until
        if binds and Step.WITHDRAW_APPEAL not in file.steps:
            assert file.appeal_decision.outcome in {Outcome.UPHOLD, Outcome.LIGHTEN}
            assert len({file.appeal_decision.first_by_id, file.appeal_decision.second_by_id} & review) == 2
    return binds


def _effective(decision: Decision) -> tuple[bool, bool]:
    """Whether the record counts for the rating today, and whether the bar does."""
    facts = list(Fact.objects.filter(source="decision", source_ref=decision.public_id).order_by("id"))
    said = {fact.ref_id: fact.kind for fact in facts if fact.ref_id}
    standing = {
        fact.kind
        for fact in facts
        if not fact.ref_id and said.get(fact.pk, FactKind.STAY_ENDED) == FactKind.STAY_ENDED
    }
    return FactKind.VIOLATION in standing, FactKind.BAN in standing

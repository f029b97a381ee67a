"""The by-laws of remedies: one function each. Who may use a verb stands in the role table of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct import selectors as conduct
from associations.conduct.states import FactKind
from associations.members.rules import acts_for
from associations.registry.rules import Verb, may
from associations.remedies import selectors
from associations.remedies.models import Correction, Objection, OwnStatement, Repair
from associations.remedies.models.speaking import MOST_CHARACTERS
from associations.remedies.states import (
    CORRECTION_TRANSITIONS,
    OBJECTION_TRANSITIONS,
    REPAIR_TRANSITIONS,
    STATEMENT_TRANSITIONS,
    CorrectionState,
    ObjectionState,
    RepairState,
    StatementState,
    Thing,
)
from core.ui.formatting import day
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import TextChoices
    from django.utils.functional import Promise

    from associations.conduct.models import Fact
    from associations.members.models import Membership
    from associations.remedies.models.about import About
    from associations.remedies.selectors import Found, Repairable
    from core.accounts.models import User

MOST_OPEN = 20
DONE = _("This has been answered already; the answer and its reasons stand.")
UNDONE = _("This no longer counts: it was reversed, repaired or corrected.")
OF_DECISIONS = frozenset({FactKind.VIOLATION, FactKind.BAN})


def may_ask(user: User | None, membership: Membership) -> Verdict:
    """A remedy is asked for by the member at the desk, or entered by a clerk from the subject's own paper."""
    if user is None:
        return denied(_("Only a person may do this."))
    if acts_for(user, membership):
        return ALLOWED
    return may(user, Verb.RECEIVE_REMEDY)


def may_object(user: User | None, membership: Membership, found: Found) -> Verdict:
    """Whoever is on record may contest any line, fact, decision or bar of the own file, one objection a thing at a
    time and twenty in all, as long as the thing still stands (民法典 Art. 1029).
    """
    if not (verdict := may_ask(user, membership)):
        return verdict
    if found.fact and is_undone(found.fact):
        return denied(UNDONE)
    if found.decision and not found.decision.counts:
        return denied(_("This decision is kept as history and does not count: there is nothing to undo."))
    standing = Objection.objects.filter(membership=membership, state=ObjectionState.OPEN)
    if standing.filter(thing=found.thing, ref=found.ref).exists():
        return denied(_("An objection to this is being looked into already."))
    if standing.count() >= MOST_OPEN:
        return denied(_("Twenty objections are being looked into already; the answers come first."))
    return ALLOWED


def may_answer_objection(user: User | None, objection: Objection) -> Verdict:
    """An objection is answered, with reasons, within seven working days, by a reviewer who neither recorded nor
    decided what it is about, nor raised it (上海市社会信用条例 Art. 36).
    """
    return _by_another(
        user, objection, ObjectionState.REFUSED, OBJECTION_TRANSITIONS[ObjectionState(objection.state)]
    )


def may_withdraw(user: User | None, remedy: Objection | Repair) -> Verdict:
    """Who asked may take it back until it is answered."""
    if not (verdict := may_ask(user, remedy.membership)):
        return verdict
    return ALLOWED if remedy.state in {ObjectionState.OPEN, RepairState.ASKED} else denied(DONE)


def may_correct(user: User | None, found: Found) -> Verdict:
    """A clerk who finds a fact wrong proposes its correction, with reasons. What a decision found is set aside by
    reversing the decision, and what is undone already needs no correction.
    """
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.RECEIVE_REMEDY)):
        return verdict
    fact = found.fact if found.thing == Thing.FACT else None
    if fact is None:
        return denied(_("Only a fact of the conduct file is corrected."))
    return _first(
        (
            found.decision is not None and fact.kind in OF_DECISIONS,
            _("This follows from a decision: have the decision reversed."),
        ),
        (is_undone(fact), UNDONE),
        (
            Correction.objects.filter(fact=fact, state=CorrectionState.PROPOSED).exists(),
            _("A correction of this waits for its second person already."),
        ),
    )


def may_confirm(user: User | None, correction: Correction) -> Verdict:
    """A correction takes effect when a reviewer, who is not the one who proposed it, has looked and agrees."""
    if user is not None and user.pk == correction.by_id:
        return denied(_("You proposed this correction; a second person looks at it."))
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.ANSWER_REMEDY)):
        return verdict
    standing = CORRECTION_TRANSITIONS[CorrectionState(correction.state)]
    return ALLOWED if CorrectionState.CONFIRMED in standing else denied(DONE)


def may_be_repaired(record: Repairable, on: date | None = None) -> Verdict:
    """A record that counts can be repaired from the day its least term is over, once its measure is at an end, and
    not while an appeal stays it; minor ones are not published and fade by themselves (NDRC Order 36).
    """
    first, today = record.from_on, timezone.localdate()
    return _first(
        (
            record.fact.kind != FactKind.VIOLATION,
            _("Only the record of a violation is repaired; a wrong fact is contested."),
        ),
        (record.last in conduct.UNDOING, UNDONE),
        (
            record.last == FactKind.STAY,
            _("An appeal stays this record: it counts for nothing until that is decided."),
        ),
        (first is None, _("A minor record is not published and fades by itself: it needs no repair.")),
        (
            on is not None and on > today,
            _("This day lies in the future. Enter the day on which it was done."),
        ),
        (
            first is not None and first > (on or today),
            _("The least term is not over: repair can be asked for from %(day)s on.") % {"day": day(first)},
        ),
        (
            record.barred,
            _("The expulsion or bar of the same decision is still in force: it is reviewed, not repaired."),
        ),
        (record.asked, _("Repair of this record has been applied for already.")),
    )


def is_undone(fact: Fact) -> bool:
    """Whether it was reversed, repaired, corrected or discharged."""
    return conduct.last_said([fact.pk]).get(fact.pk) in conduct.UNDOING


def _first(*grounds: tuple[bool, str | Promise]) -> Verdict:
    """The first ground on which it is refused, else leave."""
    return next((denied(sentence) for holds, sentence in grounds if holds), ALLOWED)


def may_ask_repair(user: User | None, membership: Membership, fact: Fact, on: date | None = None) -> Verdict:
    """The member applies, or a clerk enters the application from the member's own paper."""
    return may_ask(user, membership) and may_be_repaired(selectors.weighed([fact])[0], on)


def may_decide_repair(user: User | None, repair: Repair, on: date | None = None) -> Verdict:
    """Repair is granted or refused, with reasons, within ten working days, by a reviewer who had no hand in the
    decision; it is granted only if all four conditions are met.
    """
    if on is not None and not repair.asked_on <= on <= timezone.localdate():
        return denied(_("Enter a day from that of the application to today."))
    return _by_another(user, repair, RepairState.REFUSED, REPAIR_TRANSITIONS[RepairState(repair.state)])


def may_issue(user: User | None, repair: Repair) -> Verdict:
    """The decision on a repair is put on paper by a clerk, once."""
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.SERVE_NOTICE)):
        return verdict
    if repair.state not in {RepairState.GRANTED, RepairState.REFUSED}:
        return denied(_("This is not decided yet: there is nothing to put on paper."))
    if repair.documents.filter(document__withdrawal=None).exists():
        return denied(_("This document has been issued and stands. Withdraw it before another is issued."))
    return ALLOWED


def may_speak(user: User | None, membership: Membership, text: str) -> Verdict:
    """Who is on record may put a statement of a thousand characters beside it, and another in its place."""
    if not (verdict := may_ask(user, membership)):
        return verdict
    if not text.strip():
        return denied(_("Write the statement."))
    if len(text.strip()) > MOST_CHARACTERS:
        return denied(
            _("A statement has 1,000 characters at most; this one has %(count)s.")
            % {"count": len(text.strip())}
        )
    return ALLOWED


def may_check(user: User | None, statement: OwnStatement) -> Verdict:
    """An own statement is checked for unlawful content alone, with reasons, by somebody who had no hand in the
    record; whether it is true or welcome is no matter.
    """
    return _by_another(
        user, statement, StatementState.PASSED, STATEMENT_TRANSITIONS[StatementState(statement.state)]
    )


def says_why(reasons: str) -> Verdict:
    """An answer counts only with its reasons."""
    return (
        ALLOWED
        if reasons.strip()
        else denied(_("Write the reasons; an answer without reasons does not count."))
    )


def _by_another(
    user: User | None, remedy: About, wanted: TextChoices, open_to: frozenset[TextChoices]
) -> Verdict:
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.ANSWER_REMEDY)):
        return verdict
    if wanted not in open_to:
        return denied(DONE)
    if user.pk == remedy.by_id:
        return denied(_("You entered this; somebody else answers it."))
    if user.pk in remedy.involved:
        return denied(_("You had a hand in what this is about; somebody else answers it."))
    return ALLOWED

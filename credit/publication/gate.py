"""The publication gate 公示关口: a pure function from what is known of a record to what it still lacks.

Every condition is a function whose docstring is the by-law. A record is public only while the list is empty;
the list is what an officer sees. Nothing here reads a table or the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from credit.publication.states import Basis, Code, RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.utils.functional import Promise

MINOR = 1
RATING, DECISION, BAR = RecordKind.RATING, RecordKind.DECISION, RecordKind.BAR
ALL = frozenset({RATING, DECISION, BAR})
SANCTIONS = frozenset({DECISION, BAR})


@dataclass(frozen=True, slots=True)
class GateInput:
    """What is known of a record on `today`. Of a bar, the facts of the decision it rests on.

    `stands`: nothing has ended or undone it. `charter_article` and `charter_in_force`: the article that
    provides for the measure, of a version in force on the day. `defence_over`: a statement was waived, or the
    time for it was over when it was decided. `voted`: quorum present and majority in favour.
    `stayed`: an appeal is pending. `severity` 0 (not
    classed) to 4. `withdraw_on`: the first day on which it may no longer be public. `told`: the subject
    was told beforehand that it will be published. `held`: an officer took it off. `confirmed`: a named
    person has confirmed this very grade, decision or bar.
    """

    kind: RecordKind
    is_person: bool
    today: date
    stands: bool = True
    served: bool = False
    stayed: bool = False
    charter_article: str = ""
    charter_in_force: bool = False
    notice_proven: bool = False
    defence_over: bool = False
    voted: bool = False
    severity: int = 0
    withdraw_on: date | None = None
    told: bool = False
    rule_set_public: bool = False
    basis: Basis = Basis.NONE
    held: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a record lacks, and the sentence that says what to do."""

    code: Code
    sentence: str | Promise


def stands(record: GateInput) -> bool:
    """Only what stands is published: a decision not reversed, a bar in force, the rating of a member."""
    return record.stands


def served(record: GateInput) -> bool:
    """A decision, or the decision behind a bar, is published after it was handed over, never before."""
    return record.served


def no_appeal_pending(record: GateInput) -> bool:
    """An appeal stays the record: while it is pending, the decision and the bar behind it are not public."""
    return not record.stayed


def charter_basis(record: GateInput) -> bool:
    """A sanction rests on an article of the charter version in force on the day it was decided.

    An association has no power but its charter's (E-commerce Law Art. 8, Order 117 Art. 5).
    """
    return bool(record.charter_article) and record.charter_in_force


def notice_proof(record: GateInput) -> bool:
    """Facts, reasons, basis and intended term were notified before the decision, and that is proven.

    After the model of Order 117 Art. 14.
    """
    return record.notice_proven


def defence_window(record: GateInput) -> bool:
    """Nothing is published that was decided before the time for statement and defence was over or waived."""
    return record.defence_over


def quorum_vote(record: GateInput) -> bool:
    """The panel had its quorum, and the majority of those present voted for the measure."""
    return record.voted


def severity_class(record: GateInput) -> bool:
    """A record is classed, and a minor one is not published (NDRC Order 36)."""
    return record.severity > MINOR


def end_date(record: GateInput) -> bool:
    """Every published sanction has a day on which it is taken off, and that day has not come.

    General records 365 days, serious and extremely serious ones 1095 days from the decision; a bar until
    its last day; a bar for life until its next review.
    """
    return record.withdraw_on is not None and record.withdraw_on > record.today


def told_beforehand(record: GateInput) -> bool:
    """The subject was told, before publication, that and where the record will be published.

    Shenzhen social credit regulation Art. 39; Order 45 Art. 7. For a past decision the proven prior notice
    counts.
    """
    return record.told


def rule_set_public(record: GateInput) -> bool:
    """A rating is published only under a rule set that is itself public (E-commerce Law Art. 39)."""
    return record.rule_set_public


def lawful_basis(record: GateInput) -> bool:
    """A natural person's record is private unless the person separately consented, or a lawful public source
    is named (PIPL Art. 25, 27).
    """
    return not record.is_person or record.basis != Basis.NONE


def not_held(record: GateInput) -> bool:
    """What an officer took off stays off until an officer confirms it again."""
    return not record.held


def human_confirmation(record: GateInput) -> bool:
    """A natural person's record takes effect only when a named human has confirmed it (PIPL Art. 24).

    The confirmation holds for the grade confirmed; another grade asks again.
    """
    return not record.is_person or record.confirmed


CONDITIONS: tuple[tuple[Code, frozenset[RecordKind], Callable[[GateInput], bool], Promise], ...] = (
    (
        Code.STANDS,
        ALL,
        stands,
        _("The record no longer stands: it was reversed, has ended, or the member left."),
    ),
    (Code.SERVED, SANCTIONS, served, _("The decision has not been handed over. Record its service.")),
    (
        Code.APPEAL,
        SANCTIONS,
        no_appeal_pending,
        _("An appeal is pending. What is decided on it decides whether the record is public."),
    ),
    (
        Code.CHARTER,
        SANCTIONS,
        charter_basis,
        _("No article of the charter in force on that day provides for the measure."),
    ),
    (
        Code.NOTICE,
        SANCTIONS,
        notice_proof,
        _("There is no proof that prior notice was served before the decision."),
    ),
    (
        Code.DEFENCE,
        SANCTIONS,
        defence_window,
        _("It was decided before the time for statement and defence was over."),
    ),
    (Code.VOTE, SANCTIONS, quorum_vote, _("The panel had no quorum, or no majority of those present.")),
    (
        Code.SEVERITY,
        SANCTIONS,
        severity_class,
        _("The record is not classed, or minor; minor ones stay private."),
    ),
    (Code.END, SANCTIONS, end_date, _("There is no day of withdrawal ahead: none is set, or it has passed.")),
    (
        Code.TOLD,
        SANCTIONS,
        told_beforehand,
        _("The subject was not told beforehand that it will be published. Serve that notice."),
    ),
    (Code.RULE_SET, frozenset({RATING}), rule_set_public, _("The rule set of the rating is not public yet.")),
    (
        Code.BASIS,
        ALL,
        lawful_basis,
        _("A natural person: neither separate consent to publication nor a lawful public source is on file."),
    ),
    (Code.HELD, ALL, not_held, _("An officer took it off the portal. An officer may confirm it again.")),
    (
        Code.CONFIRMATION,
        ALL,
        human_confirmation,
        _("A natural person: a named officer must look at it and confirm."),
    ),
)
SENTENCES: dict[Code, Promise] = {code: sentence for code, _kinds, _met, sentence in CONDITIONS}
LEFT_TO_AN_OFFICER = frozenset({Code.HELD, Code.CONFIRMATION})
"""What a confirmation supplies; with nothing else missing the record waits for an officer."""


def missing(record: GateInput) -> list[Missing]:
    """Everything the record lacks, in the order of `Code`; empty: it may be public."""
    return [
        Missing(code, sentence)
        for code, kinds, met, sentence in CONDITIONS
        if record.kind in kinds and not met(record)
    ]


def asked_of(kind: RecordKind, *, is_person: bool) -> list[Code]:
    """Which conditions apply to a kind of record, met or not."""
    persons_only = {Code.BASIS, Code.CONFIRMATION}
    return [
        code
        for code, kinds, _m, _s in CONDITIONS
        if kind in kinds and (is_person or code not in persons_only)
    ]

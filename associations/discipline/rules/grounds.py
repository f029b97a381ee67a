"""What every by-law asks first: the state of the case, the day, the reasons, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.discipline.states import TRANSITIONS, CaseState, Side, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

REPEATED = frozenset(
    {
        Step.VOTE, Step.RECUSE, Step.REPLACE, Step.REASSIGN, Step.EXTEND, Step.WEIGH, Step.CALL_HEARING,
        Step.BOARD_VOTE, Step.APPROVE, Step.OPINE, Step.PERFORM, Step.PROPOSE_REVERSAL, Step.REFUSE_REVERSAL,
        Step.DROP_REVERSAL,
    }
)  # fmt: skip
ENDS_STATEMENT = frozenset({Step.TAKE_STATEMENT, Step.WAIVE, Step.LAPSE})


def all_of(*verdicts: Verdict) -> Verdict:
    """The first refusal, else leave."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def in_turn(file: CaseFile, step: Step) -> Verdict:
    """A step is taken once, and only from a state the table of transitions allows it from."""
    if step in TRANSITIONS[file.state]:
        return ALLOWED
    rivals = ENDS_STATEMENT if step in ENDS_STATEMENT else {step}
    done = next((Step(event.step) for event in file.events if event.step in rivals), None)
    if done and step not in REPEATED:
        return denied(_("This has been done already: %(step)s.") % {"step": done.label})
    needed = _(", ").join(str(state.label) for state in CaseState if step in TRANSITIONS[state])
    return denied(
        _("The case stands at “%(state)s”; this can be done only at: %(needed)s.")
        % {"state": file.state.label, "needed": needed}
    )


def in_time(on: date | None, *, not_before: date) -> Verdict:
    """A step is dated no later than today and no earlier than the step before it."""
    if on is None:
        return ALLOWED
    if on > timezone.localdate():
        return denied(_("This day lies in the future. Enter the day on which it was done."))
    if on < not_before:
        return denied(
            _("This day lies before the previous step, %(day)s. Enter that day or a later one.")
            % {"day": not_before.isoformat()}
        )
    return ALLOWED


def with_words(text: str | None) -> Verdict:
    """Reasons are said, not implied. None: not asked yet."""
    if text is not None and not text.strip():
        return denied(_("Reasons are needed, in words."))
    return ALLOWED


def by_a_person(user: User | None) -> Verdict:
    """The system itself judges nobody."""
    if user is None:
        return denied(_("Only a person may do this."))
    return ALLOWED


OTHERWISE = {
    Side.ACCUSE: gettext_lazy("%(name)s opened this case or investigated it; who accuses does not judge."),
    Side.JUDGE: gettext_lazy("%(name)s judged this case; somebody else does this."),
    Side.APPROVE: gettext_lazy("%(name)s approved the bar in this case; somebody else does this."),
    Side.REVIEW: gettext_lazy("%(name)s reviewed this case on appeal; somebody else does this."),
    Side.BEFORE: gettext_lazy(
        "%(name)s had a hand in this case before it was sent back; somebody else does this."
    ),
}


def apart(user: User | None, file: CaseFile, side: Side) -> Verdict:
    """Investigation, judgement, approval and review are done by different people."""
    held = file.side_of(user.pk if user else None)
    if user is None or held is None or held == side:
        return ALLOWED
    return denied(OTHERWISE[held] % {"name": user.name})


def impartial(user: User | None, interested: Collection[int]) -> Verdict:
    """Nobody judges, approves or reviews who acts for the member."""
    if user and user.pk in interested:
        return denied(_("%(name)s acts for the member this case is about.") % {"name": user.name})
    return ALLOWED


def for_the_member(user: User | None, acting: Collection[int]) -> Verdict:
    """The member's own acts are done by who acts for it (`acting`), or entered by a clerk from its paper."""
    return ALLOWED if user and user.pk in acting else may(user, Verb.SERVE_NOTICE)

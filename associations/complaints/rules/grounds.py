"""What every by-law asks first: those of cases, and the state and the owner of the complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.complaints.states import TRANSITIONS, ComplaintState, Step
from associations.discipline.rules.grounds import all_of, by_a_person, in_time, with_words
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.complaints.selectors import ComplaintFile
    from core.accounts.models import User

__all__ = ["all_of", "by_a_person", "in_time", "in_turn", "in_words", "owned_by", "with_words"]


def in_turn(file: ComplaintFile, step: Step) -> Verdict:
    """A step is taken only from a state the table of transitions allows it from."""
    if step in TRANSITIONS[file.state]:
        return ALLOWED
    needed = _(", ").join(str(state.label) for state in ComplaintState if step in TRANSITIONS[state])
    return denied(
        _("The complaint stands at “%(state)s”; this can be done only at: %(needed)s.")
        % {"state": file.state.label, "needed": needed}
    )


def in_words(text: str | None) -> Verdict:
    """What is said is said in words. None: not asked yet."""
    if text is not None and not text.strip():
        return denied(_("Nothing is written yet. Write what you have to say."))
    return ALLOWED


def owned_by(user: User | None, file: ComplaintFile) -> Verdict:
    """Who first took the complaint up handles it to its end, or hands it on 首问负责."""
    owner = file.complaint.owner
    if owner is None or user is None or user.pk == owner.pk:
        return ALLOWED
    return denied(
        _("%(name)s took this complaint up first and handles it; let it be handed to you.")
        % {"name": owner.name}
    )

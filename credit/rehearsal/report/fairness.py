"""Whether a bracket of members scores better than like ones: the others of the same category (`scoring.likeness`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.ui.formatting import plain_points
from credit.rehearsal.report.tables import scores_by
from credit.scoring import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from credit.rehearsal.report.merging import Tallies
    from credit.rehearsal.report.tables import Scores
    from credit.scoring.likeness import Gap


@dataclass(frozen=True, slots=True)
class Fair:
    """A bracket before and after; none where there are too few to compare."""

    label: str
    before: Gap | None
    after: Gap | None

    @property
    def sentence(self) -> str:
        if self.after is None:
            return _("Too few to compare: fewer than 5 have a grade, or fewer than 5 others of the category.")
        told = {"points": plain_points(abs(self.after.points))}
        if not self.after.sure:
            words = _(
                "Like the others of their category: %(points)s points apart, no more than chance gives."
            )
        elif self.after.points > 0:
            words = _("Score %(points)s points higher than the others of their category.")
        else:
            words = _("Score %(points)s points lower than the others of their category.")
        return f"{words % told} {self._against_before(self.after)}".strip()

    def _against_before(self, after: Gap) -> str:
        if self.before is None or not (after.sure or self.before.sure):
            return ""
        if after.points == self.before.points:
            return _("That is as before.")
        told = {"points": plain_points(self.before.points)}
        if abs(after.points) > abs(self.before.points):
            return _("Before, the difference was smaller: %(points)s.") % told
        return _("Before, the difference was larger: %(points)s.") % told


def fairness(report: Tallies, table: str, brackets: Iterable[tuple[int, str]]) -> list[Fair]:
    """The brackets in which there is anybody."""
    found = scores_by(report, table)
    return [
        Fair(label, gap(found, bracket, "before"), gap(found, bracket, "after"))
        for bracket, label in brackets
        if any(key[1] == bracket for key in found)
    ]


def gap(found: dict[tuple[int, int], Scores], bracket: int, side: str) -> Gap | None:
    """The bracket against the others of each category, before or after."""
    return likeness.gap({key: each.side(side) for key, each in found.items()}, bracket)

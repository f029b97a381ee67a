"""What would change a rating: evaluations of facts and of days that have not come.

Nothing is estimated: the same evaluator, the same rule set, a few facts more or a later day. Only what is lawful is
tried: to have items verified, to train, to put controls in place, to renew a licence, to perform what was imposed,
to have a record repaired once its least term is over, to wait. Nobody can pay for points, and no record is taken
away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.scoring.account.prospects.doing import doing
from credit.scoring.account.prospects.trial import NO_RATING, Prospect, Trial, What, outcome
from credit.scoring.account.prospects.waiting import repairing, waiting
from credit.scoring.account.why import everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from associations.conduct.selectors import FactRow

__all__ = ["NO_RATING", "Prospect", "Trial", "What", "doing", "outcome", "prospects", "repairing", "waiting"]


def prospects(
    trial: Trial, *, may_name: Callable[[FactRow], bool] = everything, due_on: date | None = None
) -> list[Prospect]:
    """What would change the rating: what can be done, what can be repaired, what waiting does.

    `may_name`: whether a record may be told by its line; `due_on`: the day training is due, where it may be told.
    """
    return [*doing(trial, due_on=due_on), *repairing(trial, may_name), *waiting(trial, may_name)]

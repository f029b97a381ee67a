"""What waits for whom: the shape in which every room offers its matters to the console's queue.

A room's `waiting.py` has one function, `waiting(today) -> list[Matter]`, asked in the scope of an association; the
queue (`credit.overview.queue`) names the rooms. A room offers at most `MOST` matters, the most urgent first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from core.accounts.models import User
    from core.accounts.states import Role

MOST = 200


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be done about one thing. `page` and `public_id` lead to it under the association's address.

    It waits for the people in `people` (row numbers of users, with their names in `names`); where that is empty, for
    whoever has one of `roles`, save `never` (who may not, since they did the step before). Both empty: it waits for
    somebody outside, whom `names` tells. `due` is its last day; none where no clock runs.
    """

    what: str | Promise
    name: str
    page: str
    public_id: str
    since: date
    due: date | None = None
    roles: frozenset[Role] = frozenset()
    people: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()
    names: str | Promise = ""

    def waits_for(self, user: User, roles: frozenset[Role]) -> bool:
        """Whether this person can do it."""
        if self.people:
            return user.pk in self.people
        return bool(self.roles & roles) and user.pk not in self.never

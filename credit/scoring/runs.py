"""Rating everybody again: cut into stretches of members, a task each, on any number of workers.

For a new rule set, for proof, or at an officer's wish. A run is its stretches: it is resumed by doing those that are
left, and gives byte for byte what the facts one by one gave. An unchanged rating writes no row.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from associations.registry.selectors import association_ids
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.public_ids import new_public_id
from core.wake import wake
from core.walls.turns import hold
from credit.rulesets.services import turn
from credit.scoring import compiler, rules, selectors
from credit.scoring.models import Stretch
from credit.scoring.services import PUBLISH_DUE, Outcome, rate, rate_due, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from core.accounts.models import User

SIZE = 20_000
"""Members a stretch, and a transaction: a second of one core. Small associations' stretches are done together."""
RATE_STRETCHES = "credit.scoring.tasks.rate_stretches"
AHEAD = 200
"""So many stretches are looked at to find some that fill a transaction together."""
PAUSE = 0.2
AT_ONCE = 16
"""So many workers take stretches at once; each that is done wakes another, so that facts come between."""


def rate_all(
    *,
    as_of: date | None = None,
    association_id: int | None = None,
    told: Callable[[selectors.Progress], None] | None = None,
) -> Outcome:
    """Rate every membership (of the association), due or not, then what came meanwhile. Helped by any worker.

    Resumes a run that was left unfinished, ends when all of it is done, and counts all of it. `told` hears how far it
    is after each transaction done here.
    """
    with scope.across_associations(why="cut every membership into stretches to be rated"):
        cut(as_of or timezone.localdate(), association_id=association_id)
        run = list(selectors.to_do(association_id).values_list("id", flat=True))
    while (outcome := _whole(run)) is None:
        if rate_stretches(association_id=association_id) is None:
            time.sleep(PAUSE)  # the rest is with others; what one of them leaves undone is taken up
        elif told:
            with scope.across_associations(why="tell how far the rating is"):
                told(selectors.progress(association_id=association_id))
    return outcome + rate_due(as_of=as_of, association_id=association_id)


def _whole(run: list[int]) -> Outcome | None:
    """What came of the stretches, whoever did them; none while any is left."""
    with scope.across_associations(why="see what came of a run"):
        stretches = Stretch.objects.filter(id__in=run)
        if stretches.filter(done_at=None).exists():
            return None
        told = stretches.aggregate(members=Sum("members"), changed=Sum("changed"))
    return Outcome(told["members"] or 0, told["changed"] or 0)


@transaction.atomic
def ask(*, by: User | None) -> int:
    """Have every member of the association in force rated, at an officer's wish. Gives how many there are."""
    association_id = scope.association_id()
    hold("rate everybody", association_id)  # nobody else asks at once
    rules.may_ask(
        by, everybody_waits=selectors.progress(association_id=association_id).everybody_waits
    ).enforce()
    count = cut(timezone.localdate(), association_id=association_id, by=by)
    ledger.record(
        association_id=association_id,
        act=Act.RATING_ASKED,
        thing="ratings",
        thing_id=timezone.localdate().isoformat(),
        detail={"count": count},
        by=by,
    )
    return count


def cut(as_of: date, *, association_id: int | None = None, by: User | None = None) -> int:
    """Cut the memberships of every association (or one) without stretches to do into some, and wake the workers.

    In the caller's scope and transaction. Gives how many memberships there are in them.
    """
    run = new_public_id()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO credit_stretch (association_id, run, as_of, first_id, last_id, members, asked_by_id, asked_at)
            SELECT association_id, %(run)s, %(as_of)s::date, min(id), max(id), count(*), %(by)s::bigint, now()
            FROM (
              SELECT association_id, id,
                (row_number() OVER (PARTITION BY association_id ORDER BY id) - 1) / %(size)s AS part
              FROM associations_membership
              WHERE (%(association)s::bigint IS NULL OR association_id = %(association)s) AND NOT EXISTS
                (SELECT FROM credit_stretch s WHERE s.association_id = associations_membership.association_id
                 AND s.done_at IS NULL)
            ) numbered
            GROUP BY association_id, part ORDER BY association_id, part
            RETURNING members
            """,
            {
                "run": run,
                "as_of": as_of,
                "by": by.pk if by else None,
                "size": SIZE,
                "association": association_id,
            },
        )
        stretches = [members for (members,) in cursor.fetchall()]
    for _ in stretches[:AT_ONCE]:
        wake(RATE_STRETCHES, each=True)
    return sum(stretches)


def rate_stretches(*, association_id: int | None = None) -> Outcome | None:
    """Rate the next stretches that nobody is at, as many as make a full one; none when there is none.

    One transaction.
    """
    with scope.across_associations(why="rate stretches of members"):
        stretches = _taken(association_id)
        if not stretches:
            return None
        take_turns(stretches, with_others=True)
        asked = [compiler.Asked(key, each.first_id, each.last_id) for key, each in stretches.items()]
        found = rate(asked, next(iter(stretches.values())).as_of)
        for key, stretch in stretches.items():
            stretch.done_at, stretch.changed = timezone.now(), found[key].changed
        Stretch.objects.bulk_update(stretches.values(), ["done_at", "changed"])
        outcome = sum(found.values(), Outcome())
        if outcome.changed:
            wake(PUBLISH_DUE)
        wake(RATE_STRETCHES, each=True)
    return outcome


def _taken(association_id: int | None) -> dict[int, Stretch]:
    """Of each association one stretch at most, all for one day, held until the transaction ends."""
    waiting = selectors.to_do(association_id).order_by("id")
    passed: set[int] = set()
    while wanted := _that_fit(waiting.exclude(id__in=passed)[:AHEAD]):
        if held := waiting.filter(id__in=wanted).select_for_update(skip_locked=True):
            return {each.association_id: each for each in held}
        passed |= wanted  # somebody else is at them
    return {}


def _that_fit(waiting: Iterable[Stretch]) -> set[int]:
    """The first of the stretches, and those after it that are done with it."""
    found: dict[int, Stretch] = {}
    day, room = None, SIZE
    for each in waiting:
        if not found or (each.as_of == day and each.members <= room and each.association_id not in found):
            found[each.association_id] = each
            day, room = each.as_of, room - each.members
    return {each.pk for each in found.values()}


def turn_everywhere(*, today: date | None = None) -> int:
    """Let rule sets begin and end by their dates, and rate everybody anew where one did. Gives how many steps."""
    day, total = today or timezone.localdate(), 0
    for association_id in association_ids():
        with scope.of(association_id):
            if taken := turn(today=day):
                _anew(day, association_id)
                total += taken
    return total


def _anew(day: date, association_id: int) -> None:
    """Cut everybody again, whatever is left of a run for an earlier day: by then other rules were in force."""
    with scope.across_associations(
        why="rate everybody by the rules that came into force", within=association_id
    ):
        Stretch.objects.filter(done_at=None).update(done_at=timezone.now(), changed=0)
        cut(day, association_id=association_id)

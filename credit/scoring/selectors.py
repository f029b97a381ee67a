"""Questions about ratings, for the console's pages. All inside one association's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from associations.conduct import queue
from associations.tenancy import scope
from credit.scoring.models import FormerRating, Rating, Standing, Stretch
from credit.scoring.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

COMING_DAYS = 30
TREND_DAYS = 90
MINUTE = 60
GRADED = (State.RATED, State.PROVISIONAL, State.BARRED)
MOST_PREVIOUS = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the rating is: `waiting` of `members` wait. `members` is counted only while any wait.

    `asked`: everybody is being rated again; then `left_seconds` from the pace so far, once there is one.
    """

    members: int
    waiting: int
    asked: bool = False
    left_seconds: int | None = None

    @property
    def done(self) -> int:
        return max(0, self.members - self.waiting)

    @property
    def everybody_waits(self) -> bool:
        return self.asked or 0 < self.members <= self.waiting

    @property
    def left(self) -> str:
        """The time left, in words; empty where it is not known."""
        if self.left_seconds is None:
            return ""
        if self.left_seconds < MINUTE:
            return gettext("less than a minute left")
        minutes = -(-self.left_seconds // MINUTE)
        return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}


@dataclass(frozen=True, slots=True)
class Spread:
    """How many standings there are by state and grade."""

    rows: tuple[tuple[int, int, int], ...]

    @property
    def counts(self) -> list[int]:
        """AAA to D, those who show a grade."""
        found = dict.fromkeys(range(1, 11), 0)
        for state, shown, count in self.rows:
            if state in GRADED and shown in found:
                found[shown] += count
        return list(found.values())

    def of(self, *states: int) -> int:
        """How many are in one of the states."""
        return sum(count for state, _shown, count in self.rows if state in states)

    @property
    def present(self) -> int:
        """All but those who left."""
        return sum(count for state, _shown, count in self.rows if state != State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which so many ratings change, or may change, by themselves."""

    on: date
    count: int


def members() -> QuerySet[Any]:
    """Every membership, former ones too, by the key that leads to them."""
    return Standing._meta.get_field("membership").related_model._default_manager.all()  # noqa: SLF001 - Django's model API


def any_waits() -> bool:
    """Whether any member waits to be rated, by a fact or a run; one query. Counting is left to `progress`."""
    own = scope.association_id()
    return queue.places(own).values("id").union(to_do(own).values("id"), all=True).exists()


def progress(*, association_id: int | None) -> Progress:
    """How many members (of the association) wait to be rated, and of how many; two queries, four while any wait."""
    left = to_do(association_id)
    asked = left.aggregate(members=Sum("members"))["members"] or 0
    waiting = max(queue.waiting(association_id=association_id), asked)
    if not waiting:
        return Progress(0, 0)
    everybody = members() if association_id is None else members().filter(association_id=association_id)
    return Progress(everybody.count(), waiting, asked > 0, _left_seconds(left, asked) if asked else None)


def to_do(association_id: int | None) -> QuerySet[Stretch]:
    """The stretches not done yet."""
    rows = Stretch.objects.filter(done_at=None)
    return rows if association_id is None else rows.filter(association_id=association_id)


def come(day: date, *, association_id: int | None) -> list[tuple[int, int]]:
    """(association, membership) of the ratings whose day has come, association by association, each by its index."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT due.* FROM associations_association CROSS JOIN LATERAL (
              SELECT association_id, membership_id FROM credit_standing
              WHERE association_id = associations_association.id AND next_change_on <= %s::date OFFSET 0
            ) due WHERE %s::bigint IS NULL OR associations_association.id = %s::bigint
            """,
            [day, association_id, association_id],
        )
        return cursor.fetchall()


def _left_seconds(left: QuerySet[Stretch], members_left: int) -> int | None:
    """What is left at the pace of what is done of the same runs; none before the first stretch is done."""
    done = Stretch.objects.filter(run__in=left.values("run"), done_at__isnull=False)
    pace = done.aggregate(members=Sum("members"), since=Min("asked_at"))
    if not pace["members"]:
        return None
    return int((timezone.now() - pace["since"]).total_seconds() * members_left / pace["members"])


def spread() -> Spread:
    """Standings by state and grade; one query over one index."""
    rows = Standing.objects.order_by("state", "shown").values_list("state", "shown").annotate(n=Count("*"))
    return Spread(tuple(rows))


def coming(days: int = COMING_DAYS) -> list[Coming]:
    """The days from today on, `days` of them, on which ratings change by themselves; what is late counts as today."""
    today = timezone.localdate()
    due = Standing.objects.filter(next_change_on__lt=today + timedelta(days=days))
    found: dict[date, int] = {}
    for on, count in due.order_by("next_change_on").values_list("next_change_on").annotate(n=Count("*")):
        found[max(on, today)] = found.get(max(on, today), 0) + count
    return [Coming(on, count) for on, count in sorted(found.items())]


def standings() -> QuerySet[Standing]:
    """The list: every standing with the member it is of, one query."""
    return Standing.objects.select_related("membership")


def scores_before(membership_ids: Iterable[int], on: date) -> dict[int, int]:
    """The score each membership had on a day; those not rated by then are left out. One query."""
    asked = {"membership_id__in": list(membership_ids), "as_of__lte": on}
    former = FormerRating.objects.filter(**asked).order_by("membership_id", "-id").distinct("membership_id")
    rows = former.union(Standing.objects.filter(**asked), all=True).order_by("id")
    told = rows.values_list("membership_id", "score", "shown", "id")
    latest = {key: (score, shown) for key, score, shown, _number in told}
    return {key: score for key, (score, shown) in latest.items() if shown}


def ratings_given(**asked: Any) -> QuerySet[Any]:
    """The ratings asked for as they were given, former ones and those that stand. To be ordered, cut, and read; where
    columns are named, with those it is ordered by.
    """
    return FormerRating.objects.filter(**asked).union(Standing.objects.filter(**asked), all=True)


def ratings_of(membership_id: int, most: int = MOST_PREVIOUS) -> list[Rating]:
    """The ratings of a member, the latest first, `most` of them; one query."""
    return list(ratings_given(membership_id=membership_id).order_by("-id")[:most])


def ratings_by(membership_id: int, day: date, most: int = MOST_PREVIOUS) -> list[Rating]:
    """The ratings of a member given for a day or one before it, the latest first, `most` of them; one query."""
    return list(ratings_given(membership_id=membership_id, as_of__lte=day).order_by("-id")[:most])

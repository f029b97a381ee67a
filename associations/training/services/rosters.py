"""The monthly roster of each agency: how many streamers it has signed, how many of them are trained."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q, Sum

from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.members.models import AgencyLink, Membership
from associations.members.states import Category
from associations.tenancy import scope
from associations.training.models import Attendance
from associations.training.selectors.duties import requirements
from associations.training.states import Presence
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from core.accounts.models import User

SOURCE = "training"
WINDOW = timedelta(days=365)


def month_end_before(day: date) -> date:
    """The last day of the month before `day`'s."""
    return day.replace(day=1) - timedelta(days=1)


@transaction.atomic
def record_rosters(*, on: date, by: User | None = None) -> int:
    """Record the month that ended before `on` for every agency with signed streamers; gives how many facts.

    Signed: linked on the month's last day, both still members. Trained: the hours of a streamer's duty within
    the 365 days to that day, and an exam passed in them where one is required. An agency whose last streamer
    has left gets a roster of nobody, once. The same month again records nothing.
    """
    last_day = month_end_before(on)
    signed = signed_on(last_day)
    trained = trained_on(last_day)
    emptied = agencies_with_a_roster(before=last_day) - set(signed)
    facts = [
        roster(agency, last_day, len(streamers), len(streamers & trained))
        for agency, streamers in signed.items()
    ] + [roster(agency, last_day, 0, 0) for agency in sorted(emptied)]
    count = record_all(facts)
    if count:
        ledger.record(
            association_id=scope.association_id(),
            act=Act.ROSTER_TAKEN,
            thing="roster",
            thing_id=f"{last_day:%Y-%m}",
            detail={"agencies": count},
            by=by,
        )
    return count


def roster(agency_id: int, last_day: date, streamers: int, trained: int) -> Fact:
    return Fact(
        association_id=scope.association_id(),
        membership_id=agency_id,
        kind=FactKind.ROSTER,
        occurred_on=last_day,
        a=streamers,
        b=trained,
        source=SOURCE,
        source_ref=f"{last_day:%Y-%m}",
        key=f"roster:{agency_id}:{last_day:%Y-%m}",
    )


def signed_on(day: date) -> dict[int, set[int]]:
    """The streamers signed with each agency on a day.

    Who has left is asked apart: joined twice to its members, a table of links without statistics (after an import)
    is read in a plan that takes seconds.
    """
    left = set(Membership.objects.filter(left_on__lte=day).values_list("id", flat=True))
    rows = AgencyLink.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for agency_id, streamer_id in rows.order_by("agency_id").values_list("agency_id", "streamer_id"):
        if not {agency_id, streamer_id} & left:
            found[agency_id].add(streamer_id)
    return dict(found)


def trained_on(day: date) -> set[int]:
    """The streamers who have done, in the year up to a day, what their duty asks for."""
    hours, exam = requirements().of(Category.STREAMER, day.year)
    rows = (
        Attendance.objects.filter(
            membership__category=Category.STREAMER,
            presence=Presence.PRESENT,
            session__held_on__gt=day - WINDOW,
            session__held_on__lte=day,
        )
        .values("membership_id")
        .annotate(total=Sum("hours"), passes=Count("id", filter=Q(passed=True)))
        .filter(total__gte=hours)
    )
    if exam:
        rows = rows.filter(passes__gte=1)
    return set(rows.order_by().values_list("membership_id", flat=True))


def agencies_with_a_roster(*, before: date) -> set[int]:
    """Agencies whose latest roster before a day counts at least one streamer, and which are members still."""
    latest = (
        Fact.objects.filter(kind=FactKind.ROSTER, occurred_on__lt=before, membership__left_on=None)
        .order_by("membership_id", "-occurred_on", "-id")
        .distinct("membership_id")
        .values_list("membership_id", "a")
    )
    return {membership_id for membership_id, streamers in latest if streamers}

"""Questions about bars, for the console's pages. All inside one association's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from associations.discipline import selectors as discipline
from associations.members import selectors as members
from core.calendar.selectors import Calendar, UnknownYear, calendar
from core.subjects import selectors as subjects
from credit.blacklist.models import Bar, BarChange, BarEvent, BarNews, BarReview, Inquiry, OwnInquiry
from credit.blacklist.states import BarState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from core.accounts.models import User

SOON_DAYS = 90
IN_FORCE = (BarState.LISTED, BarState.SUSPENDED)
ENDED = (BarState.LIFTED, BarState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Due:
    """A review to come: its day, and the working days to it (None where the calendar does not reach that far)."""

    on: date
    remaining: int | None


@dataclass(frozen=True, slots=True)
class News:
    """A member of ours against whom another association has a bar in force. Its reasons stay there."""

    name: str
    member: str
    set_by: str
    bar: str
    told_at: datetime


def of_view(view: str) -> Q:
    """The bars of a tab: "due" within 90 days, "ended", else those in force."""
    if view == "ended":
        return Q(state__in=ENDED)
    if view == "due":
        last = timezone.localdate() + timedelta(days=SOON_DAYS)
        return Q(state__in=IN_FORCE, review_on__lte=last)
    return Q(state__in=IN_FORCE)


def counts() -> dict[str, int]:
    """How many bars each tab has, and how many reviews are overdue; one query."""
    late = Q(state__in=IN_FORCE, review_on__lt=timezone.localdate())
    return Bar.objects.aggregate(
        in_force=Count("id", filter=of_view("")),
        due=Count("id", filter=of_view("due")),
        ended=Count("id", filter=of_view("ended")),
        late=Count("id", filter=late),
    )


def bars(view: str = "", asked: Mapping[str, Any] | None = None) -> QuerySet[Bar]:
    """The list, the next review first, ended ones by the latest; with their members, one query."""
    asked = asked or {}
    rows = Bar.objects.filter(of_view(view)).select_related("membership")
    if term := asked.get("term"):
        rows = rows.filter(for_life=term == "life")
    if key := asked.get("q"):
        rows = rows.filter(Q(membership__name_key__contains=key) | Q(membership__number__iexact=key))
    return rows.order_by("-id") if view == "ended" else rows.order_by("review_on", "id")


def review_due(bar: Bar, *, days: Calendar | None = None) -> Due | None:
    """When a bar in force is reviewed; None for one that has ended. Counts working days from 90 days before."""
    if bar.state not in IN_FORCE:
        return None
    today = timezone.localdate()
    if (bar.review_on - today).days > SOON_DAYS:
        return Due(bar.review_on, None)
    try:
        return Due(bar.review_on, (days or calendar()).between(today, bar.review_on))
    except UnknownYear:
        return Due(bar.review_on, None)


def took_part(bars: Collection[Bar]) -> dict[int, frozenset[int]]:
    """Who had a part in the case of each bar, by its row: by the bar's own copy, and by the case as it stands now, for
    an appeal may have added people. One query.
    """
    now = discipline.people_of([each.decision_ref for each in bars])
    return {each.pk: frozenset(each.involved) | now[each.decision_ref] for each in bars}


def reviewers_left(bar: Bar) -> list[User]:
    """The association's reviewers of today who may review the bar; three queries."""
    out = took_part([bar])[bar.pk] | discipline.interested_in(bar.subject_id)
    return [user for user in discipline.reviewers(bar.association_id) if user.pk not in out]


def history(bar: Bar) -> list[BarEvent]:
    """What happened to a bar, the first thing first; one query."""
    return list(BarEvent.objects.filter(bar=bar).select_related("by").order_by("id"))


def liftings_of(bar: Bar) -> list[BarReview]:
    """Every proposal to lift the bar, the first first; at most one waits for its second person. One query."""
    rows = BarReview.objects.filter(bar=bar, keep=False).select_related("by", "second")
    return list(rows.order_by("id"))


def waits(proposals: Iterable[BarReview]) -> BarReview | None:
    """The one that waits for its second person, if there is one."""
    return next((each for each in proposals if each.agreed is None), None)


def liftings_open() -> QuerySet[BarReview]:
    """The liftings that wait for a second person, the oldest first."""
    rows = BarReview.objects.filter(keep=False, agreed=None)
    return rows.select_related("bar__membership").order_by("id")


def askers(bar: Bar) -> list[Inquiry]:
    """The register of who asked about a bar, the latest first, with the answers; one query."""
    rows = Inquiry.objects.filter(bar=bar).select_related("asked_by", "answer__by")
    return list(rows.order_by("-id"))


def inquiries_open() -> QuerySet[Inquiry]:
    """What other associations asked about our bars and waits for an answer, the oldest first."""
    return Inquiry.objects.filter(answer=None).select_related("asked_by", "bar__membership").order_by("id")


def own_inquiries() -> QuerySet[OwnInquiry]:
    """What we asked others about their bars, the latest first."""
    return OwnInquiry.objects.select_related("set_by", "by").order_by("-id")


def knows(bar_public_id: str) -> bool:
    """Whether this association was told that the bar exists: by word of it, or by screening."""
    return BarNews.objects.filter(bar_public_id=bar_public_id).exists() or members.asked_about(bar_public_id)


def changes(most: int = 50) -> list[BarChange]:
    """What became of the bars of others that we had word of, the latest first; one query."""
    return list(BarChange.objects.select_related("set_by").order_by("-at", "-id")[:most])


def unseen_changes() -> int:
    return BarChange.objects.filter(seen_at=None).count()


def news() -> list[News]:
    """Bars of other associations in force that concern our members, the latest first.

    News are never unsaid, so each is compared with what stands under the subject's marks today: one that has
    ended, or is suspended on appeal, is left out.
    """
    rows = BarNews.objects.filter(membership__left_on=None).select_related("membership", "set_by")
    told = list(rows.order_by("-id"))
    if not told:
        return []
    standing = {
        (hit.subject_id, hit.bar_public_id)
        for hit in subjects.hits({each.membership.subject_id for each in told})
    }
    return [
        News(
            each.membership.name,
            each.membership.public_id,
            each.set_by.name,
            each.bar_public_id,
            each.told_at,
        )
        for each in told
        if (each.membership.subject_id, each.bar_public_id) in standing
    ]

"""Listing bars and keeping them in step with the conduct file.

A bar follows from a fact of the conduct file: the expulsion or bar of a decision that counts. Whatever later
happens to that fact (stayed on appeal, reversed, its term over) happens to the bar at the next sweep, and every
association that received word of the bar is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from associations.conduct import selectors as conduct
from associations.conduct.catalogue import by_number
from associations.conduct.states import FactKind
from associations.discipline import selectors as discipline
from associations.members import selectors as members
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects.models import Mark, WatchMark
from core.subjects.states import MarkKind
from core.wake import wake
from credit.blacklist.models import Bar, BarEvent, BarNews
from credit.blacklist.states import BAR_TRANSITIONS, BarState

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User

REVIEW_YEARS = 3
PUBLISH_DUE = "credit.publication.tasks.publish_due"
WITHDRAW_ENDED = "credit.publication.tasks.withdraw_ended"


TELL = """
    INSERT INTO credit_barchange (association_id, bar_public_id, set_by_id, became, at)
    SELECT DISTINCT told.association_id, bar.public_id, bar.association_id, word.became, word.at
    FROM (
        SELECT association_id, bar_public_id, told_at AS since FROM credit_barnews
        UNION ALL SELECT association_id, bar_public_id, at FROM credit_owninquiry
        UNION ALL SELECT association_id, bar_public_id, raised_at FROM associations_screeningquestion
    ) told
    JOIN credit_bar bar ON bar.public_id = told.bar_public_id AND bar.association_id <> told.association_id
    JOIN LATERAL (
        SELECT event.after AS became, event.at FROM credit_barevent event
        WHERE event.association_id = bar.association_id AND event.bar_id = bar.id
          AND event.before NOT IN ('', event.after)
        UNION ALL
        SELECT 'contested', objection.at FROM associations_objection objection
        WHERE objection.association_id = bar.association_id AND objection.membership_id = bar.membership_id
          AND (objection.ref = bar.public_id OR objection.decision_ref = bar.decision_ref)
        UNION ALL
        SELECT own.became, own.at FROM associations_ownstatement statement,
        LATERAL (
            SELECT 'said', statement.checked_at WHERE statement.state = 'passed'
            UNION ALL
            SELECT 'unsaid', statement.taken_back_at FROM credit_barchange heard
            WHERE statement.state = 'taken_back' AND heard.association_id = told.association_id
              AND heard.bar_public_id = bar.public_id AND heard.at = statement.checked_at AND heard.became = 'said'
        ) own (became, at)
        WHERE statement.association_id = bar.association_id AND statement.membership_id = bar.membership_id
          AND (statement.ref = bar.public_id OR statement.decision_ref = bar.decision_ref)
    ) word ON word.at > told.since AND told.since > word.at - make_interval(years => %s)
    ON CONFLICT (association_id, bar_public_id, at) DO NOTHING
"""
"""Receivers by the three ways in which an association learns that a bar exists: told, asked, screened.

What its subject says beside it counts once an officer has passed it, as on the portal; that it was taken back is
told to who heard that it stood.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sweep did."""

    listed: int = 0
    changed: int = 0


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def list_bars(*, today: date | None = None) -> Outcome:
    """One sweep: list what the conduct file newly bars, and let every bar follow what became of its fact.

    One transaction a bar, so that one that cannot be listed holds up no other.
    """
    day = today or timezone.localdate()
    with scope.across_associations(why="find the bars to list and to follow"):
        standing = {fact_id: (key, BarState(state)) for fact_id, key, state in
                    Bar.objects.values_list("fact_id", "id", "state")}  # fmt: skip
        bans = conduct.bans()
        verdicts = conduct.verdicts_on_bans()
    listed = changed = 0
    for ban in bans:
        wanted = _wanted(verdicts.get(ban.id), ban.until_on, day)
        if ban.id not in standing:
            if wanted in {BarState.LISTED, BarState.SUSPENDED}:
                listed += _list(ban, wanted)
        else:
            bar_id, state = standing[ban.id]
            if wanted in BAR_TRANSITIONS[state]:
                _follow(bar_id, wanted)
                changed += 1
    changed += _watch()
    _tell_receivers()
    if listed or changed:
        wake(PUBLISH_DUE)
        wake(WITHDRAW_ENDED)
    return Outcome(listed, changed)


def _wanted(verdict: int | None, until_on: date | None, day: date) -> BarState:
    """The state a bar should have: what was last said about its fact, then its term."""
    if verdict in {FactKind.REVERSAL, FactKind.CORRECTION, FactKind.REPAIR, FactKind.DISCHARGE}:
        return BarState.LIFTED
    if until_on is not None and until_on < day:
        return BarState.EXPIRED
    return BarState.SUSPENDED if verdict == FactKind.STAY else BarState.LISTED


def _list(ban: conduct.FactRow, state: BarState) -> bool:
    """List it, if the decision behind it was taken by the full process and counts."""
    with scope.across_associations(
        why="list a bar, mark it for screening, tell other associations it exists"
    ):
        decision = discipline.decision_for_publication(ban.source_ref)
        if decision is None or not decision.counts:
            return False
        member, entry = conduct.subject_of(ban.membership_id), by_number(decision.catalogue_number)
        bar = Bar.objects.create(
            association_id=ban.association_id,
            membership_id=ban.membership_id,
            subject_id=member.subject_id,
            fact_id=ban.id,
            decision_ref=ban.source_ref,
            involved=sorted(discipline.people_involved(ban.source_ref)),
            ground=entry.name if entry else decision.number,
            for_life=ban.until_on is None,
            from_on=ban.occurred_on,
            until_on=ban.until_on,
            review_on=years_after(ban.occurred_on, REVIEW_YEARS),
            state=state,
        )
        BarEvent.objects.create(association_id=bar.association_id, bar=bar, before="", after=state)
        WatchMark.objects.bulk_create(
            WatchMark(
                kind=kind,
                index=index,
                bar_public_id=bar.public_id,
                set_by_id=bar.association_id,
                in_force=state == BarState.LISTED,
            )
            for kind, index in _watched(bar)
        )
        elsewhere = conduct.memberships_elsewhere(bar.subject_id, bar.association_id)
        BarNews.objects.bulk_create(
            BarNews(
                association_id=other.association_id,
                membership_id=other.id,
                bar_public_id=bar.public_id,
                set_by_id=bar.association_id,
            )
            for other in elsewhere
        )
        for association_id in sorted({bar.association_id, *(other.association_id for other in elsewhere)}):
            ledger.record(
                association_id=association_id,
                act=Act.BAR_LISTED,
                thing="bar",
                thing_id=bar.public_id,
                detail={"for_life": bar.for_life},
                by=None,
            )
    return True


def _watched(bar: Bar) -> list[tuple[int, bytes]]:
    """What screening is to compare: the barred one's own marks, and whom it was signed with on the day it began."""
    own = Mark.objects.filter(subject_id=bar.subject_id).values_list("kind", "index")
    linked = Mark.objects.filter(
        subject_id__in=members.linked_subjects(bar.membership_id, bar.from_on),
        kind__in=[MarkKind.USCC, MarkKind.IDENTITY],
    )
    found = [(int(MarkKind.LINK), bytes(index)) for index in linked.values_list("index", flat=True)]
    return [(kind, bytes(index)) for kind, index in own] + found


def _follow(bar_id: int, wanted: BarState) -> None:
    with scope.across_associations(why="let a bar follow its fact"):
        bar = Bar.objects.select_for_update().get(pk=bar_id)
        if wanted in BAR_TRANSITIONS[BarState(bar.state)]:  # a review may have come first
            move(bar, wanted, reasons="", by=None)


def _watch() -> int:
    """Screening compares with the marks of bars in force only. Gives how many bars' marks were put right."""
    with scope.across_associations(why="keep the marks of screening in step with the bars"):
        in_force = Bar.objects.filter(state=BarState.LISTED).values("public_id")
        ended = WatchMark.objects.filter(in_force=True).exclude(bar_public_id__in=in_force)
        back = WatchMark.objects.filter(in_force=False, bar_public_id__in=in_force)
        return ended.update(in_force=False) + back.update(in_force=True)


def _tell_receivers() -> None:
    """Whoever received word of a bar in the last three years is told what became of it, once a change."""
    with (
        scope.across_associations(why="tell who received word of a bar what became of it"),
        connection.cursor() as cursor,
    ):
        cursor.execute(TELL, [REVIEW_YEARS])


def move(bar: Bar, state: BarState, *, reasons: str, by: User | None) -> None:
    """Put the bar in a state, with the event and the trail. The caller has asked whether that is lawful."""
    before, bar.state = bar.state, state
    bar.save(update_fields=["state", "review_on"])
    BarEvent.objects.create(
        association_id=bar.association_id, bar=bar, before=before, after=state, reasons=reasons, by=by
    )
    ledger.record(
        association_id=bar.association_id,
        act=Act.BAR_REVIEWED if state == before else Act.BAR_LIFTED,
        thing="bar",
        thing_id=bar.public_id,
        why=reasons,
        detail={"before": before, "after": str(state)},
        by=by,
    )

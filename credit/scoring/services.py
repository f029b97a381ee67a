"""Rating the memberships whose facts, or whose day, have come. Works as the engine.

Everything goes through the conduct file's queue: a fact puts its membership there, the night puts those whose
`next_change_on` has come. A worker takes a batch off the queue, rates it and writes what changed, in one
transaction; killed in the middle, the batch is back on the queue and nothing was written.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected, LockNotAvailable

from associations.conduct import queue
from associations.conduct import selectors as conduct
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.wake import wake
from credit.rulesets.services import keep, ruleset_in_force
from credit.scoring import rules, selectors
from credit.scoring.evaluator import (
    ENGINE,
    Evaluation,
    Fact,
    FactError,
    Member,
    Previous,
    evaluate,
    inputs_sha,
)
from credit.scoring.models import Rating, RatingFigures, Standing

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User
    from credit.rulesets.method import RuleSet

log = structlog.get_logger(__name__)

BATCH = 500
LOCK_WAIT = "400ms"  # PostgreSQL looks for deadlocks after a second, and may then end the officer's verb
GIVE_WAY = 5
FIGURES = [field.name for field in RatingFigures._meta.local_fields if field.name != "association"]  # noqa: SLF001
# A rating is written when one of these differs from the standing one; the day alone is no change.
DECIDING = [name for name in FIGURES if name != "as_of"]
RATE_DUE = "credit.scoring.tasks.rate_due"
PUBLISH_DUE = "credit.publication.tasks.publish_due"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: memberships looked at, ratings written, memberships that could not be rated."""

    looked_at: int = 0
    changed: int = 0
    failed: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.looked_at + other.looked_at, self.changed + other.changed, self.failed + other.failed
        )


def rate_due(*, as_of: date | None = None, association_id: int | None = None) -> Outcome:
    """Rate everything that is due on `as_of` (today), batch by batch, until the queue is empty."""
    day = as_of or timezone.localdate()
    with scope.across_associations(why="find the ratings whose day has come"):
        come = Standing.objects.filter(next_change_on__lte=day)
        if association_id is not None:
            come = come.filter(association_id=association_id)
        queue.put(come.values_list("association_id", "membership_id"))
    total = Outcome()
    while batch := _rate_batch(day, association_id):
        total += batch
    return total


def rate_all(*, as_of: date | None = None, association_id: int | None = None) -> Outcome:
    """Rate every membership (of the association), due or not: for a new rule set, or for proof."""
    with scope.across_associations(why="queue every membership for rating"):
        queue.put_all(association_id=association_id)
    return rate_due(as_of=as_of, association_id=association_id)


@transaction.atomic
def ask(*, by: User | None) -> int:
    """Queue every member of the association in force for rating, at an officer's wish. Gives how many were added."""
    rules.may_ask(by, everybody_waits=selectors.progress().everybody_waits).enforce()
    association_id = scope.association_id()
    queued = queue.put_all(association_id=association_id)
    ledger.record(
        association_id=association_id,
        act=Act.RATING_ASKED,
        thing="ratings",
        thing_id=timezone.localdate().isoformat(),
        detail={"count": queued},
        by=by,
    )
    wake(RATE_DUE)
    return queued


@transaction.atomic
def note_export(*, kind: str, rows: int, asked: str, by: User | None) -> None:
    """Keep that the list was taken away: who, how many lines, by which filters."""
    rules.may_export(by, kind=kind, rows=rows).enforce()
    association_id = scope.association_id()
    ledger.record(
        association_id=association_id,
        act=Act.RATINGS_EXPORTED,
        thing="ratings",
        thing_id=timezone.localdate().isoformat(),
        detail={"rows": rows, "kind": kind, "filters": asked},
        by=by,
    )


def _rate_batch(day: date, association_id: int | None) -> Outcome | None:
    """One transaction: claim, rate, write. None when nothing was due, or officers are in the way for long.

    An officer's verb holds the ledger while it queues a member, whose place we may hold while we wait for the
    ledger. Of the two we give way, before PostgreSQL would end either: the batch is back on the queue.
    """
    for _ in range(GIVE_WAY):
        try:
            return _claimed_and_rated(day, association_id)
        except OperationalError as error:
            if not isinstance(error.__cause__, (LockNotAvailable, DeadlockDetected)):
                raise
            time.sleep(secrets.randbelow(200) / 1000)
    log.info("gave_way_to_officers", association=association_id)
    return None


def _claimed_and_rated(day: date, association_id: int | None) -> Outcome | None:
    with scope.across_associations(why="rate what is due"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])
        due = queue.claim(BATCH, association_id=association_id)
        if not due:
            return None
        outcome = _rate(due, day)
        if outcome.changed:
            wake(PUBLISH_DUE)
        return outcome


def _rate(membership_ids: list[int], day: date) -> Outcome:
    members = conduct.rated_members(membership_ids)
    facts = conduct.facts_of(membership_ids)
    standings = {
        each.membership_id: each for each in Standing.objects.filter(membership_id__in=membership_ids)
    }
    _keep_rulesets(members, day)
    written: list[Rating] = []
    kept: list[Standing] = []
    failed = 0
    for row in members:
        standing = standings.get(row.id)
        if standing and standing.as_of > day:
            continue  # rated for a later day already
        try:
            figures = _figures(row, facts[row.id], day, standing)
        except FactError as error:
            log.error("fact_cannot_be", membership=row.public_id, field=error.field, reason=error.reason)  # noqa: TRY400 - the trace says nothing the fields do not
            failed += 1
            continue
        if standing and all(_same(getattr(standing, name), figures[name]) for name in DECIDING):
            continue
        rating = Rating(association_id=row.association_id, membership_id=row.id, **figures)
        written.append(rating)
        kept.append(
            Standing(association_id=row.association_id, membership_id=row.id, rating=rating, **figures)
        )
    _write(written, kept)
    return Outcome(looked_at=len(members), changed=len(written), failed=failed)


def _keep_rulesets(members: list[conduct.RatedMember], day: date) -> None:
    """Every rule set the batch is rated by, once."""
    in_force = (ruleset_in_force(key, day) for key in sorted({row.association_id for row in members}))
    for ruleset in {each.sha256: each for each in in_force}.values():
        keep(ruleset)


def _write(ratings: list[Rating], standings: list[Standing]) -> None:
    if not ratings:
        return
    with transaction.atomic():
        Rating.objects.bulk_create(ratings)
        for standing in standings:
            standing.rating_id = standing.rating.pk
        Standing.objects.bulk_create(
            standings,
            update_conflicts=True,
            unique_fields=["association", "membership"],
            update_fields=[*FIGURES, "rating", "changed_at"],
        )
        for association_id, count in sorted(Counter(each.association_id for each in ratings).items()):
            ledger.record(
                association_id=association_id,
                act=Act.RATED,
                thing="ratings",
                thing_id=ratings[0].as_of.isoformat(),
                detail={"count": count, "engine": ENGINE},
                by=None,
            )


def _figures(
    row: conduct.RatedMember, facts: list[conduct.FactRow], day: date, standing: Standing | None
) -> dict[str, object]:
    ruleset = ruleset_in_force(row.association_id, day)
    evaluation = evaluate(
        ruleset, member_of(row), [fact_of(each) for each in facts], day, previous_of(standing)
    )
    return {
        "as_of": day,
        **{
            name: int(getattr(evaluation, name))
            for name in ("score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade",
                         "shown", "ceiling", "mask")
        },
        "next_change_on": evaluation.next_change_on,
        "up_on": evaluation.up_on,
        "last_fact_id": evaluation.last_fact_id,
        "inputs_sha": inputs_sha(member_of(row), (each.digest for each in facts)),
        "ruleset_sha": ruleset.digest,
        "engine": ENGINE,
    }  # fmt: skip


def member_of(row: conduct.RatedMember) -> Member:
    return Member(row.public_id, row.association, row.category, row.joined_on, row.contribution_opt_out)


def fact_of(row: conduct.FactRow) -> Fact:
    return Fact(
        row.id, row.kind, row.occurred_on, row.recorded_on, row.code, row.severity,
        row.a, row.b, row.c, row.d, row.e, row.until_on, row.ref_id,
    )  # fmt: skip


def previous_of(standing: RatingFigures | None) -> Previous | None:
    if standing is None:
        return None
    return Previous(standing.state, standing.shown, standing.up_on, standing.last_fact_id)


def _same(old: object, new: object) -> bool:
    return (bytes(old) if isinstance(old, memoryview) else old) == new


@dataclass(frozen=True, slots=True)
class Explained:
    """A standing rating taken apart: the evaluation with its lines, and the facts they name."""

    standing: Standing
    member: conduct.RatedMember
    ruleset: RuleSet
    evaluation: Evaluation
    facts: dict[int, conduct.FactRow]


def explain(membership_ids: list[int]) -> dict[int, Explained]:
    """Evaluate the standing ratings again, on their own day and facts, to give their lines; three queries.

    Lines are not kept: they are exact, so they are derived. Memberships never rated are left out. Works in
    the console's scope as well as in the engine's.
    """
    standings = {
        each.membership_id: each for each in Standing.objects.filter(membership_id__in=membership_ids)
    }
    known = conduct.facts_of(list(standings))
    found = {}
    for row in conduct.rated_members(list(standings)):
        standing = standings[row.id]
        facts = {each.id: each for each in known[row.id] if each.id <= (standing.last_fact_id or 0)}
        ruleset = ruleset_in_force(row.association_id, standing.as_of)
        evaluation = evaluate(
            ruleset, member_of(row), [fact_of(each) for each in facts.values()], standing.as_of
        )
        found[row.id] = Explained(standing, row, ruleset, evaluation, facts)
    return found

"""Rating the memberships whose facts, or whose day, have come. Works as the engine.

Everything goes through the conduct file's queue: a fact puts its membership there, the night puts those whose
`next_change_on` has come. A worker rates a batch of one association, writes what changed and takes it off the queue,
in one transaction; killed in the middle, the batch waits as before and nothing was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from associations.conduct import queue
from associations.conduct import selectors as conduct
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.wake import wake
from core.walls.turns import hold, hold_if_free
from credit.rulesets.services import keep, ruleset_in_force, ruleset_of
from credit.scoring import compiler, gate_queue, rules
from credit.scoring.evaluator import ENGINE, Checked, Evaluation, Fact, Member, Previous, evaluate
from credit.scoring.models import RatingFigures, Standing

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User
    from credit.rulesets.method import RuleSet

BATCH = 2000
FOR_THE_STATEMENT = {"jit": "off", "enable_nestloop": "off", "work_mem": "64MB"}
"""It runs for a moment and joins whole stretches: compiling costs more than it saves, and loops in loops cost most."""
# A rating is written when one of these differs from the standing one; the day alone is no change.
DECIDING = list(compiler.FIGURES)
FIGURES = ["as_of", *DECIDING]
RATE_DUE = "credit.scoring.tasks.rate_due"
PUBLISH_DUE = "credit.publication.tasks.publish_due"
PUBLISH_RATED = "credit.publication.tasks.publish_rated"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: memberships looked at, ratings written."""

    looked_at: int = 0
    changed: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.looked_at + other.looked_at, self.changed + other.changed)


def rate_due(*, as_of: date | None = None, association_id: int | None = None) -> Outcome:
    """Rate everything that is due on `as_of` (today), batch by batch, until the queue is empty.

    An association that another worker is at is left to it: that one looks for more when it is done.
    """
    day = as_of or timezone.localdate()
    with scope.across_associations(why="find the ratings whose day has come"):
        come = Standing.objects.filter(next_change_on__lte=day)
        if association_id is not None:
            come = come.filter(association_id=association_id)
        queue.put(come.values_list("association_id", "membership_id"))
    total, stuck = Outcome(), set[int]()
    while waiting := _waiting(association_id) - stuck:  # a batch each in turn: nobody waits for the largest
        for key in sorted(waiting):
            outcome, is_shorter = _rate_batch(key, day)
            total += outcome
            if not is_shorter:
                stuck.add(key)
    return total


def _waiting(association_id: int | None) -> set[int]:
    with scope.across_associations(why="find the associations whose members wait"):
        found = set(queue.associations())
    return found if association_id is None else found & {association_id}


def rate(association_id: int, day: date, among: compiler.Scope, **whom: int | list[int]) -> Outcome:
    """Rate members of one association in the caller's transaction, as the engine; the caller has `taken_turn`.

    `whom` are the parameters of `among`. What changed is written, told in the ledger and sent to the gate.
    """
    ruleset = ruleset_in_force(association_id, day)
    keep(ruleset)
    with connection.cursor() as cursor:
        settings = ", ".join(
            f"set_config('{name}', '{value}', true)" for name, value in FOR_THE_STATEMENT.items()
        )
        cursor.execute(f"SELECT {settings}")
        cursor.execute(
            compiler.write(ruleset, among),
            {
                "association": association_id,
                "as_of": day,
                "ruleset_sha": ruleset.digest,
                "engine": ENGINE,
                **whom,
            },
        )
        outcome = Outcome(*cursor.fetchone())
    if outcome.changed:
        ledger.record(
            association_id=association_id,
            act=Act.RATED,
            thing="ratings",
            thing_id=day.isoformat(),
            detail={"count": outcome.changed, "engine": ENGINE},
            by=None,
        )
        if among is not compiler.Scope.LISTED:  # who was listed is put into the queue to the gate
            wake(PUBLISH_DUE)
    return outcome


def take_turn(association_id: int, *, with_others: bool = False) -> None:
    """Have the association's ratings to oneself until the transaction ends: whoever rates reads every fact there is.

    `with_others`: beside others who rate stretches of members that do not overlap.
    """
    hold("rating", association_id, shared=with_others)


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


def _rate_batch(association_id: int, day: date) -> tuple[Outcome, bool]:
    """One transaction: who waits, rate, write, off this queue and into the gate's. Killed in the middle, they wait
    as before.

    Gives what came of it, and whether the queue is shorter now: not where another worker is at it, or all its places
    are held by facts just coming. An officer's verb holds a place in the queue and then the ledger; we hold the ledger
    and then take only places that nobody holds. So neither ever waits for the other in a ring.
    """
    with scope.across_associations(why="rate what is due", within=association_id):
        if not hold_if_free("rate what is due", association_id):
            return Outcome(), False
        take_turn(association_id)
        due = queue.first(BATCH, association_id=association_id)
        if not due:
            return Outcome(), False
        members = [key for key, _ in due]
        outcome = rate(association_id, day, compiler.Scope.LISTED, members=members)
        taken = queue.done(due, association_id=association_id)
        gate_queue.put(members, association_id=association_id)
        wake(PUBLISH_RATED)
    return outcome, taken > 0


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


@dataclass(frozen=True, slots=True)
class Explained:
    """A standing rating taken apart: the evaluation with its lines, the facts they name, and all as it was given."""

    standing: Standing
    member: conduct.RatedMember
    ruleset: RuleSet
    evaluation: Evaluation
    facts: dict[int, conduct.FactRow]
    known: Checked


def explain(membership_ids: list[int]) -> dict[int, Explained]:
    """Evaluate the standing ratings again, on their own day, facts and rule set, to give their lines; three queries.

    Lines are not kept: they are exact, so they are derived. Memberships never rated are left out. Works in
    the console's scope as well as in the engine's within one association.
    """
    standings = {
        each.membership_id: each for each in Standing.objects.filter(membership_id__in=membership_ids)
    }
    known = conduct.facts_of(list(standings))
    found = {}
    for row in conduct.rated_members(list(standings)):
        standing = standings[row.id]
        facts = {each.id: each for each in known[row.id] if each.id <= (standing.last_fact_id or 0)}
        ruleset = ruleset_of(standing.ruleset_sha)
        given = Checked.of(fact_of(each) for each in facts.values())
        evaluation = evaluate(ruleset, member_of(row), given, standing.as_of)
        found[row.id] = Explained(standing, row, ruleset, evaluation, facts, given)
    return found

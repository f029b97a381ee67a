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
from core.walls.turns import hold
from credit.rulesets.services import keep, ruleset_in_force, ruleset_of
from credit.scoring import compiler, rules
from credit.scoring.evaluator import ENGINE, Evaluation, Fact, Member, Previous, evaluate
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: memberships looked at, ratings written."""

    looked_at: int = 0
    changed: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.looked_at + other.looked_at, self.changed + other.changed)


def rate_due(*, as_of: date | None = None, association_id: int | None = None) -> Outcome:
    """Rate everything that is due on `as_of` (today), batch by batch, until the queue is empty."""
    day = as_of or timezone.localdate()
    with scope.across_associations(why="find the ratings whose day has come"):
        come = Standing.objects.filter(next_change_on__lte=day)
        if association_id is not None:
            come = come.filter(association_id=association_id)
        queue.put(come.values_list("association_id", "membership_id"))
    with scope.across_associations(why="find the associations whose members wait"):
        waiting = [association_id] if association_id is not None else queue.associations()
    total = Outcome()
    while waiting:  # a batch of each in turn: nobody waits for the largest
        rated = {key: _rate_batch(key, day) for key in waiting}
        total = sum(rated.values(), total)
        waiting = [key for key, batch in rated.items() if batch.looked_at == BATCH]
    return total


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


def _rate_batch(association_id: int, day: date) -> Outcome:
    """One transaction: who waits, rate, write, off the queue. Killed in the middle, they wait as before.

    An officer's verb holds a place in the queue and then the ledger; we hold the ledger and then take only places
    that nobody holds. So neither ever waits for the other in a ring.
    """
    with scope.across_associations(why="rate what is due", within=association_id):
        take_turn(association_id)
        due = queue.first(BATCH, association_id=association_id)
        if not due:
            return Outcome()
        outcome = rate(association_id, day, compiler.Scope.LISTED, members=[key for key, _ in due])
        queue.done(due, association_id=association_id)
    return outcome


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
    """A standing rating taken apart: the evaluation with its lines, and the facts they name."""

    standing: Standing
    member: conduct.RatedMember
    ruleset: RuleSet
    evaluation: Evaluation
    facts: dict[int, conduct.FactRow]


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
        evaluation = evaluate(
            ruleset, member_of(row), [fact_of(each) for each in facts.values()], standing.as_of
        )
        found[row.id] = Explained(standing, row, ruleset, evaluation, facts)
    return found

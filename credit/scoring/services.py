"""Rating the memberships whose facts, or whose day, have come. Works as the engine.

Everything goes through the conduct file's queue: a fact puts its membership there, the night puts those whose
`next_change_on` has come. A worker rates a batch, of all associations together, writes what changed and takes it off
the queue, in one transaction; killed in the middle, the batch waits as before and nothing was written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct import queue
from associations.conduct import selectors as conduct
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.wake import wake
from core.walls.turns import hold_each, hold_free
from credit.rulesets.services import in_force, keep, ruleset_of
from credit.scoring import compiler, gate_queue, prepared, rules, selectors
from credit.scoring.evaluator import ENGINE, Checked, Evaluation, Fact, Member, Previous, evaluate
from credit.scoring.models import Rating, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.accounts.models import User
    from credit.rulesets.method import RuleSet

BATCH = 5000
"""Members a transaction, shared by the associations that wait."""
RATING = "rating"
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
        queue.put(selectors.come(day, association_id=association_id))
    total, left = Outcome(), set[int]()
    while waiting := _waiting(association_id) - left:  # a batch of all together: nobody waits for the largest
        outcome, no_shorter = _rate_batch(waiting, day)
        total += outcome
        left |= no_shorter
    return total


def _waiting(association_id: int | None) -> set[int]:
    with scope.across_associations(why="find the associations whose members wait"):
        found = set(queue.associations())
    return found if association_id is None else found & {association_id}


def rate(asked: Sequence[compiler.Asked], day: date) -> dict[int, Outcome]:
    """Rate stretches of members in the caller's transaction, as the engine; the caller has taken the turns.

    One statement for all who have the same rule set. What changed is written and told in the ledger. Gives
    what came of it in each association.
    """
    of_rules: defaultdict[bytes, list[compiler.Asked]] = defaultdict(list)
    in_use = in_force({each.association_id for each in asked}, day)
    for each in asked:
        of_rules[in_use[each.association_id].digest].append(each)
    found = {}
    for stretches in of_rules.values():
        ruleset = in_use[stretches[0].association_id]
        keep(ruleset)
        found.update({key: Outcome(*told) for key, *told in prepared.write(ruleset, day, stretches)})
    if changed := {key: outcome.changed for key, outcome in found.items() if outcome.changed}:
        ledger.record_each(
            {key: {"count": count, "engine": ENGINE} for key, count in changed.items()},
            act=Act.RATED,
            thing="ratings",
            thing_id=day.isoformat(),
            by=None,
        )
    return found


def take_turns(association_ids: Iterable[int], *, with_others: bool = False) -> None:
    """Have the associations' ratings to oneself until the transaction ends: whoever rates reads every fact there is.

    `with_others`: beside others who rate stretches of members that do not overlap.
    """
    hold_each(RATING, association_ids, shared=with_others)


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


def _rate_batch(waiting: set[int], day: date) -> tuple[Outcome, set[int]]:
    """One transaction: who waits, rate, write, off this queue and into the gate's. Killed in the middle, they wait
    as before.

    Where stretches are being rated the others come first; then it is waited for. Gives what came of it, and the
    associations whose queue is no shorter now: those another worker is at, or all of whose places are held by facts
    just coming. An officer's verb holds a place in the queue and then the ledger; we hold the ledger and then take
    only places that nobody holds. So neither ever waits for the other in a ring.
    """
    with scope.across_associations(why="rate what is due"):
        ours = hold_free("rate what is due", waiting)
        if not (turns := hold_free(RATING, ours)):
            turns = ours[:1]
            take_turns(turns)
        due = queue.first(BATCH, association_ids=turns) if turns else []
        outcome, off = Outcome(), set[int]()
        if due:
            asked = [compiler.Asked(at.association_id, at.membership_id, at.membership_id) for at in due]
            outcome = sum(rate(asked, day).values(), outcome)
            off = set(queue.done(due))
            gate_queue.put((at.association_id, at.membership_id) for at in due)
            wake(PUBLISH_RATED)
    return outcome, (waiting - set(ours)) | (set(turns) - off)


def member_of(row: conduct.RatedMember) -> Member:
    return Member(row.public_id, row.association, row.category, row.joined_on, row.contribution_opt_out)


def fact_of(row: conduct.FactRow) -> Fact:
    return Fact(
        row.id, row.kind, row.occurred_on, row.recorded_on, row.code, row.severity,
        row.a, row.b, row.c, row.d, row.e, row.until_on, row.ref_id,
    )  # fmt: skip


def previous_of(standing: Rating | None) -> Previous | None:
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

"""Asking for a rehearsal, doing its parts on any worker, putting them together. Nothing of ratings is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import structlog
from django.db import DataError, connection, transaction
from django.utils import timezone

from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.wake import wake
from core.walls.turns import hold
from credit.rehearsal import rules, selectors, statement
from credit.rehearsal.models import Rehearsal, RehearsalPart
from credit.rehearsal.report.merging import merge
from credit.rehearsal.states import RehearsalState
from credit.rulesets import method
from credit.rulesets.models import RuleSetVersion
from credit.rulesets.selectors import ruleset_of as kept_version
from credit.scoring import prepared
from credit.scoring import selectors as scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from django.db.backends.utils import CursorWrapper

    from core.accounts.models import User
    from credit.rulesets.method import RuleSet

log = structlog.get_logger(__name__)

SIZE = 20_000
"""Members a part: a second or two of one core, some megabytes of memory."""
REHEARSE_PART = "credit.rehearsal.tasks.rehearse_part"
AT_ONCE = 16


@transaction.atomic
def ask(
    *,
    ruleset: RuleSet,
    as_of: date,
    group_name: str = "",
    group_ids: Collection[int] = (),
    by: User | None,
) -> Rehearsal:
    """Have a rule set rehearsed over every member of the association in force."""
    association_id = scope.association_id()
    hold("rehearse", association_id)
    rules.may_rehearse(by, running=selectors.running()).enforce()
    members = scoring.members().count()
    rehearsal = Rehearsal.objects.create(
        association_id=association_id,
        name=ruleset.id,
        version=ruleset.version,
        sha256=ruleset.digest,
        canonical=ruleset.canonical,
        as_of=as_of,
        members=members,
        group_name=group_name,
        group_ids=sorted(group_ids),
        asked_by=by,
    )
    _cut(rehearsal)
    ledger.record(
        association_id=association_id,
        act=Act.RULE_SET_REHEARSED,
        thing="rehearsal",
        thing_id=rehearsal.public_id,
        detail={
            "ruleset": ruleset.id,
            "sha256": ruleset.sha256,
            "as_of": as_of.isoformat(),
            "members": members,
        },
        by=by,
    )
    return rehearsal


def _cut(rehearsal: Rehearsal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO credit_rehearsalpart (association_id, rehearsal_id, first_id, last_id, members)
            SELECT %(association)s, %(rehearsal)s, min(id), max(id), count(*)
            FROM (
              SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part
              FROM associations_membership WHERE association_id = %(association)s
            ) numbered
            GROUP BY part ORDER BY part
            """,
            {"association": rehearsal.association_id, "rehearsal": rehearsal.pk, "size": SIZE},
        )
    for _ in range(min(AT_ONCE, -(-rehearsal.members // SIZE)) or 1):
        wake(REHEARSE_PART)


def rehearse_part(*, among: Collection[int] | None = None) -> bool:
    """Do the next part that nobody is at (of these rehearsals), then finish what is ready. Whether there was one.

    A rule set whose figures do not fit the database fails its rehearsal alone, so that others go on.
    """
    failed: int | None = None
    with scope.across_associations(why="rehearse a part of the members"):
        waiting = selectors.parts_to_do()
        if among is not None:
            waiting = waiting.filter(rehearsal_id__in=among)
        part = (
            waiting.select_for_update(skip_locked=True, of=("self",))
            .select_related("rehearsal")
            .order_by("id")
            .first()
        )
        if part is not None:
            try:
                with transaction.atomic():
                    part.tallies = _tally(part)
            except DataError:
                log.exception("rehearsal_failed", rehearsal=part.rehearsal_id)
                failed = part.rehearsal_id
            else:
                part.done_at = timezone.now()
                part.save(update_fields=["done_at", "tallies"])
                wake(REHEARSE_PART)
    _finish(failed)
    return part is not None


def _tally(part: RehearsalPart) -> dict[str, Any]:
    with connection.cursor() as cursor:
        _execute(cursor, statement.tally, part, ruleset_of(part.rehearsal), _known())
        (told,) = cursor.fetchone()
    found: dict[str, Any] = json.loads(told)
    return found


def _finish(failed: int | None) -> None:
    """Put together the rehearsals whose parts are all done; mark the one that failed."""
    with scope.across_associations(why="put the parts of a rehearsal together"):
        if failed is not None:
            Rehearsal.objects.filter(pk=failed, state=RehearsalState.RUNNING).update(
                state=RehearsalState.FAILED, done_at=timezone.now()
            )
        to_do = selectors.parts_to_do().values("rehearsal_id")
        ready = Rehearsal.objects.filter(state=RehearsalState.RUNNING).exclude(pk__in=to_do)
        for rehearsal in ready.select_for_update(skip_locked=True).order_by("id"):
            parts = RehearsalPart.objects.filter(rehearsal=rehearsal).order_by("id")
            rehearsal.report = merge(parts.values_list("tallies", flat=True).iterator(16))
            rehearsal.state, rehearsal.done_at = RehearsalState.DONE, timezone.now()
            rehearsal.save(update_fields=["report", "state", "done_at"])
            parts.update(tallies=None)


@transaction.atomic
def note_export(*, rehearsal: Rehearsal, kind: str, rows: int, by: User | None) -> None:
    """Keep that the movers were taken away."""
    done = rehearsal.state == RehearsalState.DONE
    rules.may_export(by, done=done, kind=kind, rows=rows).enforce()
    ledger.record(
        association_id=scope.association_id(),
        act=Act.REHEARSAL_EXPORTED,
        thing="rehearsal",
        thing_id=rehearsal.public_id,
        detail={"rows": rows, "kind": kind},
        by=by,
    )


def every_mover(rehearsal: Rehearsal) -> Iterator[tuple[Any, ...]]:
    """All who move, worked out anew part by part: `statement.MOVER`, then number, name, code and category.

    Each part is asked for in a scope of its own, and held alone: who reads slowly holds no transaction and little
    memory.
    """
    ruleset = ruleset_of(rehearsal)
    with scope.of(rehearsal.association_id):
        known = _known()
        parts = list(rehearsal.parts.defer("tallies").order_by("id"))
    for part in parts:
        with scope.of(rehearsal.association_id), connection.cursor() as cursor:
            _execute(cursor, statement.movers, part, ruleset, known)
            movers = cursor.fetchall()
        yield from movers


def ruleset_of(rehearsal: Rehearsal) -> RuleSet:
    return method.build(json.loads(bytes(rehearsal.canonical)))


def _known() -> list[RuleSet]:
    """The rule sets that may have given the standing ratings: every version kept, they are few."""
    kept = RuleSetVersion.objects.order_by("id").values_list("sha256", flat=True)
    return [kept_version(each) for each in kept] or [method.default()]


def _execute(
    cursor: CursorWrapper,
    asked: Callable[[RuleSet, list[RuleSet]], str],
    part: RehearsalPart,
    ruleset: RuleSet,
    known: list[RuleSet],
) -> None:
    """Ask of a part's members, by the plan kept for the question, the day and the rule sets."""
    rehearsal = part.rehearsal
    lists = {
        "associations": [rehearsal.association_id],
        "firsts": [part.first_id],
        "lasts": [part.last_id],
        "group": [each for each in rehearsal.group_ids if part.first_id <= each <= part.last_id],
    }
    prepared.execute(
        cursor,
        asked.__name__,
        ruleset,
        rehearsal.as_of,
        lists,
        statement=lambda: asked(ruleset, known),
        known=known,
    )

"""Reading a file as one kind of paperwork, and carrying out what it says: all of it, or nothing."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from associations.imports import rules
from associations.imports.models import Refusal, Run
from associations.imports.papers import decisions, figures, members, streamers, training
from associations.imports.papers.columns import remembered
from associations.imports.selectors import also_elsewhere
from associations.imports.states import Paper, RunState
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.paperwork import headings, reading
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.schemas import Problem
from core.walls.turns import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from associations.imports.plan import Plan
    from core.accounts.models import User
    from core.paperwork.reading import Table, Upload

PAPERS: dict[str, ModuleType] = {
    Paper.MEMBERS: members,
    Paper.STREAMERS: streamers,
    Paper.TRAINING: training,
    Paper.DECISIONS: decisions,
    Paper.FIGURES: figures,
}
BY_HEADINGS = frozenset({"no_headings", "missing_headings"})
KEPT = 2_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off Python's search for cycles: rows make none, and a hundred thousand of them would be looked through
    again and again, which takes as long as checking them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@uncollected()
def read(source: str | Path | IO[bytes] | Upload, paper: str) -> Table:
    """Read a file as this kind of paperwork. Raises `PaperworkRefused`."""
    return reading.read(source, PAPERS[paper].SCHEMA)


def recognise(source: IO[bytes] | Upload) -> tuple[str, Table]:
    """Read a file as the kind most of whose headings it has. Raises `PaperworkRefused`: the nearest miss."""
    nearest: PaperworkRefused | None = None
    for paper in PAPERS:
        source.seek(0)  # type: ignore[union-attr]
        try:
            table = read(source, paper)
        except PaperworkRefused as refused:
            if refused.code not in BY_HEADINGS:
                raise
            if nearest is None or nearness(refused) > nearness(nearest):
                nearest = refused
            continue
        return better(source, paper, table)
    assert nearest is not None  # noqa: S101 - there are five kinds
    raise nearest


def better(source: IO[bytes] | Upload, paper: str, table: Table) -> tuple[str, Table]:
    """The kind that knows more of the file's headings than this one and can read it, or else this one."""
    written = [*table.written.values(), *table.unknown]
    known = {other: fitting(written, other) for other in PAPERS}
    for other in sorted(PAPERS, key=lambda each: -known[each]):
        if known[other] <= known[paper]:
            break
        source.seek(0)  # type: ignore[union-attr]
        try:
            return other, read(source, other)
        except PaperworkRefused:
            continue
    return paper, table


def fitting(written: list[str], paper: str) -> int:
    """How many of these headings the kind knows."""
    columns = PAPERS[paper].SCHEMA.columns
    wanted = [
        headings.Wanted(column.name, tuple(map(headings.fold, column.aliases)), column.required)
        for column in columns
    ]
    return len(headings.recognise(0, written, wanted).places)


def nearness(refused: PaperworkRefused) -> tuple[int, int]:
    """How many headings were known, and how few lack; a file without any headings is the farthest."""
    if refused.code != "missing_headings":
        return 0, 0
    return len(refused.params["found"]), -len(refused.params["missing"])  # type: ignore[arg-type]


@uncollected()
def work_out(paper: str, table: Table) -> Plan:
    """What the file would change in the association in force."""
    try:
        plan: Plan = PAPERS[paper].plan(table, today=timezone.localdate())
    finally:
        remembered.cache_clear()
    unread = [name for name, has_headings in table.other_sheets if has_headings]
    if unread:
        plan.told["sheets_not_read"] += len(unread)
        plan.problems[:0] = [not_read(table, name) for name in unread]
    return plan


def not_read(table: Table, sheet: str) -> Problem:
    """One sheet is read: whether another of the same headings is this year's or last year's, a person knows."""
    return Problem(
        table.heading_row,
        sheet,
        "sheets_not_read",
        _("The sheet %(sheet)s has these headings too and was not read, only %(read)s: import it by itself."),
        {"sheet": sheet, "read": table.sheet},
        refused=False,
    )


@uncollected()
def carry_out(paper: str, table: Table, *, by: User | None, report: Callable[[int], None]) -> Plan:
    """Plan and do it, alone in the association: of two imports at once the second sees what the first did.

    The keys of what is written are checked with each statement: at the end of the transaction nothing else could be
    done meanwhile, and the list of what is to be checked would grow with the file.
    """
    hold("imports", scope.association_id())
    plan = work_out(paper, table)
    report(plan.rows - len(plan.accepted))
    if plan.accepted:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        plan.told.update(PAPERS[paper].carry_out(plan, today=timezone.localdate(), by=by, report=report))
    return plan


@transaction.atomic
def bring_in(*, paper: str, path: Path, dry_run: bool = False, by: User | None) -> Plan:
    """Import a file into the association in force, at once; `dry_run` only tells what it would do.

    Nothing is kept of a file that changed nothing. Raises `PaperworkRefused`.
    """
    rules.may_import(by).enforce()
    table = read(path, paper)
    if dry_run:
        return work_out(paper, table)
    started = timezone.now()
    plan = carry_out(paper, table, by=by, report=lambda _count: None)
    if plan.accepted:
        run = Run(
            association_id=scope.association_id(),
            paper=paper,
            filename=path.name[:200],
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            state=RunState.DONE,
            started_at=started,
            by=by,
        )
        tell(run, plan)
        run.done, run.ended_at = run.total, timezone.now()
        run.save(force_insert=True)
        keep(run, plan.problems)
        record(run)
    return plan


def tell(run: Run, plan: Plan) -> None:
    """Put the counts of a plan into the run."""
    summary = plan.summary()
    run.total = plan.rows
    for name in ("accepted", "refused", "duplicates", "unchanged"):
        setattr(run, name, summary.pop(name))
    run.summary = summary


def keep(run: Run, problems: Iterable[Problem]) -> None:
    """Keep what is wrong with which row, in place of what was kept before. Values of persons are masked already."""
    Refusal.objects.filter(run=run).delete()
    Refusal.objects.bulk_create(
        (
            Refusal(
                association_id=run.association_id,
                run=run,
                row=each.row,
                column=each.column[:60],
                code=each.code,
                message=each.message,
                refused=each.refused,
                value=each.value,
                params=plain(each.params),
            )
            for each in problems
        ),
        batch_size=KEPT,
    )


def plain(params: dict[str, object]) -> dict[str, Any]:
    """What fills a sentence, as JSON: numbers and lists as they are, all else as text."""
    with override("en"):  # a column's label is kept as its msgid, and told in the reader's language
        return {
            name: value if isinstance(value, int | float | list) else str(value)
            for name, value in params.items()
        }


def record(run: Run) -> None:
    """Tell the ledger that an import was carried out."""
    ledger.record(
        association_id=run.association_id,
        act=Act.MEMBERS_IMPORTED,
        thing="run",
        thing_id=run.public_id,
        detail={
            "paper": str(run.paper),
            "sha256": run.sha256,
            "accepted": run.accepted,
            "refused": run.refused,
            "duplicates": run.duplicates,
            "unchanged": run.unchanged,
            "reasons": run.summary,
        },
        by=run.by,
    )


def elsewhere(paper: str, plan: Plan) -> dict[str, int]:
    """How many firms of a member list are members of other associations too: for the operator's terminal alone."""
    return dict(sorted(also_elsewhere(plan.firms).items())) if paper == Paper.MEMBERS else {}

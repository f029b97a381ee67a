"""A run 导入: a file is previewed, confirmed by an officer, and carried out by whichever worker takes it.

The run's row is the queue. A worker claims it for a short while and says again and again that it lives; when it
dies, the claim lapses and another worker begins anew. The import itself is one transaction: either all of it stands
and the run is done, or nothing does.
"""

from __future__ import annotations

import base64
import hashlib
import io
import traceback
import zlib
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - a field's type
from typing import IO, TYPE_CHECKING

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from associations.imports import rules
from associations.imports.models import Run
from associations.imports.services import carrying
from associations.imports.services.pulse import LEASE, Lost, Pulse
from associations.imports.states import RunState
from associations.tenancy import scope
from core.paperwork.refusals import PaperworkRefused
from core.subjects import encryption
from core.verdicts import Denied
from core.wake import wake

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.paperwork.reading import Upload

RUN_IMPORTS = "associations.imports.tasks.run_imports"
PURPOSE = "import"
ATTEMPTS = 5
_log = structlog.get_logger(__name__)


@transaction.atomic
def preview(*, file: IO[bytes] | Upload, filename: str, paper: str = "", by: User) -> Run:
    """Read a file and keep what it would change; `paper` empty: the kind is recognised by the headings.

    Raises `PaperworkRefused`; then nothing is kept.
    """
    rules.may_import(by).enforce()
    if paper:
        table = carrying.read(file, paper)
    else:
        paper, table = carrying.recognise(file)
    plan = carrying.work_out(paper, table)
    file.seek(0)  # type: ignore[union-attr]
    content = file.read()  # type: ignore[union-attr]
    run = Run(
        association_id=scope.association_id(),
        paper=paper,
        filename=filename[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=sealed(content),
        by=by,
    )
    carrying.tell(run, plan)
    run.save(force_insert=True)
    carrying.keep(run, plan.problems)
    return run


@transaction.atomic
def confirm(*, run: Run, by: User) -> None:
    """Have a worker carry the run out."""
    run = Run.objects.select_for_update(of=("self",)).defer("content").get(pk=run.pk)
    rules.may_confirm(by, run).enforce()
    Run.objects.filter(pk=run.pk).update(state=RunState.WAITING, by=by)
    wake(RUN_IMPORTS)


@transaction.atomic
def cancel(*, run: Run, by: User) -> None:
    """Take the run back; its content is dropped at once."""
    run = Run.objects.select_for_update(of=("self",)).defer("content").get(pk=run.pk)
    rules.may_cancel(by, run).enforce()
    Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED, content=None, ended_at=timezone.now())


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that one worker has; `since` is what tells it from whoever claims the run next."""

    run_id: int
    association_id: int
    since: datetime


def run_waiting() -> int:
    """Carry out every run that waits, or whose worker has died; gives how many were ended."""
    ended = 0
    while claim := _claim():
        ended += _carry_out(claim)
    return ended


def _claim() -> Claim | None:
    """Take the next run for a while; others skip it."""
    with scope.across_associations(why="take the next import that waits"):
        now = timezone.now()
        free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, lease_until__lt=now)
        run = (
            Run.objects.select_for_update(skip_locked=True, of=("self",))
            .defer("content")
            .filter(free)
            .order_by("id")
            .first()
        )
        if run is None:
            return None
        Run.objects.filter(pk=run.pk).update(
            state=RunState.RUNNING, started_at=now, lease_until=now + LEASE, done=0
        )
        return Claim(run.pk, run.association_id, now)


def _carry_out(claim: Claim) -> bool:
    """Carry one run out and end it; False when another worker has it by now, or it is to be tried again."""
    try:
        with Pulse(claim.association_id, claim.run_id, claim.since) as pulse, scope.of(claim.association_id):
            run = Run.objects.select_related("by").get(pk=claim.run_id)
            table = carrying.read(io.BytesIO(opened(run.content or b"")), run.paper)
            plan = carrying.carry_out(run.paper, table, by=run.by, report=pulse.report)
            pulse.stop()
            _end(claim, RunState.DONE, run, plan)
    except Lost:
        _log.warning("import taken over by another worker", run=claim.run_id)
        return False
    except PaperworkRefused as refused:
        return _refuse(claim, {"code": refused.code, "params": carrying.plain(refused.params)})
    except Denied as denied:
        return _refuse(claim, {"code": "denied", "sentence": str(denied)})
    except Exception as failed:  # noqa: BLE001 - whatever it is, the run must not be lost
        # Not the message: the database quotes rows in it, and rows are persons.
        frames = traceback.extract_tb(failed.__traceback__)[-3:]
        where = [f"{frame.filename}:{frame.lineno}" for frame in frames]
        _log.error("import failed", run=claim.run_id, kind=type(failed).__name__, where=where)
        return _try_again(claim, again=isinstance(failed, DatabaseError))
    return True


def _end(claim: Claim, state: RunState, run: Run, plan: carrying.Plan) -> None:
    """Say in the import's own transaction that it is done; whoever has lost the run undoes all of it."""
    carrying.tell(run, plan)
    mine = Run.objects.filter(pk=claim.run_id, state=RunState.RUNNING, started_at=claim.since)
    if not mine.update(
        state=state,
        content=None,
        total=run.total,
        done=run.total,
        accepted=run.accepted,
        refused=run.refused,
        duplicates=run.duplicates,
        unchanged=run.unchanged,
        summary=run.summary,
        lease_until=None,
        ended_at=timezone.now(),
    ):
        raise Lost
    carrying.keep(run, plan.problems)
    carrying.record(run)


def _refuse(claim: Claim, why: dict[str, object]) -> bool:
    with scope.of(claim.association_id):
        mine = Run.objects.filter(pk=claim.run_id, state=RunState.RUNNING, started_at=claim.since)
        return bool(
            mine.update(
                state=RunState.REFUSED, refusal=why, content=None, lease_until=None, ended_at=timezone.now()
            )
        )


def _try_again(claim: Claim, *, again: bool) -> bool:
    """After an error of the database the run is tried again when its claim lapses, a few times; else it is ended."""
    with scope.of(claim.association_id):
        run = Run.objects.defer("content").get(pk=claim.run_id)
        attempts = run.refusal.get("attempts", 0) + 1
        if not again or attempts >= ATTEMPTS:
            return _refuse(claim, {"code": "failed", "attempts": attempts})
        mine = Run.objects.filter(pk=claim.run_id, state=RunState.RUNNING, started_at=claim.since)
        mine.update(refusal={"attempts": attempts})
        return False


def sealed(content: bytes) -> bytes:
    """The file as it waits: packed and sealed, since it holds personal data."""
    return encryption.seal(base64.b64encode(zlib.compress(content, 1)).decode(), PURPOSE)


def opened(content: bytes | memoryview) -> bytes:
    return zlib.decompress(base64.b64decode(encryption.unseal(content, PURPOSE)))

"""Runs: preview, confirmation, the worker, its death, and two workers at once."""

import gc
import io
import os
import signal
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from associations.conduct.models import Fact
from associations.imports import services
from associations.imports.models import Refusal, Run
from associations.imports.services import carrying, running
from associations.imports.states import Paper, RunState
from associations.imports.tasks import run_imports
from associations.members import loading
from associations.members.models import Membership
from associations.tenancy import scope
from core.accounts.models import Appointment
from core.ledger.models import Entry
from core.paperwork.refusals import PaperworkRefused
from core.verdicts import Denied
from tests.associations.imports.conftest import EXPECTED, FILES
from tests.cast import uscc

LIST = FILES / "会员名册.xlsx"


def previewed(house, path=LIST, paper=""):
    with scope.of(house.association), path.open("rb") as file:
        return services.preview(file=file, filename=path.name, paper=paper, by=house.clerk)


def waiting(house, path=LIST):
    run = previewed(house, path)
    with scope.of(house.association):
        services.confirm(run=run, by=house.clerk)
    return run


def now(house, run):
    with scope.of(house.association):
        return Run.objects.get(pk=run.pk)


def members(house):
    with scope.of(house.association):
        return sorted(Membership.objects.values_list("code", "name", "number"))


def facts(house):
    with scope.of(house.association):
        return Fact.objects.count()


@pytest.fixture
def small(monkeypatch):
    """Make batches small, so that an import has a middle."""
    monkeypatch.setattr("associations.imports.plan.BATCH", 40)
    for module in ("members", "figures", "streamers"):
        monkeypatch.setattr(
            f"associations.imports.papers.{module}.batches",
            lambda rows, size=40: _batches(list(rows), size),
        )


def _batches(rows, size):
    return iter([rows[at : at + size] for at in range(0, len(rows), size)])


def test_a_preview_changes_nothing_and_says_what_would_happen(city):
    run = previewed(city)
    assert (run.paper, run.state, run.total) == (Paper.MEMBERS, RunState.PREVIEW, 182)
    assert (run.accepted, run.refused, run.duplicates, run.unchanged) == (164, 16, 2, 0)
    assert {key: run.summary[key] for key in EXPECTED["会员名册.xlsx"] if key != "accepted"} == {
        key: count for key, count in EXPECTED["会员名册.xlsx"].items() if key != "accepted"
    }
    assert members(city) == []
    with scope.of(city.association):
        assert Refusal.objects.filter(run=run).count() == 18
    content = bytes(now(city, run).content)
    assert running.opened(content) == LIST.read_bytes()
    assert LIST.read_bytes()[:40] not in content


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("会员名册.xlsx", Paper.MEMBERS),
        ("省协会单位会员.csv", Paper.MEMBERS),
        ("主播名单.csv", Paper.STREAMERS),
        ("培训签到表.xlsx", Paper.TRAINING),
        ("历年决定.csv", Paper.DECISIONS),
        ("平台月报.jsonl", Paper.FIGURES),
    ],
)
def test_the_kind_is_recognised_by_the_headings(name, paper):
    with (FILES / name).open("rb") as file:
        assert services.recognise(file)[0] == paper


def test_the_kind_is_recognised_by_headings_and_title():
    sheet = (
        "课程：合规　日期：2026-03-12　学时：4\n艺名,信用代码/证件号,签到,成绩\n甲,9199000077631706DQ,√,88\n"
    )
    assert services.recognise(io.BytesIO(sheet.encode()))[0] == Paper.TRAINING


def test_the_nearest_miss_is_told():
    with pytest.raises(PaperworkRefused) as refused:
        services.recognise(io.BytesIO("信用代码,月份,平台,订单数,成立投诉\n".encode()))
    assert refused.value.params["missing"] == ["办结投诉", "按时答复", "已解决"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_carries_out_what_was_confirmed(city):
    run = waiting(city)
    assert now(city, run).state == RunState.WAITING
    run_imports()
    done = now(city, run)
    assert (done.state, done.done, done.total, done.content, done.lease_until) == (
        RunState.DONE, 182, 182, None, None,
    )  # fmt: skip
    assert (done.accepted, done.refused, done.duplicates) == (164, 16, 2)
    assert len(members(city)) == facts(city) == 164
    with scope.of(city.association):
        entry = Entry.objects.get(thing="run")
        assert (entry.thing_id, entry.actor, entry.detail["accepted"]) == (run.public_id, city.clerk, 164)
    assert services.run_waiting() == 0


def test_a_confirmed_run_cannot_be_confirmed_again_and_a_cancelled_one_is_gone(city):
    run = previewed(city)
    with scope.of(city.association):
        services.cancel(run=run, by=city.clerk)
        assert (Run.objects.get().state, Run.objects.get().content) == (RunState.CANCELLED, None)
        with pytest.raises(Denied, match="confirmed or cancelled already"):
            services.confirm(run=run, by=city.clerk)
        with pytest.raises(Denied, match="can no longer be cancelled"):
            services.cancel(run=run, by=city.clerk)


def test_only_clerks_and_administrators_import(city):
    run = previewed(city)
    with scope.of(city.association):
        for verb in (services.confirm, services.cancel):
            with pytest.raises(Denied, match="Only these roles"):
                verb(run=run, by=city.reviewer)
        with pytest.raises(Denied, match="Only these roles"), LIST.open("rb") as file:
            services.preview(file=file, filename="a", by=city.observer)


def test_a_file_that_changes_nothing_cannot_be_confirmed(city, csv):
    run = previewed(
        city, csv(["会员名称", "信用代码", "类型", "入会日期"], ["甲公司", "1", "商家", "2024-1-1"])
    )
    with scope.of(city.association), pytest.raises(Denied, match="No row of this file"):
        services.confirm(run=run, by=city.clerk)


@pytest.mark.django_db(transaction=True)
def test_a_revoked_role_stops_what_was_confirmed(city):
    run = waiting(city)
    Appointment.objects.filter(user=city.clerk).update(until=timezone.localdate() - timedelta(days=1))
    run_imports()
    assert (now(city, run).state, now(city, run).refusal["code"], members(city)) == (
        RunState.REFUSED, "denied", [],
    )  # fmt: skip


def test_cycles_are_searched_for_again_after_every_import(city, monkeypatch):
    inside = []
    original = loading.enter

    def enter(*args, **options):
        inside.append(gc.isenabled())
        return original(*args, **options)

    monkeypatch.setattr(loading, "enter", enter)
    waiting(city)
    run_imports()
    with pytest.raises(PaperworkRefused):
        previewed(city, FILES / "expected.json")
    assert (inside, gc.isenabled()) == ([False], True)


# --- faults ---


def die_at_the(nth, kill):
    """Let `loading.enter` kill its own process when it is called for the nth time."""
    calls = []
    original = loading.enter

    def enter(*args, **options):
        calls.append(1)
        if len(calls) == nth:
            kill()
        return original(*args, **options)

    loading.enter = enter


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_changes_nothing_and_the_next_one_does_all(city, province, small):
    run, other = waiting(city), waiting(province)
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            die_at_the(3, lambda: os.kill(os.getpid(), signal.SIGKILL))
            run_imports()
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    left = now(city, run)
    assert (left.state, members(city), facts(city)) == (RunState.RUNNING, [], 0)
    assert left.content is not None
    run_imports()  # the dead worker's claim has not lapsed: only the other run is free
    assert (now(city, run).state, now(province, other).state) == (RunState.RUNNING, RunState.DONE)
    with scope.of(city.association):
        Run.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    run_imports()
    assert now(city, run).state == RunState.DONE
    assert members(city) == members(province)  # as without the kill
    assert facts(city) == facts(province) == 164


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_do_the_same_run_twice(city):
    runs = [waiting(city), waiting(city)]
    barrier, ended = threading.Barrier(3), []

    def work():
        barrier.wait()
        ended.append(services.run_waiting())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sum(ended) == 2
    states = [now(city, run) for run in runs]
    assert {each.state for each in states} == {RunState.DONE}
    assert sorted((each.accepted, each.unchanged) for each in states) == [(0, 164), (164, 0)]
    assert len(members(city)) == 164


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_whoever_has_lost_the_run_undoes_what_was_done(city, monkeypatch):
    run = waiting(city)
    original = carrying.carry_out

    def slow(*args, **options):
        plan = original(*args, **options)
        _from_outside(city, run, started_at=timezone.now())
        return plan

    monkeypatch.setattr(carrying, "carry_out", slow)
    assert services.run_waiting() == 0
    assert (members(city), now(city, run).state) == ([], RunState.RUNNING)


def _from_outside(house, run, **changes):
    """Change the run on another connection, as another worker would."""

    def change():
        with scope.of(house.association):
            Run.objects.filter(pk=run.pk).update(**changes)
        connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_while_it_runs(city, small, monkeypatch):
    monkeypatch.setattr("associations.imports.services.pulse.EVERY_SECONDS", 0.01)
    run, seen = waiting(city), []
    original = loading.enter

    def enter(*args, **options):
        thread = threading.Event()
        thread.wait(0.1)
        seen.append(_seen(city, run))
        return original(*args, **options)

    monkeypatch.setattr(loading, "enter", enter)
    run_imports()
    assert seen == [(18, 182), (58, 182), (98, 182), (138, 182), (178, 182)]


def _seen(house, run):
    found = []

    def look():
        with scope.of(house.association):
            found.extend(Run.objects.filter(pk=run.pk).values_list("done", "total"))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_an_unforeseen_failure_ends_the_run_and_names_no_row(city, monkeypatch, caplog):
    run = waiting(city)

    def fail(*_args, **_options):
        raise ValueError(f"row of {uscc(1)} 张三")

    monkeypatch.setattr(loading, "enter", fail)
    assert services.run_waiting() == 1
    assert (now(city, run).state, now(city, run).refusal) == (
        RunState.REFUSED, {"code": "failed", "attempts": 1},
    )  # fmt: skip
    assert "张三" not in caplog.text
    assert members(city) == []

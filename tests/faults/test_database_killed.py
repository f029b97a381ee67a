"""PostgreSQL killed under work, one backend or the whole server: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import psycopg
import pytest
from django.utils import timezone

from config.embedded import postgres
from tests.faults.site import OPTIONS, eventually, web_server, with_broker, worker

if TYPE_CHECKING:
    from tests.faults.site import Answer, Site, Web

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]
SERVING_SECONDS = 5


@dataclass
class Load:
    """Clerks at work: courses entered, checks made, pages read, all at once, until told to stop."""

    web: Web
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    acknowledged: dict[str, list[str]] = field(default_factory=lambda: {"course": [], "check": []})
    stop: threading.Event = field(default_factory=threading.Event)

    def course(self, name: str) -> Answer:
        data = {"name": name, "hours": "4", "pass_mark": "60", "valid_days": "365"}
        return self.web.ask(self.web.console("training/courses/"), data, role="clerk")

    def check(self, name: str) -> Answer:
        members = self.web.site.told["members"]
        member = members[2 + int(name[:4], 16) % (len(members) - 2)]
        data = {
            "item": str(1 + int(name[4:6], 16) % 6), "passed": "yes", "evidence": name,
            "checked_on": timezone.localdate().isoformat(),
        }  # fmt: skip
        return self.web.ask(self.web.console(f"members/{member}/checks/"), data, role="clerk")

    def read(self, _name: str) -> Answer:
        return self.web.ask(self.web.console("members/"), role="clerk")

    def look(self, _name: str) -> Answer:
        return self.web.ask("/ratings/")

    def work(self, what: str) -> None:
        while not self.stop.is_set():
            name = uuid.uuid4().hex
            answer = getattr(self, what)(name)
            self.answers.append((what, answer))
            if what in self.acknowledged and answer.status == 302:
                self.acknowledged[what].append(name)
            if answer.status != 302:
                time.sleep(0.02)

    def __enter__(self) -> Self:
        self.threads = [
            threading.Thread(target=self.work, args=[what]) for what in ("course", "check", "read", "look")
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


def backend(site: Site, database: str) -> None:
    """Kill -9 one backend that serves the site; the server then cuts off all others and recovers by itself."""
    with site.owner() as server:
        victims = server.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'register_app' "
            "ORDER BY state = 'active' DESC, query_start DESC LIMIT 1",
            [database],
        ).fetchall()
    for (pid,) in victims:
        with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
            os.kill(pid, signal.SIGKILL)


def postmaster(site: Site, _database: str) -> None:
    """Kill -9 the whole server, then start it again as the supervisor does."""
    os.kill(postgres.postmaster_pid(site.where), signal.SIGKILL)
    postgres.ensure(site.where, options=OPTIONS)


def immediate(site: Site, _database: str) -> None:
    """Stop it the way that leaves crash recovery to the next start."""
    control = postgres._binaries(site.where) / "pg_ctl"
    done = postgres._run(control, "-D", site.where.data, "-m", "immediate", "-w", "stop", check=False)
    assert done.returncode == 0
    postgres.ensure(site.where, options=OPTIONS)


FAULTS = [backend, postmaster, immediate, backend]


def break_under_load(site, tmp_path, faults) -> None:
    database = site.clone()
    with (
        with_broker(site, database),
        web_server(site, tmp_path / "web.log", database=database) as web,
        worker(site, tmp_path / "worker.log", database=database),
    ):
        slowest = 0.0
        with Load(web) as load:
            for fault in faults:
                so_far = len(load.acknowledged["check"])
                eventually(lambda so_far=so_far: len(load.acknowledged["check"]) > so_far + 5, seconds=60)
                fault(site, database)
                eventually(lambda: accepts(site), seconds=60)
                began = time.monotonic()
                eventually(lambda: web.ask("/healthz", timeout=5).status == 200, seconds=60)
                slowest = max(slowest, time.monotonic() - began)
        assert slowest < SERVING_SECONDS
        wrong = [(what, each.status, each.body[:200]) for what, each in load.answers
                 if each.status not in {200, 302, 503}]  # fmt: skip
        assert wrong == []
        refused = [each for _, each in load.answers if each.status == 503]
        assert refused
        assert all(each.headers.get("retry-after") == "5" for each in refused)
        with site.owner(database) as server:
            for what, table, column in (
                ("course", "associations_course", "name"),
                ("check", "associations_check", "evidence"),
            ):
                kept = [name for (name,) in server.execute(f"SELECT {column} FROM {table}")]
                assert len(load.acknowledged[what]) > 5 * len(faults)
                assert set(load.acknowledged[what]) - set(kept) == set()
                assert what == "check" or len(kept) == len(set(kept))
        eventually(lambda: rated(site, database), seconds=90)
    eventually(lambda: site.breaches(database) == [], seconds=30, every=1)
    for name in (database, f"{database}_broker"):
        site.drop(name)


def accepts(site) -> bool:
    try:
        with site.owner() as server:
            return server.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def rated(site, database) -> bool:
    """The worker has come to rest by itself, over every kill of its database and its broker."""
    with site.owner(database) as server:
        return server.execute(
            "SELECT (SELECT count(*) FROM associations_conductdue) = 0 AND (SELECT count(*) FROM credit_candidate) > 0 "
            "AND (SELECT bool_and(standing.id::text = candidate.version) FROM credit_standing standing "
            "JOIN credit_candidate candidate ON candidate.membership_id = standing.membership_id "
            "AND candidate.kind = 'rating')"
        ).fetchone() == (True,)


def test_killed_under_work(site, tmp_path):
    break_under_load(site, tmp_path, FAULTS)


@pytest.mark.long
def test_killed_under_work_many_times(site, tmp_path):
    break_under_load(site, tmp_path, FAULTS * 10)


HERE = {200, 302}
PAGES = (
    "/",
    "/ratings/",
    "/en/ratings/",
    "/api/v1/ratings/",
    "/healthz",
    "/account/where/",
    "/associations/",
)


def test_away_it_is_503_and_back_it_is_200_without_a_restart(site, tmp_path):
    database = site.clone()
    with web_server(site, tmp_path / "log", workers=1, database=database) as web:
        load = Load(web)

        def answers() -> dict[str, Answer]:
            told = {page: web.ask(page, role="clerk") for page in PAGES}
            told["console"] = web.ask(web.console("members/"), role="clerk")
            return told

        assert {page: each.status for page, each in answers().items() if each.status not in HERE} == {}
        control = postgres._binaries(site.where) / "pg_ctl"
        postgres._run(control, "-D", site.where.data, "-m", "immediate", "-w", "stop")
        try:
            for _ in range(2):
                away = answers()
                posted = load.course("while away")
                assert {page: each.status for page, each in away.items() if each.status != 503} == {}
                assert posted.status == 503
                assert {each.headers.get("retry-after") for each in (*away.values(), posted)} == {"5"}
                assert max(each.seconds for each in away.values()) < 3
                assert "Traceback" not in "".join(each.body for each in away.values())
        finally:
            postgres.ensure(site.where, options=OPTIONS)
        eventually(web.ready, seconds=SERVING_SECONDS)
        assert {page: each.status for page, each in answers().items() if each.status not in HERE} == {}
        assert load.course("back again").status == 302
    site.drop(database)

"""The broker down: the console goes on at its usual pace, and the ratings catch up when it is back."""

from __future__ import annotations

import socket
import time
import uuid

import pytest
from psycopg import sql

from tests.faults.site import eventually, web_server, with_broker, worker
from tests.faults.test_database_killed import Load, rated

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

PACE_SECONDS = 1.0
FIRST_SECONDS = 5.0


def checks(load: Load, count: int) -> list[float]:
    """So many checks made one after the other; how long each took. Every one must be acknowledged."""
    seconds = []
    for _ in range(count):
        answer = load.check(uuid.uuid4().hex)
        assert answer.status == 302, answer.body[:2000]
        seconds.append(answer.seconds)
    return seconds


def take_away(site, broker: str) -> None:
    with site.owner() as server:
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(broker)))
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [broker])


def give_back(site, broker: str) -> None:
    with site.owner() as server:
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(broker)))


def waiting(site, database: str) -> int:
    with site.owner(database) as server:
        return server.execute("SELECT count(*) FROM associations_conductdue").fetchone()[0]


def test_the_console_goes_on_and_ratings_catch_up(site, tmp_path):
    database = site.clone()
    broker = f"{database}_broker"
    with (
        with_broker(site, database),
        web_server(site, tmp_path / "web.log", workers=1, database=database) as web,
        worker(site, tmp_path / "worker.log", database=database),
    ):
        load = Load(web)
        checks(load, 2)
        eventually(lambda: rated(site, database), seconds=60)
        take_away(site, broker)
        first, *others = checks(load, 8)
        assert first < FIRST_SECONDS
        assert max(others) < PACE_SECONDS
        time.sleep(2)
        assert waiting(site, database) > 0  # nobody could be woken
        give_back(site, broker)
        began = time.monotonic()
        eventually(lambda: rated(site, database), seconds=90)
        assert time.monotonic() - began < 90
    assert site.breaches(database) == []
    for name in (database, broker):
        site.drop(name)


@pytest.mark.parametrize("silent", [False, True], ids=["refuses", "accepts and says nothing"])
def test_a_broker_elsewhere_that_does_not_answer_costs_one_wait(site, tmp_path, silent):
    """RabbitMQ's port closed, or open and dumb: one request pays for finding out, the next ones do not."""
    database = site.clone()
    with socket.socket() as dumb:
        dumb.bind(("127.0.0.1", 0))
        if silent:
            dumb.listen(50)
        address = f"amqp://guest:guest@127.0.0.1:{dumb.getsockname()[1]}//"
        with web_server(site, tmp_path / "log", workers=1, database=database, BROKER_URL=address) as web:
            first, *others = checks(Load(web), 5)
            assert first < FIRST_SECONDS
            assert max(others) < PACE_SECONDS
    site.drop(database)

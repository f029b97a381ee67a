"""A worker killed at every statement of a rating run: started again, the result is that of a run without the kill."""

from __future__ import annotations

import os
import signal

import pytest

from tests.faults.site import eventually, with_broker, worker

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def undisturbed(site, forks):
    """What runs without a kill conclude, and how many statements they take."""
    database = site.clone()
    rated = forks.run(database, "rate")
    published = forks.run(database, "publish")
    told = finished(site, forks, database)
    assert told["breaches"] == []
    assert rated["told"] >= 8
    return {"rate": rated["statements"], "publish": published["statements"], "told": told}


def finished(site, forks, database) -> dict:
    """What stands when all has come to rest after a kill."""
    told = forks.run(database, "finish")["told"]
    site.drop(database)
    return told


def differences(site, forks, job, points, undisturbed) -> list[str]:
    wrong = []
    for point, when in points:
        database = site.clone()
        if job == "publish":
            forks.run(database, "rate")
        killed = forks.run(database, job, point=point, when=when)
        told = finished(site, forks, database)
        if killed["signal"] != signal.SIGKILL:
            wrong.append(f"{job}: not killed {when} {point}: {killed}")
        elif told != undisturbed["told"]:
            wrong.append(f"{job}: killed {when} {point}: {told['breaches']}")
    return wrong


def test_killed_at_every_statement_of_a_rating_run(site, forks, undisturbed):
    """After each; before the next is the same to the database, and tried by the long test."""
    points = [(1, "before"), *((point, "after") for point in range(1, undisturbed["rate"] + 1))]
    assert len(points) > 15
    assert differences(site, forks, "rate", points, undisturbed) == []


def test_killed_while_listing_and_publishing(site, forks, undisturbed):
    """Every eleventh statement of the sweep that lists bars and publishes."""
    points = [(point, ("before", "after")[point % 2]) for point in range(1, undisturbed["publish"] + 1, 11)]
    assert len(points) > 5
    assert differences(site, forks, "publish", points, undisturbed) == []


def test_killed_at_every_statement_of_a_full_run(site, forks, undisturbed):
    """A stretch that a killed worker had is done by another, once."""
    database = site.clone()
    statements = forks.run(database, "everybody")["statements"]
    assert finished(site, forks, database) == undisturbed["told"]
    points = [(point, "after") for point in range(1, statements + 1)]
    assert len(points) > 30
    assert differences(site, forks, "everybody", points, undisturbed) == []


@pytest.mark.long
@pytest.mark.parametrize("job", ["rate", "publish"])
def test_killed_before_and_after_every_statement(site, forks, undisturbed, job):
    points = [(point, when) for point in range(1, undisturbed[job] + 1) for when in ("before", "after")]
    assert differences(site, forks, job, points, undisturbed) == []


def test_a_run_killed_twice_and_two_runs_at_once(site, forks, undisturbed):
    """Killed again while making up for the first kill."""
    database = site.clone()
    for point in (9, 12, 15):
        assert forks.run(database, "rate", point=point, when="after")["signal"] == signal.SIGKILL
    assert finished(site, forks, database) == undisturbed["told"]


@pytest.mark.parametrize("whole", [False, True], ids=["child", "main and child"])
def test_a_celery_worker_killed_while_rating(site, forks, undisturbed, tmp_path, whole):
    """The same with Celery: the child killed in the middle, then with its main process; the sweep makes up for it."""
    database = site.clone()
    order = tmp_path / "order"
    environment = {"database": database, "KILL_ORDER": str(order)}
    order.write_text(f"{undisturbed['rate'] // 2} after")
    with with_broker(site, database), worker(site, tmp_path / "first.log", **environment) as running:
        eventually(order.with_suffix(".taken").exists, seconds=30)
        if whole:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            eventually(lambda: at_rest(site, database), seconds=120)
    if whole:
        with worker(site, tmp_path / "second.log", **environment):
            eventually(lambda: at_rest(site, database), seconds=120)
    log = (tmp_path / "first.log").read_text()
    assert whole or "WorkerLostError" in log or "signal 9" in log
    told = forks.run(database, "tell")["told"]
    assert without_editions(told) == without_editions(undisturbed["told"])
    site.drop(database)
    site.drop(f"{database}_broker")


def without_editions(told) -> dict:
    """A record is published anew when what it names becomes public: how often depends on who came first."""
    public = [[ref for ref, _ in rows] for rows in told["public"]]
    candidates = [[each for at, each in enumerate(row) if at not in EDITION] for row in told["candidates"]]
    return {**told, "public": public, "candidates": candidates}


EDITION = {3}


def at_rest(site, database) -> bool:
    """Nothing waits any more: no membership, no rating before the gate."""
    with site.owner(database) as server:
        waiting = server.execute("SELECT count(*) FROM associations_conductdue").fetchone()[0]
        unseen = server.execute(
            "SELECT count(*) FROM credit_standing standing LEFT JOIN credit_candidate candidate "
            "ON candidate.membership_id = standing.membership_id AND candidate.kind = 'rating' "
            "WHERE candidate.version IS DISTINCT FROM standing.id::text"
        ).fetchone()[0]
        bars = server.execute("SELECT count(*) FROM credit_publishedbar").fetchone()[0]
    return waiting == 0 and unseen == 0 and bars == 1

"""Nothing of a request stays behind on its connection: no role, no association, whatever went wrong in it."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from core.walls.roles import APP_LOGIN, current
from tests.cast import admit, client_for, firm

NOTHING = ("", APP_LOGIN)
ROUNDS = 50


class Injected(RuntimeError):
    """What goes wrong."""


@pytest.fixture
def two(transactional_db, city, province):
    """Both associations, committed, each with a member named after it; their clerks' sessions."""
    told = {}
    for number, house in enumerate((city, province), 1):
        admit(house, firm(number, f"某{'市省'[number - 1]}鹮{house.slug}有限公司"))
        told[house.slug] = client_for(house.clerk).cookies
    return told


def left_behind() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.association', true), ''), current_user")
        return cursor.fetchone()


@contextmanager
def failing_at(point: int):
    """Raise at the so-manieth statement of the block."""
    seen = [0]

    def fail(execute, statement, parameters, many, context):
        seen[0] += 1
        if seen[0] == point:
            raise Injected
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(fail):
        yield seen


def read(two, slug: str) -> tuple[int, str]:
    client = Client(raise_request_exception=False)
    client.cookies = two[slug]
    response = client.get(f"/a/{slug}/members/")
    return response.status_code, response.content.decode()


def shows(text: str, slug: str, other: str) -> bool:
    return f"鹮{slug}" in text and f"鹮{other}" not in text


def test_an_error_at_any_statement_leaves_nothing_behind(two):
    """One statement after the other fails in the city's request; the province's, next on the connection, is whole."""
    with failing_at(0) as seen:
        assert read(two, "city")[0] == 200
    total = seen[0]
    assert total > 5
    for point in range(1, total + 1):
        with failing_at(point):
            status, text = read(two, "city")
        assert status in {302, 500}, point  # a session that cannot be read is none
        assert "鹮" not in text, point
        assert left_behind() == NOTHING, point
        assert current() is None
        status, text = read(two, "province")
        assert (status, shows(text, "province", "city")) == (200, True), point
        assert left_behind() == NOTHING, point


def test_in_turn_on_one_connection(two):
    """Two hundred requests in turn; every other one fails somewhere."""
    pid = backend()
    for round_ in range(2 * ROUNDS):
        for slug, other in (("city", "province"), ("province", "city")):
            if round_ % 2:
                with failing_at(1 + round_ % 9):
                    read(two, slug)
            else:
                status, text = read(two, slug)
                assert (status, shows(text, slug, other)) == (200, True)
            assert left_behind() == NOTHING
    assert backend() == pid


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_in_threads(two):
    """Four threads, each with its connection, in turn for both associations."""
    wrong: list[str] = []

    def work(number: int) -> None:
        try:
            for round_ in range(ROUNDS // 2):
                slug, other = (("city", "province"), ("province", "city"))[(number + round_) % 2]
                if round_ % 3 == 2:
                    with failing_at(2 + round_ % 7):
                        read(two, slug)
                else:
                    status, text = read(two, slug)
                    if status != 200 or not shows(text, slug, other):
                        wrong.append(f"thread {number}, round {round_}: {status}")
                if left_behind() != NOTHING:
                    wrong.append(f"thread {number}, round {round_}: left {left_behind()}")
        except Exception as error:  # noqa: BLE001 - told to the test
            wrong.append(f"thread {number}: {error!r}")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_tasks_in_turn(two, monkeypatch):
    """A task that fails in the middle leaves nothing to the next one on the worker's connection."""
    from credit.publication.services import publish_due
    from credit.scoring.services import rate_due

    for task in (rate_due, publish_due):
        with failing_at(0) as seen:
            task()
        for point in range(1, min(seen[0], 40) + 1):
            with failing_at(point), pytest.raises(Injected):
                task()
            assert left_behind() == NOTHING
            assert current() is None

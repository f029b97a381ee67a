"""A real worker on a real broker: the one inside PostgreSQL always, RabbitMQ too where BROKER_URL names it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import Celery

from config.embedded import place

BROKERS = ["", *filter(None, [os.environ.get("BROKER_URL")])]

pytestmark = [pytest.mark.production, pytest.mark.faults]


def eventually(fact, seconds=30):
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def lines(path):
    return path.read_text().split() if path.exists() else []


@contextmanager
def worker(broker, queue, log):
    """Run a worker in its own process group; give its environment and its log."""
    environment = {
        **os.environ,
        "BROKER_URL": broker,
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "PYTHONPATH": f"{place.PROJECT}:{Path(__file__).parent}",
    }
    subprocess.run(
        [sys.executable, "manage.py", "prepare_database"], cwd=place.PROJECT, env=environment, check=True
    )
    command = [
        *(
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "worker",
            "--concurrency",
            "1",
            "-n",
            f"{queue}@%h",
        ),
        *("--queues", queue, "--include", "tasks_for_tests", "--loglevel", "INFO"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=place.PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        eventually(lambda: "ready." in log.read_text() or process.poll() is not None, seconds=90)
        assert process.poll() is None, log.read_text()
        yield environment
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def in_house(environment, program):
    """Run `program` in a process of its own with the house's Celery application as `app`; return its output."""
    prelude = "import django; django.setup(); from config.celery import app\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + program],
        cwd=place.PROJECT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def send(environment, task, path, queue):
    in_house(environment, f"app.send_task({task!r}, args=[{str(path)!r}], queue={queue!r})")


@pytest.fixture(params=BROKERS, ids=lambda url: url.partition("://")[0] or "embedded")
def broker(request):
    return request.param


@pytest.fixture
def queue(broker):
    """Name a queue of our own, and delete it afterwards."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    if broker:
        with Celery(broker=broker).connection() as connection:
            channel = connection.default_channel
            # Declared again otherwise than it is, RabbitMQ would refuse.
            channel.queue_declare(name, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
            channel.queue_delete(name)


def test_a_task_sent_is_run_and_survives_the_kill_of_its_process(broker, queue, tmp_path):
    log, quick, slow = tmp_path / "log", tmp_path / "quick", tmp_path / "slow"
    with worker(broker, queue, log) as environment:
        send(environment, "test.mark", quick, queue)
        eventually(lambda: len(lines(quick)) == 1)

        send(environment, "test.linger", slow, queue)
        eventually(lambda: len(lines(slow)) == 1)
        os.kill(int(lines(slow)[0]), signal.SIGKILL)
        eventually(lambda: len(lines(slow)) == 2)

        asked = (
            f"print(len(app.control.inspect(timeout=3, limit=1, pattern='{queue}@*', matcher='glob').ping()))"
        )
        assert in_house(environment, asked) == "1"
    assert len(lines(quick)) == 1
    first, second = lines(slow)
    assert first != second


def test_a_dead_broker_is_noticed_at_once_and_fails_nobody():
    program = (
        "import time; from core.wake import _send; start = time.monotonic()\n"
        "_send('credit.scoring.tasks.rate_due'); first = time.monotonic() - start\n"
        "_send('credit.scoring.tasks.rate_due'); print(first < 4, time.monotonic() - start - first < 0.01)"
    )
    assert in_house({**os.environ, "BROKER_URL": "amqp://127.0.0.1:1//"}, program) == "True True"
    nowhere = {**os.environ, "BROKER_URL": "", "DATABASE_URL": "postgres://postgres@127.0.0.1:1/register"}
    assert in_house(nowhere, program) == "True True"


def test_rabbitmq_is_asked_for_quorum_queues():
    asked = "print(app.conf.task_default_queue_type, app.amqp.queues['new'].queue_arguments)"
    quorum = "quorum {'x-queue-type': 'quorum'}"
    assert in_house({**os.environ, "BROKER_URL": "amqp://127.0.0.1//"}, asked) == quorum
    assert in_house({**os.environ, "BROKER_URL": ""}, asked) == "classic None"

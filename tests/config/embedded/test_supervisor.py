"""The supervisor keeps its children running, and ends them however it ends itself."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.embedded import place, supervisor

pytestmark = pytest.mark.faults

PROGRAM = """
import sys
import time
from pathlib import Path
from config.embedded.supervisor import Child, run, say
marks = Path(sys.argv[1])
def child(name, then, **how):
    body = f"import os, time; open({str(marks / name)!r}, 'a').write(str(os.getpid()) + chr(10)); {then}"
    return Child(name, [sys.executable, "-c", body], marks / (name + ".log"), **how)
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
children = [child("steady", "time.sleep(60)"), child("dying", "raise SystemExit(3)")]
if "stubborn" in sys.argv:
    children.append(child("stubborn", stubborn))
ready = lambda: None
if "patient" in sys.argv:
    children.append(child("patient", "time.sleep(60)", after_ready=True))
    def ready():
        while not (marks / "answers").exists():
            time.sleep(0.05)
import config.embedded.supervisor as it
it.STOP_SECONDS = 1.0
sys.exit(run(children, prepare=lambda: say("prepared"), ready=ready, where=None))
"""


def eventually(fact, seconds=15):
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def pids(path):
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid):
    return supervisor._alive(pid)


@pytest.fixture
def started(tmp_path, request):
    command = [sys.executable, "-c", PROGRAM, tmp_path, *getattr(request, "param", [])]
    with subprocess.Popen(command, cwd=place.PROJECT, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_dead_child_is_started_again_later_and_later(started, tmp_path):
    eventually(lambda: len(pids(tmp_path / "dying")) == 3)
    assert len(pids(tmp_path / "steady")) == 1
    os.kill(pids(tmp_path / "steady")[0], signal.SIGKILL)
    eventually(lambda: len(pids(tmp_path / "steady")) == 2)
    started.send_signal(signal.SIGTERM)
    assert started.wait(10) == 0


@pytest.mark.parametrize("started", [["stubborn"]], indirect=True)
def test_ctrl_c_ends_every_child_the_stubborn_too(started, tmp_path):
    eventually(lambda: pids(tmp_path / "steady") and pids(tmp_path / "stubborn"))
    children = pids(tmp_path / "steady") + pids(tmp_path / "stubborn")
    time.sleep(0.5)  # the stubborn one is deaf by now
    started.send_signal(signal.SIGINT)
    assert started.wait(10) == 0
    assert [alive(pid) for pid in children] == [False, False]


@pytest.mark.parametrize("started", [["patient"]], indirect=True)
def test_what_can_wait_starts_when_the_site_answers(started, tmp_path):
    eventually(lambda: len(pids(tmp_path / "dying")) == 2)  # the loop has looked at everybody meanwhile
    assert not pids(tmp_path / "patient")
    (tmp_path / "answers").touch()
    eventually(lambda: len(pids(tmp_path / "patient")) == 1)
    started.send_signal(signal.SIGTERM)
    assert started.wait(10) == 0
    assert not alive(pids(tmp_path / "patient")[0])


def test_children_end_with_a_killed_supervisor(started, tmp_path):
    eventually(lambda: pids(tmp_path / "steady"))
    started.kill()
    started.wait()
    eventually(lambda: not alive(pids(tmp_path / "steady")[0]))


def test_a_taken_port_is_noticed():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not supervisor.port_is_free("127.0.0.1", taken.getsockname()[1])
    assert supervisor.port_is_free("127.0.0.1", 0)

"""The embedded server starts where it must, heals, and never outlives its users."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded import place, postgres

pytestmark = pytest.mark.faults


def eventually(fact, seconds=20):
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def directory():
    """A folder other accounts can pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="register-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def where(directory):
    where = place.at(directory / "data")
    with postgres.serving(where):  # as safe as in earnest: what was committed is kept
        yield where
    eventually(lambda: not postgres.postmaster_pid(where))


def asked(where, question):
    with psycopg.connect(place.url(where, "postgres")) as connection:
        return connection.execute(question).fetchone()[0]


def test_it_speaks_utf8_keeps_to_its_socket_and_is_not_root(where):
    assert asked(where, "SHOW server_encoding") == "UTF8"
    assert asked(where, "SHOW listen_addresses") == ""
    assert asked(where, "SELECT lower('ÄÖ')") == "äö"
    assert Path(f"/proc/{postgres.postmaster_pid(where)}").stat().st_uid == place.account().uid != 0


def test_it_heals_after_its_kill_and_keeps_what_was_committed(where):
    with psycopg.connect(place.url(where, "postgres")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    dead = postgres.postmaster_pid(where)
    with psycopg.connect(place.url(where, "postgres")):  # an orphan that still holds the shared memory
        os.kill(dead, signal.SIGKILL)
        postgres.ensure(where)
    assert asked(where, "SELECT number FROM kept") == 7
    assert postgres.postmaster_pid(where) != dead


def test_it_heals_when_its_pid_file_names_another_program(where):
    content = (where.data / "postmaster.pid").read_text()
    postgres.stop(where)
    with subprocess.Popen(["/bin/sleep", "60"], **place.account().popen) as stranger:
        number = content.split("\n", 1)[0]
        (where.data / "postmaster.pid").write_text(content.replace(number, str(stranger.pid), 1))
        (where.socket / f"{place.SOCKET_FILE}.lock").write_text(f"{stranger.pid}\n")
        postgres.ensure(where)
        assert stranger.poll() is None
        stranger.kill()
    assert asked(where, "SELECT 1") == 1


def test_an_interrupted_initdb_is_begun_again(directory):
    where = place.at(directory / "half")
    where.data.mkdir(parents=True)
    (where.data / "left over").touch()
    with postgres.serving(where, options=postgres.UNSAFE_AND_FAST):
        assert asked(where, "SELECT 1") == 1
    eventually(lambda: not postgres.answers(where))


def test_a_killed_user_leaves_no_server_behind_but_never_takes_it_from_another(directory):
    program = (
        "import sys, time; from pathlib import Path; from config.embedded import place, postgres\n"
        "with postgres.serving(place.at(Path(sys.argv[1]))): print('up', flush=True); time.sleep(60)"
    )
    data = directory / "half"
    users = [
        subprocess.Popen([sys.executable, "-c", program, data], stdout=subprocess.PIPE, cwd=place.PROJECT)
        for _ in range(2)
    ]
    for user in users:
        with user.stdout:
            assert user.stdout.readline() == b"up\n"
    where = place.at(data)
    server = postgres.postmaster_pid(where)

    users[0].kill()
    users[0].wait()
    time.sleep(1)
    assert postgres.postmaster_pid(where) == server
    assert postgres.answers(where)

    users[1].kill()
    users[1].wait()
    eventually(lambda: not postgres.answers(where) and not postgres.postmaster_pid(where))


def test_it_starts_as_an_ordinary_user(directory):
    """In a forked process, since the interpreter itself may lie where that user cannot read."""
    runs_as = place.account()
    home = directory / "ordinary"
    home.mkdir()
    os.chown(home, runs_as.uid, runs_as.gid)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if runs_as.switch:
                os.setgroups([])
                os.setgid(runs_as.gid)
                os.setuid(runs_as.uid)
            where = place.at(home / "data")
            where.home.mkdir()
            postgres.ensure(where)
            assert not place.account().switch
            assert asked(where, "SELECT 1") == 1
            postgres.stop(where)
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_binaries_that_the_account_cannot_reach_are_copied_once(directory, monkeypatch):
    monkeypatch.setattr(postgres, "account", lambda: place.Account(65534, 65534, switch=True))
    monkeypatch.setattr(postgres, "_runs", lambda _binaries: False)
    where = place.Place(directory / "copy", directory / "copy" / "run")
    binaries = postgres._binaries(where)
    made = binaries.stat().st_ino
    assert subprocess.run([binaries / "postgres", "--version"], capture_output=True, check=True).stdout
    assert postgres._binaries(where).stat().st_ino == made
    assert [path.name for path in where.home.iterdir()] == ["binaries-18.6.3"]


def test_a_closed_folder_is_left_for_one_the_account_can_reach(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "account", lambda: place.Account(65534, 65534, switch=True))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert place.at(closed / "data").home.parent == Path("/var/lib")
    assert place.at(Path("/tmp/open")).home == Path("/tmp/open")


def test_a_long_path_gets_a_short_socket(monkeypatch):
    monkeypatch.setattr(place, "account", lambda: place.Account(1000, 1000, switch=False))
    long = place.at(Path("/tmp") / ("x" * 120))
    assert long.home == Path("/tmp") / ("x" * 120)
    assert len(str(long.socket / place.SOCKET_FILE)) < 100
    assert place.at(Path("/tmp") / ("y" * 120)).socket != long.socket

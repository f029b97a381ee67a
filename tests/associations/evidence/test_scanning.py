"""The scanner: a server that speaks clamd's protocol at a real socket, and a command. Unchecked is not kept."""

import io
import socket
import struct
import threading

import pytest

from associations.evidence.inspection import inspect, scanning
from associations.evidence.refusals import EvidenceRefused
from tests.associations.evidence import samples as made

INFECTED = b"\xe9\x82\xae\xe4\xbb\xb6: " + made.EICAR


class Clamd(threading.Thread):
    """Answers one INSTREAM after the other; `says` replaces its answer, `limit` is its StreamMaxLength."""

    def __init__(self, where: socket.socket, says: bytes | None = None, limit: int = 1 << 30):
        super().__init__(daemon=True)
        self.where, self.says, self.limit = where, says, limit
        self.got: list[bytes] = []

    def run(self):
        while True:
            try:
                line, _peer = self.where.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line: socket.socket):
        stream = line.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            content += stream.read(length)
            if len(content) > self.limit:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.got.append(content)
        found = b"stream: Eicar-Signature FOUND\0" if made.EICAR in content else b"stream: OK\0"
        line.sendall(found if self.says is None else self.says)


@pytest.fixture(params=["unix", "tcp"])
def serving(request, tmp_path, settings):
    """Start a scanner at a socket of either kind; what it `says` and its `limit` can be told."""
    if request.param == "unix":
        where = socket.socket(socket.AF_UNIX)
        where.bind(str(tmp_path / "clamd"))
        settings.EVIDENCE_SCANNER = f"unix://{tmp_path}/clamd"
    else:
        where = socket.socket()
        where.bind(("127.0.0.1", 0))
        settings.EVIDENCE_SCANNER = f"tcp://127.0.0.1:{where.getsockname()[1]}"
    where.listen()

    def start(**told):
        server = Clamd(where, **told)
        server.start()
        return server

    yield start
    where.close()


def refusal(content: bytes) -> EvidenceRefused:
    with pytest.raises(EvidenceRefused) as refused:
        inspect(io.BytesIO(content), "邮件.txt")
    return refused.value


def test_the_scanner_gets_every_byte_and_its_leave_is_noted(serving):
    server = serving()
    long = made.pdf(b"%" + b"a" * 300_000)
    assert inspect(io.BytesIO(long), "a.pdf").scanned_by == "clamd"
    assert server.got == [long]


def test_what_the_scanner_finds_is_refused_by_its_name(serving):
    serving()
    refused = refusal(INFECTED)
    assert refused.code == "infected"
    assert "Eicar-Signature" in str(refused)


def test_without_a_scanner_the_same_file_is_kept(settings):
    settings.EVIDENCE_SCANNER = ""
    assert inspect(io.BytesIO(INFECTED), "邮件.txt").scanned_by == ""


@pytest.mark.parametrize("says", [b"", b"\0", b"stream: ERROR\0", b"OK", b"stream: OKAY\0", b"<html>\0"])
def test_an_answer_that_is_no_clear_leave_is_none(serving, says):
    serving(says=says)
    assert refusal(b"text").code == "not_scanned"


def test_a_file_beyond_the_scanners_limit_is_not_kept(serving):
    serving(limit=100_000)
    assert refusal(b"a" * 5_000_000).code == "not_scanned"


def test_a_scanner_that_is_away_refuses(settings, tmp_path):
    for away in (f"unix://{tmp_path}/nobody", "tcp://127.0.0.1:1", f"exec://{tmp_path}/nothing"):
        settings.EVIDENCE_SCANNER = away
        assert refusal(b"text").code == "not_scanned"


def test_a_scanner_that_never_answers_refuses(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.3)
    where = socket.socket()
    where.bind(("127.0.0.1", 0))
    where.listen()
    settings.EVIDENCE_SCANNER = f"tcp://127.0.0.1:{where.getsockname()[1]}"
    assert refusal(b"text").code == "not_scanned"
    where.close()


SCRIPT = """#!/bin/sh
[ "$1 $2 $3" = "--no-summary --stdout -" ] || exit 2
if grep -q EICAR-STANDARD; then echo "stream: Win.Test.EICAR_HDB-1 FOUND"; exit 1; fi
echo "stream: OK"
"""


def test_a_command_scans_as_well(settings, tmp_path):
    command = tmp_path / "clamdscan"
    command.write_text(SCRIPT)
    command.chmod(0o755)
    settings.EVIDENCE_SCANNER = f"exec://{command}"
    assert inspect(io.BytesIO(b"text"), "a.txt").scanned_by == "clamdscan"
    refused = refusal(INFECTED)
    assert (refused.code, refused.params) == ("infected", {"found": "Win.Test.EICAR_HDB-1"})
    command.write_text("#!/bin/sh\ncat > /dev/null; echo 'stream: OK'; exit 2\n")
    assert refusal(b"text").code == "not_scanned"

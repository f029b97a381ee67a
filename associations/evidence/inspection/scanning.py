"""Asking a virus scanner, where one is set: clamd at a socket, or a command such as clamdscan.

EVIDENCE_SCANNER: "" (none) · "unix:///run/clamav/clamd.ctl" · "tcp://127.0.0.1:3310" · "exec:///usr/bin/clamdscan".
A scanner that is set and does not answer clearly refuses the file: what was not checked is not kept.
"""

from __future__ import annotations

import re
import socket
import struct
import subprocess
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from associations.evidence.refusals import EvidenceRefused

if TYPE_CHECKING:
    from urllib.parse import SplitResult

SECONDS = 60
_PIECE = 1 << 16
_FOUND = re.compile(rb"(?:stream|-|.*): (?P<what>[\w.\-:/()]+)(?:\(.*\))? FOUND")
_INFECTED = 1


def scan(file: IO[bytes]) -> str:
    """Name the scanner that found nothing; "" where none is set. Raises `EvidenceRefused`."""
    if not settings.EVIDENCE_SCANNER:
        return ""
    where = urlsplit(settings.EVIDENCE_SCANNER)
    file.seek(0)
    try:
        answer = _by_command(where, file) if where.scheme == "exec" else _by_socket(where, file)
    except (OSError, subprocess.SubprocessError):
        raise EvidenceRefused("not_scanned") from None
    if found := _FOUND.search(answer):
        raise EvidenceRefused("infected", found=found["what"].decode("ascii", "replace")[:80])
    if not answer.rstrip(b"\0\r\n").endswith(b": OK"):
        raise EvidenceRefused("not_scanned")
    return "clamd" if where.scheme != "exec" else where.path.rpartition("/")[2][:80]


def _by_socket(where: SplitResult, file: IO[bytes]) -> bytes:
    """Speak clamd's INSTREAM: pieces, each after its length in four bytes, ended by a length of nought."""
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while piece := file.read(_PIECE):
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
        except BrokenPipeError:
            pass  # clamd closes when its own limit is passed, and has said so
        answer = b""
        while b"\0" not in answer and (part := line.recv(4096)):
            answer += part
        return answer


def _connected(where: SplitResult) -> socket.socket:
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((where.hostname or "127.0.0.1", where.port or 3310), timeout=SECONDS)


def _by_command(where: SplitResult, file: IO[bytes]) -> bytes:
    with subprocess.Popen(  # noqa: S603 - the operator's own setting, no shell
        [where.path, "--no-summary", "--stdout", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            answer, _none = child.communicate(file.read(), timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    return answer if child.returncode in {0, _INFECTED} else b""

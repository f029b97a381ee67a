"""Where the embedded server's files lie, and how to reach it. Knows no Django, starts nothing."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[2]
SOCKET_FILE = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # sockaddr_un holds 104 to 108 bytes


@dataclass(frozen=True)
class Place:
    """The folders of one server: all of them, and the one its socket is in."""

    home: Path
    socket: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "postgres"


@dataclass(frozen=True)
class Account:
    """The account the server runs as; PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    switch: bool

    @property
    def popen(self) -> dict[str, Any]:
        """Arguments that make subprocess run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}


def default() -> Place:
    """Return the place of `make run`: DATA_DIR, else `.data` in the project."""
    return at(Path(os.environ.get("DATA_DIR", PROJECT / ".data")).resolve())


def account() -> Account:
    """Return the account to run as: our own, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def at(directory: Path) -> Place:
    """Return the place under `directory`, or where its server can live when that account cannot get there."""
    home = directory
    if account().switch and not _open_to_all(directory):
        home = Path("/var/lib") / f"register-{_short(directory)}"
    socket = home / "run"
    if len(os.fsencode(socket / SOCKET_FILE)) >= LONGEST_SOCKET_PATH:
        socket = Path("/tmp") / f"register-{_short(home)}-{account().uid}"  # noqa: S108 - its owner is checked
    return Place(home, socket)


def url(where: Place, database: str = "register") -> str:
    """Return the owner's DATABASE_URL of the server at that place."""
    return f"postgres://postgres@{quote(str(where.socket), safe='')}/{database}"


def _open_to_all(directory: Path) -> bool:
    return all(
        parent.stat().st_mode & 0o001 or parent.stat().st_uid == account().uid
        for parent in directory.parents
        if parent.exists()
    )


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

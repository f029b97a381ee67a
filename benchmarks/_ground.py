"""What the programs stand on: a database of their own, a server, and a plain HTTP client.

Imported by the others; prints nothing by itself.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
SYLLABLES = (
    "禾闻云溪野夏澄南屿松青白知澜光鹭梨朝岚川月槿棠枝星辰沐悠然璟瑜舒宁远航博雅临星泊砚蘅芷栖汀荻港翎墨鹿眠"
)
TRADES = ("电子商务", "文化传播", "网络科技", "供应链管理", "商贸", "传媒", "信息技术", "食品")
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "直播间（个体工商户）")
PLACES = ("临澜", "澜东", "青屿", "星澜", "某市", "某省", "溪北", "岚山")


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make a database on the server that DATABASE_URL names (else the embedded one), migrated; drop it afterwards."""
    sys.path.insert(0, str(PROJECT))
    with server_url() as url:
        parts = {**conninfo_to_dict(url), "dbname": name}
        os.environ["DATABASE_URL"] = f"postgresql:///?{'&'.join(f'{k}={v}' for k, v in parts.items())}"
        drop(url, name)
        try:
            for command in (["prepare_database"], ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
                subprocess.run([sys.executable, str(PROJECT / "manage.py"), *command], check=True)  # noqa: S603 - our own
            yield make_conninfo(**parts)
        finally:
            drop(url, name)


@contextmanager
def server_url() -> Iterator[str]:
    """The server: the one named, or the embedded one for as long as the program runs."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    from config.embedded import place, postgres  # noqa: PLC0415 - only where none is named

    where = place.at(PROJECT / ".data" / "benchmark")
    with postgres.serving(where):
        yield place.url(where)


def drop(url: str, name: str) -> None:
    """Drop the database if it is there."""
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as server:
        server.execute(
            psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
        )


@contextmanager
def serving(workers: int) -> Iterator[tuple[int, list[int]]]:
    """Granian as `make run` starts it, on a free port. Gives the port and the workers' process ids."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "_portal_server:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"),
        *("--no-access-log", "--log-level", "error", "--working-dir", str(HERE)),
    ]
    environment = os.environ | {"PYTHONPATH": f"{HERE}:{PROJECT}", "BROKER_URL": "memory://"}
    web = subprocess.Popen(command, cwd=HERE, env=environment)  # noqa: S603 - our own
    try:
        wait_for(port)
        yield port, children(web.pid)
    finally:
        web.terminate()
        web.wait(20)


def free_port() -> int:
    """A port nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server answers. TimeoutError if it does not."""

    def answers() -> bool:
        try:
            return get(port, "/empty/")[0] == 200  # noqa: PLR2004
        except OSError:
            return False

    wait_until(answers)


def wait_until(fact: Callable[[], bool], seconds: float = 60) -> None:
    """Until it is so. TimeoutError if it does not come about."""
    end = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.2)


def children(pid: int) -> list[int]:
    """Process ids of the workers."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def megabytes(pid: int) -> float:
    """Resident memory of a process, shared pages counted in full."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))) / 1024


def cpu_seconds(pids: Sequence[int]) -> float:
    """Processor time the processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


# --- a client that costs little ---


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body."""
        self.socket.sendall(request)
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end]
        status = int(head[9:12])
        at = head.lower().find(b"content-length:")
        length = 0 if at < 0 or status == 304 else int(head[at + 15 :].split(b"\r\n", 1)[0])  # noqa: PLR2004
        data = data[end + 4 :]
        while len(data) < length:
            data += self._more()
        self.rest = data[length:]
        return status, head, data[:length]

    def _more(self) -> bytes:
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server hung up")
        return part


def request(path: str, **headers: str) -> bytes:
    """A GET as bytes."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{key}: {value}" for key, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def get(port: int, path: str, **headers: str) -> tuple[int, bytes, bytes]:
    """Ask once."""
    return Client(port).ask(request(path, **headers))


def load(
    port: int, requests: Sequence[bytes], seconds: float, connections: int, workers: Sequence[int] = ()
) -> dict[str, Any]:
    """Ask over so many connections for so long, each going round the requests from its own place.

    `workers`: process ids whose processor time a request is told, which a busy machine does not blur.
    """
    ended = time.perf_counter() + seconds
    times: list[list[float]] = [[] for _ in range(connections)]
    odd: list[int] = []
    wanted = {200, 304}

    def work(number: int) -> None:
        client, at = Client(port), number * len(requests) // connections
        mine = times[number]
        while (begun := time.perf_counter()) < ended:
            status = client.ask(requests[at % len(requests)])[0]
            mine.append(time.perf_counter() - begun)
            at += 1
            if status not in wanted:
                odd.append(status)

    threads = [Thread(target=work, args=(number,)) for number in range(connections)]
    used = cpu_seconds(workers)
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.perf_counter() - began, cpu_seconds(workers) - used
    every = sorted(value for mine in times for value in mine)
    return {
        "requests_per_second": round(len(every) / took, 1),
        "p50_ms": round(every[len(every) // 2] * 1000, 2),
        "p95_ms": round(every[int(len(every) * 0.95)] * 1000, 2),
        "p99_ms": round(every[int(len(every) * 0.99)] * 1000, 2),
        "worker_cpu_ms": round(used * 1000 / len(every), 3),
        "unexpected": len(odd),
    }


# --- invented names ---


def names(count: int, seed: int = 7) -> Iterator[str]:
    """Names of firms and of streamers, as mixed as a register's."""
    rng = random.Random(seed)  # noqa: S311 - invented names, no secret
    for _ in range(count):
        core = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3))))
        if rng.random() < 0.3:  # noqa: PLR2004 - the share of streamers
            yield core + rng.choice(("", "试吃", "在播", "小铺", "直播"))
        else:
            yield rng.choice(PLACES) + core + rng.choice(TRADES) + rng.choice(FORMS)

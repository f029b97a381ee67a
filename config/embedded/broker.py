"""The message broker inside PostgreSQL: kombu's PGMQ transport with what it lacks, and the making of its database.

PGMQ is plain SQL and comes with the `pgmq` package; the server needs no extension.
"""

import hashlib
from importlib.resources import files
from typing import Any

from kombu.transport import pgmq

SCHEME = "postgres-queue"
LONGEST_QUEUE_NAME = 47  # PGMQ's limit; the reply queues of remote control have 56 characters


class Channel(pgmq.Channel):
    """Long queue names are shortened, and replies to remote control find their queue."""

    def canonical_queue_name(self, queue_name: str) -> str:
        """Return PGMQ's name of a queue, at most 47 characters, distinct for distinct queues."""
        name = super().canonical_queue_name(queue_name)
        if len(name) <= LONGEST_QUEUE_NAME:
            return name
        return f"{name[:36]}_{hashlib.sha256(name.encode()).hexdigest()[:10]}"

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        """Route replies by name: direct bindings are known only to the process that made them."""
        if exchange and exchange.startswith("reply.") and exchange.endswith(".pidbox"):
            return [f"{routing_key}.{exchange}"]
        return super()._lookup(exchange, routing_key, default)


class Transport(pgmq.Transport):
    """kombu's transport with our channel. Registered under `postgres-queue://`."""

    Channel = Channel

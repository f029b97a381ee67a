"""The message broker inside PostgreSQL: kombu's PGMQ transport with what it lacks, and its database.

PGMQ is plain SQL and comes with the `pgmq` package; the server needs no extension.
"""

import hashlib

import psycopg
from django.conf import settings
from kombu.transport import pgmq
from pgmq.install import get_embedded_install_sql
from psycopg import sql

from config import preparation
from core.walls.roles import APP_LOGIN

SCHEME = "postgres-queue"
BUSY_LOOK, IDLE_LOOK = 0.02, 1.0
LONGEST_QUEUE_NAME = 47  # PGMQ's limit; the reply queues of remote control have 56 characters


# kombu calls this form, PGMQ 1.13 has it only with a delay.
SEND_TOPIC_WITH_HEADERS = """
CREATE FUNCTION pgmq.send_topic(routing_key text, msg jsonb, headers jsonb) RETURNS integer
LANGUAGE sql VOLATILE AS $$ SELECT pgmq.send_topic(routing_key, msg, headers, 0) $$
"""

DROP_LEFT_OVER = """
SELECT pgmq.drop_queue(queue_name) FROM pgmq.meta
WHERE created_at < now() - interval '1 day'
  AND (queue_name LIKE '%\\_reply\\_celery\\_pidbox%' OR queue_name LIKE 'celeryev\\_%')
"""


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

    @property
    def polling_interval(self) -> float:  # type: ignore[override]
        """Seconds between two looks. A notice tells of a message that comes, not of those that lie there when a task
        is done: who has tasks under way looks often. Who has none waits for the notice, and looks rarely.
        """
        every = [channel.qos for channel in self.channels]
        under_way = any(len(qos._delivered) > len(qos._dirty) for qos in every)  # noqa: SLF001 - told nowhere else
        return BUSY_LOOK if under_way else IDLE_LOOK


def prepare(database: str) -> None:
    """Create the broker's database and PGMQ in it, as the application, whose own it is. Safe to repeat.

    Reply and event queues that processes left behind a day ago are dropped on the way.
    """
    with preparation.alone_on_the_server() as server:
        preparation.create_database(server, database)
        server.execute(
            sql.SQL("GRANT CONNECT, CREATE ON DATABASE {} TO {}").format(
                sql.Identifier(database), sql.Identifier(APP_LOGIN)
            )
        )
        with psycopg.connect(
            settings.CELERY_BROKER_TRANSPORT_OPTIONS["conn_string"], dbname=database
        ) as broker:
            if broker.execute("SELECT to_regnamespace('pgmq') IS NULL").fetchone() == (True,):
                broker.execute(get_embedded_install_sql().encode())
                broker.execute(SEND_TOPIC_WITH_HEADERS)
            broker.execute(DROP_LEFT_OVER)

"""The broker only wakes: what is to be done lies in tables, so a lost message loses time and nothing else."""

from typing import Any

from kombu import Queue
from psycopg.conninfo import make_conninfo

from config.settings.database import APP_LOGIN, DATABASE_APP_PASSWORD, DATABASE_OWNER
from config.settings.environment import env

LONGEST_TASK_SECONDS = 3600

# The embedded broker is a database of its own on the same server.
BROKER_DATABASE = DATABASE_OWNER["NAME"] + "_broker"

CELERY_BROKER_URL: str = env.str("BROKER_URL", default="") or "postgres-queue://localhost//"
_amqp = CELERY_BROKER_URL.startswith(("amqp", "pyamqp"))

if CELERY_BROKER_URL.startswith("postgres-queue"):
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "conn_string": make_conninfo(
            host=DATABASE_OWNER["HOST"],
            port=DATABASE_OWNER["PORT"] or None,
            dbname=BROKER_DATABASE,
            user=APP_LOGIN,
            password=DATABASE_APP_PASSWORD,
            connect_timeout=3,
            **DATABASE_OWNER["OPTIONS"],
        ),
        "init_extension": False,
        "use_notify": True,
        "notify_throttle_interval_ms": 0,
        "wait_time_seconds": 0,
        "pool_size": 3,
        "pool_timeout": 2,
        "visibility_timeout": LONGEST_TASK_SECONDS + 60,
    }
elif _amqp:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
else:  # Redis and its kin: without these a killed worker's message comes back after an hour
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": LONGEST_TASK_SECONDS + 60,
        "unacked_restore_interval": 10,
    }

# Publishing tries once: whoever publishes has a verb to finish. Workers wait by the settings below.
CELERY_BROKER_TRANSPORT_OPTIONS["max_retries"] = 0

CELERY_TASK_DEFAULT_QUEUE = "register"
CELERY_TASK_DEFAULT_QUEUE_TYPE = CELERY_TASK_CREATE_MISSING_QUEUE_TYPE = "quorum" if _amqp else "classic"
# Stretches of members have a queue of their own: a worker takes from both in turn, so no fact waits behind them all.
STRETCHES = "stretches"
CELERY_TASK_QUEUES = [
    Queue(name, queue_arguments={"x-queue-type": CELERY_TASK_DEFAULT_QUEUE_TYPE} if _amqp else None)
    for name in (CELERY_TASK_DEFAULT_QUEUE, STRETCHES)
]
CELERY_TASK_ROUTES = {
    task: {"queue": STRETCHES}
    for task in ("credit.scoring.tasks.rate_stretches", "credit.rehearsal.tasks.rehearse_part")
}
CELERY_WORKER_DETECT_QUORUM_QUEUES = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for ever
CELERY_BROKER_CONNECTION_TIMEOUT = 3

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_TIME_LIMIT = LONGEST_TASK_SECONDS
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_ENABLE_UTC = True

"""The Celery application and the whole timetable.

Tables are the queues; a message only wakes. Each sweep finds what was due anyway, so a lost broker
costs seconds.
"""

import os
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["postgres-queue"] = "config.embedded.broker:Transport"


def due(task: str, every: float | crontab) -> dict[str, Any]:
    """Write one line of the timetable. A sweep nobody took is dropped when the next one is sent."""
    return {
        "task": task,
        "schedule": every,
        "options": {"expires": 3600 if isinstance(every, crontab) else every},
    }


app = Celery("register")
app.config_from_object("django.conf:settings", namespace="CELERY")

# Every room with tasks. Rooms are packages inside the applications, so Celery does not find them by itself.
app.autodiscover_tasks(
    [
        "associations.complaints",
        "associations.imports",
        "associations.keeping",
        "associations.training",
        "associations.discipline",
        "credit.scoring",
        "credit.blacklist",
        "credit.publication",
        "credit.rehearsal",
    ]
)

app.conf.beat_schedule = {
    # what is due      by which task                                      how often
    "imports":         due("associations.imports.tasks.run_imports",      30),
    "appeals-over":    due("associations.discipline.tasks.take_effect",   300),
    "like-cases":      due("associations.discipline.tasks.count_like",    crontab(hour=0, minute=4)),
    "ratings":         due("credit.scoring.tasks.rate_due",               30),
    "rule-sets":       due("credit.scoring.tasks.turn_rule_sets",         300),
    "ratings-by-date": due("credit.scoring.tasks.rate_due",               crontab(hour=0, minute=5)),
    "stretches":       due("credit.scoring.tasks.rate_stretches",           30),
    "rehearsals":      due("credit.rehearsal.tasks.rehearse_part",        30),
    "training-duties": due("associations.training.tasks.settle_duties",   crontab(hour=0, minute=2)),
    "complaints":      due("associations.complaints.tasks.record_figures", crontab(hour=0, minute=4)),
    "tries":           due("associations.complaints.tasks.forget",        crontab(hour=0, minute=10)),
    "retention":       due("associations.keeping.tasks.erase",            crontab(hour=0, minute=20)),
    "rosters":         due("associations.training.tasks.record_rosters",  crontab(hour=0, minute=3)),
    "bars":            due("credit.blacklist.tasks.list_bars",            30),
    "publication":     due("credit.publication.tasks.publish_due",        30),
    "accounts":        due("credit.publication.tasks.publish_accounts",   300),
    "withdrawal":      due("credit.publication.tasks.withdraw_ended",     30),
}  # fmt: skip


@signals.task_prerun.connect
def _begun(task_id: str, task: Any, **_: Any) -> None:  # noqa: ARG001 - Celery's names
    """Whoever comes from here on calls again."""
    from core.wake import begun  # noqa: PLC0415 - settings are not read at import

    begun(task.name)


@signals.setup_logging.connect
def _log_as_django_does(**_: Any) -> None:
    """Keep Celery from replacing the log configuration, and with it the masking."""
    from logging.config import dictConfig  # noqa: PLC0415 - settings are not read at import

    from django.conf import settings  # noqa: PLC0415 - likewise

    dictConfig(settings.LOGGING)

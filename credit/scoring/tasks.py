"""What the timetable and the conduct file wake: rate what is due."""

from celery import shared_task

from credit.scoring import services


@shared_task(name="credit.scoring.tasks.rate_due")
def rate_due() -> int:
    return services.rate_due().changed

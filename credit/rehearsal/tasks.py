"""What the timetable and a new rehearsal wake: a part of it."""

from celery import shared_task

from credit.rehearsal import services


@shared_task(name="credit.rehearsal.tasks.rehearse_part")
def rehearse_part() -> bool:
    return services.rehearse_part()

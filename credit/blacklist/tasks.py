"""What the timetable and decisions wake: bars follow the conduct file."""

from celery import shared_task

from credit.blacklist import services


@shared_task(name="credit.blacklist.tasks.list_bars")
def list_bars() -> int:
    outcome = services.list_bars()
    return outcome.listed + outcome.changed

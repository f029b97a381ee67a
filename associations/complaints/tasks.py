"""What the timetable asks of complaints."""

from celery import shared_task

from associations.complaints.services import record_figures_everywhere
from associations.complaints.services.tries import forget_tries


@shared_task(name="associations.complaints.tasks.record_figures")
def record_figures() -> int:
    return record_figures_everywhere()


@shared_task(name="associations.complaints.tasks.forget")
def forget() -> int:
    return forget_tries()

"""What the timetable asks of imports."""

from celery import shared_task

from associations.imports import services


@shared_task
def run_imports() -> None:
    """Carry out the imports that wait."""
    services.run_waiting()

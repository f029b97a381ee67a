"""What the timetable wakes: erase what is over."""

from celery import shared_task

from associations.keeping import services


@shared_task(name="associations.keeping.tasks.erase")
def erase() -> int:
    return services.erase_over()

"""What the timetable asks of discipline."""

from celery import shared_task

from associations.discipline.services import count_like_cases, take_effect_everywhere


@shared_task(name="associations.discipline.tasks.take_effect")
def take_effect() -> int:
    return take_effect_everywhere()


@shared_task(name="associations.discipline.tasks.count_like")
def count_like() -> int:
    return count_like_cases()

"""What the timetable wakes: publish what is due, withdraw what has ended."""

from celery import shared_task

from credit.publication import services


@shared_task(name="credit.publication.tasks.publish_due")
def publish_due() -> int:
    return services.publish_due().published


@shared_task(name="credit.publication.tasks.publish_rated")
def publish_rated() -> int:
    return services.publish_rated().published


@shared_task(name="credit.publication.tasks.withdraw_ended")
def withdraw_ended() -> int:
    return services.withdraw_ended().withdrawn


@shared_task(name="credit.publication.tasks.publish_accounts")
def publish_accounts() -> int:
    return services.publish_accounts()

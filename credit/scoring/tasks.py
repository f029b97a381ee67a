"""What the timetable and the conduct file wake: rate what is due."""

from celery import shared_task

from credit.scoring import runs, services


@shared_task(name="credit.scoring.tasks.rate_due")
def rate_due() -> int:
    return services.rate_due().changed


@shared_task(name="credit.scoring.tasks.rate_stretches")
def rate_stretches() -> int | None:
    outcome = runs.rate_stretches()
    return outcome.changed if outcome else None


@shared_task(name="credit.scoring.tasks.turn_rule_sets")
def turn_rule_sets() -> int:
    return runs.turn_everywhere()

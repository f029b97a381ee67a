"""What the timetable asks of training. Each pass may run any number of times."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from associations.registry.selectors import association_ids
from associations.tenancy import scope
from associations.training import services


@shared_task
def settle_duties() -> None:
    """Let the duties of ended years fall due, and discharge what has been made up."""
    for association_id in association_ids():
        with scope.of(association_id):
            services.settle_duties(on=timezone.localdate())


@shared_task
def record_rosters() -> None:
    """Take each agency's roster of the month that has ended."""
    for association_id in association_ids():
        with scope.of(association_id):
            services.record_rosters(on=timezone.localdate())

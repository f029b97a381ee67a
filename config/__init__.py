"""Wiring, no business words: settings, the doors, the timetable, the commands that start things.

Importing this package makes the Celery application the current one, so that `core.wake` reaches it from
any process without importing `config`.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]

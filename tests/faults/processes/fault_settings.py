"""The house's settings, with what kills processes, and sweeps and a clock as a test wants them."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "killing.Killing"]
MIDDLEWARE = ["killing.ByHeader", *MIDDLEWARE]
REQUIRE_MFA = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if os.environ.get("SWEEP_SECONDS"):
    from config.celery import app

    for _line in app.conf.beat_schedule.values():
        if isinstance(_line["schedule"], (int, float)):
            _line["schedule"], _line["options"]["expires"] = float(os.environ["SWEEP_SECONDS"]), 30

if os.environ.get("CLOCK"):  # a file that says how many seconds this process is ahead; read each time

    def _ahead(real=timezone.now):
        return real() + timedelta(seconds=float(Path(os.environ["CLOCK"]).read_text()))

    timezone.now = _ahead

"""The house's settings, with what kills processes, and sweeps that come often."""

import os

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

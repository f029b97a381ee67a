"""The house's settings as a demonstration has them; style sheets from where they lie; sweeps every three seconds."""

from config.celery import app
from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

for _line in app.conf.beat_schedule.values():
    if isinstance(_line["schedule"], (int, float)):
        _line["schedule"] = _line["options"]["expires"] = 3.0

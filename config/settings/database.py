"""One PostgreSQL, two log-ins.

DATABASE_URL names the server, the database and its owner, who creates and migrates. The application never
runs as the owner: it logs in as `register_app`, which by itself may read nothing of the associations.
DATABASE_LOGIN=owner (set by manage.py for the commands that need it) chooses the owner. Without
DATABASE_URL the embedded server is meant.
Nothing here depends on session state, so a transaction-mode pool may stand in between.
"""

import hashlib
import hmac
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from config.embedded import place
from config.settings.environment import DATA_DIR, env
from config.settings.keys import SECRET_KEY

APP_LOGIN = "register_app"
OWNER = "owner"


def app_password(secret: str) -> str:
    """Derive the application's database password, so that it need not be handed out a second time."""
    return hmac.new(secret.encode(), b"database:" + APP_LOGIN.encode(), hashlib.sha256).hexdigest()


def read_url(url: str) -> dict[str, Any]:
    """Turn a libpq URL (sockets and `?sslmode=` too) into Django's words. Raises psycopg.ProgrammingError."""
    parts = conninfo_to_dict(url)
    return {
        "HOST": str(parts.pop("host", "")),
        "PORT": str(parts.pop("port", "")),
        "NAME": str(parts.pop("dbname", "register")),
        "USER": str(parts.pop("user", "postgres")),
        "PASSWORD": str(parts.pop("password", "")),
        "OPTIONS": parts,
    }


DATABASE_URL: str = env.str("DATABASE_URL", default="") or place.url(place.at(DATA_DIR))
DATABASE_OWNER = read_url(DATABASE_URL)
DATABASE_APP_PASSWORD: str = env.str("DATABASE_APP_PASSWORD", default="") or app_password(SECRET_KEY)

_login = (
    {}
    if env.str("DATABASE_LOGIN", default="app") == OWNER
    else {"USER": APP_LOGIN, "PASSWORD": DATABASE_APP_PASSWORD}
)
DATABASES = {
    "default": {
        **DATABASE_OWNER,
        **_login,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"connect_timeout": 3, "prepare_threshold": None, **DATABASE_OWNER["OPTIONS"]},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "ATOMIC_REQUESTS": False,
    }
}

"""Logs are events in JSON, one a line, on standard error; what identifies a person is taken out."""

import logging
import re
from typing import Any

import structlog

from config.settings.environment import DEBUG, env

MASK = "***"
PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"  # identity number
    r"|(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"  # identity number of before 1999
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # mobile telephone
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"  # mail address
)


def masked(value: Any) -> Any:
    """Return `value` with identity numbers, telephones and mail addresses masked, at any depth."""
    if isinstance(value, str):
        return PERSONAL.sub(MASK, value)
    if isinstance(value, dict):
        return {masked(key): masked(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [masked(inner) for inner in value]
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        text = str(value)
        return MASK if PERSONAL.search(text) else value
    return PERSONAL.sub(MASK, str(value))


def mask_personal(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Mask every value of an event; a processor of structlog, the last one before the event is written."""
    return dict(masked(event))


_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    structlog.processors.UnicodeDecoder(),
]

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_personal,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        },
    },
    "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["standard error"],
        "level": env.str("LOG_LEVEL", default="DEBUG" if DEBUG else "INFO"),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},  # Django's own mails the form of a failed request
        "django.server": {"handlers": [], "propagate": True},
        "django.db.backends": {"level": "INFO"},  # statements carry personal data: never logged
        "axes": {"level": "WARNING"},
        "kombu": {"level": logging.WARNING},
    },
}

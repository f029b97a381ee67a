"""Identity numbers, telephones and addresses of persons: in no log line, no traceback, no message, no cache key."""

from __future__ import annotations

import inspect
import io
import json
import logging
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils.log import AdminEmailHandler

from associations.members.states import Category
from config.celery import app
from core.wake import wake
from tests.cast import client_for, identity_number

NUMBER = identity_number(77)
PHONE = "13900990077"
LEGAL = "史密封"
SECRETS = (NUMBER, PHONE, LEGAL)
PERSON = {
    "name": "试播小七", "identifier": NUMBER, "legal_name": LEGAL, "category": str(int(Category.STREAMER)),
    "contact_person": "某人", "contact_phone": PHONE, "joined_on": "2026-01-05",
    "platform": "某音", "account": "shibo-77", "verified_on": "2026-01-05", "evidence": "身份证件",
}  # fmt: skip


@pytest.fixture
def logs():
    """Log as in production, into a stream."""
    stream = io.StringIO()
    told = json.loads(json.dumps(settings.LOGGING, default=lambda _: None))
    told["formatters"] = settings.LOGGING["formatters"]
    told["handlers"] = {
        "standard error": {"class": "logging.StreamHandler", "formatter": "json", "stream": stream}
    }
    told["root"]["level"] = "DEBUG"
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    dictConfig(told)
    yield stream
    root.handlers, root.level = before, level


@pytest.fixture
def clerk(city):
    client = client_for(city.clerk)
    client.raise_request_exception = False
    return client


def legible(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def failing(execute, statement, parameters, many, context):
    """A database that repeats what it was given, as PostgreSQL does in the details of its errors."""
    if "INSERT INTO" in statement and "django_" not in statement:
        raise RuntimeError(f"refused: {statement} {parameters!r} for {NUMBER}, tel. {PHONE}")
    return execute(statement, parameters, many, context)


def test_a_failing_request_tells_the_log_nothing_of_the_person(clerk, city, logs):
    """Registering a streamer fails in the database: 500, its traceback is logged, the numbers are not."""
    with connection.execute_wrapper(failing):
        response = clerk.post(f"/a/{city.slug}/members/register/", PERSON)
    assert response.status_code == 500
    assert legible(response.content.decode()) == []
    logging.getLogger("django.request").error("tried %s", PERSON, extra={"given": PERSON})
    try:
        raise ValueError(f"{NUMBER} and {PHONE}")
    except ValueError:
        logging.getLogger("core").exception("it failed for %s", NUMBER)
    told = logs.getvalue()
    assert "Traceback" in told
    assert [each for each in (NUMBER, PHONE) if each in told] == []


def test_a_refused_and_an_accepted_person_leave_no_trace(clerk, city, logs):
    """The whole way in: wrong number, right number, page, list, export; nothing legible in log, mail or cache."""
    answers = [
        clerk.post(f"/a/{city.slug}/members/register/", PERSON | {"identifier": NUMBER[:-1] + "0"}),
        clerk.post(f"/a/{city.slug}/members/register/", PERSON),
        clerk.get(f"/a/{city.slug}/members/"),
        clerk.get(f"/a/{city.slug}/members/?q={NUMBER}"),
        clerk.get(f"/a/{city.slug}/nothing/{NUMBER}/?phone={PHONE}"),
    ]
    assert [each.status_code for each in answers] == [422, 302, 200, 200, 404]
    assert LEGAL not in answers[2].content.decode()
    assert legible(answers[2].content.decode()) == []
    told = logs.getvalue()
    assert [each for each in (NUMBER, PHONE) if each in told] == []
    assert [key for key in getattr(cache, "_cache", {}) if legible(str(key))] == []
    assert mail.outbox == []


def test_tasks_carry_nothing(monkeypatch):
    """No task of ours takes an argument, and waking sends none: what is to be done lies in tables."""
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if name.startswith(("associations.", "credit."))}
    assert len(ours) >= 6
    assert {name: str(inspect.signature(task.run)) for name, task in ours.items()
            if inspect.signature(task.run).parameters} == {}  # fmt: skip
    sent = []
    monkeypatch.setattr(
        "celery.app.base.Celery.send_task", lambda _app, *args, **more: sent.append((args, more))
    )
    monkeypatch.setitem(wake.__globals__, "_quiet_until", 0.0)  # an earlier test's broker may have been away
    wake.__globals__["_send"]("credit.scoring.tasks.rate_due")
    assert [(args[1:], set(more) & {"args", "kwargs"}) for args, more in sent] == [((), set())]


def test_no_report_of_an_error_is_mailed():
    """Django's mails of errors carry the whole form; the house logs instead."""
    known = [logging.getLogger(name) for name in ("", "django", "django.request", "django.security")]
    mailing = [each for logger in known for each in logger.handlers if isinstance(each, AdminEmailHandler)]
    assert mailing == []


def test_statements_are_not_logged():
    """Statements carry what was typed: below warnings the database's logger is silent."""
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "INFO"

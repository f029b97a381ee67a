"""Waking happens after the commit, carries nothing, and fails nobody."""

import pytest
from celery import current_app
from django.db import transaction

from core import wake


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    monkeypatch.setattr(current_app, "send_task", lambda *args, **options: messages.append((args, options)))
    return messages


TASK = "credit.scoring.tasks.rate_due"
MESSAGE = ((TASK,), {"expires": 60, "ignore_result": True, "retry": False})


@pytest.mark.django_db(transaction=True)
def test_the_message_goes_out_after_the_commit(sent):
    with transaction.atomic():
        wake.wake(TASK)
        assert sent == []
    assert sent == [MESSAGE]


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_out_when_the_transaction_fails(sent):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        wake.wake(TASK)
        raise ZeroDivisionError
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_asked_once_and_then_left_alone(sent, monkeypatch):
    asked = []

    def refuse(task, **_):
        asked.append(task)
        raise OSError("refused")

    monkeypatch.setattr(current_app, "send_task", refuse)
    for _ in range(3):
        wake.wake(TASK)
    assert asked == [TASK]
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    wake.wake(TASK)
    assert asked == [TASK, TASK]

"""Waking happens after the commit, carries nothing, and fails nobody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import current_app, signals
from django.db import OperationalError, transaction
from django.utils import timezone

from core import wake
from core.wake.models import Call


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


@pytest.mark.django_db(transaction=True)
def test_who_was_called_and_has_not_begun_is_not_called_again(sent):
    wake.wake(TASK)
    wake.wake(TASK)
    assert sent == [MESSAGE]
    wake.begun(TASK)
    wake.wake(TASK)
    assert sent == [MESSAGE, MESSAGE]


@pytest.mark.django_db(transaction=True)
def test_a_call_that_nobody_heard_is_made_again(sent):
    wake.wake(TASK)
    Call.objects.update(asked_at=timezone.now() - timedelta(seconds=31))
    wake.wake(TASK)
    assert sent == [MESSAGE, MESSAGE]


@pytest.mark.django_db(transaction=True)
def test_each_part_of_a_task_has_a_message(sent):
    for _ in range(2):
        wake.wake(TASK, each=True)
    assert sent == [MESSAGE, MESSAGE]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_begins_may_be_called_again(sent):
    wake.wake(TASK)
    signals.task_prerun.send(sender=None, task_id="1", task=SimpleNamespace(name=TASK))
    assert Call.objects.get().asked_at is None


@pytest.mark.django_db(transaction=True)
def test_who_finds_that_somebody_called_writes_nothing(sent, django_assert_num_queries):
    wake.wake(TASK)
    with django_assert_num_queries(1) as asked:
        wake.wake(TASK)
    assert asked.captured_queries[0]["sql"].startswith("SELECT")
    assert sent == [MESSAGE]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_after_the_commit_fails_nobody(sent, monkeypatch, caplog):
    def lost(_task):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(wake, "_call", lost)
    wake.wake(TASK)
    assert "server closed the connection" in caplog.text

"""A worker without work waits for the notice instead of asking again and again."""

from types import SimpleNamespace

from config.embedded.broker import BUSY_LOOK, IDLE_LOOK, Transport


def looking(*channels: tuple[set[int], set[int]]) -> float:
    """Seconds between two looks with these messages, (delivered, acknowledged) of each channel."""
    transport = Transport.__new__(Transport)
    transport.channels = [SimpleNamespace(qos=SimpleNamespace(_delivered=d, _dirty=a)) for d, a in channels]
    return transport.polling_interval


def test_it_looks_often_only_while_a_task_is_under_way():
    assert looking() == looking((set(), set())) == looking(({1, 2}, {1, 2})) == IDLE_LOOK
    assert looking(({1, 2}, {1})) == looking((set(), set()), ({1}, set())) == BUSY_LOOK

"""The demonstration, told once for all tests of this folder."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings

from config.demo.stories import stories
from tests.config.demo.world import SMALL, seed, snapshot, undone


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """Tell it once for all tests of this file: what was printed, and a snapshot of an earlier telling."""
    place = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(DATA_DIR=place, DEMO=True):
        with undone():
            seed("--members", str(SMALL))
            before = snapshot()
        with undone():
            printed = seed("--members", str(SMALL))
            yield {
                "printed": printed,
                "before": before,
                "place": place,
                "waking": list(connection.run_on_commit),
            }


@pytest.fixture
def story(demonstration):
    return stories()


@pytest.fixture(autouse=True)
def apart(demonstration):
    """Leave nothing of one test to the next, a failed statement included."""
    with undone():
        yield

"""`manage.py seed`, before anything is told."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from tests.config.demo.world import seed


@pytest.mark.django_db
def test_there_is_no_story_before_it_is_told():
    with pytest.raises(CommandError, match=r"manage\.py seed"):
        seed("--stories")


def test_members_are_counted_from_one():
    with pytest.raises(CommandError, match="from 1 on"):
        seed("--members", "0")

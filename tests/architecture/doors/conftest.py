"""The world of the matrix and the swaps, built once for both in a transaction that is taken back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.architecture.visiting import Visit, rolled_back, visitor
from tests.architecture.world import World, world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package")
def here(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Build the world once for this folder, in one transaction that is taken back at the end."""
    logging.disable(logging.WARNING)  # thousands of refusals are meant
    with django_db_blocker.unblock(), rolled_back(), world() as built:
        for side in (built.ours, built.theirs):
            clerk = side.house.clerk
            side.things |= {"row": str(clerk.pk), "app": "core", "role": "clerk", "officer": clerk.public_id}
        yield built
    logging.disable(logging.NOTSET)


@pytest.fixture
def visit(here, request) -> Visit:
    return visitor(here, request.param)

"""Sentences are asserted in English, the language they are written in; addresses then begin with /en/."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English for one test."""
    with translation.override("en"):
        yield

"""The city's office for documents."""

import io

import pypdf
import pytest
from django.utils import translation

from associations.documents.samples import SAMPLE
from associations.documents.states import SPECS, DocumentKind
from associations.tenancy import scope


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(city):
    """Work in the city's scope."""
    with scope.of(city.association):
        yield city


def told(kind: DocumentKind, **changes):
    """Invented words for every field the kind knows."""
    return {key: SAMPLE[key] for key in SPECS[kind].fields} | changes


def text_of(paper: bytes) -> str:
    """The text layer without the blanks a reader puts between letters and lines."""
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)

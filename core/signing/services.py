"""The one verb of the keys: another one takes over."""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.signing import keys

if TYPE_CHECKING:
    from core.signing.keys import SigningKey


def rotate(file: Path, id_: str, now: datetime) -> SigningKey:
    """Put a new key first in a file of keys; of those before it only the public halves stay, signing until today.

    Their private halves are gone for good; what they signed stays verifiable. Raises ValueError for an id there is.
    """
    today = now.astimezone(UTC).date()
    fresh = keys.new(id_, secrets.token_bytes(keys.KEY_BYTES), today)
    before = keys.parse(file.read_text())
    text = ",".join([keys.entry_of(fresh), *(keys.entry_of(key, retired_on=today) for key in before)])
    keys.parse(text)  # an id that comes twice must not be written
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # mode 0600
    with os.fdopen(descriptor, "w") as draft:
        draft.write(text)
    Path(name).replace(file)
    return fresh

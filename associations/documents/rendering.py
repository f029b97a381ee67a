"""Setting a document: the frame and its words, in a child process with bounded memory and time and no open doors."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import manimgx_fonts_cjk
import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from associations.documents.child import UNSHOWABLE, WRONG
from core.verdicts import Denied

if TYPE_CHECKING:
    from datetime import date

_HERE = Path(__file__).resolve().parent
_ROOT = str(_HERE.parents[1])
_START = f"import sys; sys.path.append({_ROOT!r}); from associations.documents.child import main; main()"
_SLOW = {-signal.SIGXCPU, -signal.SIGKILL}
_QUOTED = re.compile(r'`"(.*?)"`')
CHECK_WORDS = "扫描二维码或者打开下列地址，核验本文书真伪："


@dataclass(frozen=True, slots=True)
class Limits:
    """What setting a document may cost. A usual one takes half a second and 300 MB."""

    seconds: int = 20
    memory_bytes: int = 2 << 30


DEFAULT_LIMITS = Limits()


class Unshowable(Denied):
    """The document could not be set. Says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document ready to be set."""

    association: str
    title: str
    number: str
    day: date
    address: str
    blocks: list[dict[str, Any]]
    guide_title: str = ""
    guide: list[dict[str, Any]] | None = None


def address_of(code: str) -> str:
    """Where anybody verifies the document with this code: the Chinese page, as the document is Chinese."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL.rstrip("/") + reverse("documents:verified", args=[code])


def render(sheet: Sheet, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The PDF. The same sheet gives the same bytes. Raises `Unshowable`."""
    told = asdict(sheet) | {
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "day_words": f"{sheet.day.year}年{sheet.day.month}月{sheet.day.day}日",
        "check_words": CHECK_WORDS,
        "qr": qr(sheet.address),
        "guide": sheet.guide or [],
    }
    midnight = datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="document-") as nothing:
        request = {
            "limits": asdict(limits), "told": told, "frame": frame(), "fonts": fonts(), "root": nothing,
            "timestamp": int(midnight.timestamp()),
        }  # fmt: skip
        return _set(json.dumps(request, ensure_ascii=False).encode(), limits)


def _set(request: bytes, limits: Limits) -> bytes:
    slow = Unshowable(_("Setting the document took too long and was stopped. Shorten its text."))
    try:
        done = subprocess.run(  # noqa: S603 - our own child, no shell
            [sys.executable, "-I", "-c", _START],
            input=request,
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise slow from None
    if done.returncode == UNSHOWABLE:
        quoted = _QUOTED.search(done.stderr.decode("utf-8", "replace"))
        raise Unshowable(
            _(
                "The characters “%(letters)s” are in none of the register's fonts. The operator can add a font."
            )
            % {"letters": quoted[1] if quoted else "?"}
        )
    if done.returncode in _SLOW:
        raise slow
    if done.returncode == WRONG:
        raise Unshowable(_("The document could not be set. Tell the operator its text."))
    if done.returncode:
        raise Unshowable(_("The document could not be set within the memory it may use. Shorten its text."))
    return done.stdout


def qr(address: str) -> str:
    """The address as a QR code, an SVG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def fonts() -> list[str]:
    """Folders of fonts: the register's own, then what the operator added."""
    own = str(Path(manimgx_fonts_cjk.__file__).resolve().parent)
    return [own, *([settings.DOCUMENT_FONTS] if settings.DOCUMENT_FONTS else [])]


@cache
def frame() -> str:
    return (_HERE / "frame.typ").read_text("utf-8")

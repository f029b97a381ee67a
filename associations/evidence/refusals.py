"""Why a file is not kept: the code, what is wrong, what to do."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.verdicts import Denied

_PICTURE = _("Send a picture of it instead: a screenshot or a photograph.")
_SAVE_ANEW = _("Open it, save it anew or print it to PDF, and choose the new file.")
_SMALLER = _("Send the part that matters, or save it smaller.")

REFUSALS: dict[str, tuple[str, str]] = {
    "empty": (_("The file is empty."), _("Choose the file anew.")),
    "too_large": (_("The file has %(megabytes)d MB; at most %(most)d MB are kept of this kind."), _SMALLER),
    "quota": (
        _("The association's space for files is used up."),
        _("Tell the association: the operator can give it more."),
    ),
    "unknown": (
        _("This kind of file is not kept."),
        _("Send a PDF, a picture, a recording (mp4, mp3, m4a), a document or a text."),
    ),
    "program": (_("This file is a program or a script, whatever its name says."), _PICTURE),
    "markup": (_("This file is a web page or a drawing that can run scripts (HTML, SVG, XML)."), _PICTURE),
    "archive": (
        _("This is a packed archive; what is inside would be kept unseen."),
        _("Unpack it and send the files one by one."),
    ),
    "two_kinds": (
        _("This file can be read as two kinds at once, as no honest file can."),
        _SAVE_ANEW,
    ),
    "damaged": (_("The file is damaged: it ends too early or contradicts itself."), _SAVE_ANEW),
    "encrypted": (
        _("The file is protected with a password: nobody could read it."),
        _("Remove the password and choose the file again."),
    ),
    "macros": (_("The document holds macros or scripts."), _("Print it to PDF and send that.")),
    "active_pdf": (
        _("The PDF holds scripts, programs to start or files inside."),
        _("Print it to a new PDF and send that."),
    ),
    "unpacks_too_large": (
        _("The document unpacks to more than %(most)d MB, or into more than %(parts)d parts."),
        _SAVE_ANEW,
    ),
    "packed_too_tightly": (
        _("The document is packed more than %(most)d to 1, as no office program packs it."),
        _SAVE_ANEW,
    ),
    "too_many_pixels": (
        _("The picture has %(width)d × %(height)d points; at most %(most)d million are kept."),
        _("Save it smaller, or cut it into several pictures."),
    ),
    "infected": (
        _("The scanner found harmful software in the file: %(found)s."),
        _("Do not open it. Send a picture of what it shows."),
    ),
    "not_scanned": (
        _("The file could not be checked for harmful software just now."),
        _("Try again in a few minutes. If it goes on, tell the association."),
    ),
}


class EvidenceRefused(Denied):
    """The file is not kept, and nothing was written. Its text is sentence and remedy, in the reader's language."""

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(code)

    def __str__(self) -> str:
        return " ".join(gettext(part) % self.params for part in REFUSALS[self.code])

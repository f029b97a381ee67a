"""What a kept file can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """The value is the ending that a name of this kind is given."""

    PDF = "pdf", _("PDF document")
    OFD = "ofd", _("OFD document")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")
    PPTX = "pptx", _("PowerPoint slides")
    DOC = "doc", _("Word document (old format)")
    XLS = "xls", _("Excel workbook (old format)")
    PPT = "ppt", _("PowerPoint slides (old format)")
    TXT = "txt", _("Text")
    PNG = "png", _("PNG picture")
    JPEG = "jpg", _("JPEG picture")
    GIF = "gif", _("GIF picture")
    WEBP = "webp", _("WebP picture")
    HEIC = "heic", _("HEIC picture")
    MP4 = "mp4", _("Video")
    MOV = "mov", _("QuickTime video")
    M4A = "m4a", _("Sound recording (M4A)")
    MP3 = "mp3", _("Sound recording (MP3)")
    WAV = "wav", _("Sound recording (WAV)")
    AMR = "amr", _("Telephone recording (AMR)")


RECORDINGS = frozenset({FileKind.MP4, FileKind.MOV, FileKind.M4A, FileKind.MP3, FileKind.WAV, FileKind.AMR})
"""Video and sound: they may be larger than papers and pictures, and are never held in memory whole."""

ENDINGS: dict[FileKind, frozenset[str]] = {
    FileKind.JPEG: frozenset({"jpg", "jpeg"}),
    FileKind.HEIC: frozenset({"heic", "heif", "avif"}),
    FileKind.MP4: frozenset({"mp4", "m4v", "3gp"}),
    FileKind.TXT: frozenset({"txt", "csv", "log", "md"}),
}
"""What a name may end in and still tell the truth; elsewhere the kind's own ending alone."""

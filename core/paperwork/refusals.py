"""Why a file is refused as a whole: the code, the sentence, the remedy."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

_SAVE_AS = _("Open it in the spreadsheet program and save it as .xlsx or as .csv, then choose that file.")
_SPLIT = _("Divide the file into several smaller ones and import them one after the other.")
_ASK_FOR_SHEET = _("Choose the spreadsheet itself: .xlsx, .xls, .csv or .jsonl.")
_SAVE_ANEW = _("Open it in the spreadsheet program, save it anew, and choose the new file.")

# code → (what is wrong, what to do)
REFUSALS: dict[str, tuple[str, str]] = {
    "empty": (_("The file is empty."), _("Choose the file that holds the rows.")),
    "picture": (
        _("This is a picture, not a spreadsheet."),
        _("Type the rows into a spreadsheet, or ask the sender for the original file."),
    ),
    "pdf": (
        _("This is a PDF document, not a spreadsheet."),
        _("Ask the sender for the spreadsheet the PDF was made from."),
    ),
    "document": (_("This is a text document or a presentation, not a spreadsheet."), _ASK_FOR_SHEET),
    "archive": (
        _("This is a packed archive, not a spreadsheet."),
        _("Unpack it and choose the spreadsheet inside."),
    ),
    "html": (_("This is a web page, whatever its name says."), _SAVE_AS),
    "xml": (_("This is an XML file, not a spreadsheet this import reads."), _SAVE_AS),
    "binary_workbook": (_("This is a binary workbook (.xlsb), which this import does not read."), _SAVE_AS),
    "open_document": (_("This is an OpenDocument file, which this import does not read."), _SAVE_AS),
    "not_a_table": (_("This file is neither a spreadsheet nor a text table."), _ASK_FOR_SHEET),
    "unknown_encoding": (
        _("The characters of this text file are in no known encoding (UTF-8, UTF-16, GBK, GB18030)."),
        _("Save it in UTF-8, or save it as .xlsx."),
    ),
    "damaged": (_("The file is damaged: it ends too early or contradicts itself."), _SAVE_ANEW),
    "encrypted": (
        _("The workbook is protected with a password."),
        _("Remove the password in the spreadsheet program, save, and choose the file again."),
    ),
    "too_large": (_("The file has %(megabytes)d MB; at most %(most)d MB are read."), _SPLIT),
    "unpacks_too_large": (
        _("The workbook unpacks to %(megabytes)d MB; at most %(most)d MB are read."),
        _SPLIT,
    ),
    "too_many_members": (
        _("The workbook consists of %(members)d parts; at most %(most)d are read."),
        _("Remove pictures and unused sheets, save, and choose the file again."),
    ),
    "packed_too_tightly": (
        _("The workbook is packed more than %(most)d to 1, as no honest spreadsheet is."),
        _SAVE_ANEW,
    ),
    "too_much_memory": (_("Reading the file would take more memory than it may."), _SPLIT),
    "too_slow": (_("Reading the file took longer than %(seconds)d seconds and was stopped."), _SPLIT),
    "too_many_rows": (_("The file has more than %(most)d rows."), _SPLIT),
    "too_many_columns": (
        _("The file has more than %(most)d columns."),
        _("Delete the columns that hold nothing, save, and choose the file again."),
    ),
    "cell_too_long": (
        _(
            "A cell in row %(row)d is longer than %(most)d characters; perhaps a quotation mark before it is missing."
        ),
        _("Correct that row and choose the file again."),
    ),
    "quote_not_closed": (
        _(
            "A quotation mark opened in row %(row)d is never closed, so that the rows after it cannot be told apart."
        ),
        _("Correct that row and choose the file again."),
    ),
    "json_array": (
        _("This is one JSON array; this import reads JSON lines, one object a line."),
        _("Write each object on a line of its own, without brackets and commas around."),
    ),
    "not_json_lines": (
        _("None of the first lines is a JSON object."),
        _("Write each object on a line of its own."),
    ),
    "no_headings": (
        _("No row of headings was found. Expected among others: %(expected)s."),
        _("Put a row of headings above the rows; its place and order are free."),
    ),
    "missing_headings": (
        _("Headings are missing: %(missing)s. Found in row %(row)d: %(found)s. Not known: %(others)s."),
        _("Name the missing columns as shown, or as your association usually does."),
    ),
    "formula": (
        _("Cell %(cell)s (%(heading)s) holds a formula. Formulas are not computed, so nothing was imported."),
        _("Copy the column and paste it as values only, save, and choose the file again."),
    ),
}


class PaperworkRefused(Exception):
    """The file is refused as a whole, and nothing was changed.

    `code` is stable; `message` and `remedy` are msgids, `params` fills both. `text()` and `advice()` are the
    sentences in the language that is active, or in the one named.
    """

    def __init__(self, code: str, **params: object) -> None:
        self.message, self.remedy = REFUSALS[code]
        self.code, self.params = code, params
        super().__init__(code)

    def __str__(self) -> str:
        return f"{self.text()} {self.advice()}"

    def text(self, language: str | None = None) -> str:
        """Return what is wrong."""
        return render(self.message, self.params, language)

    def advice(self, language: str | None = None) -> str:
        """Return what to do."""
        return render(self.remedy, self.params, language)


def render(message: str, params: dict[str, object], language: str | None = None) -> str:
    """Fill a msgid in the active language, or in the one named; a list is joined, promises are resolved."""
    if language is None:
        return _filled(message, params)
    with override(language):
        return _filled(message, params)


def _filled(message: str, params: dict[str, object]) -> str:
    if not params:
        return gettext(message)
    return gettext(message) % {name: _shown(value) for name, value in params.items()}


def _shown(value: object) -> object:
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return gettext(", ").join(map(str, value)) or "—"
    return str(value)

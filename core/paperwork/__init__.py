"""Paperwork 来件: reads associations' own spreadsheets as clerks keep them, and writes reports and exports.

Words: a *file* is read into a *table* (`reading.read`); a table has *records*, one a data row; a record has
parsed *values* and *problems*; a file that cannot be read at all is *refused* (`refusals.PaperworkRefused`).
What a caller expects is its *schema*: columns, their aliases, their parsers.

Promises: a file is judged by its content, never by its name. It is opened only in a child process with
bounded memory, processor time and clock, so that no file can hurt the application. Nothing is guessed in
silence: skipped rows, ignored sheets and repeated headings are listed. Whatever is written for a spreadsheet
holds no formula (`export.safe_cell`). No models, and no other room of the house.

In the child run `child`, `sniffing`, `workbooks`, `legacy`, `texts` and `headings`, which therefore import
nothing but the standard library and the workbook reader.
"""

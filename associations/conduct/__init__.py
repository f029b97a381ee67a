"""The conduct file 诚信档案: append-only, typed facts with source and date. The hand-over to credit.

Words: a *fact* is something that happened to a membership on a day; a correction is a new fact that names
the one it concerns (`ref`); *due* is the queue of memberships whose facts have changed since they were
rated. Promise: a fact carries no points, is never changed, and is digested when written, so that a rating
can name its inputs without reading their text.
"""

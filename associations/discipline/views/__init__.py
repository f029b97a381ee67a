"""The console's pages of discipline."""

from associations.discipline.views.case import case
from associations.discipline.views.lists import cases, new
from associations.discipline.views.steps import (
    close,
    decide,
    drop,
    form_panel,
    lapse,
    recuse,
    replace,
    reverse,
    serve_decision,
    serve_notice,
    take_statement,
    vote,
    waive,
)

__all__ = [
    "case",
    "cases",
    "close",
    "decide",
    "drop",
    "form_panel",
    "lapse",
    "new",
    "recuse",
    "replace",
    "reverse",
    "serve_decision",
    "serve_notice",
    "take_statement",
    "vote",
    "waive",
]

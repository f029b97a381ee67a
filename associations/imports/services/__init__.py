"""Bringing paperwork in: at once from the command line, or as a run that is previewed, confirmed and carried out."""

from associations.imports.services.carrying import PAPERS, bring_in, elsewhere, read, recognise
from associations.imports.services.running import cancel, confirm, preview, run_waiting

__all__ = [
    "PAPERS",
    "bring_in",
    "cancel",
    "confirm",
    "elsewhere",
    "preview",
    "read",
    "recognise",
    "run_waiting",
]

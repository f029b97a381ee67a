"""The columns of the five kinds of paperwork, and the headings they go by, the usual one first."""

from associations.imports.papers.columns.decisions import DECISIONS
from associations.imports.papers.columns.people import MEMBERS, STREAMERS
from associations.imports.papers.columns.records import FIGURES, TRAINING
from associations.imports.papers.columns.shared import remembered, shown

__all__ = ["DECISIONS", "FIGURES", "MEMBERS", "STREAMERS", "TRAINING", "remembered", "shown"]

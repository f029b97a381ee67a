"""The console's pages of discipline."""

from associations.discipline.views.case import case
from associations.discipline.views.evidence import add_evidence
from associations.discipline.views.hearing_day import hearing_day
from associations.discipline.views.lists import cases, new
from associations.discipline.views.pages import PAGES
from associations.discipline.views.papers import export, issue
from associations.discipline.views.steps import page_of

__all__ = ["PAGES", "add_evidence", "case", "cases", "export", "hearing_day", "issue", "new", "page_of"]

"""The verbs of bars: listing and following (the engine's), reviewing, asking and answering (officers')."""

from credit.blacklist.services.asking import answer, ask, see
from credit.blacklist.services.listing import Outcome, list_bars, years_after
from credit.blacklist.services.reviewing import agree, review

__all__ = ["Outcome", "agree", "answer", "ask", "list_bars", "review", "see", "years_after"]

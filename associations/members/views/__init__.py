"""The members' pages in the console."""

from associations.members.views.joining import application, applications, refuse
from associations.members.views.listing import export, members
from associations.members.views.papers import consent, end_link, link, resume, withdraw
from associations.members.views.screening import question, questions

__all__ = [
    "application", "applications", "consent", "end_link", "export", "link", "members", "question",
    "questions", "refuse", "resume", "withdraw",
]  # fmt: skip

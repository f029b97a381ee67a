"""The role table: which role may use which verb. *When* a verb is lawful stands in each room's rules."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.tenancy import scope
from core.accounts.selectors import roles_of
from core.accounts.states import OFFICERS, Role
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from core.accounts.models import User


class Verb(StrEnum):
    """What an officer can do. A room that brings a verb adds its line here and in the table."""

    LOOK = "look"
    READ_LEDGER = "read the ledger"
    MANAGE_MEMBERS = "manage members"
    ANSWER_SCREENING = "answer screening questions"
    IMPORT = "import paperwork"
    MANAGE_TRAINING = "manage training"
    HANDLE_COMPLAINTS = "handle complaints"
    FIND_COMPLAINT = "find on complaints"
    KEEP_REGISTER = "keep the compensation register"
    OPEN_CASE = "open cases"
    INVESTIGATE = "investigate cases"
    SERVE_NOTICE = "serve notices"
    FORM_PANEL = "form panels"
    VOTE = "vote"
    WEIGH = "note circumstances"
    EXTEND = "extend times"
    RECORD_BOARD = "record votes of the board"
    APPROVE_BAR = "approve bars for life"
    DECIDE = "sign decisions"
    DROP_CASE = "drop cases"
    REVERSE = "reverse decisions"
    RECEIVE_REMEDY = "enter objections, repairs and corrections"
    ANSWER_REMEDY = "answer objections, repairs and corrections"
    RATE = "ask for a rating"
    DRAFT_RULES = "draft rule sets"
    APPROVE_RULES = "approve rule sets"
    PUBLISH_RULES = "announce rule sets"
    WITHDRAW_RULES = "withdraw rule sets"
    REHEARSE = "rehearse a rule set"
    REVIEW_BAR = "review bars"
    ASK_ABOUT_BAR = "ask another association about a bar"
    ANSWER_ABOUT_BAR = "answer another association about a bar"
    APPROVE_PUBLICATION = "approve publication"
    MANAGE_ASSOCIATION = "manage the association"
    KEEP_FEES = "keep fees"
    EXPORT = "export"


ROLE_TABLE: dict[Verb, frozenset[Role]] = {
    Verb.LOOK: OFFICERS,
    Verb.READ_LEDGER: frozenset({Role.ADMIN, Role.DECIDER, Role.OBSERVER}),
    Verb.MANAGE_MEMBERS: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.ANSWER_SCREENING: frozenset({Role.REVIEWER, Role.ADMIN}),
    Verb.IMPORT: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.MANAGE_TRAINING: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.HANDLE_COMPLAINTS: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.FIND_COMPLAINT: frozenset({Role.REVIEWER, Role.DECIDER}),
    Verb.KEEP_REGISTER: frozenset({Role.DECIDER, Role.ADMIN}),
    Verb.OPEN_CASE: frozenset({Role.CLERK}),
    Verb.INVESTIGATE: frozenset({Role.CLERK}),
    Verb.SERVE_NOTICE: frozenset({Role.CLERK}),
    Verb.FORM_PANEL: frozenset({Role.DECIDER, Role.ADMIN}),
    Verb.VOTE: frozenset({Role.REVIEWER}),
    Verb.WEIGH: frozenset({Role.CLERK, Role.REVIEWER, Role.DECIDER}),
    Verb.EXTEND: frozenset({Role.DECIDER}),
    Verb.RECORD_BOARD: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.APPROVE_BAR: frozenset({Role.REVIEWER, Role.DECIDER, Role.ADMIN}),
    Verb.DECIDE: frozenset({Role.DECIDER}),
    Verb.DROP_CASE: frozenset({Role.DECIDER}),
    Verb.REVERSE: frozenset({Role.REVIEWER}),
    Verb.RECEIVE_REMEDY: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.ANSWER_REMEDY: frozenset({Role.REVIEWER}),
    Verb.RATE: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.DRAFT_RULES: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.APPROVE_RULES: frozenset({Role.DECIDER}),
    Verb.PUBLISH_RULES: frozenset({Role.DECIDER, Role.ADMIN}),
    Verb.WITHDRAW_RULES: frozenset({Role.DECIDER, Role.ADMIN}),
    Verb.REHEARSE: frozenset({Role.CLERK, Role.DECIDER, Role.ADMIN}),
    Verb.REVIEW_BAR: frozenset({Role.REVIEWER}),
    Verb.ASK_ABOUT_BAR: frozenset({Role.CLERK, Role.REVIEWER, Role.ADMIN}),
    Verb.ANSWER_ABOUT_BAR: frozenset({Role.REVIEWER, Role.DECIDER, Role.ADMIN}),
    Verb.APPROVE_PUBLICATION: frozenset({Role.DECIDER}),
    Verb.MANAGE_ASSOCIATION: frozenset({Role.ADMIN}),
    Verb.KEEP_FEES: frozenset({Role.CLERK, Role.ADMIN}),
    Verb.EXPORT: frozenset({Role.CLERK, Role.ADMIN, Role.OBSERVER}),
}


def may(user: User | None, verb: Verb) -> Verdict:
    """Whether `user` may use `verb` in the association in force. None is the system itself, which may."""
    if user is None or roles_of(user, scope.association_id()) & ROLE_TABLE[verb]:
        return ALLOWED
    names = _(", ").join(str(role.label) for role in Role if role in ROLE_TABLE[verb])
    return denied(
        _("Only these roles may do this: %(roles)s. Ask the association administrator.") % {"roles": names}
    )

"""Gathers the rooms' tables for Django."""

from credit.blacklist.models import (
    Bar,
    BarChange,
    BarEvent,
    BarNews,
    BarReview,
    Inquiry,
    InquiryAnswer,
    OwnInquiry,
)
from credit.publication.models import (
    Candidate,
    PublishedAccount,
    PublishedAssociation,
    PublishedBar,
    PublishedBundle,
    PublishedDecision,
    PublishedRating,
    PublishedRuleSet,
    PublishedWithdrawal,
)
from credit.rehearsal.models import Rehearsal, RehearsalPart
from credit.rulesets.models import OwnVersion, RuleSetVersion
from credit.scoring.models import FormerRating, GateDue, Standing, Stretch

__all__ = [
    "Bar",
    "BarChange",
    "BarEvent",
    "BarNews",
    "BarReview",
    "Candidate",
    "FormerRating",
    "GateDue",
    "Inquiry",
    "InquiryAnswer",
    "OwnInquiry",
    "OwnVersion",
    "PublishedAccount",
    "PublishedAssociation",
    "PublishedBar",
    "PublishedBundle",
    "PublishedDecision",
    "PublishedRating",
    "PublishedRuleSet",
    "PublishedWithdrawal",
    "Rehearsal",
    "RehearsalPart",
    "RuleSetVersion",
    "Standing",
    "Stretch",
]

"""Gathers the rooms' tables for Django."""

from credit.blacklist.models import Bar, BarEvent, BarNews
from credit.publication.models import (
    Candidate,
    PublishedAccount,
    PublishedAssociation,
    PublishedBar,
    PublishedBundle,
    PublishedDecision,
    PublishedRating,
    PublishedRuleSet,
)
from credit.rehearsal.models import Rehearsal, RehearsalPart
from credit.rulesets.models import OwnVersion, RuleSetVersion
from credit.scoring.models import Rating, Standing, Stretch

__all__ = [
    "Bar",
    "BarEvent",
    "BarNews",
    "Candidate",
    "OwnVersion",
    "PublishedAccount",
    "PublishedAssociation",
    "PublishedBar",
    "PublishedBundle",
    "PublishedDecision",
    "PublishedRating",
    "PublishedRuleSet",
    "Rating",
    "Rehearsal",
    "RehearsalPart",
    "RuleSetVersion",
    "Standing",
    "Stretch",
]

"""The tables of the members room."""

from associations.members.models.joining import Application, ScreeningQuestion
from associations.members.models.membership import LastNumber, Membership, MembershipEvent
from associations.members.models.papers import AgencyLink, Check, Consent, PlatformAccount

__all__ = [
    "AgencyLink", "Application", "Check", "Consent", "LastNumber", "Membership", "MembershipEvent",
    "PlatformAccount", "ScreeningQuestion",
]  # fmt: skip

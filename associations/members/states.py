from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.IntegerChoices):
    """What a member does in the trade (令117 Art. 2); the numbers are those of the rating engine."""

    PLATFORM = 1, _("Platform")
    AGENCY = 2, _("Agency")
    OPERATOR = 3, _("Room operator")
    STREAMER = 4, _("Streamer")


class MembershipState(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")
    EXPELLED = "expelled", _("Expelled")


VERIFIED_FOR_DAYS = 180
"""How long a verified identity stands: six months (令117 Art. 8)."""


class Change(models.TextChoices):
    """What happened to a membership, as its history tells it."""

    JOINED = "joined", _("Joined")
    RENAMED = "renamed", _("Renamed")
    CATEGORY = "category", _("Category changed")
    CONTACT = "contact", _("Contact changed")
    COMMENDATIONS = "commendations", _("Commendations opted out or in")
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Resumed")
    LEFT = "left", _("Left")
    EXPELLED = "expelled", _("Expelled")
    REINSTATED = "reinstated", _("Reinstated")


class ApplicationState(models.TextChoices):
    RECEIVED = "received", _("Received")
    QUESTION = "question", _("Screening question open")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class ScreeningAnswer(models.TextChoices):
    OPEN = "open", _("Open")
    NOT_THE_SAME = "not_the_same", _("Not the same person")
    SAME_ADMIT = "same_admit", _("The same, admitted with reasons")
    SAME_REFUSE = "same_refuse", _("The same, not admitted")
    MOOT = "moot", _("Not needed any more")


class Purpose(models.TextChoices):
    """What a consent is for (PIPL Art. 13–17, 23, 25); delivery as 行政处罚法 §61 asks it."""

    JOIN = "join", _("Membership")
    RATE = "rate", _("Being rated")
    PUBLISH = "publish", _("Publication")
    SHARE = "share", _("Sharing with a named receiver")
    DELIVER = "deliver", _("Being served at the member desk")


class Item(models.IntegerChoices):
    """The checklist of D3; the numbers are those of the rating engine."""

    IDENTITY = 1, _("Identity valid")
    LICENCE = 2, _("Licence current")
    DISPLAY = 3, _("Statutory display")
    CONTACT = 4, _("Contact reachable")
    AI_LABEL = 5, _("AI content labelled")
    OPERATOR_SHOWN = 6, _("Real operator shown")


CHECKLIST: dict[Category, frozenset[Item]] = {
    **dict.fromkeys((Category.PLATFORM, Category.AGENCY, Category.OPERATOR), frozenset(Item)),
    Category.STREAMER: frozenset({Item.IDENTITY, Item.CONTACT, Item.AI_LABEL, Item.OPERATOR_SHOWN}),
}
"""Which items are asked of whom, as in the rule set LCR-1: a natural person has no licence to display."""


class LeftOut(models.TextChoices):
    """Why a check is not recorded where many are at once."""

    ENDED = "ended", _("The membership has ended")
    NOT_YET = "not_yet", _("Not yet a member on that day")
    NOT_ASKED = "not_asked", _("Not on the checklist of this category")
    ON_FILE = "on_file", _("A check of this item on that day is on file")


MEMBERSHIP_TRANSITIONS: dict[MembershipState, frozenset[MembershipState]] = {
    MembershipState.ACTIVE: frozenset(
        {MembershipState.SUSPENDED, MembershipState.LEFT, MembershipState.EXPELLED}
    ),
    MembershipState.SUSPENDED: frozenset(
        {MembershipState.ACTIVE, MembershipState.LEFT, MembershipState.EXPELLED}
    ),
    MembershipState.LEFT: frozenset(),
    MembershipState.EXPELLED: frozenset({MembershipState.ACTIVE}),  # the decision was reversed
}

APPLICATION_TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.RECEIVED: frozenset(
        {ApplicationState.QUESTION, ApplicationState.ACCEPTED, ApplicationState.REFUSED}
    ),
    ApplicationState.QUESTION: frozenset({ApplicationState.RECEIVED, ApplicationState.REFUSED}),
    ApplicationState.ACCEPTED: frozenset(),
    ApplicationState.REFUSED: frozenset(),
}

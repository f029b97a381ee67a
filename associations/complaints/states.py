from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ACCEPTED = "accepted", pgettext_lazy("complaint", "Accepted")
    HEARD = "heard", _("Member heard")
    MEDIATION = "mediation", _("In mediation")
    AGREED = "agreed", _("Agreement made")
    PERFORMED = "performed", _("Agreement performed")
    UNPERFORMED = "unperformed", _("Agreement not performed")
    FOUND = "found", _("Finding made")
    CLOSED = "closed", _("Closed")
    REFUSED = "refused", _("Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Withdrawn")
    TRANSFERRED = "transferred", _("Transferred")


class Step(models.TextChoices):
    """What moves a complaint, or is done while it stays where it is."""

    RECEIVE = "receive", _("Complaint received")
    SET_ASIDE = "set_aside", _("Set aside for a person to look at")
    RELEASE = "release", _("Looked at, goes on")
    NAME = "name", _("Member named")
    HAND_ON = "hand_on", _("Handed to another officer")
    ACKNOWLEDGE = "acknowledge", _("Receipt acknowledged")
    ACCEPT = "accept", _("Complaint accepted")
    REFUSE = "refuse", _("Complaint not accepted")
    TRANSFER = "transfer", _("Transferred to who is competent")
    REPLY = "reply", _("Member's reply")
    LAPSE = "lapse", _("Time for the reply over")
    MEDIATE = "mediate", _("Mediation begun")
    PROPOSE = "propose", _("Agreement proposed")
    SAY_YES = "say_yes", _("Agreement accepted by one side")
    SAY_NO = "say_no", _("Agreement refused by one side")
    AGREE = "agree", _("Agreement made")
    FAIL = "fail", _("Mediation failed")
    PERFORM = "perform", _("Agreement performed")
    DEFAULT = "default", _("Agreement not performed in time")
    FIND = "find", _("Finding made")
    CLOSE = "close", _("Complaint closed")
    SATISFY = "satisfy", _("Complainant's satisfaction")
    WITHDRAW = "withdraw", _("Complaint withdrawn")
    ANSWER = "answer", _("Complainant's answer")
    HAND_IN = "hand_in", _("Evidence handed in")
    WRITE = "write", _("Message to the complainant")
    LEAD = "lead", _("Lead handed to the authority")
    REFER = "refer", _("Handed over as a lead for a case")


_AT_ANY_TIME = (Step.LEAD, Step.REFER)
_WHILE_OPEN = (Step.HAND_ON, Step.ANSWER, Step.HAND_IN, Step.WRITE)

TRANSITIONS: dict[ComplaintState, dict[Step, ComplaintState]] = {
    ComplaintState.RECEIVED: {
        Step.RELEASE: ComplaintState.RECEIVED,
        Step.NAME: ComplaintState.RECEIVED,
        Step.ACKNOWLEDGE: ComplaintState.ACKNOWLEDGED,
        Step.TRANSFER: ComplaintState.TRANSFERRED,
        Step.WITHDRAW: ComplaintState.WITHDRAWN,
    },
    ComplaintState.ACKNOWLEDGED: {
        Step.RELEASE: ComplaintState.ACKNOWLEDGED,
        Step.NAME: ComplaintState.ACKNOWLEDGED,
        Step.ACCEPT: ComplaintState.ACCEPTED,
        Step.REFUSE: ComplaintState.REFUSED,
        Step.TRANSFER: ComplaintState.TRANSFERRED,
        Step.WITHDRAW: ComplaintState.WITHDRAWN,
    },
    ComplaintState.ACCEPTED: {
        Step.REPLY: ComplaintState.HEARD,
        Step.LAPSE: ComplaintState.HEARD,
        Step.TRANSFER: ComplaintState.TRANSFERRED,
        Step.WITHDRAW: ComplaintState.WITHDRAWN,
    },
    ComplaintState.HEARD: {
        Step.REPLY: ComplaintState.HEARD,
        Step.MEDIATE: ComplaintState.MEDIATION,
        Step.FIND: ComplaintState.FOUND,
        Step.TRANSFER: ComplaintState.TRANSFERRED,
        Step.WITHDRAW: ComplaintState.WITHDRAWN,
    },
    ComplaintState.MEDIATION: {
        Step.PROPOSE: ComplaintState.MEDIATION,
        Step.SAY_YES: ComplaintState.MEDIATION,
        Step.SAY_NO: ComplaintState.MEDIATION,
        Step.AGREE: ComplaintState.AGREED,
        Step.FAIL: ComplaintState.HEARD,
        Step.WITHDRAW: ComplaintState.WITHDRAWN,
    },
    ComplaintState.AGREED: {
        Step.PERFORM: ComplaintState.PERFORMED,
        Step.DEFAULT: ComplaintState.UNPERFORMED,
    },
    ComplaintState.PERFORMED: {Step.CLOSE: ComplaintState.CLOSED},
    ComplaintState.UNPERFORMED: {
        Step.PERFORM: ComplaintState.UNPERFORMED,  # late: the ceiling goes, the finding is still due
        Step.FIND: ComplaintState.FOUND,
    },
    ComplaintState.FOUND: {
        Step.PERFORM: ComplaintState.FOUND,
        Step.CLOSE: ComplaintState.CLOSED,
    },
    ComplaintState.CLOSED: {
        Step.PERFORM: ComplaintState.CLOSED,
        Step.SATISFY: ComplaintState.CLOSED,
    },
    ComplaintState.REFUSED: {},
    ComplaintState.WITHDRAWN: {},
    ComplaintState.TRANSFERRED: {},
}

OVER = frozenset(
    {
        ComplaintState.CLOSED,
        ComplaintState.REFUSED,
        ComplaintState.WITHDRAWN,
        ComplaintState.TRANSFERRED,
    }
)
OPEN = tuple(state for state in ComplaintState if state not in OVER)
"""Something is still to be done."""

for _state, _steps in TRANSITIONS.items():
    _stays = _AT_ANY_TIME if _state in OVER else (*_WHILE_OPEN, *_AT_ANY_TIME)
    _steps.update(dict.fromkeys(_stays, _state))

INTERNAL = frozenset({Step.SET_ASIDE, Step.RELEASE, Step.NAME, Step.HAND_ON, Step.REFER})
"""Steps of which the complainant is not told."""


class Origin(models.TextChoices):
    """Where a complaint comes from."""

    PUBLIC = "public", _("The public")
    MEMBER = "member", _("A member")
    PLATFORM = "platform", _("A platform")
    AUTHORITY = "authority", _("An authority")


class Topic(models.TextChoices):
    """What a complaint is about."""

    QUALITY = "quality", _("Quality of goods or services")
    PROMOTION = "promotion", _("False or misleading promotion")
    PRICE = "price", _("Price, discounts, gifts")
    DELIVERY = "delivery", _("Delivery or performance")
    AFTER_SALES = "after_sales", _("Refund, return, repair")
    COUNTERFEIT = "counterfeit", _("Counterfeit or infringing goods")
    PERSONAL_DATA = "personal_data", _("Personal information")
    CONDUCT = "conduct", _("Conduct in the live room")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What was found."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Upheld in part")
    NOT_UPHELD = "not_upheld", _("Not upheld")


class Answer(models.TextChoices):
    """What a side says to a proposed agreement."""

    NONE = "", _("no answer yet")
    YES = "yes", _("accepted")
    NO = "no", _("refused")


class Satisfaction(models.TextChoices):
    NONE = "", _("not said")
    SATISFIED = "satisfied", _("Satisfied")
    PARTLY = "partly", _("Partly satisfied")
    DISSATISFIED = "dissatisfied", _("Not satisfied")


class Side(models.TextChoices):
    """Who speaks, or for whom a clock waits."""

    COMPLAINANT = "complainant", _("Complainant")
    MEMBER = "member", _("Member")
    ASSOCIATION = "association", _("Association")


class SignKind(models.TextChoices):
    """Why a complaint was set aside for a person to look at. None of them is a reason to refuse it."""

    NO_PROOF = "no_proof", _("Sent without the proof of work")
    BURST = "burst", _("Many complaints about the same member within an hour")
    TEMPLATE = "template", _("The same words from different people")
    SAME_PERSON = "same_person", _("Many complaints by the same person")


class AccountKind(models.TextChoices):
    """The accounts of the compensation register."""

    FUND = "fund", _("Compensation fund")
    PAID_IN = "paid_in", _("Paid into the fund")
    CLAIM = "claim", _("Claim on the member")
    LOSS = "loss", _("Written off")


class EntryKind(models.TextChoices):
    """What an entry of the register does: which account it debits, which it credits."""

    DEPOSIT = "deposit", _("Payment into the fund")
    ADVANCE = "advance", _("Advance payment to the complainant")
    RECOVERY = "recovery", _("Recovered from the member")
    WRITE_OFF = "write_off", _("Written off")

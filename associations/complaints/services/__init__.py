"""The verbs of complaints. Each is one transaction inside the association's scope: check, change, record.

Every verb holds its complaint for the transaction, so that of two done at once the second sees the first and is
refused. `on`-like days default to today (Shanghai) and are never in the future or before the previous step.
"""

from associations.complaints.services.evidence import hand_in
from associations.complaints.services.facts import record_figures, record_figures_everywhere
from associations.complaints.services.finding import close, find, lead, refer, satisfy
from associations.complaints.services.handling import (
    accept,
    acknowledge,
    answer_pattern,
    hand_on,
    name_member,
    refuse,
    release,
    see_contact,
    transfer,
    withdraw,
)
from associations.complaints.services.hearing import answer, close_reply, reply, write
from associations.complaints.services.mediation import default, fail, mediate, perform, propose, say
from associations.complaints.services.receiving import Received, Told, receive
from associations.complaints.services.register import advance, deposit, recover, write_off

__all__ = [
    "Received",
    "Told",
    "accept",
    "acknowledge",
    "advance",
    "answer",
    "answer_pattern",
    "close",
    "close_reply",
    "default",
    "deposit",
    "fail",
    "find",
    "hand_in",
    "hand_on",
    "lead",
    "mediate",
    "name_member",
    "perform",
    "propose",
    "receive",
    "record_figures",
    "record_figures_everywhere",
    "recover",
    "refer",
    "refuse",
    "release",
    "reply",
    "satisfy",
    "say",
    "see_contact",
    "transfer",
    "withdraw",
    "write",
    "write_off",
]

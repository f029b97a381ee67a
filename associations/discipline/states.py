from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    LEAD = "lead", _("Lead, being checked")
    FILED = "filed", _("Filed, being investigated")
    REPORTED = "reported", _("Investigated")
    NOTICED = "noticed", _("Notice served")
    HEARD = "heard", _("Statement closed")
    PANEL = "panel", _("Before the panel")
    DECIDED = "decided", _("Decided")
    SERVED = "served", _("Decision served")
    APPEALED = "appealed", _("Under appeal")
    EFFECTIVE = "effective", _("In force")
    ENFORCED = "enforced", _("Performance recorded")
    REVERSED = "reversed", _("Reversed")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Ended without a decision")
    HISTORY = "history", _("History, does not count")


class Step(models.TextChoices):
    """What moves a case, or is done while it stays where it is."""

    LEAD = "lead", _("Lead received")
    OPEN = "open", _("Case opened")
    RECORD = "record", _("Past decision recorded")
    CONTINUE = "continue", _("Opened again, sent back on appeal")
    FILE = "file", _("Case filed, investigator named")
    REASSIGN = "reassign", _("Investigator replaced")
    REPORT = "report", _("Investigation reported")
    EXTEND = "extend", _("Time extended")
    LAY_NOTICE = "lay_notice", _("Prior notice laid out at the desk")
    SERVE_NOTICE = "serve_notice", _("Prior notice served")
    TAKE_STATEMENT = "take_statement", _("Statement received")
    WAIVE = "waive", _("Statement and hearing waived")
    LAPSE = "lapse", _("Time for the statement over")
    ASK_HEARING = "ask_hearing", _("Hearing asked for")
    GIVE_UP_HEARING = "give_up_hearing", _("Hearing given up")
    CALL_HEARING = "call_hearing", _("Hearing announced")
    HOLD_HEARING = "hold_hearing", _("Hearing held")
    WEIGH = "weigh", _("Circumstance noted")
    FORM_PANEL = "form_panel", _("Panel formed")
    RECUSE = "recuse", _("Panel member recused")
    REPLACE = "replace", _("Replacement seated")
    VOTE = "vote", _("Vote cast")
    BOARD_VOTE = "board_vote", _("Vote of the board recorded")
    APPROVE = "approve", _("Bar approved")
    DECIDE = "decide", _("Decision made")
    SERVE_DECISION = "serve_decision", _("Decision handed over")
    TAKE_EFFECT = "take_effect", _("Time for appeal over")
    APPEAL = "appeal", _("Appeal received")
    OPINE = "opine", _("Opinion on the appeal given")
    WITHDRAW_APPEAL = "withdraw_appeal", _("Appeal withdrawn")
    UPHOLD = "uphold", _("Upheld on appeal")
    LIGHTEN = "lighten", _("Changed to a lighter measure on appeal")
    ALLOW = "allow", _("Reversed on appeal")
    SEND_BACK = "send_back", _("Sent back on appeal")
    PERFORM = "perform", _("Performance recorded")
    CLOSE = "close", _("Case closed")
    SERVE_APPEAL = "serve_appeal", _("Decision on the appeal handed over")
    PROPOSE_REVERSAL = "propose_reversal", _("Reversal proposed")
    REFUSE_REVERSAL = "refuse_reversal", _("Reversal not approved")
    DROP_REVERSAL = "drop_reversal", _("Proposal to reverse taken back")
    REVERSE = "reverse", _("Decision reversed")
    NO_CASE = "no_case", _("No case")
    DROP = "drop", _("Case dropped")
    WITHDRAW = "withdraw", _("Complaint withdrawn")
    SETTLE = "settle", _("Settled")
    TRANSFER = "transfer", _("Handed to another body")
    TIME_BAR = "time_bar", _("Out of time")


def _exits(*steps: Step) -> dict[Step, CaseState]:
    return dict.fromkeys(steps, CaseState.DROPPED)


def _reversal(state: CaseState) -> dict[Step, CaseState]:
    """A decision that stands can be set aside; of the gravest, that is proposed first."""
    return {
        Step.REVERSE: CaseState.REVERSED,
        Step.PROPOSE_REVERSAL: state,
        Step.REFUSE_REVERSAL: state,
        Step.DROP_REVERSAL: state,
    }


TRANSITIONS: dict[CaseState, dict[Step, CaseState]] = {
    CaseState.LEAD: {
        Step.FILE: CaseState.FILED,
        Step.EXTEND: CaseState.LEAD,
        **_exits(Step.NO_CASE, Step.WITHDRAW, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.FILED: {
        Step.REPORT: CaseState.REPORTED,
        Step.REASSIGN: CaseState.FILED,
        Step.WEIGH: CaseState.FILED,
        Step.EXTEND: CaseState.FILED,
        **_exits(Step.DROP, Step.WITHDRAW, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.REPORTED: {
        Step.LAY_NOTICE: CaseState.REPORTED,
        Step.SERVE_NOTICE: CaseState.NOTICED,
        Step.WEIGH: CaseState.REPORTED,
        Step.EXTEND: CaseState.REPORTED,
        **_exits(Step.DROP, Step.WITHDRAW, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.NOTICED: {
        Step.TAKE_STATEMENT: CaseState.HEARD,
        Step.WAIVE: CaseState.HEARD,
        Step.LAPSE: CaseState.HEARD,
        Step.ASK_HEARING: CaseState.NOTICED,
        **_exits(Step.DROP, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.HEARD: {
        Step.ASK_HEARING: CaseState.HEARD,
        Step.GIVE_UP_HEARING: CaseState.HEARD,
        Step.CALL_HEARING: CaseState.HEARD,
        Step.HOLD_HEARING: CaseState.HEARD,
        Step.FORM_PANEL: CaseState.PANEL,
        Step.WEIGH: CaseState.HEARD,
        Step.EXTEND: CaseState.HEARD,
        **_exits(Step.DROP, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.PANEL: {
        Step.RECUSE: CaseState.PANEL,
        Step.REPLACE: CaseState.PANEL,
        Step.VOTE: CaseState.PANEL,
        Step.BOARD_VOTE: CaseState.PANEL,
        Step.APPROVE: CaseState.PANEL,
        Step.DECIDE: CaseState.DECIDED,
        Step.WEIGH: CaseState.PANEL,
        Step.EXTEND: CaseState.PANEL,
        **_exits(Step.DROP, Step.TRANSFER, Step.TIME_BAR),
    },
    CaseState.DECIDED: {Step.SERVE_DECISION: CaseState.SERVED, **_reversal(CaseState.DECIDED)},
    CaseState.SERVED: {
        Step.APPEAL: CaseState.APPEALED,
        Step.TAKE_EFFECT: CaseState.EFFECTIVE,
        **_reversal(CaseState.SERVED),
    },
    CaseState.APPEALED: {
        Step.OPINE: CaseState.APPEALED,
        Step.WITHDRAW_APPEAL: CaseState.EFFECTIVE,
        Step.UPHOLD: CaseState.EFFECTIVE,
        Step.LIGHTEN: CaseState.EFFECTIVE,
        Step.ALLOW: CaseState.REVERSED,
        Step.SEND_BACK: CaseState.REVERSED,
        Step.REFUSE_REVERSAL: CaseState.APPEALED,
        Step.DROP_REVERSAL: CaseState.APPEALED,
    },
    CaseState.EFFECTIVE: {
        Step.SERVE_APPEAL: CaseState.EFFECTIVE,
        Step.PERFORM: CaseState.ENFORCED,
        **_reversal(CaseState.EFFECTIVE),
    },
    CaseState.ENFORCED: {
        Step.SERVE_APPEAL: CaseState.ENFORCED,
        Step.PERFORM: CaseState.ENFORCED,
        Step.CLOSE: CaseState.CLOSED,
        **_reversal(CaseState.ENFORCED),
    },
    CaseState.CLOSED: {
        Step.SERVE_APPEAL: CaseState.CLOSED,
        Step.PERFORM: CaseState.CLOSED,
        **_reversal(CaseState.CLOSED),
    },
    CaseState.REVERSED: {Step.SERVE_APPEAL: CaseState.REVERSED},
    CaseState.DROPPED: {},
    CaseState.HISTORY: {},  # imported, lacks what would make it count
}

UNDECIDED = (
    CaseState.LEAD,
    CaseState.FILED,
    CaseState.REPORTED,
    CaseState.NOTICED,
    CaseState.HEARD,
    CaseState.PANEL,
)
OPEN = (*UNDECIDED, CaseState.DECIDED, CaseState.APPEALED)
"""Something is still to be done before the case binds anybody."""
STANDING = (CaseState.SERVED, CaseState.EFFECTIVE, CaseState.ENFORCED)
"""The measure acts on the membership."""
OVER = frozenset({CaseState.CLOSED, CaseState.REVERSED, CaseState.DROPPED, CaseState.HISTORY})
"""Nothing is to be done any more."""
EXITS = (Step.NO_CASE, Step.DROP, Step.WITHDRAW, Step.SETTLE, Step.TRANSFER, Step.TIME_BAR)
"""The ways in which a case ends without a decision."""


class Side(models.TextChoices):
    """What somebody is to a case. Nobody is two of them."""

    ACCUSE = "accuse", _("opened or investigated it")
    JUDGE = "judge", _("judged it")
    APPROVE = "approve", _("approved the bar")
    REVIEW = "review", _("reviewed it on appeal")
    BEFORE = "before", _("had a hand in it before it was sent back")


class Outcome(models.TextChoices):
    """How an appeal 复核 ends; the values are those of the steps."""

    UPHOLD = "uphold", pgettext_lazy("appeal", "Upheld")
    LIGHTEN = "lighten", _("Changed to a lighter measure")
    ALLOW = "allow", pgettext_lazy("appeal", "Reversed")
    SEND_BACK = "send_back", _("Sent back to be judged anew")


class ProposalState(models.TextChoices):
    """What became of a proposal to reverse; `overtaken`: the decision fell on appeal meanwhile."""

    OPEN = "open", _("Waits for a second reviewer")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")
    DROPPED = "dropped", _("Taken back")
    OVERTAKEN = "overtaken", _("Overtaken by the appeal")


class Origin(models.TextChoices):
    """Where a lead comes from."""

    PATROL = "patrol", _("The association's own checks")
    COMPLAINT = "complaint", _("A complaint")
    PLATFORM = "platform", _("A platform")
    AUTHORITY = "authority", _("An authority")
    OTHER = "other", _("Elsewhere")


class Measure(models.IntegerChoices):
    """The ladder of measures, L1–L6 (DOMAIN 1.9)."""

    REMINDER = 1, _("Talk, undertaking or extra training")
    WARNING = 2, _("Warning, correction ordered")
    INTERNAL_CENSURE = 3, _("Censure among members")
    PUBLIC_CENSURE = 4, _("Public censure, member rights suspended")
    EXPULSION = 5, _("Expulsion")
    LIFETIME_BAR = 6, _("Bar for life")


class Weight(models.TextChoices):
    """Circumstances that weigh on the measure (DOMAIN 1.9): the first four aggravate, the others mitigate."""

    REPEAT = "repeat", _("The same within twelve months")
    OBSTRUCTION = "obstruct", _("Obstruction of the inquiry")
    SHAM = "sham", _("Sham correction")
    RETALIATION = "retaliate", _("Retaliation against who complained")
    FIRST = "first", _("First and slight")
    SELF_REPORT = "self", _("Reported by the member itself")
    CORRECTED = "corrected", _("Corrected in time")
    COMPENSATED = "paid", _("Compensation paid")


class StatementKind(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    WAIVED = "waived", _("Waived")
    LAPSED = "lapsed", _("Not submitted in time")


class Letter(models.TextChoices):
    """What the member is told in writing, at the desk too."""

    NOTICE = "notice", _("Prior notice")
    CALL = "call", _("Notice of the hearing")
    DECISION = "decision", _("Decision")
    APPEAL = "appeal", _("Decision on the appeal")


class Lack(models.TextChoices):
    """Why a decision does not count."""

    QUORUM = "quorum", _("fewer members present than the charter asks")
    MAJORITY = "majority", _("no majority of those present")
    NOTICE = "notice", _("no proof that notice was served before the decision")
    STATEMENT = "statement", _("neither statement nor waiver nor lapse recorded")
    DEFENCE_WINDOW = "defence_window", _("decided before the time for defence was over")
    CHARTER = "charter", _("no charter basis")
    HEARING = "hearing", _("the hearing asked for was neither held nor given up, or may still be asked for")
    BOARD = "board", _("no vote of the board that carries the measure")
    APPROVALS = "approvals", _("fewer than two approvals by people not involved")

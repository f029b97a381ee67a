"""The acts of the vocabulary as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.ledger.states import Act

if TYPE_CHECKING:
    from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {
    Act.ASSOCIATION_REGISTERED: _("Association registered"),
    Act.CHARTER_ADOPTED: _("Charter version adopted"),
    Act.ROLE_GRANTED: _("Role granted"),
    Act.ROLE_ENDED: _("Role ended"),
    Act.MEMBERS_IMPORTED: _("Import finished"),
    Act.MEMBERS_EXPORTED: _("Members exported"),
    Act.APPLICATION_RECEIVED: _("Application received"),
    Act.APPLICATION_ACCEPTED: _("Application accepted"),
    Act.APPLICATION_REFUSED: _("Application refused"),
    Act.SCREENING_RAISED: _("Screening question raised"),
    Act.SCREENING_ANSWERED: _("Screening question answered"),
    Act.MEMBER_ADMITTED: _("Member admitted"),
    Act.MEMBER_CHANGED: _("Member changed"),
    Act.MEMBER_LEFT: _("Member left"),
    Act.MEMBER_SUSPENDED: _("Member suspended"),
    Act.MEMBER_RESUMED: _("Suspension ended"),
    Act.MEMBER_EXPELLED: _("Member expelled"),
    Act.MEMBER_REINSTATED: _("Member reinstated"),
    Act.ACCOUNT_ADDED: _("Platform account added"),
    Act.ITEM_CHECKED: _("Item checked"),
    Act.ITEMS_CHECKED: _("Items checked, of many members"),
    Act.CONSENT_GIVEN: _("Consent given"),
    Act.CONSENT_WITHDRAWN: _("Consent withdrawn"),
    Act.LINK_MADE: _("Agency link made"),
    Act.LINK_ENDED: _("Agency link ended"),
    Act.FACT_RECORDED: _("Fact recorded"),
    Act.EVIDENCE_KEPT: _("File kept as evidence"),
    Act.COURSE_ADDED: _("Course added"),
    Act.COURSE_RETIRED: _("Course retired"),
    Act.TRAINING_HELD: _("Training held"),
    Act.TRAINING_RECORDED: _("Attendance recorded"),
    Act.CERTIFICATE_ISSUED: _("Certificate issued"),
    Act.DUTY_SET: _("Training duty set"),
    Act.DUTY_SETTLED: _("Training duty settled"),
    Act.ROSTER_TAKEN: _("Agency roster taken"),
    Act.FEE_TABLE_ADOPTED: _("Fee table adopted"),
    Act.FEES_KEPT: _("Fee payments kept"),
    Act.CASE_FILED: _("Case opened"),
    Act.NOTICE_SERVED: _("Prior notice served"),
    Act.STATEMENT_RECEIVED: _("Statement received"),
    Act.PANEL_FORMED: _("Panel formed"),
    Act.PANEL_CHANGED: _("Panel changed"),
    Act.VOTE_CAST: _("Vote cast"),
    Act.DECISION_MADE: _("Decision made"),
    Act.DECISION_SERVED: _("Decision served"),
    Act.DECISION_EFFECTIVE: _("Decision in force"),
    Act.DECISIONS_RECORDED: _("Past decisions recorded"),
    Act.DECISION_REVERSED: _("Decision reversed"),
    Act.CASE_EVIDENCE_ADDED: _("Evidence added to a case"),
    Act.CASE_CLOSED: _("Case closed"),
    Act.CASE_DROPPED: _("Case dropped"),
    Act.FIGURES_RECEIVED: _("Monthly figures received"),
    Act.RATINGS_EXPORTED: _("Ratings exported"),
    Act.RATING_ASKED: _("Rating asked for"),
    Act.RULE_SET_REHEARSED: _("Rule set rehearsed"),
    Act.REHEARSAL_EXPORTED: _("Movers of a rehearsal exported"),
    Act.RATED: _("Rating written"),
    Act.RULE_SET_DRAFTED: _("Rule set drafted"),
    Act.RULE_SET_REVISED: _("Draft of a rule set replaced"),
    Act.RULE_SET_CONSULTED: _("Rule set put out for consultation"),
    Act.RULE_SET_CONSULTATION_CLOSED: _("Consultation on a rule set closed"),
    Act.RULE_SET_APPROVED: _("Rule set approved"),
    Act.RULE_SET_ADOPTED: _("Rule set adopted"),
    Act.RULE_SET_IN_FORCE: _("Rule set came into force"),
    Act.RULE_SET_SUPERSEDED: _("Rule set ceased to be in force"),
    Act.RULE_SET_WITHDRAWN: _("Rule set withdrawn"),
    Act.BAR_LISTED: _("Bar listed"),
    Act.BAR_REVIEWED: _("Bar reviewed"),
    Act.BAR_LIFTED: _("Bar lifted"),
    Act.PUBLICATION_APPROVED: _("Publication approved"),
    Act.PUBLISHED: _("Published"),
    Act.WITHDRAWN: _("Publication withdrawn"),
}


def of(act: str) -> str | Promise:
    """An act in words; itself where it has none."""
    return WORDS.get(act, act)


def choices() -> list[tuple[str, str | Promise]]:
    return [(act.value, of(act)) for act in Act]

"""Decisions and bars as published: facts, basis, term, how it was decided. Of a bar: this association only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.conduct.catalogue import by_number
from credit.publication.payloads.texts import harmless, in_both, iso
from credit.publication.states import Basis

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.selectors import DecisionFacts
    from associations.members.handover import MemberRow
    from associations.remedies.selectors import Beside
    from credit.blacklist.models import Bar
    from credit.publication.payloads.rating import Home

CATEGORIES = {1: _("Platform"), 2: _("Agency"), 3: _("Room operator"), 4: _("Streamer")}
MEASURES = {
    1: _("Talk, undertaking or extra training"),
    2: _("Warning, correction ordered"),
    3: _("Censure among members"),
    4: _("Public censure, member rights suspended"),
    5: _("Expulsion"),
    6: _("Bar for life"),
}
SEVERITIES = {1: _("Minor"), 2: _("General"), 3: _("Serious"), 4: _("Extreme")}
APPEALS = {"uphold": pgettext_lazy("appeal", "Upheld"), "lighten": _("Changed to a lighter measure")}
STATEMENTS = {"submitted": _("Submitted"), "waived": _("Waived"), "lapsed": _("Not submitted in time")}


def decision_payload(
    decision: DecisionFacts,
    *,
    member: MemberRow,
    home: Home,
    shown_name: str,
    basis: Basis,
    withdraw_on: date | None,
    beside: Beside,
) -> dict[str, Any]:
    """A decision. A natural person's reasons are published with the person's consent only."""
    return {
        "kind": "decision",
        "id": decision.public_id,
        **_who(member, home, shown_name),
        **_decided(decision, secret=member.is_person and basis is not Basis.CONSENT),
        "withdraw_on": iso(withdraw_on),
        **_beside(beside),
    }


def bar_payload(
    bar: Bar,
    *,
    decision: DecisionFacts,
    member: MemberRow,
    home: Home,
    shown_name: str,
    basis: Basis,
    withdraw_on: date,
    decision_is_public: bool,
    beside: Beside,
) -> dict[str, Any]:
    """A bar, with the decision it follows from."""
    secret = member.is_person and basis is not Basis.CONSENT
    return {
        "kind": "bar",
        "id": bar.public_id,
        **_who(member, home, shown_name),
        "ground": "" if secret else harmless(bar.ground),
        "for_life": bar.for_life,
        "from_on": iso(bar.from_on),
        "until_on": iso(bar.until_on),
        "review_on": iso(bar.review_on),
        "withdraw_on": iso(withdraw_on),
        **_beside(beside),
        "decision": _decided(decision, secret=secret)
        | {"id": decision.public_id if decision_is_public else None},
    }


def _beside(beside: Beside) -> dict[str, Any]:
    """What stands beside the record: that it is contested, and its subject's own words."""
    return {
        "contested_on": iso(beside.contested),
        "own_statement": harmless(beside.said),
        "undertaking": harmless(beside.undertaken),
    }


def _who(member: MemberRow, home: Home, shown_name: str) -> dict[str, Any]:
    return {
        "name": shown_name,
        "code": member.code,
        "is_person": member.is_person,
        "category": member.category,
        "category_name": in_both(lambda: CATEGORIES[member.category]),
        "member": member.public_id,
        "association": home.told(),
    }


def _decided(decision: DecisionFacts, *, secret: bool) -> dict[str, Any]:
    entry = by_number(decision.catalogue_number)
    text = entry.text_for(decision.occurred_on or decision.decided_on, decision.decided_on) if entry else None
    return {
        "number": decision.number,
        "code_of_violation": decision.catalogue_code,
        "violation": {"zh": decision.catalogue_name, "en": decision.catalogue_name_en},
        "catalogue_basis": text.basis if text else "",
        "law_since": iso(text.since) if text else None,
        "law_until": iso(text.until) if text else None,
        "severity": decision.severity,
        "severity_name": in_both(lambda: SEVERITIES[decision.severity]),
        "measure": decision.measure,
        "measure_name": in_both(lambda: MEASURES[decision.measure]),
        "reasons": "" if secret else harmless(decision.facts),
        "basis": harmless(decision.basis),
        "charter_version": decision.charter_version,
        "charter_article": decision.charter_article,
        "notice_served_on": iso(decision.notice_served_on),
        "statement": decision.statement,
        "statement_name": in_both(lambda: STATEMENTS.get(decision.statement, "")),
        "members_due": decision.members_due,
        "members_present": decision.members_present,
        "votes_in_favour": decision.votes_in_favour,
        "decided_on": iso(decision.decided_on),
        "served_on": iso(decision.served_on),
        "appeal_until": iso(decision.appeal_until),
        "appealed_on": iso(decision.appealed_on),
        "appeal_decided_on": iso(decision.appeal_decided_on),
        "appeal_outcome": decision.appeal_outcome,
        "appeal_outcome_name": in_both(lambda: APPEALS.get(decision.appeal_outcome, "")),
        "imported": decision.imported,
    }

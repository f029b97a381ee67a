"""The pages of one bar and one decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.words import numerals, on, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated step, as components/timeline.html draws it."""

    on: date | None
    text: str
    note: str = ""
    todo: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a sanction rests on: what, which article, which version."""

    what: str
    article: str
    version: str


def common(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What both pages say of whom it concerns."""
    return {
        "record": payload,
        "no": numerals(),
        "name": payload["name"],
        "association": told(payload["association"]),
        "category": told(payload["category_name"]),
    }


def decision(payload: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A decision."""
    appeal = on(payload["appeal_until"])
    return common(payload) | {
        "decided": payload,
        "violation": told(payload["violation"]),
        "measure": told(payload["measure_name"]),
        "severity": told(payload["severity_name"]),
        "decided_on": on(payload["decided_on"]),
        "bases": bases(payload),
        "moments": moments(payload),
        "appeal_until": appeal,
        "appeal_open": appeal is not None and appeal >= today,
    }


def bar(payload: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A bar and the decision behind it."""
    decided = payload["decision"]
    steps = moments(decided)
    review = on(payload["review_on"])
    steps.append(Moment(on(payload["from_on"]), _("Entered in the list")))
    if payload["for_life"]:
        steps.append(Moment(review, _("Review: without a new decision the entry is taken off"), todo=True))
    else:
        steps.append(Moment(on(payload["until_on"]), _("Last day of the bar"), todo=True))
    appeal = on(decided["appeal_until"])
    return common(payload) | {
        "decided": decided,
        "violation": told(decided["violation"]),
        "measure": told(decided["measure_name"]),
        "severity": told(decided["severity_name"]),
        "bases": bases(decided),
        "moments": steps,
        "from_on": on(payload["from_on"]),
        "until_on": on(payload["until_on"]),
        "review_on": review,
        "appeal_until": appeal,
        "appeal_open": appeal is not None and appeal >= today,
    }


def note(payload: Mapping[str, Any]) -> str:
    """What happens at the end of the term."""
    if payload["for_life"]:
        return _(
            "A bar for life is reviewed every three years. On that day a new decision is needed; without one the "
            "entry is taken off."
        )
    return _("After its last day the entry is taken off and leaves no trace here.")


def bases(decided: Mapping[str, Any]) -> list[Basis]:
    """Charter, catalogue, and what the decision itself names."""
    found = []
    if decided["charter_article"]:
        version = pgettext("charter", "version %(version)s") % {"version": decided["charter_version"]}
        found.append(Basis(_("Charter of the association"), decided["charter_article"], version))
    if decided["code_of_violation"]:
        entry = f"{decided['code_of_violation']} {told(decided['violation'])}"
        told_law = ", ".join(filter(None, (decided["catalogue_basis"], law_days(decided))))
        found.append(Basis(_("Catalogue of violations"), entry, told_law))
    if decided["basis"]:
        found.append(Basis(_("As the decision says"), decided["basis"], ""))
    return found


def law_days(decided: Mapping[str, Any]) -> str:
    """From when until when the text held by which the act was judged; of an older record: nothing."""
    days = {"since": decided.get("law_since"), "until": decided.get("law_until")}
    if days["since"] and days["until"]:
        return _("in force from %(since)s until %(until)s") % days
    if days["since"]:
        return _("in force from %(since)s") % days
    return _("in force until %(until)s") % days if days["until"] else ""


def moments(decided: Mapping[str, Any]) -> list[Moment]:
    """How it was decided."""
    steps = []
    if decided["notice_served_on"]:
        steps.append(
            Moment(
                on(decided["notice_served_on"]),
                _("Facts, reasons, basis and measure intended notified beforehand"),
            )
        )
    if decided["statement"]:
        words = _("Statement and defence: %(how)s") % {"how": told(decided["statement_name"])}
        steps.append(Moment(None, words, when="—"))
    votes = {
        "due": decided["members_due"],
        "present": decided["members_present"],
        "for": decided["votes_in_favour"],
    }
    steps.append(
        Moment(
            on(decided["decided_on"]), _("Vote: %(due)s due, %(present)s present, %(for)s in favour") % votes
        )
    )
    if decided["served_on"]:
        steps.append(Moment(on(decided["served_on"]), _("Handed over, with notice of the right to appeal")))
    return steps + appealed(decided)


def appealed(decided: Mapping[str, Any]) -> list[Moment]:
    """The appeal and what came of it; nothing of records published before that was told."""
    if not decided.get("appealed_on"):
        return []
    steps = [Moment(on(decided["appealed_on"]), _("Appealed against"))]
    if decided["appeal_decided_on"]:
        words = _("Decided on appeal by two who had no part in it: %(how)s")
        how = told(decided["appeal_outcome_name"])
        steps.append(Moment(on(decided["appeal_decided_on"]), words % {"how": how}))
    return steps

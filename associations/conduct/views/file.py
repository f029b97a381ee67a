"""A member's file: who it is, where it stands, what happened, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from associations.conduct import catalogue
from associations.conduct.forms import ChangeForm, CheckForm, LeaveForm
from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.members import rules
from associations.members.forms import METHODS, ConsentForm, LinkForm, ResumeForm
from associations.members.models import AgencyLink, Check, Consent, Membership
from associations.members.states import VERIFIED_FOR_DAYS, Category, Change, Item, MembershipState
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from core.verdicts import Verdict

FACTS_SHOWN = 60
RATINGS_SHOWN = 12
LINES_SHOWN = 12
HOW = dict(METHODS)
SOURCES = {
    "association": _("the association"),
    "decision": _("a decision"),
    "training": _("training"),
    "import": _("imported paper"),
    "remedy": _("Objection, correction or repair"),
}
"""What the short names of sources mean; others are shown as they stand."""
QUANTITIES = {
    FactKind.FIGURES: _("%(a)s orders, %(b)s complaints upheld, %(c)s closed, %(d)s in time, %(e)s resolved"),
    FactKind.MEDIATION: _("%(a)s agreements, %(b)s performed"),
    FactKind.TRAINING: _("%(a)s hours"),
    FactKind.COMMITMENT: _("%(a)s due, %(b)s performed"),
    FactKind.ROSTER: _("%(a)s streamers signed, %(b)s trained"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the consents: how it was said in words, and whether it is the one that stands."""

    line: Consent
    how: str | Promise
    standing: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with what it says and where it comes from, in words."""

    fact: Fact
    words: str
    source: str | Promise


@require_safe
@console_page
def file(request: ConsoleRequest, member: str) -> TemplateResponse:
    """The file of one member."""
    return page(request, the_member(member))


def the_member(public_id: str) -> Membership:
    """The member of this address, with its standing, or 404."""
    return get_object_or_404(Membership.objects.select_related("standing"), public_id=public_id)


def page(request: ConsoleRequest, member: Membership, *, status: int = 200, **forms: Any) -> TemplateResponse:
    """The file, with the forms a failed verb hands back in place of fresh ones."""
    may_manage = rules.may_manage(request.user)
    in_force = may_manage and rules.may_change(member) if may_manage.allowed else may_manage
    standing = getattr(member, "standing", None)
    left = (member.verify_by - timezone.localdate()).days
    context = {
        "member": member,
        "standing": standing,
        "verify_left": left,
        "verify_used": max(0, min(100, round(100 * (VERIFIED_FOR_DAYS - left) / VERIFIED_FOR_DAYS))),
        "history": _history(member),
        "links": _links(member),
        "consents": _consents(member),
        "checks": _checks(member),
        "facts": _facts(member),
        "ratings": [standing, *member.former_ratings.order_by("-id")[: RATINGS_SHOWN - 1]],
        "cases": list(member.cases.order_by("-id")[:LINES_SHOWN]),
        "attendances": list(
            member.attendances.select_related("session__course").order_by("-session__held_on", "-id")[
                :LINES_SHOWN
            ]
        ),
        "certificates": list(member.certificates.order_by("-expires_on")[:LINES_SHOWN]),
        "questions": list(member.questions.select_related("set_by").order_by("id")),
        "may_manage": may_manage,
        "may_change": in_force,
        "may_consent": rules.may_consent(request.user, member),
        "may_leave": rules.may_become(member, MembershipState.LEFT) if may_manage.allowed else may_manage,
        "may_resume": _may_resume(request, member),
        "can_link": member.category in {Category.AGENCY, Category.STREAMER},
        "check_form": CheckForm(auto_id="check_%s"),
        "change_form": ChangeForm.of(member),
        "leave_form": LeaveForm(auto_id="leave_%s"),
        "consent_form": ConsentForm(auto_id="consent_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
        "resume_form": ResumeForm(auto_id="resume_%s"),
        **forms,
    }
    return TemplateResponse(request, "associations/conduct/file.html", context, status=status)


def _may_resume(request: ConsoleRequest, member: Membership) -> Verdict | None:
    """None where there is nothing to resume."""
    if member.state != MembershipState.SUSPENDED:
        return None
    who = rules.may_undo(request.user)
    return rules.may_become(member, MembershipState.ACTIVE) if who.allowed else who


def _history(member: Membership) -> list[Any]:
    """The changes, newest first, as the timeline takes them."""
    moments = []
    for event in member.events.select_related("by").order_by("-id"):
        before, after = event.before, event.after
        if event.change == Change.CATEGORY:
            before, after = (str(Category(int(value)).label) for value in (before, after))
        notes = [f"{before} → {after}" if before else "", event.reason, event.by.name if event.by else ""]
        moments.append(
            {"on": event.on, "text": event.get_change_display(), "note": " · ".join(filter(None, notes))}
        )
    return moments


def _links(member: Membership) -> list[tuple[AgencyLink, Membership]]:
    """The member's links, newest first, each with its other side."""
    rows = AgencyLink.objects.filter(Q(agency=member) | Q(streamer=member)).select_related(
        "agency", "streamer"
    )
    return [
        (each, each.streamer if each.agency_id == member.pk else each.agency)
        for each in rows.order_by("-since", "-id")
    ]


def _consents(member: Membership) -> list[Said]:
    """All lines, newest first; `standing` marks the latest for its purpose where it was given."""
    seen: set[tuple[str, str]] = set()
    said = []
    for line in Consent.objects.filter(membership=member).order_by("-at", "-id"):
        key = (line.purpose, line.receiver)
        said.append(Said(line, HOW.get(line.method, line.method), standing=line.given and key not in seen))
        seen.add(key)
    return said


def _checks(member: Membership) -> list[tuple[str | Promise, Check | None]]:
    """Every item of the checklist with its latest check."""
    latest: dict[int, Check] = {}
    for check in Check.objects.filter(membership=member).select_related("by").order_by("checked_on", "id"):
        latest[check.item] = check
    return [(item.label, latest.get(item)) for item in Item]


def _facts(member: Membership) -> list[Told]:
    """The latest facts, each with what it says in words."""
    rows = Fact.objects.filter(membership=member).select_related("ref").order_by("-occurred_on", "-id")
    return [Told(fact, words_of(fact), SOURCES.get(fact.source, fact.source)) for fact in rows[:FACTS_SHOWN]]


def words_of(fact: Fact) -> str:
    """What the fact's code and quantities say (`FactKind`); empty where the kind says it all."""
    numbers = {name: getattr(fact, name) for name in "abcde"}
    match fact.kind:
        case FactKind.VIOLATION:
            entry = catalogue.by_number(fact.code)
            named = f"{entry.code} {entry.name if chinese() else entry.name_en}" if entry else str(fact.code)
            return f"{named} · {Severity(fact.severity).label}"
        case FactKind.CHECK:
            found = gettext("in order") if fact.a else gettext("missing or wrong")
            return f"{Item(fact.code).label}{gettext(': ')}{found}"
        case FactKind.EXAM:
            return gettext("passed") if fact.a else gettext("not passed")
        case FactKind.BAN if fact.until_on is None:
            return gettext("for life")
        case kind if kind in QUANTITIES:
            return str(QUANTITIES[FactKind(kind)] % numbers)
    return ""


def chinese() -> bool:
    return (get_language() or "zh").startswith("zh")

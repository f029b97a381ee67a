"""The member's pages: the own rating, notices, training, data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.conduct import queue
from associations.conduct import selectors as conduct
from associations.conduct.states import FactKind
from associations.desk import selectors as desk
from associations.desk.frame import frame
from associations.desk.middleware import desk_page
from associations.remedies import selectors as remedies
from associations.tenancy import scope
from associations.training import selectors as training
from core.accounts.selectors import subjects_of
from core.ui.charts import Training
from credit.desk import effects
from credit.publication.models import Candidate
from credit.publication.states import CandidateState, RecordKind
from credit.scoring import account, selectors, services, wording
from credit.scoring.as_of import rebuilt
from credit.scoring.forms import asked_day

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.desk.middleware import DeskRequest
    from credit.scoring.services import Explained

NEWS = 20


@require_safe
@login_required
def home(request: DeskRequest) -> HttpResponse:
    """My memberships, each with its grade; straight on where there is one."""
    by_association: dict[Any, set[int]] = {}
    for each in subjects_of(request.user):
        by_association.setdefault(each.association, set()).add(each.subject_id or 0)
    cards = []
    for association, subject_ids in by_association.items():
        with scope.of(association):
            members = desk.memberships_of(subject_ids)
            grades = {
                each.membership_id: each
                for each in selectors.standings().filter(membership__in=[member.pk for member in members])
            }
            cards += [(association, member, grades.get(member.pk)) for member in members]
    if len(cards) == 1:
        association, member, _grade = cards[0]
        return redirect("desk:rating", slug=association.slug, member=member.public_id)
    response = TemplateResponse(request, "credit/desk/home.html", {"cards": cards})
    response.headers["Cache-Control"] = "no-store"
    return response


def page(request: DeskRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """A page of the desk with its head and tabs."""
    return TemplateResponse(request, f"credit/desk/{template}.html", frame(request) | context)


@require_safe
@desk_page
def rating(request: DeskRequest) -> TemplateResponse:
    """My rating: why, every line, what would change it, what it needs where there is none; or as of a past day."""
    member, today = request.membership, timezone.localdate()
    asked = asked_day(request.GET, joined_on=member.joined_on)
    if asked.is_valid():
        past = rebuilt(member.pk, asked.cleaned_data["as_of"])
        told_past = account.past(past, fact_text=account.fact_text)
        return page(request, "rating", {"asked": asked, "rebuilt": past, "past": told_past})
    cases = desk.cases_of(member, get_language() or "")
    explained = services.explain([member.pk]).get(member.pk)
    context: dict[str, Any] = {
        "asked": asked,
        "waits": queue.waits(member.pk),
        "explained": explained,
        "published": Candidate.objects.filter(
            kind=RecordKind.RATING, record_ref=member.public_id, state=CandidateState.PUBLISHED
        ).exists(),
        "urgent": [case for case in cases if case.statement_due],
    }
    if explained:
        trial = account.Trial.of(explained, today)
        context |= told(explained) | {
            "mine": effects.mine_to_do(trial, training.duty_of(member, today.year)),
            "times": effects.times_to_do(trial),
            "worse": effects.may_turn_worse(trial, cases),
            "wanting": effects.wanting(trial),
        }
    return page(request, "rating", context)


def told(explained: Explained) -> dict[str, Any]:
    key = explained.standing.membership_id
    given, beside = selectors.ratings_of(key), remedies.marks([key])[key]
    return {
        "standing": explained.standing,
        "told": account.tell(explained, contested=beside.contested),
        "disclaimer": wording.named(explained.ruleset.texts["disclaimer"]),
        "ruleset_name": wording.named(explained.ruleset.name),
        "history": account.history(
            explained,
            given,
            today=timezone.localdate(),
            names={kind.value: str(kind.label) for kind in FactKind},
        ),
    }


@require_safe
@desk_page
def notices(request: DeskRequest) -> TemplateResponse:
    """Cases against me, with the clock that runs, and what has happened."""
    member = request.membership
    return page(
        request,
        "notices",
        {"cases": desk.cases_of(member, get_language() or ""), "news": news(request)},
    )


def news(request: DeskRequest) -> list[dict[str, Any]]:
    """What happened lately: to the membership, to the rating; the newest first."""
    member = request.membership
    found: list[dict[str, Any]] = [
        {"on": event.on, "text": event.change, "note": event.reason}
        for event in desk.events_of(member)[:NEWS]
    ]
    given = account.steps(selectors.ratings_of(member.pk))
    found += [
        {"on": point.on, "text": _("Rated: %(rating)s") % {"rating": account.point_text(point)}, "note": ""}
        for point in given
    ]
    return sorted(found, key=lambda each: each["on"], reverse=True)[:NEWS]


@require_safe
@desk_page
def training_page(request: DeskRequest) -> TemplateResponse:
    """My yearly duty, my certificates, what I attended."""
    member, year = request.membership, timezone.localdate().year
    duty, before = training.duty_years(member, [year, year - 1])
    return page(
        request,
        "training",
        {
            "duty": duty,
            "overdue": before if before.overdue else None,
            "progress": [
                Training(
                    label=str(each.year),
                    done=each.hours_done,
                    required=each.hours_required,
                    unit=_("hours"),
                    late=each.overdue,
                )
                for each in (duty, before)
                if each.owed or each.hours_done
            ],
            "certificates": training.certificates_of(member.pk),
            "attended": training.attendances_of(member.pk),
        },
    )


@require_safe
@desk_page
def data(request: DeskRequest) -> TemplateResponse:
    """What is stored about me, masked, and my consents."""
    member = request.membership
    facts = conduct.facts_of([member.pk])[member.pk]
    return page(
        request,
        "data",
        {
            "consents": desk.consents_of(member),
            "checks": desk.checks_of(member),
            "links": desk.links_of(member),
            "accounts": desk.accounts_of(member),
            "contact": desk.contact_of(member),
            "facts": [
                (fact, account.fact_text(fact), account.source_of(fact).words) for fact in reversed(facts)
            ],
        },
    )

"""The console's pages of bars: the list, one bar with its history, its review."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from associations.discipline import selectors as discipline
from associations.members import selectors as members
from associations.members.states import Category
from associations.registry.middleware import console_page
from associations.remedies import selectors as remedies
from core.calendar.selectors import calendar
from core.ui.charts import Term
from credit.blacklist import rules, selectors, services
from credit.blacklist.forms import AGREE, KEEP, AgreeForm, BarFilters, ReviewForm
from credit.blacklist.models import Bar, BarEvent, BarReview
from credit.blacklist.states import BarState

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest
    from credit.blacklist.models import BarReview
    from credit.blacklist.selectors import Due

PER_PAGE = 50
UNPROCESSABLE = 422
TO_LIFT = 2
"""Reviewers a lifting takes."""
VIEWS = (
    ("", gettext_lazy("In force"), "in_force"),
    ("due", gettext_lazy("Review due"), "due"),
    ("ended", gettext_lazy("Ended"), "ended"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    bar: Bar
    due: Due | None


@require_safe
@console_page
def bars(request: ConsoleRequest) -> TemplateResponse:
    """Our bars, and those of other associations that concern our members."""
    view = request.GET.get("view", "")
    asked = BarFilters(request.GET)
    told = asked.cleaned_data if asked.is_valid() else {}
    page = Paginator(selectors.bars(view, told), PER_PAGE).get_page(request.GET.get("page"))
    days, counts = calendar(), selectors.counts()
    known = {key for key, _label, _count in VIEWS}
    return TemplateResponse(
        request,
        "credit/blacklist/bars.html",
        {
            "view": view,
            "tabs": [
                {
                    "view": key,
                    "label": label,
                    "count": counts[name],
                    "tone": "over" if key == "due" and counts["late"] else "",
                    "current": key == (view if view in known else ""),
                }
                for key, label, name in VIEWS
            ],
            "filters": asked,
            "page": page,
            "rows": [Row(each, selectors.review_due(each, days=days)) for each in page],
            "late": counts["late"],
            "news": selectors.news(),
            "inquiries": selectors.inquiries_open().count(),
            "unseen": selectors.unseen_changes(),
            "questions": members.open_questions().count(),
        },
    )


@require_safe
@console_page
def bar(request: ConsoleRequest, public_id: str) -> TemplateResponse:
    """One bar: ground, term, what it is and is not, its history, its review."""
    return page(request, found(public_id), ReviewForm())


@require_POST
@console_page
def review(request: ConsoleRequest, public_id: str) -> HttpResponse:
    """Keep the bar or lift it, with reasons."""
    this = found(public_id)
    rules.may_review(request.user, this).enforce()
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return page(request, this, form, status=UNPROCESSABLE)
    keep = form.cleaned_data["outcome"] == KEEP
    services.review(bar=this, keep=keep, reasons=form.cleaned_data["reasons"], by=request.user)
    if keep:
        this.refresh_from_db()
        told = _("The bar is kept. The next review is due on %(on)s.") % {"on": this.review_on.isoformat()}
    else:
        told = _("Lifting the bar is proposed. It ends when a second reviewer agrees.")
    messages.success(request, told)
    return redirect("blacklist:bar", slug=request.association.slug, public_id=public_id)


@require_POST
@console_page
def lifting(request: ConsoleRequest, public_id: str) -> HttpResponse:
    """The second person on a lifting: agree with reasons, or not."""
    this = found(public_id)
    proposed = selectors.waits(selectors.liftings_of(this))
    if proposed is None:
        raise Http404
    rules.may_agree(request.user, this, proposed).enforce()
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return page(request, this, ReviewForm(), agreeing=form, status=UNPROCESSABLE)
    agreed = form.cleaned_data["outcome"] == AGREE
    services.agree(review=proposed, agree=agreed, reasons=form.cleaned_data["reasons"], by=request.user)
    messages.success(
        request,
        _("The bar is lifted. It leaves the lists within a minute.")
        if agreed
        else _("The bar stays in force."),
    )
    return redirect("blacklist:bar", slug=request.association.slug, public_id=public_id)


def found(public_id: str) -> Bar:
    return get_object_or_404(Bar.objects.select_related("membership"), public_id=public_id)


def page(
    request: ConsoleRequest,
    this: Bar,
    form: ReviewForm,
    *,
    agreeing: AgreeForm | None = None,
    status: int = 200,
) -> TemplateResponse:
    decision = discipline.references([this.decision_ref]).get(this.decision_ref)
    proposals = selectors.liftings_of(this)
    proposed = selectors.waits(proposals) if this.state in selectors.IN_FORCE else None
    context: dict[str, Any] = {
        "bar": this,
        "member": this.membership,
        "category": Category(this.membership.category).label,
        "decision": decision,
        "case_url": reverse(
            "discipline:case", kwargs={"slug": request.association.slug, "case": decision.case}
        )
        if decision
        else "",
        "due": selectors.review_due(this),
        "term": term(this),
        "moments": moments(this, proposals),
        "may_review": rules.may_review(request.user, this),
        "form": form,
        "lifting": proposed,
        "too_few": _too_few(this, proposed),
        "may_agree": rules.may_agree(request.user, this, proposed) if proposed else None,
        "agreeing": agreeing or AgreeForm(),
        "askers": selectors.askers(this),
        "beside": remedies.marks([this.membership_id])[this.membership_id].of(
            f"bar:{this.public_id}", f"decision:{this.decision_ref}"
        ),
    }
    return TemplateResponse(request, "credit/blacklist/bar.html", context, status=status)


def _too_few(this: Bar, proposed: BarReview | None) -> bool:
    """Whether nobody is left to decide what was proposed; or, before that, not the two whom a lifting takes."""
    if this.state not in selectors.IN_FORCE:
        return False
    left = {user.pk for user in selectors.reviewers_left(this)}
    return not left - {proposed.by_id} if proposed else len(left) < TO_LIFT


def term(this: Bar) -> Term:
    """The term so far: to its end, or to the review of a bar for life."""
    end = this.review_on if this.until_on is None else this.until_on
    return Term(this.from_on, end, min(timezone.localdate(), end), review=this.until_on is None)


def moments(this: Bar, proposals: list[BarReview]) -> list[SimpleNamespace]:
    """The history, with the liftings not agreed to, and the review to come."""
    lifted = next((each for each in proposals if each.agreed), None)
    begun = SimpleNamespace(on=this.from_on, text=_("The expulsion or bar takes effect"), note="", todo=False)
    told = [begun] + [
        SimpleNamespace(
            on=timezone.localdate(each.at),
            text=happened(each),
            note=by_two(lifted)
            if lifted and each.after == BarState.LIFTED
            else " ".join(filter(None, [each.by.name if each.by else "", each.reasons])),
            todo=False,
        )
        for each in selectors.history(this)
    ]
    told += [
        SimpleNamespace(
            on=timezone.localdate(each.second_at),
            text=_("Lifting proposed, not agreed to"),
            note=by_two(each),
            todo=False,
        )
        for each in proposals
        if each.agreed is False
    ]
    told.sort(key=lambda moment: moment.on)
    if this.state in selectors.IN_FORCE:
        text = _("Review, at the latest")
        told.append(SimpleNamespace(on=this.review_on, text=text, note="", todo=True))
        if this.until_on:
            ends = _("Last day of the term; the bar leaves the list by itself the day after")
            told.append(SimpleNamespace(on=this.until_on, text=ends, note="", todo=True))
    return told


def by_two(review: BarReview) -> str:
    """What each of the two said about a lifting."""
    second = f"{review.second.name} {review.second_reasons}" if review.second else ""
    return " · ".join(filter(None, [f"{review.by.name} {review.reasons}", second]))


def happened(event: BarEvent) -> str:
    """An event in words."""
    if event.before == event.after:
        return _("Reviewed and kept")
    return {
        BarState.LISTED: _("Listed") if not event.before else _("In force again: the stay has ended"),
        BarState.SUSPENDED: _("Suspended while the appeal is decided"),
        BarState.LIFTED: pgettext("bar", "Lifted"),
        BarState.EXPIRED: pgettext("bar", "Expired: its term is over"),
    }[BarState(event.after)]

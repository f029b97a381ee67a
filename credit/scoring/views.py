"""The console's pages of ratings: how they are spread, the list, one rating explained."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from associations.conduct import queue
from associations.conduct.states import FactKind
from associations.discipline import selectors as discipline
from associations.members import selectors as members
from associations.members.states import Category
from associations.registry.middleware import console_page
from associations.remedies import selectors as remedies
from core.paperwork.export import csv_lines, write_xlsx
from core.ui.charts import Distribution
from core.ui.htmx import POLL_DONE
from core.ui.keyset import stretch
from credit.scoring import account, filters, rules, runs, selectors, services, wording
from credit.scoring.as_of import rebuilt
from credit.scoring.filters import StandingFilters
from credit.scoring.forms import asked_day
from credit.scoring.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from associations.conduct.selectors import FactRow
    from associations.registry.middleware import ConsoleRequest
    from credit.scoring.models import Rating, Standing
    from credit.scoring.services import Explained

KINDS = {"csv": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: `change` in milli-points over 90 days, None for who had no grade then."""

    standing: Standing
    member: Any
    url: str
    category: str
    change: int | None
    held: str


# --- the list ---


@require_safe
@console_page
def ratings(request: ConsoleRequest) -> TemplateResponse:
    """How ratings are spread, who waits, what changes by itself, and the list."""
    view, sort = request.GET.get("view", ""), request.GET.get("sort", "")
    asked = asked_for(request)
    by = filters.order(sort)
    page = stretch(filters.with_place(asked.qs, by), by=by, cursor=request.GET.get("cursor", ""))
    spread, coming, any_waits = selectors.spread(), selectors.coming(), selectors.any_waits()
    return TemplateResponse(
        request,
        "credit/scoring/ratings.html",
        {
            "spread": spread,
            "distribution": Distribution(spread.counts, unrated=spread.of(State.NOT_RATED)),
            "progress": None if any_waits else selectors.Progress(0, 0),  # counted when asked for
            "may_ask": None if any_waits else rules.may_ask(request.user, everybody_waits=False),
            "may_export": rules.may_export(request.user),
            "coming": coming,
            "coming_total": sum(each.count for each in coming),
            "tabs": filters.tabs(spread, view),
            "filters": asked.form,
            "page": page,
            "rows": rows_of(page.items, request.association.slug),
            "here": request.GET.urlencode(),
        },
    )


def asked_for(request: ConsoleRequest) -> StandingFilters:
    rows = filters.view_of(selectors.standings(), request.GET.get("view", ""))
    return StandingFilters(request.GET, queryset=rows)


def listed(request: ConsoleRequest) -> QuerySet[Standing]:
    return asked_for(request).qs


def rows_of(items: Any, slug: str) -> list[Row]:
    above = reverse("scoring:ratings", kwargs={"slug": slug})
    categories = {category.value: str(category.label) for category in Category}
    before = selectors.scores_before(
        [each.membership_id for each in items],
        timezone.localdate() - timedelta(days=selectors.TREND_DAYS),
    )
    return [
        Row(
            standing=each,
            member=each.membership,
            url=f"{above}{each.membership.public_id}/",
            category=categories[each.membership.category],
            change=each.score - before[each.membership_id]
            if each.shown and each.membership_id in before
            else None,
            held=_(", ").join(filters.held_by(each.mask, each.state)),
        )
        for each in items
    ]


@require_safe
@console_page
def waiting(request: ConsoleRequest) -> TemplateResponse:
    """How far the rating is, asked again and again while any member waits."""
    progress = selectors.progress(association_id=request.association.pk)
    return TemplateResponse(
        request,
        "credit/scoring/waiting.html",
        {
            "progress": progress,
            "may_ask": rules.may_ask(request.user, everybody_waits=progress.everybody_waits),
            "polled": True,
        },
        status=200 if progress.waiting else POLL_DONE,
    )


@require_POST
@console_page
def ask(request: ConsoleRequest) -> HttpResponse:
    """Have every member looked at again."""
    queued = runs.ask(by=request.user)
    told = ngettext("%(count)s member waits to be rated.", "%(count)s members wait to be rated.", queued)
    messages.success(
        request, told % {"count": queued} if queued else _("There is no member who does not wait already.")
    )
    return redirect("scoring:ratings", slug=request.association.slug)


@require_POST
@console_page
def export(request: ConsoleRequest) -> FileResponse:
    """The list the address asks for, as CSV or XLSX. Noted in the ledger."""
    rows = listed(request).order_by("-score", "membership_id")
    kind = "xlsx" if request.POST.get("kind") == "xlsx" else "csv"
    services.note_export(kind=kind, rows=rows.count(), asked=request.GET.urlencode(), by=request.user)
    file = io.BytesIO()
    if kind == "xlsx":
        write_xlsx(file, headings(), lines(rows), title=_("Ratings"))
    else:
        file.writelines(csv_lines(headings(), lines(rows)))
    file.seek(0)
    name = f"ratings-{request.association.slug}-{timezone.localdate():%Y%m%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])


def headings() -> list[str]:
    return [
        _("Member number"), _("Name"), _("Code"), _("Category"), _("State"), _("Grade"), _("Score"),
        *(f"D{number}" for number in range(1, 7)), _("Confidence"), _("Held by"), _("Rated for"),
        _("Next change"), _("Rule set"),
    ]  # fmt: skip


COLUMNS = (
    "membership__number", "membership__name", "membership__code_masked", "membership__category", "state", "shown",
    "score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "mask", "as_of", "next_change_on", "ruleset_sha",
)  # fmt: skip


def lines(rows: QuerySet[Standing]) -> Iterator[list[object]]:
    """Scores in points, ratios as fractions of one."""
    categories = {category.value: str(category.label) for category in Category}
    states = {state.value: wording.state_text(state) for state in State}
    join = _(", ").join
    for (
        number,
        name,
        code,
        category,
        state,
        shown,
        score,
        *ratios,
        mask,
        as_of,
        changes,
        sha,
    ) in rows.values_list(*COLUMNS).iterator(2000):
        yield [
            number, name, code, categories[category], states[state], wording.grade_letter(shown), score / 1000,
            *(ratio / 1_000_000 for ratio in ratios), join(filters.held_by(mask, state)), as_of, changes,
            bytes(sha).hex()[:12],
        ]  # fmt: skip


# --- one rating ---


@require_safe
@console_page
def rating(request: ConsoleRequest, public_id: str) -> TemplateResponse:
    """One member's rating explained: every line, what holds it, what is not known, where it goes; or as of a day."""
    try:
        member = members.member(public_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    asked = asked_day(request.GET, joined_on=member.joined_on)
    context: dict[str, Any] = {
        "member": member,
        "category": Category(member.category).label,
        "asked": asked,
    }
    if asked.is_valid():
        this = rebuilt(member.id, asked.cleaned_data["as_of"])
        source = sources(this.facts.values(), request.association.slug)
        context |= {
            "rebuilt": this,
            "past": account.past(this, fact_text=account.fact_text, source=source),
        }
        return TemplateResponse(request, "credit/scoring/rating.html", context)
    explained = services.explain([member.id]).get(member.id)
    context |= {"waits": queue.waits(member.id), "explained": explained}
    if explained:
        given = selectors.ratings_of(member.id)
        context |= told(explained, given, request.association.slug)
    return TemplateResponse(request, "credit/scoring/rating.html", context)


def sources(facts: Iterable[FactRow], slug: str) -> Callable[[FactRow], account.Source]:
    """Where a fact comes from, a decision with the way to its case; one query, none without decisions."""
    refs = sorted({each.source_ref for each in facts if each.source == "decision"})
    decisions = discipline.references(refs) if refs else {}

    def source(fact: FactRow) -> account.Source:
        decision = decisions.get(fact.source_ref)
        if decision is None:
            return account.source_of(fact)
        words = _("Decision %(number)s") % {"number": decision.number}
        return account.Source(words, reverse("discipline:case", kwargs={"slug": slug, "case": decision.case}))

    return source


def told(explained: Explained, given: list[Rating], slug: str) -> dict[str, Any]:
    names = {kind.value: str(kind.label) for kind in FactKind}
    key = explained.standing.membership_id
    return {
        "standing": explained.standing,
        "ruleset": explained.ruleset,
        "ruleset_name": wording.named(explained.ruleset.name),
        "ruleset_sha": bytes(explained.standing.ruleset_sha).hex(),
        "inputs_sha": bytes(explained.standing.inputs_sha).hex(),
        "inputs": len(explained.facts),
        "disclaimer": wording.named(explained.ruleset.texts["disclaimer"]),
        "told": account.tell(
            explained,
            source=sources(explained.facts.values(), slug),
            contested=remedies.marks([key])[key].contested,
        ),
        "history": account.history(explained, given, today=timezone.localdate(), names=names),
        "ahead": [(point, account.point_text(point)) for point in account.ahead(explained)],
        "given": previous(given),
    }


def previous(given: list[Rating]) -> list[dict[str, Any]]:
    """The ratings given, the latest first, each with what it changed."""
    older = [*given[1:], None]
    return [
        {
            "rating": each,
            "change": each.score - before.score if before else None,
            "held": _(", ").join(filters.held_by(each.mask, each.state)),
            "state": wording.state_text(each.state),
            "ruleset": bytes(each.ruleset_sha).hex()[:8],
            "rules_changed": before is not None and bytes(before.ruleset_sha) != bytes(each.ruleset_sha),
        }
        for each, before in zip(given, older, strict=True)
    ]

"""All versions with the one in force, and one version with what is wrong, what differs, what can be done."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.ui.keyset import stretch
from credit.rulesets import method, rules, selectors
from credit.rulesets.comparison import differences
from credit.rulesets.models import OwnVersion
from credit.rulesets.states import TRANSITIONS, VersionState
from credit.rulesets.validation import REMEDIES
from credit.rulesets.views.steps import PAGES, TO_BE_SOUND

if TYPE_CHECKING:
    from datetime import date

    from associations.registry.middleware import ConsoleRequest
    from credit.rulesets.validation import Problem


@require_safe
@console_page
def versions(request: ConsoleRequest) -> TemplateResponse:
    """The version in force, those to come and those past as a timeline, and every draft."""
    today, dated = timezone.localdate(), selectors.dated()
    rows = selectors.versions().select_related("author")
    now = next((each for each in dated if in_force_on(each, today)), None)
    return TemplateResponse(
        request,
        "credit/rulesets/versions.html",
        {
            "page": stretch(rows, by=("-id",), cursor=request.GET.get("cursor", ""), total=None),
            "now": now,
            "default": method.default(),
            "moments": moments(dated, today),
            "may_draft": rules.may_draft(request.user),
        },
    )


@require_safe
@console_page
def version(request: ConsoleRequest, version: str) -> TemplateResponse:
    """What is wrong with it, how it differs from what rates today, what is recorded of it, what can be done."""
    people = ("author", "consulted_by", "closed_by", "approved_by", "published_by", "withdrawn_by")
    row = get_object_or_404(OwnVersion.objects.select_related(*people), public_id=version)
    today = timezone.localdate()
    found = problems(row)
    base = selectors.ruleset_in_force(row.association_id, today)
    if base.digest == bytes(row.sha256):
        base = method.default()
    language = get_language() or ""
    return TemplateResponse(
        request,
        "credit/rulesets/version.html",
        {
            "version": row,
            "sha256": bytes(row.sha256).hex(),
            "problems": [told(each, language) for each in found],
            "to_be_sound": row.state in TO_BE_SOUND,
            "base": base,
            "differences": [
                (each.where(_, language), each.old, each.new)
                for each in differences(json.loads(base.canonical), row.data)
            ],
            "course": course(row),
            "acts": acts(request, row, len(found)),
            "rehearse": may(request.user, Verb.REHEARSE),
        },
    )


@require_safe
@console_page
def source(request: ConsoleRequest, version: str) -> HttpResponse:  # noqa: ARG001 - the door's
    """The text as it was handed in, comments and all."""
    row = get_object_or_404(OwnVersion, public_id=version)
    ending = "json" if row.source.lstrip().startswith("{") else "toml"
    return download(row.source, f"ruleset-{row.public_id}.{ending}")


@require_safe
@console_page
def default(request: ConsoleRequest) -> HttpResponse:  # noqa: ARG001 - the door's
    """The default's text: what an own version is best begun from."""
    return download(method.DEFAULT_SOURCE.read_text(encoding="utf-8"), method.DEFAULT_SOURCE.name)


def download(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def problems(row: OwnVersion) -> list[Problem]:
    """What is wrong with a version that is not announced yet."""
    if row.state not in TO_BE_SOUND:
        return []
    return selectors.problems_of(bytes(row.canonical))


def told(problem: Problem, language: str) -> tuple[str, str, str]:
    """Where, what, and what to do."""
    return problem.field or "—", problem.text(_, language), _(REMEDIES[problem.code])


def in_force_on(each: OwnVersion, day: date) -> bool:
    return bool(each.begins_on and each.begins_on <= day and (each.ends_on is None or day <= each.ends_on))


def moments(dated: list[OwnVersion], today: date) -> list[dict[str, Any]]:
    """When which version rates: each begins, and where no other follows, the default takes over."""
    found: list[dict[str, Any]] = []
    for each, after in zip_longest(dated, dated[1:]):
        found.append({"on": each.begins_on, "text": _("%(name)s rates") % {"name": each.name}, "note": ""})
        follows = after and each.ends_on and after.begins_on and (after.begins_on - each.ends_on).days == 1
        if each.ends_on and not follows:
            words = _("%(name)s rates until then, %(default)s afterwards")
            names = {"name": each.name, "default": method.default().id}
            found.append({"on": each.ends_on, "text": words % names, "note": ""})
    for moment in found:
        moment["todo"] = moment["on"] > today
    return found


def course(row: OwnVersion) -> list[dict[str, Any]]:
    """What has been done with it, by whom."""
    done = [
        (timezone.localdate(row.drafted_at), _("Drafted"), row.author, ""),
        (row.consult_from, _("Put out for consultation"), row.consulted_by, row.announced_in),
        (row.consult_until, _("Last day of the consultation"), None, ""),
        (row.approved_on, _("Approved by a second person"), row.approved_by, ""),
        (row.published_on, _("Announced to the public"), row.published_by, ""),
        (row.withdrawn_on, _("Withdrawn before it was in force"), row.withdrawn_by, row.withdrawn_why),
    ]
    today = timezone.localdate()
    return [
        {
            "on": on,
            "text": text,
            "note": " · ".join(filter(None, (by.name if by else "", note))),
            "todo": on > today,
        }
        for on, text, by, note in done
        if on
    ]


def acts(request: ConsoleRequest, row: OwnVersion, count: int) -> list[dict[str, Any]]:
    """The verbs of this state, those open to the user first, each with its reason or its consequence."""
    found = [
        {
            "verdict": page.verdict(request.user, row, count),
            "label": page.label,
            "note": page.lead,
            "kind": page.kind,
            "url": reverse(
                f"rulesets:{step}", kwargs={"slug": request.association.slug, "version": row.public_id}
            ),
        }
        for step, page in PAGES.items()
        if step in TRANSITIONS[VersionState(row.state)]
    ]
    found.sort(key=lambda each: not each["verdict"])
    if found and found[0]["verdict"] and not found[0]["kind"]:
        found[0]["kind"] = "pri"
    return found

"""Small verbs of a member's file: consents, agency links, the end of a suspension. Each leads back to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from associations.members import rules
from associations.members.forms import ConsentForm, EndLinkForm, LinkForm, ResumeForm, WithdrawForm, attempt
from associations.members.models import AgencyLink, Membership
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


def _member(public_id: str) -> Membership:
    return get_object_or_404(Membership, public_id=public_id)


def _done(
    request: ConsoleRequest, member: Membership, form: Any, done: str, place: str, **named: Any
) -> HttpResponse:
    """Save, say so, and go back to the place in the file; what must be corrected is said there."""
    if attempt(form, by=request.user, **named):
        messages.success(request, done)
    else:
        for field, sentences in form.errors.items():
            label = f"{form.fields[field].label}: " if field in form.fields else ""
            for sentence in sentences:
                messages.error(request, f"{label}{sentence}")
    response = redirect("conduct:file", request.association.slug, member.public_id)
    response["Location"] += f"#{place}"
    return response


@require_POST
@console_page
def consent(request: ConsoleRequest, member: str) -> HttpResponse:
    """Keep a consent from the member's own paper."""
    found = _member(member)
    rules.may_consent(request.user, found).enforce()
    return _done(request, found, ConsentForm(request.POST), _("Consent kept."), "consents", membership=found)


@require_POST
@console_page
def withdraw(request: ConsoleRequest, member: str) -> HttpResponse:
    """Keep that a consent was withdrawn."""
    found = _member(member)
    rules.may_consent(request.user, found).enforce()
    return _done(
        request, found, WithdrawForm(request.POST), _("Withdrawal kept."), "consents", membership=found
    )


@require_POST
@console_page
def link(request: ConsoleRequest, member: str) -> HttpResponse:
    """Link a streamer with an agency, from either side's file."""
    found = _member(member)
    rules.may_manage(request.user).enforce()
    return _done(request, found, LinkForm(request.POST), _("Link kept."), "links", membership=found)


@require_POST
@console_page
def end_link(request: ConsoleRequest, member: str, link: str) -> HttpResponse:
    """End a link on its last day."""
    found = _member(member)
    sides = AgencyLink.objects.filter(agency=found) | AgencyLink.objects.filter(streamer=found)
    this = get_object_or_404(sides, public_id=link)
    rules.may_manage(request.user).enforce()
    return _done(request, found, EndLinkForm(request.POST), _("Link ended."), "links", link=this)


@require_POST
@console_page
def resume(request: ConsoleRequest, member: str) -> HttpResponse:
    """End a suspension."""
    found = _member(member)
    rules.may_undo(request.user).enforce()
    return _done(
        request, found, ResumeForm(request.POST), _("The membership is active again."), "", membership=found
    )

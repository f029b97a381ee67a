"""Registering, accepting, checking, changing, leaving: each ends at the member's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from associations.conduct.forms import AcceptForm, ChangeForm, CheckForm, LeaveForm, RegisterForm
from associations.conduct.views.file import page, the_member
from associations.members import rules
from associations.members.forms import attempt
from associations.members.models import Application
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.members.models import Membership
    from associations.registry.middleware import ConsoleRequest

BAD_INPUT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def register(request: ConsoleRequest) -> HttpResponse:
    """Enter a member directly."""
    rules.may_manage(request.user).enforce()
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and attempt(form, by=request.user):
        member = form.membership
        if member.questions.exists():
            messages.warning(request, _("Registered. Screening opened a question: see below."))
        else:
            messages.success(request, _("Registered and screened: no bar was found."))
        return to_file(request, member)
    status = BAD_INPUT if form.errors else 200
    return TemplateResponse(request, "associations/conduct/register.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def accept(request: ConsoleRequest, application: str) -> HttpResponse:
    """Take an applicant in."""
    found = get_object_or_404(Application, public_id=application)
    rules.may_manage(request.user).enforce()
    rules.may_accept(found).enforce()
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and attempt(form, application=found, by=request.user):
        messages.success(request, _("Accepted: the applicant is a member now."))
        return to_file(request, form.membership)
    status = BAD_INPUT if form.errors else 200
    context = {"form": form, "application": found}
    return TemplateResponse(request, "associations/conduct/accept.html", context, status=status)


@require_POST
@console_page
def check(request: ConsoleRequest, member: str) -> HttpResponse:
    """Keep what a check found."""
    found = the_member(member)
    rules.may_manage(request.user).enforce()
    form = CheckForm(request.POST, auto_id="check_%s")
    if attempt(form, membership=found, by=request.user):
        messages.success(request, _("Check kept; the rating takes it in."))
        return to_file(request, found, "checks")
    return page(request, found, status=BAD_INPUT, check_form=form)


@require_POST
@console_page
def change(request: ConsoleRequest, member: str) -> HttpResponse:
    """Change name, category or the wish about commendations."""
    found = the_member(member)
    rules.may_manage(request.user).enforce()
    form = ChangeForm.of(found, request.POST)
    if attempt(form, membership=found, by=request.user):
        messages.success(request, _("Changed; the history keeps what stood before."))
        return to_file(request, found, "history")
    return page(request, found, status=BAD_INPUT, change_form=form)


@require_POST
@console_page
def leave(request: ConsoleRequest, member: str) -> HttpResponse:
    """The member leaves."""
    found = the_member(member)
    rules.may_manage(request.user).enforce()
    form = LeaveForm(request.POST, auto_id="leave_%s")
    if attempt(form, membership=found, by=request.user):
        messages.success(request, _("The membership has ended. The file is kept."))
        return to_file(request, found, "history")
    return page(request, found, status=BAD_INPUT, leave_form=form)


def to_file(request: ConsoleRequest, member: Membership, place: str = "") -> HttpResponse:
    response = redirect("conduct:file", request.association.slug, member.public_id)
    if place:
        response["Location"] += f"#{place}"
    return response

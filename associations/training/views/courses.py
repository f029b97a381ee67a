"""Courses, and the list of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from associations.registry.middleware import console_page
from associations.training import forms, rules, services
from associations.training.models import Course, Session
from associations.training.states import Presence
from associations.training.views.paging import page_of, read_or_write

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@read_or_write
@console_page
def courses(request: ConsoleRequest) -> HttpResponse:
    """What is taught; a new course is added below the list."""
    form = forms.CourseForm(request.POST or None)
    if request.method == "POST":
        rules.may_manage(request.user).enforce()
        if form.is_valid():
            form.save(by=request.user)
            messages.success(request, _("The course is added."))
            return redirect("training:courses", slug=request.association.slug)
    rows = Course.objects.annotate(held=Count("sessions")).order_by("retired_on", "name")
    return TemplateResponse(
        request,
        "associations/training/courses.html",
        {"page": page_of(request, rows), "form": form, "may_manage": rules.may_manage(request.user)},
        status=400 if form.errors else 200,
    )


@require_POST
@console_page
def retire(request: ConsoleRequest, course: str) -> HttpResponse:
    """No further sessions of a course."""
    services.retire_course(course=get_object_or_404(Course, public_id=course), by=request.user)
    messages.success(request, _("The course is retired; what was held stays."))
    return redirect("training:courses", slug=request.association.slug)


@read_or_write
@console_page
def sessions(request: ConsoleRequest) -> HttpResponse:
    """What was held and what is planned; a new session is entered below the list."""
    form = forms.SessionForm(request.POST or None)
    if request.method == "POST":
        rules.may_manage(request.user).enforce()
        if form.is_valid():
            session = form.save(by=request.user)
            return redirect("training:session", slug=request.association.slug, session=session.public_id)
    rows = (
        Session.objects.select_related("course")
        .annotate(
            present=Count("attendances", filter=Q(attendances__presence=Presence.PRESENT)),
            away=Count("attendances", filter=~Q(attendances__presence=Presence.PRESENT)),
            passed=Count("attendances", filter=Q(attendances__passed=True)),
        )
        .order_by("-held_on", "-id")
    )
    return TemplateResponse(
        request,
        "associations/training/sessions.html",
        {
            "page": page_of(request, rows),
            "form": form,
            "today": timezone.localdate(),
            "may_manage": rules.may_manage(request.user),
        },
        status=400 if form.errors else 200,
    )

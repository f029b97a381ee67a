"""Where a person goes after logging in, and how an invited one comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import services
from core.accounts.forms import WelcomeForm
from core.accounts.selectors import offices_of, subjects_of
from core.accounts.states import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from core.accounts.models import User

CONSOLE = ("registry:dashboard", "members:list", "training:duty")
"""The console's first page: the first of these that exists."""


@dataclass(frozen=True, slots=True)
class Door:
    """A place this person may go: what it is, as whom, where."""

    label: str
    note: str
    url: str


def doors_of(user: User) -> list[Door]:
    """The consoles of the user's offices, the member desk, the operators' back office."""
    offices: dict[int, list[str]] = {}
    associations = {}
    for office in offices_of(user):
        offices.setdefault(office.association_id, []).append(str(Role(office.role).label))
        associations[office.association_id] = office.association
    found = [
        Door(
            _("%(name)s, console") % {"name": association.name},
            _(", ").join(offices[key]),
            console(association.slug),
        )
        for key, association in associations.items()
    ]
    desks = subjects_of(user)
    if desks:
        names = dict.fromkeys(each.association.name for each in desks)
        found.append(Door(_("My desk"), _(", ").join(names), reverse("desk:home")))
    if user.is_staff:
        found.append(Door(_("Operations"), _("for those who run this site"), reverse("admin:index")))
    return found


def console(slug: str) -> str:
    for name in CONSOLE:
        try:
            return reverse(name, kwargs={"slug": slug})
        except NoReverseMatch:
            continue
    return f"/a/{slug}/"


@require_GET
@login_required
@never_cache
def where(request: HttpRequest) -> HttpResponse:
    """After logging in: straight on where there is one door, a choice where there are several."""
    doors = doors_of(cast("User", request.user))
    if len(doors) == 1:
        return redirect(doors[0].url)
    return TemplateResponse(request, "account/where.html", {"doors": doors})


@require_GET
@login_required
@never_cache
def mail_address(request: HttpRequest) -> HttpResponse:
    """The address one logs in with. It is what roles are granted to, so nobody changes it by themselves."""
    return TemplateResponse(request, "account/mail_address.html", {})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """The invited person's first step: choose a password, once."""
    guest = services.invited(user, token)
    if guest is None:
        return TemplateResponse(request, "account/invitation_over.html", {}, status=410)
    form = WelcomeForm(guest, request.POST or None, token=token)
    if request.method == "POST" and form.is_valid():
        if not form.save():
            return TemplateResponse(request, "account/invitation_over.html", {}, status=410)
        messages.success(request, _("Your account is open. Log in with the password you chose."))
        return redirect("account_login")
    return TemplateResponse(
        request, "account/welcome.html", {"form": form, "guest": guest}, status=400 if form.errors else 200
    )

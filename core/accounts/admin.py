"""Users and appointments in the operators' back office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import allauth.mfa.admin  # noqa: F401 - registers what is registered anew below
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from core.accounts.models import Appointment, User

if TYPE_CHECKING:
    from django.http import HttpRequest


class AppointmentInline(TabularInline):
    """The roles a user holds; granted and ended in the association's console, which keeps them in its ledger."""

    model = Appointment
    fk_name = "user"
    extra = 0
    can_delete = False
    fields = readonly_fields = ("association", "role", "since", "until")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


class UserForm(forms.ModelForm):
    """A user without a password: its owner sets one by invitation or reset."""

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(ModelAdmin):
    form = UserForm
    inlines = (AppointmentInline,)
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Accounts are closed, never deleted: the ledger names them."""
        return False


@admin.register(Appointment)
class AppointmentAdmin(ModelAdmin):
    """Who holds which role where; read here, granted and ended in the console."""

    list_display = ("user", "association", "role", "since", "until")
    list_filter = ("association", "role")
    search_fields = ("user__email", "user__name")
    list_select_related = ("user", "association")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(ModelAdmin):
    """Second steps: a lost one is removed here. Its secret is shown to nobody, and none is made for others."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__email", "user__name")
    list_select_related = ("user",)
    exclude = ("data",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

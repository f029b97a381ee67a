"""The register of associations in the operators' back office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from associations.registry.models import Association
from associations.registry.services import invite_officer, register_association
from core.accounts.states import Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from core.accounts.models import User

FIELDS = ("slug", "name", "name_en", "uscc", "reach", "region", "number", "founded_on")
FIXED = ("slug", "uscc", "number")


class NewAssociation(forms.ModelForm):
    """An association and its first administrator, who invites the other officers."""

    admin_email = forms.EmailField(
        label=_("Administrator's mail address"), widget=UnfoldAdminEmailInputWidget
    )
    admin_name = forms.CharField(
        label=_("Administrator's name"), max_length=60, widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Association
        fields = FIELDS


@admin.register(Association)
class AssociationAdmin(ModelAdmin):
    list_display = ("number", "name", "slug", "reach", "region")
    list_display_links = ("name",)
    search_fields = ("name", "name_en", "slug", "uscc")
    list_filter = ("reach",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options["form"] = NewAssociation
        return super().get_form(request, obj, change=change, **options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002 - Django's signature
        return FIELDS if obj else (*FIELDS, "admin_email", "admin_name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """What stands in addresses, certificates and keys never changes."""
        return FIXED if obj else ()

    def save_model(self, request: HttpRequest, obj: Association, form: Any, change: bool) -> None:
        """Enter a new association in the register, and invite its first administrator."""
        if change:
            super().save_model(request, obj, form, change)
            return
        made = register_association(
            **{name: form.cleaned_data[name] for name in FIELDS}, by=cast("User", request.user)
        )
        invite_officer(
            association=made,
            email=form.cleaned_data["admin_email"],
            name=form.cleaned_data["admin_name"],
            role=Role.ADMIN,
            by=None,
        )
        obj.pk = made.pk
        obj._state.adding = False  # noqa: SLF001 - it stands, made by the verb

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

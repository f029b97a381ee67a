"""The published rule sets in the operators' back office, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from credit.rulesets.models import RuleSetVersion

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(RuleSetVersion)
class RuleSetVersionAdmin(ModelAdmin):
    list_display = ("name", "association", "effective_on", "digest", "adopted_at")
    list_select_related = ("association",)
    fields = readonly_fields = ("name", "association", "effective_on", "digest", "adopted_at", "text")

    @admin.display(description="SHA-256")
    def digest(self, version: RuleSetVersion) -> str:
        return bytes(version.sha256).hex()

    @admin.display(description=_("canonical text"))
    def text(self, version: RuleSetVersion) -> str:
        return bytes(version.canonical).decode()

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

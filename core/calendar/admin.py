"""Where an operator enters the days of a year."""

from __future__ import annotations

from django.contrib import admin
from unfold.admin import ModelAdmin

from core.calendar.models import DayOverride, EnteredYear


@admin.register(DayOverride)
class DayOverrideAdmin(ModelAdmin):
    list_display = ("day", "working", "source")
    list_filter = ("working",)
    date_hierarchy = "day"


@admin.register(EnteredYear)
class EnteredYearAdmin(ModelAdmin):
    list_display = ("year", "source")

"""The filters of what is published: the same for the pages and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from credit.publication.models import PublishedAssociation, PublishedBar, PublishedDecision, PublishedRating

if TYPE_CHECKING:
    from django.db.models import QuerySet

LETTERS = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D")
GRADES = [(letter, letter) for letter in LETTERS]
CATEGORIES = [(1, _("Platform")), (2, _("Agency")), (3, _("Room operator")), (4, _("Streamer"))]
MEASURES = [
    (1, _("Talk, undertaking or extra training")),
    (2, _("Warning, correction ordered")),
    (3, _("Censure among members")),
    (4, _("Public censure, member rights suspended")),
    (5, _("Expulsion")),
    (6, _("Bar for life")),
]
TERMS = [("no", _("Expulsion")), ("yes", _("Bar for life"))]


def association_choices() -> list[tuple[str, str]]:
    """The associations there are, asked when the form is drawn."""
    return list(PublishedAssociation.objects.order_by("slug").values_list("slug", "name"))


class Published(django_filters.FilterSet):
    """Name, association and category, which every list has."""

    q = django_filters.CharFilter(method="named", label=_("Name or code"), max_length=60)
    association = extend_schema_field(
        OpenApiTypes.STR
    )(  # the schema names no association: it would ask the table
        django_filters.ChoiceFilter(
            field_name="association_slug",
            choices=association_choices,
            label=_("Association"),
            empty_label=_("All associations"),
        )
    )
    category = django_filters.ChoiceFilter(
        choices=CATEGORIES, label=_("Category"), empty_label=_("All categories")
    )

    def named(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Left to the list: it searches what the other filters leave, and puts the best first."""
        del value
        return rows


class RatingFilters(Published):
    """Ratings: also by exact code and by grade."""

    code = django_filters.CharFilter(lookup_expr="iexact", label=_("Credit code"), max_length=18)
    grade = django_filters.ChoiceFilter(
        choices=GRADES, method="graded", label=_("Grade"), empty_label=_("All grades")
    )

    class Meta:
        model = PublishedRating
        fields = ["q", "code", "association", "category", "grade"]

    def graded(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the letter shown."""
        return rows.filter(grade=LETTERS.index(value) + 1)


class DecisionFilters(Published):
    """Decisions: also by measure."""

    measure = django_filters.ChoiceFilter(choices=MEASURES, label=_("Measure"), empty_label=_("All measures"))

    class Meta:
        model = PublishedDecision
        fields = ["q", "association", "category", "measure"]


class BarFilters(Published):
    """Bars: also by whether they are for life."""

    for_life = django_filters.ChoiceFilter(
        choices=TERMS, method="lasting", label=_("Measure"), empty_label=_("All measures")
    )

    class Meta:
        model = PublishedBar
        fields = ["q", "association", "category", "for_life"]

    def lasting(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """For life, or for a term."""
        return rows.filter(for_life=value == "yes")

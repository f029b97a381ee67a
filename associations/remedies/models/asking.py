"""Objections, and corrections by two officers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.remedies.models.about import About, answered, by_another
from associations.remedies.states import CorrectionState, ObjectionState


class Objection(About):
    """Somebody on record says that a thing is wrong. It stands marked from the moment it is received.

    `mark_by`, `answer_by`: its two clocks. `reasons` are the answer's.
    """

    text = models.TextField(_("what is wrong, and why"))
    mark_by = models.DateField(_("to be marked by"))
    answer_by = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=9, choices=ObjectionState, default=ObjectionState.OPEN)
    reasons = models.TextField(_("reasons"), blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(name="objection_says_what", condition=~Q(text="")),
            models.UniqueConstraint(
                fields=["association", "membership", "thing", "ref"],
                condition=Q(state="open"),
                name="objection_open_once",
            ),
            by_another("objection_answered_by_another", "answered_by"),
            answered("objection_answered_with_reasons", unanswered=["open", "withdrawn"]),
        ]
        indexes = [
            models.Index(fields=["association", "state", "answer_by"], name="objection_by_state"),
            models.Index(fields=["association", "membership"], name="objection_of_member"),
        ]


class Correction(About):
    """An officer says that a fact is wrong; a second person looks and agrees, or does not.

    `instead`: what the fact should have said, by quantity; empty: that it never was so.
    """

    why = models.TextField(_("what is wrong, and how it is known"))
    instead = models.JSONField(_("instead"), default=dict)
    state = models.CharField(
        _("state"), max_length=9, choices=CorrectionState, default=CorrectionState.PROPOSED
    )
    reasons = models.TextField(_("reasons"), blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="correction_of_a_fact", condition=Q(thing="fact", fact__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["association", "fact"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="correction_once",
            ),
            models.CheckConstraint(
                name="correction_by_a_second_person",
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("by")),
            ),
            answered("correction_answered_with_reasons", unanswered=["proposed"]),
        ]
        indexes = [models.Index(fields=["association", "state"], name="correction_by_state")]

"""Applications for credit repair 信用修复."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.documents.models import DocumentLink
from associations.remedies.models.about import About, answered, by_another
from associations.remedies.states import RepairState
from core.walls.models import TenantKey


class Repair(About):
    """A member applies to have a record ended, by the four conditions of NDRC Order 36.

    `from_on`: the first day on which it may be asked for. The four findings are empty until somebody has looked.
    """

    performed = models.TextField(_("how it was corrected and performed"))
    undertaking = models.TextField(_("public undertaking"))
    asked_on = models.DateField(default=timezone.localdate)
    from_on = models.DateField(_("least term over on"))
    answer_by = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=9, choices=RepairState, default=RepairState.ASKED)
    term_over = models.BooleanField(_("least term of publication reached"), null=True)
    is_performed = models.BooleanField(_("corrected and fully performed"), null=True)
    has_undertaken = models.BooleanField(_("public undertaking made"), null=True)
    else_met = models.BooleanField(_("other conditions of law met"), null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        constraints = [
            models.CheckConstraint(name="repair_of_a_record", condition=Q(fact__isnull=False)),
            models.CheckConstraint(name="repair_asked_after_least_term", condition=Q(asked_on__gte=F("from_on"))),
            models.CheckConstraint(name="repair_undertakes", condition=~Q(undertaking="") & ~Q(performed="")),
            models.CheckConstraint(
                name="repair_granted_on_four_conditions",
                # "is not null" is said each time: a CHECK lets pass what is neither true nor false
                condition=~Q(state="granted")
                | Q(
                    term_over=True, is_performed=True, has_undertaken=True, else_met=True,
                    term_over__isnull=False, is_performed__isnull=False, has_undertaken__isnull=False,
                    else_met__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["association", "fact"],
                condition=Q(state__in=["asked", "granted"]),
                name="repair_once_at_a_time",
            ),
            by_another("repair_decided_by_another", "answered_by"),
            answered("repair_answered_with_reasons", unanswered=["asked", "withdrawn"]),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["association", "state", "answer_by"], name="repair_by_state"),
            models.Index(fields=["association", "membership"], name="repair_of_member"),
        ]


class RepairDocument(DocumentLink):
    """The decision on a repair, put on paper. Append-only."""

    repair = TenantKey(Repair, related_name="documents")

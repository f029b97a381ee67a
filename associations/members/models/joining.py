from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members.models.membership import Membership
from associations.members.states import ApplicationState, Category, ScreeningAnswer
from core.public_ids import PublicIdField
from core.subjects.states import MarkKind
from core.walls.models import TenantKey, TenantModel


class Application(TenantModel):
    """A request to join, screened against every bar in force before anyone may accept it.

    `code` as in a membership: a firm's, empty for persons.
    """

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("category"), choices=Category)
    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    code_masked = models.CharField(_("code"), max_length=24)
    is_person = models.BooleanField(default=False)
    contact_sealed = models.BinaryField(null=True)
    received_at = models.DateTimeField(default=timezone.now)
    screened_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.RECEIVED)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    membership = TenantKey(Membership, null=True, related_name="applications")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "subject"],
                condition=Q(state__in=["received", "question"]),
                name="application_one_at_a_time",
            ),
            models.CheckConstraint(
                name="application_person_shows_no_code", condition=Q(is_person=False) | Q(code="")
            ),
            models.CheckConstraint(
                name="application_answered_by_someone",
                condition=Q(state__in=["received", "question"], answered_at=None, answered_by=None)
                | Q(state__in=["accepted", "refused"], answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="application_accepted_after_screening",
                condition=~Q(state="accepted") | Q(screened_at__isnull=False, membership__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["association", "state", "-id"], name="application_by_state")]

    def __str__(self) -> str:
        return self.name


class ScreeningQuestion(TenantModel):
    """A mark of a new subject equals one under which a bar stands: a question for a person.

    `bar_public_id` and `set_by` say where to ask; the reasons stay with the association that set the bar.
    """

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    application = TenantKey(Application, null=True, related_name="questions")
    membership = TenantKey(Membership, null=True, related_name="questions")
    name = models.CharField(max_length=200)
    mark_kind = models.SmallIntegerField(_("what is equal"), choices=MarkKind)
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=14, choices=ScreeningAnswer, default=ScreeningAnswer.OPEN)
    reasons = models.TextField(_("reasons"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("screening question")
        verbose_name_plural = _("screening questions")
        constraints = [
            models.CheckConstraint(
                name="screening_answered_with_reasons",
                condition=Q(answer="open", answered_at=None, answered_by=None)
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="open")
                    & ~Q(reasons="")
                ),
            ),
            models.UniqueConstraint(
                fields=["association", "subject", "bar_public_id", "mark_kind"],
                condition=Q(answer="open"),
                name="screening_open_once",
            ),
            models.CheckConstraint(
                name="screening_asks_about_somebody",
                condition=Q(application__isnull=False) | Q(membership__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["association", "answer", "-id"], name="screening_by_answer")]

    def __str__(self) -> str:
        return self.name

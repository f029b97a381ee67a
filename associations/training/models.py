from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from associations.members.states import Category
from associations.training.states import Presence
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel


class Course(TenantModel):
    """What is taught: hours a session of it gives, the pass mark, how long its certificate is good."""

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=120)
    hours = models.PositiveSmallIntegerField(_("hours"))
    before_first_stream = models.BooleanField(_("required before the first stream"), default=False)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"), default=60)
    valid_days = models.PositiveIntegerField(_("certificate valid for days"), default=365)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(fields=["association", "name"], name="course_once"),
            models.CheckConstraint(
                name="course_sane", condition=Q(hours__range=(1, 200), pass_mark__lte=100, valid_days__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Session(TenantModel):
    """A course held on a day."""

    public_id = PublicIdField()
    course = TenantKey(Course, related_name="sessions")
    held_on = models.DateField(_("held on"))
    hours = models.PositiveSmallIntegerField(_("hours"))
    place = models.CharField(_("place"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "course", "held_on", "place"], name="session_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Attendance(TenantModel):
    """One member at one session: presence, hours credited, score 0–100 where there was an exam.

    `revision` counts the corrections that changed its facts: each revision's stay in the conduct file.
    """

    association = AssociationOf("membership")
    session = TenantKey(Session, related_name="attendances", db_index=False)
    membership = TenantKey("associations.Membership", related_name="attendances", db_index=False)
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["association", "session", "membership"], name="attendance_once"),
            models.CheckConstraint(
                name="attendance_hours_only_if_present", condition=Q(presence="present") | Q(hours=0)
            ),
            models.CheckConstraint(name="attendance_score", condition=Q(score=None) | Q(score__lte=100)),
            models.CheckConstraint(
                name="attendance_result_only_if_present",
                condition=Q(presence="present") | Q(score=None, passed=None),
            ),
        ]
        indexes = [models.Index(fields=["association", "membership"], name="attendance_of_member")]

    def __str__(self) -> str:
        return self.get_presence_display()


class Certificate(TenantModel):
    """Proof that a member passed a course, good until a day. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="certificates")
    attendance = TenantKey(Attendance, related_name="certificates")
    number = models.CharField(_("number"), max_length=30)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("good until"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="certificate_number_once"),
            models.UniqueConstraint(fields=["association", "attendance"], name="certificate_once"),
            models.CheckConstraint(
                name="certificate_expires_after_issue", condition=Q(expires_on__gt=F("issued_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Duty(TenantModel):
    """The yearly duty of a category from a year on: hours and whether an exam must be passed."""

    category = models.SmallIntegerField(_("category"), choices=Category)
    year = models.PositiveSmallIntegerField(_("from year"))
    hours = models.PositiveSmallIntegerField(_("hours"))
    exam = models.BooleanField(_("exam required"))

    class Meta:
        verbose_name = _("training duty")
        verbose_name_plural = _("training duties")
        constraints = [
            models.UniqueConstraint(fields=["association", "category", "year"], name="duty_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.year}"

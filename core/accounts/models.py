from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.states import Role
from core.public_ids import PublicIdField
from core.walls.declared import Wall


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who logs in, by mail address."""

    wall: ClassVar[Wall] = Wall(app="SIUD", console="S", engine="S")

    username = None  # type: ignore[assignment] # a name and a mail address are all
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    public_id = PublicIdField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Appointment(models.Model):
    """A user's role in one association from `since` until, not including, `until`.

    A member's appointment names the subject acted for.
    """

    wall: ClassVar[Wall] = Wall(app="SIU", console="S", engine="SIU")

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    association = models.ForeignKey("associations.Association", models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    subject = models.ForeignKey("core.Subject", models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="appointment_of_member_names_subject",
                condition=(Q(role=Role.MEMBER) & ~Q(subject=None)) | (~Q(role=Role.MEMBER) & Q(subject=None)),
            ),
            models.UniqueConstraint(
                fields=["user", "association", "role", "subject"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="appointment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

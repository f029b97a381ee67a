"""What every remedy is about, and who had a hand in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.remedies.states import Thing
from core.public_ids import PublicIdField
from core.walls.models import TenantKey, TenantModel


class About(TenantModel):
    """A remedy about a thing. `ref`: its public id; of a rating line without a fact its indicator and code, "2.1:3".

    `fact` is the fact behind it, if there is one; `decision_ref` the public id of the decision behind that.
    `involved`: row numbers of the users who recorded, judged or signed it, kept when the remedy is asked for.
    """

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="+")
    thing = models.CharField(_("about"), max_length=8, choices=Thing)
    ref = models.CharField(max_length=64)
    fact = TenantKey("associations.Fact", null=True, related_name="+")
    decision_ref = models.CharField(max_length=22, blank=True)
    involved = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id


def by_another(name: str, who: str) -> models.CheckConstraint:
    """`who` neither asked for the remedy nor had a hand in what it is about."""
    return models.CheckConstraint(
        name=name, condition=~Q(involved__contains=[F(who)]) & (Q(**{who: None}) | ~Q(**{who: F("by")}))
    )


def answered(name: str, *, unanswered: list[str]) -> models.CheckConstraint:
    """An answer has a person, a time and its reasons; what is open has none."""
    return models.CheckConstraint(
        name=name,
        condition=Q(state__in=unanswered, answered_by=None, answered_at=None)
        | (
            ~Q(state__in=unanswered)
            & Q(answered_by__isnull=False, answered_at__isnull=False)
            & ~Q(reasons="")
        ),
    )

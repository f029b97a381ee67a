"""What came by a key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from associations.complaints.models.complaint import Complaint
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne

MOST_KEY = 80


class Filing(TenantModel):
    """A complaint that a platform or authority filed by its key. Append-only.

    `sending` is the sender's own name for it (Idempotency-Key): sent twice it is one complaint. `body_sha256` is of
    what was sent, so that another content under the same name is noticed.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    peer = TenantKey("associations.Peer", related_name="+")
    sending = models.CharField(max_length=MOST_KEY)
    body_sha256 = models.CharField(max_length=64)
    complaint = TenantOneToOne(Complaint, related_name="filing")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "peer", "sending"], name="filing_sent_once"),
            models.CheckConstraint(name="filing_is_named", condition=~Q(sending="")),
            models.CheckConstraint(
                name="filing_has_its_hash", condition=Q(body_sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.sending

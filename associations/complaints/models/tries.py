"""How often something was tried: what public doors are throttled by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from core.walls.declared import Wall


class Tries(models.Model):
    """How often a thing was tried since `since`. `key` is a keyed hash: of an address, a number, a challenge.

    Of no association, because who tries names none yet.
    """

    wall: ClassVar[Wall] = Wall(app="SIUD")

    key = models.BinaryField(max_length=32, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["since"], name="tries_oldest_first")]

    def __str__(self) -> str:
        return f"{self.count}"

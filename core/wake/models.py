from __future__ import annotations

from typing import ClassVar

from django.db import models

from core.walls.declared import Wall


class Call(models.Model):
    """A task that was called for and has not begun since `asked_at` (none: nobody waits for it)."""

    wall: ClassVar[Wall] = Wall(app="SIU")

    task = models.CharField(max_length=100, primary_key=True)
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.task

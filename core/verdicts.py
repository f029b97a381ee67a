"""A rule's answer: yes, or no with a sentence a clerk understands.

The same verdict is enforced by the service, returned by the API as `detail` and shown as the reason
beside the disabled button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Denied(PermissionDenied):
    """You see it, but may not do that now (403). Carries the rule's sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`allowed`, and if not, `reason`: one translatable sentence."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Denied` with the reason unless allowed."""
        if not self.allowed:
            raise Denied(self.reason)


ALLOWED = Verdict(allowed=True)


def denied(reason: str | Promise) -> Verdict:
    return Verdict(allowed=False, reason=reason)

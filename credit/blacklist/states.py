from django.db import models
from django.utils.translation import gettext_lazy as _


class BarState(models.TextChoices):
    LISTED = "listed", _("In force")
    SUSPENDED = "suspended", _("Suspended on appeal")
    LIFTED = "lifted", _("Lifted")
    EXPIRED = "expired", _("Expired")


CONTESTED, SAID, UNSAID = "contested", "said", "unsaid"
BECAME = [
    *BarState.choices,
    (CONTESTED, _("Contested")),
    (SAID, _("Own statement beside it")),
    (UNSAID, _("Own statement taken back")),
]
"""What is told to whoever received word of a bar."""


BAR_TRANSITIONS: dict[BarState, frozenset[BarState]] = {
    BarState.LISTED: frozenset({BarState.SUSPENDED, BarState.LIFTED, BarState.EXPIRED}),
    BarState.SUSPENDED: frozenset({BarState.LISTED, BarState.LIFTED, BarState.EXPIRED}),
    BarState.LIFTED: frozenset(),
    BarState.EXPIRED: frozenset(),
}

"""The desk's frame: the head and tabs of every page of a member. Rooms are named by their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from associations.desk import selectors
from associations.members.states import Category, MembershipState
from core.ui.navigation import Link

if TYPE_CHECKING:
    from associations.desk.middleware import DeskRequest


def frame(request: DeskRequest) -> dict[str, Any]:
    """What templates/credit/desk/base.html needs."""
    member = request.membership
    where = {"slug": request.association.slug, "member": member.public_id}
    due = selectors.statements_due(member)
    return {
        "association": request.association,
        "member": member,
        "category": Category(member.category).label,
        "ended": member.left_on is not None,
        "state": MembershipState(member.state).label,
        "tabs": [
            Link(_("Rating"), reverse("desk:rating", kwargs=where)),
            Link(
                _("Notices"),
                reverse("desk:notices", kwargs=where),
                due or None,
                "over" if due else "",
                also=(reverse("deskverbs:complaints", kwargs=where),),
            ),
            Link(_("Training"), reverse("desk:training", kwargs=where)),
            Link(
                _("My data"),
                reverse("desk:data", kwargs=where),
                also=(reverse("deskverbs:fees", kwargs=where),),
            ),
        ],
    }

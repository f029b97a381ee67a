"""What every verb of remedies does beside its own rows: the trail, the queue, the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.remedies import queue, selectors
from core.ledger import services as ledger
from core.verdicts import Denied
from core.walls.turns import hold

if TYPE_CHECKING:
    from associations.members.models import Membership
    from associations.remedies.models.about import About
    from associations.remedies.selectors import Found
    from core.accounts.models import User
    from core.ledger.states import Act


def the_thing(membership: Membership, thing: str, ref: str) -> Found:
    """The member's thing of that name, held: of two who ask at once the second sees the first. Raises Denied where
    there is none.
    """
    hold(f"remedies of {membership.public_id}", membership.association_id)
    found = selectors.find(membership, thing, ref)
    if found is None:
        raise Denied(_("There is no such record in this member's file."))
    return found


def about(membership: Membership, found: Found) -> dict[str, object]:
    """The columns that say what a remedy is about."""
    return {
        "association_id": membership.association_id,
        "membership": membership,
        "thing": found.thing,
        "ref": found.ref,
        "fact": found.fact,
        "decision_ref": found.decision_ref,
        "involved": sorted(found.involved),
    }


def told(remedy: About, act: Act, *, why: str = "", by: User) -> None:
    """Keep the act in the ledger, and have publication look again at what the member has on record."""
    ledger.record(
        association_id=remedy.association_id,
        act=act,
        thing=remedy._meta.model_name or "",  # noqa: SLF001 - Django's documented model API
        thing_id=remedy.public_id,
        why=why,
        detail={"about": remedy.thing, "ref": remedy.ref, "state": str(remedy.state)},  # type: ignore[attr-defined]
        by=by,
    )
    queue.put(remedy.membership)

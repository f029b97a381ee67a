"""Taking a step: a version's state and the ledger move together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ledger import services as ledger
from core.ledger.states import Act
from credit.rulesets.models import OwnVersion
from credit.rulesets.states import TRANSITIONS, Step, VersionState

if TYPE_CHECKING:
    from core.accounts.models import User

ACTS = {
    Step.REVISE: Act.RULE_SET_REVISED,
    Step.CONSULT: Act.RULE_SET_CONSULTED,
    Step.CLOSE_CONSULTATION: Act.RULE_SET_CONSULTATION_CLOSED,
    Step.APPROVE: Act.RULE_SET_APPROVED,
    Step.PUBLISH: Act.RULE_SET_ADOPTED,
    Step.TAKE_EFFECT: Act.RULE_SET_IN_FORCE,
    Step.SUPERSEDE: Act.RULE_SET_SUPERSEDED,
    Step.WITHDRAW: Act.RULE_SET_WITHDRAWN,
}


def held(version: OwnVersion) -> OwnVersion:
    """The version as it is now, held with all others of the association: their periods hang together."""
    rows = OwnVersion.objects.select_related("author").select_for_update(of=("self",)).order_by("pk")
    return next(each for each in rows if each.pk == version.pk)


def take(version: OwnVersion, step: Step, *, why: str = "", by: User | None, **fields: Any) -> OwnVersion:
    """Move a held version as the table says, with what the step records of it."""
    version.state = TRANSITIONS[VersionState(version.state)][step]
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *fields])
    write(version, ACTS[step], why=why, by=by)
    return version


def write(version: OwnVersion, act: Act, *, why: str = "", by: User | None) -> None:
    """Write an act into the ledger; its detail names the bytes."""
    ledger.record(
        association_id=version.association_id,
        act=act,
        thing="ruleset",
        thing_id=version.public_id,
        why=why,
        detail={"name": version.name, "sha256": bytes(version.sha256).hex()},
        by=by,
    )

"""The declaration a model makes about its table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wall:
    """What each database login or role may do to a table.

    Letters: S select, I insert, U update, D delete. `app` is the login before it takes a role;
    `tenant` rows are visible to the console role only inside their association's scope;
    `append_only` rows can be neither changed nor removed by anybody.
    """

    app: str = ""
    console: str = ""
    engine: str = ""
    public: str = ""
    tenant: bool = False
    append_only: bool = False


OWN_RECORD = Wall(console="SIU", engine="S", tenant=True)
OWN_RECORD_KEPT = Wall(console="SI", engine="S", tenant=True, append_only=True)
JUDGEMENT = Wall(console="S", engine="SIU", tenant=True)
JUDGEMENT_KEPT = Wall(console="S", engine="SI", tenant=True, append_only=True)
PUBLISHED = Wall(engine="SIUD", public="S")

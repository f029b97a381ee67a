"""Whose rows a statement reads: those of the stretches asked for, or everybody's."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

STAGE = """asked AS MATERIALIZED (
  SELECT * FROM unnest(%(associations)s::bigint[], %(firsts)s::bigint[], %(lasts)s::bigint[])
    AS stretch (association_id, first_id, last_id)
),
"""


class Asked(NamedTuple):
    """Members of one association, by row number. Stretches of one statement never overlap."""

    association_id: int
    first_id: int
    last_id: int


class Scope(StrEnum):
    """Everybody there is; or members `firsts` to `lasts` of `associations`, three lists side by side."""

    EVERY = ""
    ASKED = STAGE

    def rows(self, table: str, columns: str, member: str = "membership_id", where: str = "true") -> str:
        """A FROM item without a name: the rows of a table that are the members'."""
        return self.each(f"SELECT {columns} FROM {table} WHERE {self.own(table, member)} AND {where}")

    def own(self, table: str, member: str = "membership_id") -> str:
        """The condition that makes rows the members', in a query given to `each`."""
        if self is Scope.EVERY:
            return "true"
        return (
            f"{table}.association_id = asked.association_id"
            f" AND {table}.{member} BETWEEN asked.first_id AND asked.last_id"
        )

    def ordered(self, columns: str) -> str:
        """What has rows read in the order of an index; of everybody's there is none."""
        return "OFFSET 0" if self is Scope.EVERY else f"ORDER BY {columns}"

    def each(self, query: str) -> str:
        """A FROM item without a name: a query, done for each stretch by itself.

        Each is looked up in its association's partition alone and by the index that begins with association and member:
        one member or twenty thousand, the plan is the same.
        """
        return f"({query})" if self is Scope.EVERY else f"asked CROSS JOIN LATERAL ({query} OFFSET 0)"

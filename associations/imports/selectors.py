"""Questions imports ask: who stands already, and what the runs of an association are."""

from __future__ import annotations

from collections import Counter
from datetime import date  # noqa: TC003 - a field's type
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy

from associations.imports.models import Refusal, Run
from associations.registry.models import Association
from associations.tenancy import scope
from core.paperwork.schemas import Problem
from core.subjects.selectors import find_all
from core.walls.loading import array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class Standing(NamedTuple):
    """A membership as an import compares it with its row."""

    id: int
    subject_id: int
    name: str
    category: int
    state: str
    joined_on: date
    left_on: date | None


def standing(*, usccs: Iterable[str] = (), identities: Iterable[str] = ()) -> dict[str, Standing]:
    """The membership of each of these, by identifier: the one in force, or else the last that ended."""
    found = find_all(usccs=usccs, identities=identities)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (subject_id) id, subject_id, name, category, state, joined_on, left_on
            FROM associations_membership
            WHERE association_id = %s AND subject_id = ANY(%s::bigint[])
            ORDER BY subject_id, left_on DESC NULLS FIRST, id DESC
            """,
            [scope.association_id(), array(found.values())],
        )
        members = {row[1]: Standing(*row) for row in cursor.fetchall()}
    return {
        identifier: members[subject_id] for identifier, subject_id in found.items() if subject_id in members
    }


def of_either(whos: Iterable[tuple[str, str]]) -> dict[str, Standing]:
    """`standing` for identifiers as `parse_identifier` gives them: (kind, number)."""
    numbers: dict[str, list[str]] = {"uscc": [], "identity": []}
    for kind, number in set(whos):
        numbers[kind].append(number)
    return standing(usccs=numbers["uscc"], identities=numbers["identity"])


def also_elsewhere(usccs: Iterable[str]) -> Counter[str]:
    """How many of these firms are members of another city's, province's or park's association too.

    For the operator's command line alone: an association does not learn who is a member elsewhere.
    """
    here = scope.association_id()
    found = find_all(usccs=usccs)
    reaches = dict(Association.objects.values_list("pk", "reach"))
    with scope.across_associations(why="tell the operator how many are members elsewhere too"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT subject_id, association_id FROM associations_membership "
                "WHERE association_id <> %s AND left_on IS NULL AND subject_id = ANY(%s)",
                [here, list(found.values())],
            )
            pairs = {
                (subject_id, reaches[association_id]) for subject_id, association_id in cursor.fetchall()
            }
    told = Counter({f"also_in_{reach}_association": 0 for key, reach in reaches.items() if key != here})
    told.update(f"also_in_{reach}_association" for _subject_id, reach in pairs)
    return told


def problem_of(refusal: Refusal) -> Problem:
    """The refusal as it was found; its sentence is told in the reader's language."""
    params = dict(refusal.params)
    if "column" in params:
        params["column"] = gettext_lazy(params["column"])
    return Problem(
        refusal.row,
        refusal.column,
        refusal.code,
        refusal.message,
        params,
        refusal.value,
        refused=refusal.refused,
    )


def runs() -> QuerySet[Run]:
    """The imports of the association, the latest first; without their contents."""
    return Run.objects.defer("content").select_related("by").order_by("-id")

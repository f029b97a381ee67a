"""A hash over everything an association has, by which the tests see that nothing of it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection

from associations.tenancy import scope
from core.walls.raising import OWN_APPS, wall_of

if TYPE_CHECKING:
    from tests.architecture.world import Side


def fingerprint(side: Side) -> str:
    """A hash over every row of the association: its own tables, its appointments, its published rows."""
    with scope.of(side.house.association), connection.cursor() as cursor:
        cursor.execute(_hash_of(_tenant_tables(), "true"))
        (own,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute(_hash_of(["core_appointment"], "row.association_id = %(id)s"), {"id": side.id})
        (roles,) = cursor.fetchone()
        people = [each.pk for each in (*side.house.officers, *side.people.values())]
        cursor.execute(
            "SELECT md5(string_agg(md5((row.id, row.name, row.email, row.password, row.is_active)::text), '' "
            "ORDER BY row.id)) FROM core_user row WHERE row.id = ANY(%s)",
            [people],
        )
        (users,) = cursor.fetchone()
    with scope.public(), connection.cursor() as cursor:
        cursor.execute(_hash_of(PUBLISHED, "row.association_slug = %(slug)s"), {"slug": side.slug})
        (public,) = cursor.fetchone()
    return f"{own} {roles} {users} {public}"


PUBLISHED = ["credit_publishedrating", "credit_publishedbar", "credit_publisheddecision"]


def _tenant_tables() -> list[str]:
    models = [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]
    walls = [(model._meta.db_table, wall_of(model)) for model in models]
    return sorted(table for table, wall in walls if wall and wall.tenant and "S" in wall.console)


def _hash_of(tables: list[str], where: str) -> str:
    each = " UNION ALL ".join(
        f"SELECT '{table}' AS name, md5(string_agg(md5(row::text), '' ORDER BY row.id)) AS hash "
        f"FROM {table} row WHERE {where}"
        for table in tables
    )
    return f"SELECT md5(string_agg(name || coalesce(hash, ''), '' ORDER BY name)) FROM ({each}) every_table"

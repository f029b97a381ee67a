"""The base of every row that belongs to one association."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core import checks
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from core.walls.declared import OWN_RECORD, Wall
from core.walls.roles import NoScope, Role, current

if TYPE_CHECKING:
    from collections.abc import Sequence


class TenantManager(models.Manager):
    """Refuses to answer without a scope; inside one bound to an association, asks for that one's rows only.

    In the console's the database asks the same again (row-level security); here the mistake gets a name, and
    partitioned tables are told by a literal which partition is meant.
    """

    def get_queryset(self) -> models.QuerySet:
        scope = current()
        if scope is None:
            raise NoScope(f"{self.model.__name__} was asked outside a scope")
        rows = super().get_queryset()
        if scope.association_id is not None or scope.role is Role.CONSOLE:
            return rows.filter(association_id=scope.association_id)
        return rows


class _SameAssociation:
    """A key that is followed as its constraint is made, by (association, id): what names the association for one
    table names it for every table joined, and one partition of each is read.
    """

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, int]:
        return {"association_id": instance.association_id}  # type: ignore[attr-defined]

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode | None:
        if alias is None or related_alias is None:
            return None
        association = self.model._meta.get_field("association")  # type: ignore[attr-defined] # noqa: SLF001
        return WhereNode([Exact(association.get_col(alias), association.get_col(related_alias))])  # type: ignore[list-item]


class TenantKey(_SameAssociation, models.ForeignKey):
    """A key to another row of the same association.

    The constraint in the database is composite, (association, id), and is made when the walls are raised:
    a plain one would let a row point into another association.

    `copies` names columns that stand in both rows and must be equal: each becomes part of a further composite
    key, so that a check on this table may rely on what the other row says. A NULL copy is not compared. Where the
    column is called differently there: "here=there".

    `at_once` is for what is written by the million: all rows of a statement are checked by one question instead of
    each by its own, which also locks the row it leads to. That row therefore keeps its number and stays for good.
    """

    def __init__(
        self,
        to: Any,
        on_delete: Any = models.PROTECT,
        *,
        copies: tuple[str, ...] = (),
        at_once: bool = False,
        **options: Any,
    ) -> None:
        options["db_constraint"] = False
        self.copies, self.at_once = copies, at_once
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, options


class TenantOneToOne(_SameAssociation, models.OneToOneField):
    """A `TenantKey` that at most one row holds."""

    def __init__(
        self,
        to: Any,
        on_delete: Any = models.PROTECT,
        *,
        copies: tuple[str, ...] = (),
        at_once: bool = False,
        **options: Any,
    ) -> None:
        options["db_constraint"] = False
        self.copies, self.at_once = copies, at_once
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.OneToOneField", args, options


class AssociationOf(models.ForeignKey):
    """The association of a row that always points, by the key named, to another row of the same association.

    It has no constraint of its own: the composite one of that key says that the other row is this association's,
    and the other row that there is such an association. Each constraint left out is a check less for every row
    written. A key that may be NULL proves nothing.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            "associations.Association", models.PROTECT, related_name="+", db_index=False, db_constraint=False
        )

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, options

    def clone(self) -> AssociationOf:
        return type(self)(self.key)

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """See that the key named proves the association."""
        key = self.model._meta.get_field(self.key)  # noqa: SLF001 - Django's documented model API
        if isinstance(key, TenantKey | TenantOneToOne) and not key.null:
            return super().check(**options)
        return [checks.Error(f"{self.key} is no tenant key, or may be NULL", obj=self, id="walls.E001")]


class TenantModel(models.Model):
    """A row of one association. `wall` says what each role may do with the table."""

    wall: ClassVar[Wall] = OWN_RECORD

    # No index of its own: the key (association, id) that every tenant table is given begins with it.
    association = models.ForeignKey(
        "associations.Association", models.PROTECT, related_name="+", db_index=False
    )

    objects = TenantManager()

    class Meta:
        abstract = True

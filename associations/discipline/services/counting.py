"""Counting what like cases got, across associations, so that the same case gets the same sanction."""

from __future__ import annotations

from associations.discipline.models import LikeCases
from associations.discipline.selectors.like import all_alike, told
from associations.tenancy import scope


def count_like_cases() -> int:
    """Count the decisions of all associations again; gives the rows that may be told. Only counts are kept."""
    with scope.across_associations(why="count what like cases got"):
        rows = [
            LikeCases(code=code, severity=severity, direction=way, measure=measure, count=count)
            for (code, severity, way), group in sorted(all_alike().items())
            for measure, count in told(group).items()
        ]
        LikeCases.objects.all().delete()
        LikeCases.objects.bulk_create(rows, batch_size=2000)
    return len(rows)

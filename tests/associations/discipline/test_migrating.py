"""What was on file before two people were asked for is still there, and lawful, after the migration that asks."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from associations.discipline.states import Measure
from associations.tenancy import scope
from config.invariants.queries import QUERIES
from config.quick_state import quick_state
from core.wake import nobody
from tests.associations.discipline.conftest import Walk
from tests.conftest import as_owner

TWO = ("associations", "0016_reversal_by_two")
BY_ONE = next(
    query for _name, what, query in QUERIES if what == "an expulsion or a bar was set aside by one person"
)


@pytest.mark.django_db(transaction=True)
def test_earlier_reversals_learn_what_they_were(city, operator, streamer):
    """One on appeal, and one of an expulsion: without its proposal it looks as if one person had made it."""
    with nobody(), scope.of(city.association):
        on_appeal = Walk(city, operator).to("served")
        on_appeal.appeal()
        for number in (3, 4):
            on_appeal.review(number, "allow")
        expelled = Walk(city, streamer, measure=Measure.EXPULSION).to("served")
        expelled.propose()
        expelled.reverse()
        decided = on_appeal.file.appeal_decision.pk
    with as_owner(), transaction.atomic():
        there_and_back()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT measure, outcome, on_appeal_id, approved FROM associations_reversal ORDER BY id"
            )
            assert cursor.fetchall() == [(2, "allow", decided, ""), (5, "", None, "earlier")]
            cursor.execute(BY_ONE)
            assert cursor.fetchall() == []
        transaction.set_rollback(True)


def there_and_back():
    """Take back what the migration brought, and migrate the rows that are on file."""
    loader = MigrationExecutor(connection).loader
    migration = loader.graph.nodes[TWO]
    with quick_state(), connection.schema_editor() as editor:
        migration.unapply(loader.project_state(TWO, at_end=False), editor)
        migration.apply(loader.project_state(TWO, at_end=False), editor)

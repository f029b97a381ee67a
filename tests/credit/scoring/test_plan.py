"""How the database goes about the statement, whatever it believes of the sizes of tables."""

from __future__ import annotations

import re

from django.db import connection

from associations.tenancy import scope
from credit.rulesets import method
from credit.scoring import compiler, prepared
from tests.credit.scoring.test_services import DAY

PARTITIONS = 16


def test_a_members_facts_are_read_from_their_index_alone_and_in_its_order(db):
    nobody = {name: [] for name in prepared.LISTS}
    with scope.across_associations(why="test"), connection.cursor() as cursor:
        prepared.settle(cursor)
        cursor.execute(
            f"EXPLAIN {compiler.write(method.default())}",
            nobody | {"as_of": DAY, "ruleset_sha": b"", "engine": ""},
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert (
        re.findall(r"(\w[\w ]+) using \S+ on associations_fact_p\d\d f_", plan)
        == ["Index Only Scan"] * PARTITIONS
    )
    assert re.search(r"Merge Left Join .*\n.*Merge Cond: \(m\.id = ", plan)

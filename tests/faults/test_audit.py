"""The audit of the invariants, seen to fail: each breach made by hand is found, and nothing is found without one."""

from __future__ import annotations

import json

import pytest

from tests.cast import identity_number

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

# What somebody with the owner's password could do, the triggers asleep; and what the audit says to it.
BREACHES = [
    ("DELETE FROM associations_fact WHERE key LIKE 'decision:%'", "I1", "left no violation on file"),
    (
        "UPDATE associations_fact SET severity = 1 WHERE key LIKE 'decision:%'",
        "I1",
        "or another than it found",
    ),
    ("DELETE FROM associations_fact WHERE key LIKE 'ban:%'", "I1", "left no ban on file"),
    ("UPDATE associations_fact SET source_ref = 'x' WHERE key LIKE 'ban:%'", "I1", "not in effect"),
    (
        (
            "INSERT INTO associations_reversal (association_id, decision_id, imported, reversed_on, reasons, by_id, "
            "measure, approved, outcome) "
            "SELECT association_id, id, true, CURRENT_DATE, 'x', (SELECT min(id) FROM core_user), 1, '', '' "
            "FROM associations_decision WHERE imported"
        ),
        "I1",
        "reversed decision's fact still counts",
    ),
    (
        "UPDATE associations_case SET state = 'heard' WHERE state = 'panel'",
        "I1",
        "where its last step left it",
    ),
    ("UPDATE associations_case SET state = 'decided' WHERE state = 'panel'", "I1", "without a decision"),
    ("DELETE FROM associations_vote", "I1", "other votes than were cast"),
    (
        "DELETE FROM core_entry WHERE thing = 'decision' AND act LIKE 'publication.%'",
        "I2",
        "than the ledger says",
    ),
    ("UPDATE credit_publishedrating SET score = score + 1", "I3", "is not its payload: score"),
    ('UPDATE credit_publisheddecision SET payload = payload || \'{"name": "x"}\'', "I3", "name, "),
    ("DELETE FROM credit_publishedrating", "I3", "let through and is not public"),
    (
        (
            "UPDATE credit_candidate SET state = 'withdrawn', withdrawn_at = now(), withdrawn_for = 'left' "
            "WHERE kind = 'rating'"
        ),
        "I3",
        "no candidate that was let through",
    ),
    ("UPDATE credit_publishedbundle SET sha256 = repeat('0', 64)", "I3", "not the file named by its SHA-256"),
    ("DELETE FROM credit_publishedrating", "I3", "outlives its public rating"),
    ("UPDATE credit_candidate SET edition = 9 WHERE kind = 'rating'", "I3", "another's edition"),
    (
        "UPDATE credit_standing SET score = score - 1 WHERE score > 0",
        "I4",
        "not what its facts make it: score",
    ),
    ("UPDATE credit_standing SET d1 = d1 - 1 WHERE d1 > 0", "I4", "not what its facts make it: d1"),
    ("UPDATE credit_formerrating SET id = id + 100000", "I4", "is not followed by the standing one"),
    (
        "UPDATE associations_membership SET category = 4 WHERE category = 3",
        "I4",
        "not what its facts make it",
    ),
    ("DELETE FROM associations_decision WHERE measure = 5", "I5", "rests on no decision in effect"),
    ("DELETE FROM associations_vote", "I5", "not judged by two people"),
    (
        (
            "UPDATE credit_barevent SET by_id = (SELECT opened_by_id FROM associations_decision "
            "WHERE NOT imported ORDER BY id LIMIT 1); "
            "UPDATE credit_bar SET decision_ref = (SELECT public_id FROM associations_decision "
            "WHERE NOT imported ORDER BY id LIMIT 1)"
        ),
        "I5",
        "reviewed by somebody who took part",
    ),
    (
        (
            "INSERT INTO associations_reversal (association_id, decision_id, imported, reversed_on, reasons, by_id, "
            "measure, approved, outcome) "
            "SELECT association_id, id, true, CURRENT_DATE, 'x', (SELECT min(id) FROM core_user), 1, '', '' "
            "FROM associations_decision WHERE measure = 5"
        ),
        "I5",
        "set aside by one person",
    ),
    ("UPDATE credit_bar SET state = 'lifted'", "I5", "nor did two people agree"),
    (
        (
            "UPDATE associations_fact later SET kind = 21, ref_id = fact.id, recorded_at = now() - interval '1 hour' "
            "FROM associations_fact fact WHERE fact.key LIKE 'decision:%' AND later.kind = 3 "
            "AND later.association_id = fact.association_id"
        ),
        "I6",
        "undone is still public",
    ),
    ("UPDATE credit_candidate SET version = '' WHERE kind = 'rating'", "I6", "waits too long at the gate"),
    ("DELETE FROM credit_candidate WHERE kind = 'decision'", "I6", "never put before the gate"),
    ("ALTER TABLE associations_fact NO FORCE ROW LEVEL SECURITY", "I7", "does not force them"),
    (
        "DROP POLICY own_rows ON associations_check; DROP POLICY all_rows ON associations_check",
        "I7",
        "has no policy",
    ),
    ("ALTER TABLE credit_formerrating_p09 NO FORCE ROW LEVEL SECURITY", "I7", "does not force them"),
    ("GRANT SELECT ON associations_fact_p03 TO register_console", "I7", "by its own name"),
    ("UPDATE core_entry SET why = 'x' WHERE seq = 3", "I8", "chain is broken"),
    ("DELETE FROM core_entry WHERE seq = 5", "I8", "chain is broken"),
    ("ALTER TABLE core_entry DISABLE TRIGGER append_only", "I8", "is asleep"),
    ("DROP TRIGGER append_only ON core_entry", "I8", "has no trigger"),
    ("ALTER TABLE credit_standing DISABLE TRIGGER standing_later", "I8", "overwritten without a trace"),
    ("DROP TRIGGER former_stood ON credit_formerrating", "I8", "or one invented"),
    ("DROP TRIGGER standing_kept ON credit_standing_p09", "I8", "overwritten without a trace"),
    (
        (
            "INSERT INTO associations_conductdue (association_id, membership_id, since) "
            "SELECT association_id, id, now() - interval '1 hour' FROM associations_membership LIMIT 1"
        ),
        "I9",
        "waits too long to be rated",
    ),
    ("DELETE FROM credit_standing; DELETE FROM credit_formerrating", "I9", "was never rated"),
    ("UPDATE credit_standing SET last_fact_id = last_fact_id - 1", "I9", "recorded after the rating"),
    ("UPDATE credit_publisheddecision SET withdraw_on = CURRENT_DATE - 2", "I10", "past its last day"),
    ("UPDATE credit_bar SET until_on = until_on + 1", "I10", "not what became of its fact"),
    ("UPDATE credit_bar SET state = 'expired'", "I10", "not what became of its fact"),
    ("DELETE FROM credit_bar", "I10", "on file is not listed"),
    ("UPDATE core_watchmark SET in_force = false", "I10", "misses one that is"),
    (
        "UPDATE credit_standing SET next_change_on = CURRENT_DATE - 2, as_of = CURRENT_DATE - 3",
        "I10",
        "day has come and it does not wait",
    ),
    (
        "UPDATE associations_membership SET is_person = true, code = ''",
        "I11",
        "public without consent or source",
    ),
    (f"UPDATE core_entry SET why = '见{identity_number(7)}。' WHERE seq = 3", "I11", "legible in a ledger"),
    ("UPDATE associations_membership SET name = '13900990099' WHERE id % 2 = 0", "I11", "in a membership"),
]


@pytest.fixture(scope="module")
def settled(site, forks):
    """A copy of the world in which everything has come to rest."""
    database = site.clone()
    for job in ("rate", "publish", "rate"):
        assert forks.run(database, job)["signal"] == 0
    yield database
    site.drop(database)


def test_nothing_is_found_where_nothing_is_wrong(site, settled):
    assert site.breaches(settled) == []


@pytest.mark.parametrize(("statement", "invariant", "said"), BREACHES)
def test_each_breach_is_found(forks, settled, statement, invariant, said):
    found = forks.run(settled, "audit", statement=statement)["told"]
    assert [each for each in found if f"'{invariant}'" in each and said in each], found


def test_the_command_tells_machines_and_people(site, settled):
    database = site.clone(of=settled)
    with site.owner(database) as server:
        server.execute("DELETE FROM credit_publishedrating")
    machine = site.manage("audit_invariants", "--json", "--grace", "0", database=database)
    people = site.manage("audit_invariants", "--grace", "0", database=database)
    site.drop(database)
    told = json.loads(machine.stdout)
    assert (machine.returncode, people.returncode, told["holds"]) == (1, 1, False)
    assert {each["invariant"] for each in told["breaches"]} == {"I3"}
    assert people.stdout.startswith("I3  a record was let through and is not public: rating ")

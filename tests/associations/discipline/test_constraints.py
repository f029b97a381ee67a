"""The database itself refuses what the rules forbid: raw SQL as the console role, no Python in between."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from associations.discipline import services
from associations.discipline.models import Case, Decision, Part, Vote
from associations.tenancy import scope
from core.verdicts import Denied
from tests.associations.discipline.conftest import SEATED, VOTED, Walk

PART = """
    INSERT INTO associations_part (association_id, case_id, opened_by_id, imported, user_id, side)
    VALUES (%(association)s, %(case)s, %(opened_by)s, %(imported)s, %(user)s, %(side)s)
"""
SEAT = """
    INSERT INTO associations_seat
        (association_id, case_id, part_id, user_id, side, chair, seated_on, recused, recusal_reason)
    VALUES (%(association)s, %(case)s, %(part)s, %(user)s, %(side)s, false, %(on)s, false, '')
"""
VOTE = """
    INSERT INTO associations_vote (association_id, seat_id, recused, in_favour, measure, reasons, cast_on, at)
    VALUES (%(association)s, %(seat)s, %(recused)s, true, 2, '', %(on)s, now())
"""


def run(statement, /, **values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(constraint, statement, /, **values):
    with pytest.raises(DatabaseError, match=constraint):
        run(statement, **values)


def test_who_opened_the_case_gets_no_seat_whatever_is_claimed(walk, city):
    walk.to("panel")
    clerk, other, free = city.clerk.pk, city.second_clerk.pk, city.reviewers[4].pk
    row = {"association": city.association.pk, "case": walk.case.pk}
    part = {**row, "imported": False, "side": "judge"}
    seat = {**row, "on": SEATED, "side": "judge"}
    accuses = Part.objects.get(user=city.clerk).pk
    refused("part_of_who_opened_is_to_accuse", PART, **part, user=clerk, opened_by=clerk)
    # claiming that somebody else opened it does not help: the copy is bound to the case
    refused("case_id_opened_by_id_fk", PART, **part, user=free, opened_by=other)
    refused("part_of_who_opened", PART, **part, user=free, opened_by=None)
    refused("case_id_imported_fk", PART, **{**part, "imported": True}, user=free, opened_by=None)
    # nor does being two things, or taking the seat on the part of an accuser, or of another
    refused("part_one_a_person", PART, **{**part, "side": "accuse"}, user=city.reviewer.pk, opened_by=clerk)
    refused("part_id_side_fk", SEAT, **seat, user=clerk, part=accuses)
    refused("seat_is_to_judge", SEAT, **{**seat, "side": "accuse"}, user=clerk, part=accuses)
    # nor handing the case to somebody else first
    refused("opened_by_id_fk", "UPDATE associations_case SET opened_by_id = %(other)s", other=other)
    run(PART, **part, user=free, opened_by=clerk)
    new = Part.objects.get(user_id=free).pk
    refused("part_id_user_id_fk", SEAT, **seat, user=city.reviewers[3].pk, part=new)
    run(SEAT, **seat, user=free, part=new)


def test_a_recused_member_cannot_vote_and_a_voter_cannot_be_recused(walk, city):
    walk.to("panel")
    services.recuse(case=walk.case, member=city.reviewers[1], reason="亲属", on=SEATED, by=city.reviewers[1])
    first, second, _ = walk.file.seats
    assert [first.recused, second.recused] == [False, True]
    row = {"association": city.association.pk, "on": VOTED}
    refused("seat_id_recused_fk", VOTE, **row, seat=second.id, recused=False)
    refused("vote_not_by_the_recused", VOTE, **row, seat=second.id, recused=True)
    run(VOTE, **row, seat=first.id, recused=False)
    refused(
        "seat_id_recused_fk",
        "UPDATE associations_seat SET recused = true, recused_on = %(on)s, recusal_reason = 'x' WHERE id = %(seat)s",
        on=VOTED,
        seat=first.id,
    )
    refused("own_once|append-only", VOTE, **row, seat=first.id, recused=False)


def copy_of(decision, **changes):
    """A second case's decision, written past the services with some columns changed."""
    fields = {f.attname: getattr(decision, f.attname) for f in Decision._meta.concrete_fields}
    fields |= {"id": None, "public_id": "x" * 22, "number": "决 X"} | changes
    if "part_id" not in changes:
        case = Case.objects.get(pk=fields["case_id"])
        side = {"opened_by_id": case.opened_by_id, "side": "judge"}
        fields["part_id"] = Part.objects.get_or_create(
            association_id=case.association_id, case=case, user_id=decision.decided_by_id, defaults=side
        )[0].pk
    with transaction.atomic():
        return Decision.objects.create(**fields)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("decision_counts_only_with_quorum", {"members_due": 9, "members_present": 5, "votes_in_favour": 5}),
        (
            "decision_counts_only_with_majority",
            {"members_due": 6, "members_present": 6, "votes_in_favour": 3},
        ),
        ("decision_counts_only_if_complete", {"members_due": 3, "members_present": 4, "votes_in_favour": 4}),
        ("decision_counts_only_if_complete", {"lacks": ["quorum"]}),
        ("decision_counts_only_if_complete", {"notice_served_on": None}),
        ("decision_counts_only_if_complete", {"statement": ""}),
        ("decision_counts_only_if_complete", {"charter_article": ""}),
        ("decision_counts_only_if_complete", {"charter_id": None}),
        ("decision_counts_only_after_defence", {"statement_due_on": None}),
        (
            "charter_id_quorum_numerator_fk",
            {"quorum_numerator": 1, "members_present": 1, "votes_in_favour": 1},
        ),
        ("decision_of_three_at_least", {"members_due": 2, "members_present": 2, "votes_in_favour": 2}),
        ("decision_made_here_counts", {"counts": False}),
        ("case_id_imported_fk", {"imported": True, "opened_by_id": None, "decided_by_id": None}),
        ("decision_signed_by_a_judge", {"part_id": None}),
        ("decision_after_investigation", {"reported": False}),
        ("decision_after_the_hearing", {"hearing_owed": True}),
        ("decision_expels_by_vote_of_the_board", {"measure": 5}),
        ("decision_bars_for_life_with_two_approvals", {"measure": 6, "ends_on": None}),
        ("decision_outside_the_range_says_why", {"departure": ""}),
        ("decision_not_by_who_opened", {"opened_by_id": None}),
    ],
)
def test_a_decision_that_lacks_something_cannot_count(walk, constraint, changes):
    standing = walk.to("decided") and Decision.objects.get()
    walk.to("voted")
    with pytest.raises(IntegrityError, match=constraint):
        copy_of(standing, **{"case_id": walk.case.pk, **changes})
    assert copy_of(standing, case_id=walk.case.pk).counts


def test_who_opened_the_case_cannot_sign_it(walk, city):
    standing = walk.to("decided") and Decision.objects.get()
    walk.to("voted")
    for opened, constraint in ((city.clerk, "decision_not_by_who_opened"), (city.admin, "opened_by_id_fk")):
        with pytest.raises(IntegrityError, match=constraint):
            copy_of(standing, case_id=walk.case.pk, decided_by_id=city.clerk.pk, opened_by_id=opened.pk)


def test_who_signed_it_cannot_reverse_it(walk, city):
    walk.to("served")
    decision = Decision.objects.get()
    reversal = """
        INSERT INTO associations_reversal
            (association_id, decision_id, opened_by_id, decided_by_id, imported, reversed_on, reasons, by_id,
             measure, approved, outcome)
        VALUES (%(association)s, %(decision)s, %(opened)s, %(decided)s, %(imported)s, now(), 'x', %(by)s, 2, '', '')
    """
    row = {"association": city.association.pk, "decision": decision.pk}
    true = {"opened": city.clerk.pk, "decided": city.decider.pk, "imported": False}
    decider, clerk = city.decider.pk, city.clerk.pk
    refused("reversal_by_another", reversal, **row, **true, by=decider)
    refused("reversal_by_another", reversal, **row, **true, by=clerk)
    refused("decided_by_id_fk", reversal, **row, **{**true, "decided": city.admin.pk}, by=decider)
    refused("reversal_by_another", reversal, **row, **{**true, "decided": None}, by=decider)
    nobody = {"opened": None, "decided": None, "imported": True}
    refused("decision_id_imported_fk", reversal, **row, **nobody, by=decider)
    run(reversal, **row, **true, by=city.reviewers[4].pk)


@pytest.mark.parametrize(
    "table",
    ["caseevent", "part", "investigationreport", "notice", "statement", "vote", "decision", "service"],
)
def test_what_was_recorded_cannot_be_changed(walk, table):
    walk.to("served")
    for verb in ("UPDATE associations_{} SET association_id = association_id", "DELETE FROM associations_{}"):
        with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(verb.format(f"{table}"))


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one(city, operator):
    """Two people press the same button: the second waits for the first, sees its state, and is refused."""
    with scope.of(city.association):
        walk = Walk(city, operator).to("voted")
    barrier, outcomes = threading.Barrier(4), []

    def press():
        try:
            barrier.wait()
            with scope.of(city.association):
                walk.decide()
            outcomes.append("done")
        except Denied:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    with scope.of(city.association):
        assert (Decision.objects.count(), Vote.objects.count()) == (1, 3)
        assert Case.objects.get().state == "decided"

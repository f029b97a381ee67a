"""Setting aside by two, and what comes of a proposal; handing the decision on appeal over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse as address

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import services
from associations.discipline.clocks import SERVICE
from associations.discipline.models import (
    AppealService,
    Case,
    CaseEvent,
    Decision,
    Part,
    Reversal,
    ReversalProposal,
)
from associations.discipline.selectors.account import overdue
from associations.discipline.services import issue_document
from associations.discipline.states import Measure
from associations.documents.states import DocumentKind
from associations.evidence.selectors import contents
from associations.members.models import Membership
from associations.tenancy import scope
from core.accounts.states import Role
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.discipline.conftest import TODAY, Walk
from tests.associations.discipline.test_denied import refused
from tests.associations.documents.conftest import text_of
from tests.cast import appoint, client_for


def state_of(walk):
    return Membership.objects.get(pk=walk.membership.pk).state


def proposal():
    return ReversalProposal.objects.latest("id")


@pytest.fixture
def sixth(city):
    """One more reviewer: a bar for life leaves only one of five who had no part in it."""
    appoint(city.association, city.second_clerk, Role.REVIEWER)
    return city.second_clerk


# --- two people ---


@pytest.mark.parametrize("measure", [Measure.EXPULSION, Measure.LIFETIME_BAR])
def test_the_gravest_are_set_aside_by_two(sixth, city, streamer, measure):
    with scope.of(city.association):
        walk = Walk(city, streamer, measure=measure).to("served")
        first, second = city.reviewers[3], sixth
        refused(lambda: walk.reverse(by=second), "reversed by two reviewers")
        walk.propose(by=first)
        assert (walk.state, state_of(walk), Reversal.objects.count()) == ("served", "expelled", 0)
        refused(lambda: walk.reverse(by=first), "You proposed this")
        refused(lambda: walk.propose(by=second), "already")
        made = walk.reverse(by=second)
        assert (walk.state, state_of(walk)) == ("reversed", "active")
        assert (made.proposed_by, made.by, made.measure) == (first, second, measure)
        assert (proposal().state, proposal().answered_by, proposal().answer) == (
            "approved", second, "新证据",
        )  # fmt: skip
        undone = Fact.objects.filter(kind=FactKind.REVERSAL).values_list("ref__kind", flat=True)
        assert sorted(undone) == [FactKind.VIOLATION, FactKind.BAN]
        assert dict(Part.objects.filter(side="review").values_list("user__name", "side")) == {
            first.name: "review", second.name: "review",
        }  # fmt: skip
        acts = list(
            Entry.objects.filter(act__contains="revers").order_by("seq").values_list("act", "actor_name")
        )
        assert acts == [(Act.REVERSAL_PROPOSED, first.name), (Act.DECISION_REVERSED, second.name)]


def test_a_lighter_measure_needs_one(walk, city):
    walk.to("served")
    refused(walk.propose, "alone")
    assert walk.reverse().proposal is None


def test_a_proposal_is_answered_within_seven_working_days(walk_person):
    walk_person.to("served")
    # 19 June 2026 is the Dragon Boat Festival
    assert walk_person.propose().answer_by == date(2026, 6, 25)


def test_refused_the_decision_stands_and_may_be_proposed_again(walk_person, city):
    walk_person.to("served").propose()
    refused(lambda: walk_person.refuse(by=city.reviewers[3]), "You proposed this")
    refused(lambda: walk_person.refuse(reasons=" "), "Reasons")
    walk_person.refuse()
    assert (proposal().state, proposal().answered_by) == ("refused", city.reviewers[4])
    assert (walk_person.state, state_of(walk_person)) == ("served", "expelled")
    refused(walk_person.refuse, "One proposes it first")
    walk_person.propose(by=city.reviewers[4])
    walk_person.reverse(by=city.reviewers[3])
    assert list(ReversalProposal.objects.order_by("id").values_list("state", flat=True)) == [
        "refused", "approved",
    ]  # fmt: skip


def test_taken_back_only_by_who_proposed_it(walk_person, city):
    walk_person.to("served").propose()
    refused(lambda: walk_person.take_back(by=city.reviewers[4]), "Only")
    walk_person.take_back()
    assert (proposal().state, walk_person.state) == ("dropped", "served")
    refused(walk_person.take_back, "No proposal")


def test_an_appeal_goes_before_a_proposal(sixth, walk_person):
    walk_person.to("served").propose(on=date(2026, 6, 2), by=sixth)
    walk_person.appeal()
    refused(walk_person.reverse, "can be done only at")
    walk_person.review(3, "allow")
    walk_person.review(4, "allow")
    made = Reversal.objects.get()
    assert (made.on_appeal.outcome, made.proposal, proposal().state) == ("allow", None, "overtaken")
    assert proposal().answered_by is None


def test_upheld_on_appeal_the_proposal_still_waits(sixth, walk_person, city):
    walk_person.to("served").propose(on=date(2026, 6, 2), by=sixth)
    walk_person.appeal()
    walk_person.review(3, "uphold")
    walk_person.review(4, "uphold")
    walk_person.reverse(by=city.reviewers[4])
    assert (walk_person.state, proposal().state) == ("reversed", "approved")


@pytest.fixture
def partial(city, streamer):
    """The fifth reviewer acts for the member, too."""
    appoint(city.association, city.reviewers[4], Role.MEMBER, subject_id=streamer.subject_id)


def test_nobody_who_acts_for_the_member_sets_it_aside(partial, walk_person, city):
    walk_person.to("served")
    refused(lambda: walk_person.propose(by=city.reviewers[4]), "acts for the member")
    walk_person.propose()
    refused(walk_person.reverse, "acts for the member")
    refused(walk_person.refuse, "acts for the member")


# --- the database itself ---

REVERSAL = """
    INSERT INTO associations_reversal (association_id, decision_id, measure, proposal_id, proposed_by_id, approved,
        outcome, opened_by_id, decided_by_id, imported, reversed_on, reasons, by_id)
    VALUES (%(association)s, %(decision)s, %(measure)s, %(proposal)s, %(proposed_by)s, %(approved)s, '',
        %(opened)s, %(decided)s, false, now(), 'x', %(by)s)
"""


def no(constraint, statement, **values):
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_asks_for_two(walk_person, city):
    walk_person.to("served").propose()
    first, second = city.reviewers[3].pk, city.reviewers[4].pk
    row = {
        "association": city.association.pk, "decision": Decision.objects.get().pk, "measure": 5,
        "opened": city.clerk.pk, "decided": city.decider.pk, "by": second,
        "proposal": None, "proposed_by": None, "approved": "",
    }  # fmt: skip
    two, mine = "reversal_of_the_gravest_by_two", proposal().pk
    no(two, REVERSAL, **row)
    no("decision_id_measure_fk", REVERSAL, **{**row, "measure": 2})  # the measure is the decision's
    no(two, REVERSAL, **{**row, "proposal": mine, "proposed_by": first, "approved": "open"})
    no(two, REVERSAL, **{**row, "proposal": mine, "proposed_by": second, "approved": "approved"})
    # what it claims of the proposal is what the proposal says
    claimed = {**row, "proposal": mine, "proposed_by": first, "approved": "approved"}
    no("proposal_id_(approved|by_id)_fk", REVERSAL, **claimed)
    with transaction.atomic():
        walk_person.reverse(by=city.reviewers[4])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("state", ["approved", "refused"])
def test_the_database_lets_nobody_answer_their_own_proposal(walk_person, city, state):
    walk_person.to("served").propose()
    answer = """UPDATE associations_reversalproposal
        SET state = %(state)s, answer = 'x', answered_on = now(), answered_by_id = %(by)s"""
    no("proposal_answered_by_another", answer, state=state, by=city.reviewers[3].pk)
    no("proposal_answered_by_another", answer, state="dropped", by=city.reviewers[4].pk)


def test_the_database_takes_a_proposal_of_a_reviewer_alone_and_one_at_a_time(walk_person, city):
    walk_person.to("served").propose()
    copy = """INSERT INTO associations_reversalproposal (association_id, case_id, decision_id, part_id, side, reasons,
            proposed_on, answer_by, by_id, state, answer)
        SELECT association_id, case_id, decision_id, %(part)s, %(side)s, reasons, proposed_on, answer_by, %(by)s,
            'open', '' FROM associations_reversalproposal"""
    decider = Part.objects.get(user=city.decider)
    no("proposal_one_at_a_time", copy, part=proposal().part_id, side="review", by=city.reviewers[3].pk)
    walk_person.take_back()
    no("proposal_by_a_reviewer", copy, part=decider.pk, side="judge", by=city.decider.pk)
    no("part_id_side_fk", copy, part=decider.pk, side="review", by=city.decider.pk)
    no("part_id_by_id_fk", copy, part=proposal().part_id, side="review", by=city.reviewers[4].pk)


# --- the page ---


def test_the_page_of_the_case_offers_each_reviewer_what_is_theirs(city, streamer):
    with scope.of(city.association):
        walk = Walk(city, streamer, measure=Measure.EXPULSION).to("served")
    case = {"slug": city.slug, "case": walk.case.public_id}
    steps = ("propose_reversal", "reverse", "refuse_reversal", "drop_reversal")
    urls = {address(f"discipline:{step}", kwargs=case): step for step in steps}
    first, second = client_for(city.reviewers[3]), client_for(city.reviewers[4])

    def offered(client):
        acts = client.get(address("discipline:case", kwargs=case)).context["acts"]
        return {urls[act["url"]]: bool(act["verdict"]) for act in acts if act["url"] in urls}

    assert offered(first) == {"propose_reversal": True}
    told = {"reasons": "新证据出现", "on": TODAY.isoformat()}
    assert second.post(address("discipline:reverse", kwargs=case), told).status_code == 403
    assert first.post(address("discipline:propose_reversal", kwargs=case), told).status_code == 302
    assert offered(first) == {"reverse": False, "refuse_reversal": False, "drop_reversal": True}
    assert offered(second) == {"reverse": True, "refuse_reversal": True, "drop_reversal": False}
    assert "新证据出现" in second.get(address("discipline:reverse", kwargs=case)).content.decode()
    assert second.post(address("discipline:reverse", kwargs=case), told).status_code == 302
    with scope.of(city.association):
        assert walk.state == "reversed"
    assert "Approved" in first.get(address("discipline:case", kwargs=case)).content.decode()


# --- the decision on appeal is handed over ---


@pytest.fixture
def upheld(walk):
    walk.to("served").appeal()
    walk.review(3, "uphold", on=TODAY - timedelta(days=9))
    walk.review(4, "uphold", on=TODAY - timedelta(days=9))
    return walk


def test_it_is_handed_over_once_with_proof(upheld, city):
    refused(lambda: upheld.serve_appeal(proof=" "), "proven")
    refused(lambda: upheld.serve_appeal(by=city.decider), "roles")
    refused(lambda: upheld.serve_appeal(served_on=TODAY - timedelta(days=10)), "before the previous step")
    served = upheld.serve_appeal()
    assert (served.served_on, served.proof, served.by) == (TODAY, "签收单 4 号", city.clerk)
    assert CaseEvent.objects.latest("id").step == "serve_appeal"
    assert Entry.objects.filter(act=Act.APPEAL_SERVED).count() == 1
    refused(upheld.serve_appeal, "already")


def test_the_time_to_perform_runs_from_the_handing_over(upheld):
    before = upheld.file.case
    assert (before.since, before.due_on) == (TODAY - timedelta(days=9), TODAY + timedelta(days=21))
    upheld.serve_appeal(served_on=TODAY - timedelta(days=2))
    after = upheld.file.case
    assert (after.state, after.since, after.due_on) == (
        "effective", TODAY - timedelta(days=2), TODAY + timedelta(days=28),
    )  # fmt: skip


def test_after_performance_the_handing_over_moves_no_clock(upheld):
    upheld.perform()
    before = upheld.file.case.due_on
    upheld.serve_appeal(served_on=TODAY - timedelta(days=2))
    assert (upheld.state, upheld.file.case.due_on) == ("enforced", before)


def test_a_reversed_case_is_handed_over_too(walk):
    walk.to("served").appeal()
    walk.review(3, "allow")
    walk.review(4, "allow")
    walk.serve_appeal()
    assert (walk.state, AppealService.objects.count()) == ("reversed", 1)


def test_without_an_appeal_there_is_nothing_to_hand_over(walk):
    walk.to("served")
    services.take_effect()
    refused(walk.serve_appeal, "No appeal was decided")


def test_the_account_tells_of_those_that_lie(upheld):
    assert SERVICE.days == 7
    (line,) = (each for each in overdue(TODAY) if "appeal" in str(each.what))
    assert (line.cases, line.oldest) == (1, 2)
    upheld.serve_appeal()
    assert [each for each in overdue(TODAY) if "appeal" in str(each.what)] == []


def test_its_service_is_put_on_paper(upheld, city):
    with pytest.raises(Denied, match="does not hold yet"):
        issue_document(case=upheld.case, kind=DocumentKind.APPEAL_SERVICE, by=city.clerk)
    upheld.serve_appeal()
    decision = issue_document(case=upheld.case, kind=DocumentKind.APPEAL, by=city.clerk)
    receipt = issue_document(case=upheld.case, kind=DocumentKind.APPEAL_SERVICE, by=city.clerk)
    assert receipt.number == "协复送〔2026〕1号"
    told = text_of(b"".join(contents(receipt.paper)))
    assert "送达凭证：签收单4号" in told
    assert f"送达文书：复核决定书{decision.number}" in told


def test_the_database_keeps_it_proven_and_after_the_decision(upheld, city):
    row = {"association": city.association.pk, "decided": upheld.file.appeal_decision.pk}
    insert = """INSERT INTO associations_appealservice
        (association_id, decided_id, decided_on, served_on, method, proof, by_id)
        VALUES (%(association)s, %(decided)s, %(decided_on)s, %(on)s, 'EMS', %(proof)s, NULL)"""
    decided_on = TODAY - timedelta(days=9)
    no("appeal_service_is_proven", insert, **row, decided_on=decided_on, on=TODAY, proof="")
    early = decided_on - timedelta(days=1)
    no("appeal_served_once_decided", insert, **row, decided_on=decided_on, on=early, proof="x")
    no("decided_id_decided_on_fk", insert, **row, decided_on=early, on=early, proof="x")
    upheld.serve_appeal()
    for statement in (
        "UPDATE associations_appealservice SET proof = 'y'",
        "DELETE FROM associations_appealservice",
    ):
        no("permission denied|append-only", statement)


def test_the_clerk_hands_it_over_on_its_page(city, operator):
    with scope.of(city.association):
        walk = Walk(city, operator).to("served")
        walk.appeal()
        walk.review(3, "uphold")
        walk.review(4, "uphold")
    case = {"slug": city.slug, "case": walk.case.public_id}
    page, step = address("discipline:case", kwargs=case), address("discipline:serve_appeal", kwargs=case)
    clerk = client_for(city.clerk)
    assert "not yet; to be handed over by 2026-06-22" in clerk.get(page).content.decode()
    told = {"served_on": TODAY.isoformat(), "method": "直接送达", "proof": "签收单 9 号"}
    assert clerk.post(step, told).status_code == 302
    assert "签收单 9 号" in clerk.get(page).content.decode()
    with scope.of(city.association):
        assert Case.objects.get().state == "effective"

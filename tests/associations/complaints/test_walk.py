"""Complaints walked from their beginning to their several ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from associations.complaints import services
from associations.complaints.models import Complaint, ComplaintEvent, Finding, Settlement
from associations.complaints.states import (
    INTERNAL,
    TRANSITIONS,
    ComplaintState,
    Outcome,
    Satisfaction,
    Side,
    Step,
)
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.subjects import encryption
from core.verdicts import Denied
from tests.associations.complaints.conftest import (
    PERSON,
    PHONE,
    REPLY_UNTIL,
    TODAY,
    by_officer,
    snapshot,
    told,
)


def steps(walk):
    return [event.step for event in walk.file.events]


def facts():
    return list(Fact.objects.order_by("id").values_list("kind", "a", "b", "occurred_on"))


def test_from_receipt_to_a_performed_agreement(walk, city):
    """Received, acknowledged by who then owns it, accepted, heard, mediated, agreed, performed, closed, satisfied."""
    walk.to("agreed")
    assert walk.row.owner_id == city.clerk.pk
    assert (walk.row.accepted_on, walk.row.reply_until, walk.row.replied_on) == (TODAY, REPLY_UNTIL, TODAY)
    assert facts() == []
    walk.perform()
    walk.close()
    services.satisfy(complaint=walk.complaint, satisfaction=Satisfaction.SATISFIED, words="谢谢")
    assert steps(walk) == [
        "receive", "acknowledge", "accept", "reply", "mediate", "propose", "say_yes", "say_yes", "agree",
        "perform", "close", "satisfy",
    ]  # fmt: skip
    assert facts() == [(FactKind.MEDIATION, 1, 1, TODAY)]
    assert (walk.state, walk.row.closed_on, walk.row.satisfaction) == ("closed", TODAY, "satisfied")
    assert Entry.objects.filter(thing="complaint").count() == 12
    assert first_broken(association_id=city.association.pk) is None


def test_an_agreement_not_performed_holds_the_grade_until_it_is(walk, clock):
    walk.to("agreed")
    due = TODAY + timedelta(days=10)
    clock.move_to(due.isoformat() + "T10:00+08:00")
    with pytest.raises(Denied, match="2026-06-11, that day included"):
        walk.default()
    clock.move_to("2026-06-12T10:00+08:00")
    walk.default()
    assert [kind for kind, *_rest in facts()] == [FactKind.MEDIATION, FactKind.UNPERFORMED]
    assert Fact.objects.get(kind=FactKind.MEDIATION).b == 0
    walk.perform(proof="补付回单")
    assert walk.state == "unperformed"
    discharge = Fact.objects.get(kind=FactKind.DISCHARGE)
    assert discharge.ref_id == Fact.objects.get(kind=FactKind.UNPERFORMED).pk
    walk.find(Outcome.PARTLY)
    walk.close()
    assert walk.state == "closed"


def test_a_finding_is_made_by_somebody_else(walk, city):
    walk.to("heard")
    before = snapshot()
    with pytest.raises(Denied, match="Only these roles"):
        walk.find(by=city.clerk)
    assert snapshot() == before
    walk.find(Outcome.NOT_UPHELD)
    walk.close()
    assert (walk.state, facts()) == ("closed", [])


def test_the_database_refuses_a_finding_by_who_handled(walk, city):
    walk.to("heard")
    with pytest.raises(IntegrityError, match="finding_not_by_who_handled"), transaction.atomic():
        Finding.objects.create(
            association=city.association, complaint=walk.row, owner=city.clerk, outcome="upheld", reasons="x",
            found_on=TODAY, by=city.clerk,
        )  # fmt: skip
    with (
        pytest.raises(IntegrityError, match="owner"),
        transaction.atomic(),
    ):  # another owner than the complaint's
        Finding.objects.create(
            association=city.association, complaint=walk.row, owner=city.second_clerk, outcome="upheld",
            reasons="x", found_on=TODAY, by=city.clerk,
        )  # fmt: skip


def test_silence_is_an_answer_after_its_time(walk, clock):
    walk.to("accepted")
    clock.move_to("2026-06-15T10:00+08:00")
    with pytest.raises(Denied, match="2026-06-15, that day included"):
        services.close_reply(complaint=walk.complaint, by=walk.house.clerk)
    clock.move_to("2026-06-16T10:00+08:00")
    services.close_reply(complaint=walk.complaint, by=walk.house.clerk)
    assert (walk.state, walk.file.answered_in_time) == ("heard", False)
    walk.reply(text="迟到的答复")
    assert (walk.state, walk.row.replied_on, walk.file.answered_in_time) == (
        "heard",
        date(2026, 6, 16),
        False,
    )


def test_a_refused_proposal_gives_way_to_another(walk):
    walk.to("mediation")
    walk.propose()
    with pytest.raises(Denied, match="stands already"):
        walk.propose()
    walk.say(Side.COMPLAINANT, yes=False, own=True, by=None)
    assert walk.file.settlement is None
    walk.propose(terms="退一赔一", amount=25_800)
    walk.say(Side.MEMBER)
    with pytest.raises(Denied, match="answered already"):
        walk.say(Side.MEMBER, yes=False)
    services.fail(complaint=walk.complaint, reasons="分歧过大", by=walk.house.clerk)
    assert (walk.state, walk.file.settlement) == ("heard", None)
    assert Settlement.objects.filter(made_on__isnull=False).count() == 0
    assert facts() == []


def test_the_first_receiver_owns_it_until_handed_on(walk, city):
    walk.to("acknowledged")
    with pytest.raises(Denied, match="took this complaint up first"):
        walk.accept(by=city.second_clerk)
    services.hand_on(complaint=walk.complaint, to=city.second_clerk, reasons="休假", by=city.clerk)
    with pytest.raises(Denied, match="took this complaint up first"):
        walk.accept(by=city.clerk)
    walk.accept(by=city.second_clerk)
    services.hand_on(complaint=walk.complaint, to=city.admin, reasons="回避", by=city.admin)
    with pytest.raises(Denied, match="does not handle complaints"):
        services.hand_on(complaint=walk.complaint, to=city.reviewer, reasons="x", by=city.admin)
    assert walk.row.owner_id == city.admin.pk


@pytest.mark.parametrize(
    ("verb", "more", "state"),
    [
        ("refuse", {"reasons": "不属于受理范围"}, "refused"),
        ("transfer", {"to": "某区市场监管所", "reasons": "属行政职责"}, "transferred"),
        ("withdraw", {"words": "已与商家和解"}, "withdrawn"),
    ],
)
def test_the_early_ends_have_words_and_a_day(walk, city, verb, more, state):
    walk.to("acknowledged")
    for name in more:
        with pytest.raises(Denied, match="in words"):
            getattr(services, verb)(complaint=walk.complaint, by=city.clerk, **{**more, name: " "})
    getattr(services, verb)(complaint=walk.complaint, by=city.clerk, **more)
    assert (walk.state, walk.row.closed_on) == (state, TODAY)
    assert more[list(more)[-1]] in walk.file.events[-1].note


def test_what_is_sent_twice_is_one_complaint_with_the_same_code(walk):
    first = walk.receive(token="the same form")
    before = snapshot()
    again = walk.receive(token="the same form")
    other = walk.receive(token="the same form", facts="完全不同的另一件事情，请一并处理。")
    assert (first.new, again.new, other.new) == (True, False, False)
    assert (again.same, other.same) == (True, False)
    assert {(each.tracking, each.code) for each in (first, again, other)} == {(first.tracking, first.code)}
    assert snapshot() == before
    assert walk.receive().code != first.code


def test_contact_is_sealed_and_found_by_its_hash_alone(walk, city):
    row = walk.to("acknowledged").row
    assert row.contact_index == encryption.index("phone", f"+86 {PHONE}")
    assert PHONE.encode() not in bytes(row.contact_sealed)
    with pytest.raises(Denied, match="took this complaint up first"):
        services.see_contact(complaint=row, by=city.second_clerk)
    with pytest.raises(Denied, match="Only these roles"):
        services.see_contact(complaint=row, by=city.observer)
    assert services.see_contact(complaint=row, by=city.clerk) == (PERSON, PHONE)
    assert Entry.objects.filter(act="complaints.complaint.contact_seen").count() == 1
    for entry in Entry.objects.all():
        assert PHONE not in str(entry.detail) + entry.why
        assert PERSON not in str(entry.detail) + entry.why


def test_an_officer_enters_for_a_platform_with_its_own_number(walk, city):
    walk.receive(by=city.clerk, **by_officer())
    assert (walk.row.origin, walk.row.source, walk.row.source_number) == ("platform", "某音", "P-1")
    with pytest.raises(Denied):
        walk.receive(by=city.observer, **by_officer())
    with pytest.raises(IntegrityError, match="complaint_names_its_source"), transaction.atomic():
        walk.receive(by=city.clerk, **by_officer(source=""))


def test_the_member_is_found_by_what_was_typed_or_by_an_officer(walk, city, operator):
    for about, meant in ((operator.name, operator.pk), (operator.number, operator.pk), (operator.code, operator.pk),
                         ("甜甜蜂蜜", None)):  # fmt: skip
        walk.receive(membership=None, about=about)
        assert walk.row.membership_id == meant
    walk.acknowledge()
    with pytest.raises(Denied, match="Name the member first"):
        walk.accept()
    services.name_member(complaint=walk.complaint, member=operator, by=city.clerk)
    walk.accept()
    assert walk.row.membership_id == operator.pk


def test_hostile_text_is_kept_without_what_hides_in_it(walk):
    walk.receive(facts="正常\x00\x07文字\u202e倒序\u200b隐\x1b[31m\n第二行" + "长" * 3)
    assert walk.row.facts == "正常文字倒序隐[31m\n第二行长长长"


def test_leads_go_to_the_authority_against_a_receipt_and_to_discipline_once(walk, city):
    walk.to("heard")
    more = {"complaint": walk.complaint, "by": city.clerk, "reasons": "涉嫌虚假宣传"}
    with pytest.raises(Denied, match="receipt"):
        services.lead(receiver="某市市场监管局", receipt=" ", **more)
    services.lead(receiver="某市市场监管局", receipt="2026-77", **more)
    lead = {"code": 12, "occurred_on": TODAY}
    referred = services.refer(**more, **lead)
    with pytest.raises(Denied, match="already"):
        services.refer(**more, **lead)
    assert [(each.receiver, each.receipt) for each in walk.file.handovers] == [
        ("某市市场监管局", "2026-77"),
        ("", ""),
    ]
    assert walk.file.referred == referred
    case = referred.case
    assert (case.state, case.origin, case.origin_ref) == ("lead", "complaint", walk.row.number)
    assert (case.membership_id, case.allegation) == (walk.membership.pk, "涉嫌虚假宣传")
    assert walk.state == "heard"


def test_every_state_leads_on_or_is_an_end_and_every_step_is_reachable():
    over = {state for state in ComplaintState if not TRANSITIONS[state].keys() - {Step.LEAD, Step.REFER}}
    assert over == {"refused", "withdrawn", "transferred"}
    reached = {Step.RECEIVE, Step.SET_ASIDE} | {step for table in TRANSITIONS.values() for step in table}
    assert reached == set(Step)
    assert Step.SET_ASIDE in INTERNAL


def test_events_cannot_be_changed(walk):
    walk.receive()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        ComplaintEvent.objects.update(note="x")


def test_another_association_has_no_such_complaint(province, walk):
    walk.receive(token="shared")
    with scope.of(province.association):
        assert Complaint.objects.count() == 0
        theirs = services.receive(told=told(), token="shared", by=None)
        assert theirs.new
    assert Complaint.objects.count() == 1

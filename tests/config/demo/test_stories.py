"""The ten stories are true."""

from __future__ import annotations

import json
from collections import Counter
from statistics import mean

from django.apps import apps
from django.test import Client
from django.utils import timezone

from associations.complaints.models import Complaint, Pattern, Sign
from associations.complaints.selectors import balances
from associations.complaints.states import ComplaintState, Origin, Satisfaction, SignKind
from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.discipline.models import Case, Decision, Part, Reversal
from associations.discipline.selectors import documents_of, file_of
from associations.discipline.states import CaseState, Outcome
from associations.fees.models import FeePaid, FeeTable
from associations.members.models import AgencyLink, Application, Consent, Membership, ScreeningQuestion
from associations.members.states import ApplicationState, MembershipState, ScreeningAnswer
from associations.remedies.models import Objection, Repair
from associations.remedies.states import ObjectionState, RepairState
from associations.remedies.terms import repair_from
from associations.tenancy import scope
from config.demo.cast import REENTRY
from core.subjects.states import MarkKind
from credit.blacklist.models import Bar, BarEvent, Inquiry, OwnInquiry
from credit.blacklist.states import BarState
from credit.publication.account import payload_of
from credit.publication.models import Candidate, PublishedBar, PublishedDecision, PublishedRating
from credit.publication.payloads.rating import Home
from credit.publication.states import CandidateState, Withdrawn
from credit.rulesets.vocabulary import QUANTITIES, R
from credit.scoring.models import FormerRating, Standing
from credit.scoring.states import State
from tests.config.demo.world import of, seed


def test_a_reversed_decision(story):
    told = story["reversed_decision"]
    with of("city"):
        case = Case.objects.get(public_id=told["case"])
        member = Membership.objects.get(public_id=told["member"])
        standing = Standing.objects.get(membership=member)
        before = FormerRating.objects.filter(membership=member).latest("id")
        candidate = Candidate.objects.get(record_ref=told["decision"])
        reversal = Reversal.objects.get(decision__public_id=told["decision"])
        file = file_of(case)
        papers = [row.document for row in documents_of(case)]
    assert (case.state, case.imported, member.state) == (CaseState.REVERSED, False, MembershipState.ACTIVE)
    assert reversal.by_id != reversal.decided_by_id
    assert file.appeal_decision.outcome == Outcome.ALLOW
    assert file.appeal.filed_on <= file.appeal_until
    assert (
        len({file.appeal_decision.first_by_id, file.appeal_decision.second_by_id, reversal.decided_by_id})
        == 3
    )
    assert [each.public_id for each in papers] == told["documents"]
    assert [each.kind for each in papers] == ["notice", "decision", "service", "appeal", "receipt"]
    assert (candidate.state, candidate.withdrawn_for) == (CandidateState.WITHDRAWN, Withdrawn.REVERSED)
    assert candidate.edition == 1  # it was public once
    with scope.public():
        assert not PublishedDecision.objects.filter(public_id=told["decision"]).exists()
    assert (before.d1 < R, standing.d1) == (True, R)
    assert standing.shown < before.shown


def test_a_serious_record_repaired_on_its_first_day(story):
    told = story["repaired_record"]
    with of("city"):
        record = Fact.objects.get(public_id=told["record"])
        repair = Fact.objects.get(public_id=told["repair"])
        standing = Standing.objects.get(membership__public_id=told["member"])
        before = FormerRating.objects.filter(membership__public_id=told["member"]).latest("id")
        asked = Repair.objects.get(fact=record)
    assert (record.kind, record.severity) == (FactKind.VIOLATION, Severity.SERIOUS)
    assert (repair.kind, repair.ref_id) == (FactKind.REPAIR, record.pk)
    assert repair.occurred_on == repair_from(record.occurred_on, Severity.SERIOUS)
    assert (asked.asked_on, asked.state, asked.term_over) == (repair.occurred_on, RepairState.GRANTED, True)
    assert asked.answered_by_id != asked.by_id
    assert (before.d1 < R, standing.d1) == (True, R)
    assert standing.shown < before.shown


def test_a_ban_and_an_attempt_to_come_back(story):
    told = story["ban_and_reentry"]
    with of("province"):
        bar = Bar.objects.get(public_id=told["bar"])
        member = Membership.objects.get(public_id=told["member"])
        standing = Standing.objects.get(membership=member)
        assert Decision.objects.get(public_id=told["decision"]).measure == 6
    assert (bar.for_life, bar.until_on, bar.state) == (True, None, BarState.LISTED)
    assert (member.state, standing.state, standing.shown) == (MembershipState.EXPELLED, State.BARRED, 10)
    with of("city"):
        application = Application.objects.get(public_id=told["application"])
        questions = list(ScreeningQuestion.objects.filter(application=application).order_by("mark_kind"))
    assert (application.state, application.name) == (ApplicationState.QUESTION, REENTRY)
    assert application.subject_id == member.subject_id
    assert application.name != member.name
    assert [each.public_id for each in questions] == told["questions"]
    assert [each.mark_kind for each in questions] == [MarkKind.IDENTITY, MarkKind.ACCOUNT, MarkKind.NAME]
    assert {(each.answer, each.bar_public_id) for each in questions} == {
        (ScreeningAnswer.OPEN, bar.public_id)
    }
    with scope.public():
        assert not PublishedBar.objects.filter(public_id=told["bar"]).exists()  # a person, without consent
    with of("city"):
        asked = OwnInquiry.objects.get(public_id=told["inquiry"])
        assert (asked.bar_public_id, bool(asked.answer)) == (bar.public_id, True)
    with of("province"):
        assert Inquiry.objects.get(public_id=told["inquiry"]).asked_by.slug == "city"


def test_an_objection_pending(story):
    with of("province"):
        member = Membership.objects.get(public_id=story["objection_pending"]["member"])
        standing = Standing.objects.get(membership=member)
        review = Fact.objects.get(membership=member, kind=FactKind.REVIEW)
    assert standing.state == State.SUSPENDED
    assert 0 < (timezone.localdate() - review.occurred_on).days < 90
    with scope.public():
        assert PublishedRating.objects.get(public_id=member.public_id).state == State.SUSPENDED
    with of("province"):
        assert Objection.objects.get(membership=member).state == ObjectionState.OPEN
    with of("city"):
        answered = Objection.objects.get()
        assert (answered.state, answered.by_id == answered.answered_by_id) == (ObjectionState.UPHELD, False)
        assert Fact.objects.filter(kind=FactKind.CORRECTION, ref=answered.fact).exists()


def test_a_complaint_mediated_and_compensated(story):
    told = story["complaint_compensated"]
    with of("city"):
        complaint = Complaint.objects.get(public_id=told["complaint"])
        agreed = complaint.settlements.get()
        entries = list(complaint.book_entries.order_by("id"))
        held = balances()
        fact = Fact.objects.get(membership=complaint.membership, kind=FactKind.MEDIATION, source="complaints")
    assert (complaint.origin, complaint.state) == (Origin.PUBLIC, ComplaintState.CLOSED)
    assert complaint.satisfaction == Satisfaction.SATISFIED
    assert agreed.made_on <= agreed.performed_on <= agreed.due_on
    assert [(each.kind, each.amount) for each in entries] == [("advance", 128_000), ("recovery", 128_000)]
    assert [each.public_id for each in entries] == told["entries"]
    assert (held.fund, held.claimed) == (5_000_000, 0)
    assert (fact.a, fact.b) == (1, 1)


def test_a_lifetime_bar_through_every_stage(story):
    told = story["lifetime_bar"]
    with of("city"):
        case = Case.objects.get(public_id=told["case"])
        file = file_of(case)
        complaint = Complaint.objects.get(public_id=told["complaint"])
        papers = [row.document for row in documents_of(case)]
        bar = Bar.objects.select_related("membership").get(public_id=told["bar"])
        course = list(BarEvent.objects.filter(bar=bar).order_by("id").values_list("after", flat=True))
        sides = Counter(Part.objects.filter(case=case).values_list("side", flat=True))
    steps = [event.step for event in file.events]
    assert list(dict.fromkeys(steps)) == [
        "lead", "file", "weigh", "report", "serve_notice", "ask_hearing", "take_statement", "call_hearing",
        "hold_hearing", "form_panel", "recuse", "replace", "vote", "board_vote", "approve", "decide",
        "serve_decision", "appeal", "opine", "uphold", "serve_appeal", "perform", "close",
    ]  # fmt: skip
    days = [event.on for event in file.events]
    assert days == sorted(days)
    assert (case.state, case.origin, case.origin_ref) == (CaseState.CLOSED, "complaint", complaint.number)
    assert sides == {"accuse": 1, "judge": 5, "approve": 2, "review": 2}
    assert [each.public_id for each in papers] == told["documents"]
    assert [each.kind for each in papers] == [
        "notice", "hearing", "minutes", "decision", "service", "appeal", "receipt",
    ]  # fmt: skip
    assert course == [BarState.LISTED, BarState.SUSPENDED, BarState.LISTED]
    assert (bar.for_life, bar.membership.state) == (True, MembershipState.EXPELLED)
    with scope.public():
        assert PublishedBar.objects.filter(public_id=told["bar"]).exists()
        assert PublishedDecision.objects.filter(public_id=told["decision"]).exists()


def test_documents_can_be_checked(story):
    for name in ("lifetime_bar", "reversed_decision", "repaired_record"):
        for code in story[name]["documents"]:
            answer = Client().get(f"/verify/{code}/")
            assert (answer.status_code, code in answer.content.decode()) == (200, True)


def test_a_clean_agency_whose_streamers_are_not(story):
    told = story["agency_of_nine"]
    assert (len(set(told["streamers"])), len(set(told["sanctioned"]))) == (9, 4)
    assert set(told["sanctioned"]) < set(told["streamers"])
    with of("city"):
        agency = Membership.objects.get(public_id=told["agency"])
        records = Fact.objects.filter(kind=FactKind.VIOLATION)
        assert not records.filter(membership=agency).exists()
        assert Standing.objects.get(membership=agency).d1 == R
        owners = records.filter(membership__public_id__in=told["streamers"]).values_list(
            "membership__public_id", flat=True
        )
        assert sorted(owners) == sorted(told["sanctioned"])
        assert AgencyLink.objects.filter(agency=agency, until=None).count() == 9


def test_a_burst_of_templated_complaints(story):
    told = story["templated_complaints"]
    with of("city"):
        burst = Fact.objects.select_related("membership").get(public_id=told["figures"])
        others = Fact.objects.filter(membership=burst.membership, kind=FactKind.FIGURES).exclude(pk=burst.pk)
        usual = max(others.values_list("c", flat=True))
        count = others.count()
        latest = Standing.objects.get(membership=burst.membership)
        before = FormerRating.objects.filter(membership=burst.membership).latest("id")
    assert (burst.b, burst.c, burst.d, burst.e) == (0, 231, 229, 204)
    assert count == 11
    assert usual * 5 < 231
    assert latest.shown <= before.shown
    with of("city"):
        sent = Complaint.objects.filter(membership=burst.membership).order_by("id")
        states = Counter(sent.values_list("state", flat=True))
        signs = Counter(Sign.objects.filter(complaint__in=sent).values_list("kind", flat=True))
        assert [each.public_id for each in sent] == told["complaints"]
        assert not sent.filter(aside=True).exists()
        assert Pattern.objects.get().answered_on is not None
        assert not Fact.objects.filter(membership=burst.membership, source="complaints").exists()
    assert states == {ComplaintState.CLOSED: 1, ComplaintState.REFUSED: 11}
    assert signs == {SignKind.TEMPLATE: 10, SignKind.BURST: 3}


def test_fees_buy_nothing(story):
    told = story["fees_buy_nothing"]
    with of("park"):
        scores = dict(Standing.objects.values_list("membership__public_id", "score"))
        account = payload_of(Home("park", "", ""), timezone.localdate())
    paying, others = ([scores[each] for each in told[key]] for key in ("paying", "not_paying"))
    assert not set(told["paying"]) & set(told["not_paying"])
    assert abs(len(paying) - len(others)) <= 1
    assert min(len(paying), len(others)) > 10
    assert mean(paying) <= mean(others)
    assert not account["fairness"]["verdict"]["en"].startswith("Fee payers fare better")
    rooms = [model for model in apps.get_models() if model not in {FeePaid, FeeTable}]
    columns = [field.name for model in rooms for field in model._meta.get_fields()]
    assert not [
        name for name in [*columns, *QUANTITIES] if {"fee", "fees", "dues", "paid"} & set(name.split("_"))
    ]


def test_a_consent_withdrawn(story):
    told = story["consent_withdrawn"]
    with of("city"):
        candidate = Candidate.objects.get(public_id=told["candidate"])
        member = Membership.objects.get(public_id=told["member"])
        given = Consent.objects.filter(membership=member, purpose="publish").order_by("at", "id")
        assert list(given.values_list("given", flat=True)) == [True, False]
        assert Standing.objects.get(membership=member).state == State.RATED
    assert candidate.edition == 1  # it was public once
    assert candidate.approved_by is not None
    assert (candidate.state, candidate.withdrawn_for) == (CandidateState.WITHDRAWN, Withdrawn.CONSENT)
    with scope.public():
        assert not PublishedRating.objects.filter(public_id=told["member"]).exists()


def test_stories_are_printed_as_json(story):
    assert json.loads(seed("--stories")) == story
    assert len(story) == 10
    assert all(told["note"] for told in story.values())

"""The eight stories are true."""

from __future__ import annotations

import json
from statistics import mean

from django.apps import apps
from django.utils import timezone

from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.discipline.models import Case, Decision, Reversal
from associations.discipline.states import CaseState
from associations.fees.models import FeePaid, FeeTable
from associations.members.models import AgencyLink, Application, Consent, Membership, ScreeningQuestion
from associations.members.states import ApplicationState, MembershipState, ScreeningAnswer
from associations.tenancy import scope
from config.demo.cast import REENTRY
from core.subjects.states import MarkKind
from credit.blacklist.models import Bar
from credit.blacklist.states import BarState
from credit.publication.account import payload_of
from credit.publication.models import Candidate, PublishedBar, PublishedDecision, PublishedRating
from credit.publication.payloads.rating import Home
from credit.publication.states import CandidateState, Withdrawn
from credit.rulesets.vocabulary import QUANTITIES, R
from credit.scoring.models import Rating, Standing
from credit.scoring.states import State
from tests.config.demo.world import of, seed


def test_a_reversed_decision(story):
    told = story["reversed_decision"]
    with of("city"):
        case = Case.objects.get(public_id=told["case"])
        member = Membership.objects.get(public_id=told["member"])
        standing = Standing.objects.get(membership=member)
        before = Rating.objects.filter(membership=member).order_by("-id")[1]
        candidate = Candidate.objects.get(record_ref=told["decision"])
        reversal = Reversal.objects.get(decision__public_id=told["decision"])
    assert (case.state, case.imported, member.state) == (CaseState.REVERSED, False, MembershipState.ACTIVE)
    assert reversal.by_id != reversal.decided_by_id
    assert (candidate.state, candidate.withdrawn_for) == (CandidateState.WITHDRAWN, Withdrawn.REVERSED)
    assert candidate.edition == 1  # it was public once
    with scope.public():
        assert not PublishedDecision.objects.filter(public_id=told["decision"]).exists()
    assert (before.d1 < R, standing.d1) == (True, R)
    assert standing.shown < before.shown


def test_a_serious_record_repaired_on_day_366(story):
    told = story["repaired_record"]
    with of("city"):
        record = Fact.objects.get(public_id=told["record"])
        repair = Fact.objects.get(public_id=told["repair"])
        standing = Standing.objects.get(membership__public_id=told["member"])
        before = Rating.objects.filter(membership__public_id=told["member"]).order_by("-id")[1]
    assert (record.kind, record.severity) == (FactKind.VIOLATION, Severity.SERIOUS)
    assert (repair.kind, repair.ref_id) == (FactKind.REPAIR, record.pk)
    assert (repair.occurred_on - record.occurred_on).days == 366
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


def test_an_objection_pending(story):
    with of("province"):
        member = Membership.objects.get(public_id=story["objection_pending"]["member"])
        standing = Standing.objects.get(membership=member)
        review = Fact.objects.get(membership=member, kind=FactKind.REVIEW)
    assert standing.state == State.SUSPENDED
    assert 0 < (timezone.localdate() - review.occurred_on).days < 90
    with scope.public():
        assert PublishedRating.objects.get(public_id=member.public_id).state == State.SUSPENDED


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
        latest, before = Rating.objects.filter(membership=burst.membership).order_by("-id")[:2]
    assert (burst.b, burst.c, burst.d, burst.e) == (0, 231, 229, 204)
    assert count == 11
    assert usual * 5 < 231
    assert latest.shown <= before.shown


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
    assert len(story) == 8
    assert all(told["note"] for told in story.values())

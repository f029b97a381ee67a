"""Screening: a hit opens a question for a person; it never refuses, and tells no more than where to ask."""

import pytest

from associations.members import rules, services
from associations.members.models import Application, Membership, ScreeningQuestion
from associations.members.states import ApplicationState, Category, ScreeningAnswer
from associations.tenancy import scope
from core.ledger.models import Entry
from core.subjects.models import WatchMark
from core.subjects.states import MarkKind
from core.verdicts import Denied
from tests.cast import JOINED, admit, firm, person

BAR = "bar-of-the-province"


@pytest.fixture
def barred(province):
    """The province's association has set a bar against a streamer; her marks are watched."""
    with scope.across_associations(why="a test lists a bar"):
        for kind, index in person(3).marks():
            WatchMark.objects.create(kind=kind, index=index, bar_public_id=BAR, set_by=province.association)
    return person(3)


@pytest.fixture
def application(city, barred):
    with scope.of(city.association):
        return services.apply_to_join(identity=barred, category=Category.STREAMER, by=city.clerk)


def test_a_hit_opens_a_question_for_each_mark_and_refuses_nobody(city, province, application):
    with scope.of(city.association):
        assert application.state == ApplicationState.QUESTION
        questions = ScreeningQuestion.objects.order_by("mark_kind")
        assert [(each.mark_kind, each.bar_public_id, each.set_by, each.answer) for each in questions] == [
            (MarkKind.IDENTITY, BAR, province.association, ScreeningAnswer.OPEN),
            (MarkKind.ACCOUNT, BAR, province.association, ScreeningAnswer.OPEN),
            (MarkKind.NAME, BAR, province.association, ScreeningAnswer.OPEN),
        ]
        assert Entry.objects.filter(act="members.screening.raised").count() == 3


def test_what_is_kept_names_the_bar_and_the_association_and_nothing_else():
    known = {field.name for field in ScreeningQuestion._meta.get_fields()}
    assert known == {
        "id", "association", "public_id", "subject", "application", "membership", "name", "mark_kind",
        "bar_public_id", "set_by", "raised_at", "answer", "reasons", "answered_at", "answered_by",
    }  # fmt: skip


def test_the_association_that_set_the_bar_learns_nothing_of_the_application(province, application):
    with scope.of(province.association):
        assert (Application.objects.count(), ScreeningQuestion.objects.count()) == (0, 0)


def test_an_application_with_an_open_question_is_not_accepted(city, application):
    with scope.of(city.association):
        verdict = rules.may_accept(application)
        assert (verdict.allowed, str(verdict.reason)) == (
            False, "A screening question is open: a reviewer must answer it first.",
        )  # fmt: skip
        with pytest.raises(Denied, match="question is open"):
            services.accept(application=application, joined_on=JOINED, by=city.clerk)
        application.refresh_from_db()
        assert (application.state, Membership.objects.count()) == (ApplicationState.QUESTION, 0)


def _answer_all(city, answer):
    for question in ScreeningQuestion.objects.all():
        services.answer_screening(
            question=question, answer=answer, reasons="已向省协会核实", by=city.reviewer
        )


@pytest.mark.parametrize("answer", [ScreeningAnswer.NOT_THE_SAME, ScreeningAnswer.SAME_ADMIT])
def test_answered_it_can_be_accepted_and_is_not_asked_again(city, application, answer):
    with scope.of(city.association):
        _answer_all(city, answer)
        application.refresh_from_db()
        assert application.state == ApplicationState.RECEIVED
        services.accept(application=application, joined_on=JOINED, by=city.clerk)
        assert ScreeningQuestion.objects.count() == 3
        assert ScreeningQuestion.objects.filter(answer=ScreeningAnswer.OPEN).count() == 0


def test_answered_not_to_admit_it_can_only_be_refused_and_is_asked_again_next_time(city, application):
    with scope.of(city.association):
        _answer_all(city, ScreeningAnswer.SAME_REFUSE)
        application.refresh_from_db()
        with pytest.raises(Denied, match="not to be admitted"):
            services.accept(application=application, joined_on=JOINED, by=city.clerk)
        services.refuse(application=application, reason="禁入期内", by=city.clerk)
        again = services.apply_to_join(identity=person(3), category=Category.STREAMER, by=city.clerk)
        assert again.state == ApplicationState.QUESTION
        assert ScreeningQuestion.objects.filter(application=again, answer=ScreeningAnswer.OPEN).count() == 3


def test_refusing_for_another_reason_closes_the_questions_as_not_needed(city, application):
    with scope.of(city.association):
        services.refuse(application=application, reason="撤回申请", by=city.clerk)
        assert set(ScreeningQuestion.objects.values_list("answer", "reasons", "answered_by")) == {
            (ScreeningAnswer.MOOT, "撤回申请", city.clerk.pk)
        }


def test_a_direct_admission_is_screened_too_and_stands(city, barred):
    member = admit(city, barred, Category.STREAMER)
    with scope.of(city.association):
        assert Membership.objects.get() == member
        assert member.state == "active"
        assert ScreeningQuestion.objects.filter(membership=member, answer=ScreeningAnswer.OPEN).count() == 3


def test_a_bar_out_of_force_is_not_asked_about(city, barred):
    with scope.across_associations(why="a test ends a bar"):
        WatchMark.objects.update(in_force=False)
    admit(city, barred, Category.STREAMER)
    with scope.of(city.association):
        assert ScreeningQuestion.objects.count() == 0


def test_a_namesake_is_a_question_about_the_name_alone(city, province):
    with scope.across_associations(why="a test lists a bar"):
        for kind, index in firm(4, "某市同名电子商务有限公司").marks():
            WatchMark.objects.create(kind=kind, index=index, bar_public_id=BAR, set_by=province.association)
    admit(city, firm(5, "某市同名电子商务有限公司"))
    with scope.of(city.association):
        assert list(ScreeningQuestion.objects.values_list("mark_kind", flat=True)) == [MarkKind.NAME]


def test_who_may_answer(city, application):
    with scope.of(city.association):
        question = ScreeningQuestion.objects.first()
        for officer in (city.clerk, city.decider, city.observer):
            with pytest.raises(Denied):
                services.answer_screening(
                    question=question, answer=ScreeningAnswer.NOT_THE_SAME, reasons="无", by=officer
                )
        assert ScreeningQuestion.objects.filter(answer=ScreeningAnswer.OPEN).count() == 3
        services.answer_screening(
            question=question, answer=ScreeningAnswer.NOT_THE_SAME, reasons="同名", by=city.admin
        )
        assert ScreeningQuestion.objects.filter(answer=ScreeningAnswer.OPEN).count() == 2


def test_an_answer_has_reasons_is_an_answer_and_stands(city, application):
    with scope.of(city.association):
        question = ScreeningQuestion.objects.first()
        for answer, reasons in [
            (ScreeningAnswer.NOT_THE_SAME, " "),
            (ScreeningAnswer.OPEN, "理由"),
            (ScreeningAnswer.MOOT, "理由"),
        ]:
            with pytest.raises(Denied):
                services.answer_screening(question=question, answer=answer, reasons=reasons, by=city.reviewer)
        question.refresh_from_db()
        assert question.answer == ScreeningAnswer.OPEN
        services.answer_screening(
            question=question, answer=ScreeningAnswer.SAME_ADMIT, reasons="已改正", by=city.reviewer
        )
        with pytest.raises(Denied, match="already"):
            services.answer_screening(
                question=question, answer=ScreeningAnswer.SAME_REFUSE, reasons="改口", by=city.reviewer
            )
        question.refresh_from_db()
        assert (question.answer, question.reasons) == (ScreeningAnswer.SAME_ADMIT, "已改正")

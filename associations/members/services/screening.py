"""Screening: a mark equal to one under which a bar stands anywhere opens a question for a person.

Nobody is refused by a comparison. The association that asks learns that a bar exists and whom to ask, no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members import rules, selectors
from associations.members.models import Application, ScreeningQuestion
from associations.members.states import ApplicationState, ScreeningAnswer
from associations.registry.rules import Verb, may
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects.selectors import hits
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from associations.members.models import Membership
    from core.accounts.models import User

SETTLED = [ScreeningAnswer.OPEN, ScreeningAnswer.NOT_THE_SAME, ScreeningAnswer.SAME_ADMIT]
"""Answers after which the same bar is not asked about again."""


def screen(joining: Sequence[Application | Membership]) -> list[ScreeningQuestion]:
    """Compare those who join with all bars in force; give the questions newly opened, one a bar and mark."""
    by_subject = {each.subject_id: each for each in joining}
    found = hits(by_subject)
    if not found:
        return []
    settled = set(
        ScreeningQuestion.objects.filter(subject_id__in=by_subject, answer__in=SETTLED).values_list(
            "subject_id", "bar_public_id", "mark_kind"
        )
    )
    new = [hit for hit in found if (hit.subject_id, hit.bar_public_id, hit.mark_kind) not in settled]
    questions = []
    for hit in new:
        about = by_subject[hit.subject_id]
        questions.append(
            ScreeningQuestion(
                association_id=about.association_id,
                subject_id=hit.subject_id,
                application=about if isinstance(about, Application) else None,
                membership=None if isinstance(about, Application) else about,
                name=about.name,
                mark_kind=hit.mark_kind,
                bar_public_id=hit.bar_public_id,
                set_by_id=hit.set_by_id,
            )
        )
    ScreeningQuestion.objects.bulk_create(questions, ignore_conflicts=True)
    for question in questions:
        ledger.record(
            association_id=question.association_id,
            act=Act.SCREENING_RAISED,
            thing="screening",
            thing_id=question.public_id,
            detail={"bar": question.bar_public_id, "mark": question.mark_kind},
            by=None,
        )
    return questions


@transaction.atomic
def answer_screening(
    *, question: ScreeningQuestion, answer: ScreeningAnswer, reasons: str, by: User
) -> ScreeningQuestion:
    """Answer a question, with reasons. When it was the last of an application, that can be answered again."""
    may(by, Verb.ANSWER_SCREENING).enforce()
    question = ScreeningQuestion.objects.select_for_update().get(pk=question.pk)
    rules.may_answer(question).enforce()
    if answer not in {ScreeningAnswer.NOT_THE_SAME, ScreeningAnswer.SAME_ADMIT, ScreeningAnswer.SAME_REFUSE}:
        raise Denied(_("Choose one of the answers."))
    if not reasons.strip():
        raise Denied(_("Give the reasons: what was compared, and with whom you spoke."))
    question.answer, question.reasons = answer, reasons.strip()
    question.answered_at, question.answered_by = timezone.now(), by
    question.save(update_fields=["answer", "reasons", "answered_at", "answered_by"])
    ledger.record(
        association_id=question.association_id,
        act=Act.SCREENING_ANSWERED,
        thing="screening",
        thing_id=question.public_id,
        why=question.reasons,
        detail={"answer": str(answer), "bar": question.bar_public_id},
        by=by,
    )
    if question.application_id and not selectors.open_questions_of(question.subject_id):
        Application.objects.filter(pk=question.application_id, state=ApplicationState.QUESTION).update(
            state=ApplicationState.RECEIVED
        )
    return question

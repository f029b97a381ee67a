"""Words that are one in English and several in Chinese."""

import pytest
from django.utils import translation
from django.utils.translation import pgettext

from associations.complaints.states import ComplaintState
from associations.complaints.states import Outcome as Finding
from associations.discipline.states import Outcome
from associations.remedies.states import ObjectionState, RepairState


@pytest.mark.parametrize(
    ("word", "chinese"),
    [
        (Outcome.UPHOLD, "维持原决定"),  # the decision stands: the appeal was not 成立
        (Outcome.ALLOW, "撤销原决定"),
        (Finding.UPHELD, "成立"),
        (ComplaintState.ACCEPTED, "已受理"),
        (ComplaintState.WITHDRAWN, "已撤回"),
        (ObjectionState.WITHDRAWN, "已撤回"),
        (RepairState.REFUSED, "不予修复"),
        (RepairState.WITHDRAWN, "已撤回"),
    ],
)
def test_a_state_is_called_what_it_is(word, chinese):
    with translation.override("zh-hans"):
        assert str(word.label) == chinese


@pytest.mark.parametrize(
    ("context", "english", "chinese"),
    [
        ("complaint", "Finding", "投诉认定"),
        ("complaint", "Withdraw", "撤回投诉"),
        ("paper", "Withdraw", "撤回文书"),
        ("paper", "Document", "文书"),
        ("repair", "Enter an application", "登记修复申请"),
    ],
)
def test_a_button_is_called_what_it_does(context, english, chinese):
    with translation.override("zh-hans"):
        assert pgettext(context, english) == chinese

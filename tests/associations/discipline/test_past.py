"""Past decisions: what the paper says, what it lacks, what counts."""

from dataclasses import replace
from datetime import date

import pytest

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.models import Case, CaseEvent, Decision
from associations.discipline.services import (
    PastDecision,
    propose_reversal,
    record_past_decision,
    record_past_decisions,
    reverse,
)
from associations.discipline.states import Lack
from associations.members.models import Membership
from associations.tenancy import scope
from core.ledger.models import Entry
from core.verdicts import Denied
from tests.associations.discipline.conftest import PR02, TODAY, snapshot


@pytest.fixture
def paper(city, operator):
    """A decision the paper of which lacks nothing; inside the city's scope."""
    with scope.of(city.association):
        yield PastDecision(
            number="直协纪〔2025〕1号", decided_on=date(2025, 3, 24), membership=operator, code=PR02, severity=3,
            measure=4, members_due=9, members_present=7, votes_in_favour=6, notice_served_on=date(2025, 2, 27),
            statement="lapsed", appeal_until=date(2025, 4, 14), facts="虚构原价", basis="价格法 §14",
        )  # fmt: skip


def record(city, *papers):
    return record_past_decisions(list(papers), by=city.clerk)


def test_a_whole_one_counts_and_leaves_its_fact(city, paper):
    (answer,) = record(city, paper)
    row = Decision.objects.get()
    assert (answer.public_id, answer.new, answer.counts, answer.lacks) == (row.public_id, True, True, ())
    assert (row.imported, row.counts, row.charter.version, row.charter_article) == (
        True,
        True,
        "2020",
        "第二十三条",
    )
    assert (row.statement_due_on, row.ends_on) == (date(2025, 3, 6), date(2028, 3, 23))
    assert (row.case.state, row.case.imported, row.case.opened_by) == ("effective", True, None)
    facts = Fact.objects.filter(source="decision").values_list(
        "kind", "code", "severity", "occurred_on", "recorded_on", "source_ref", "key"
    )
    assert list(facts) == [
        (FactKind.VIOLATION, PR02, 3, paper.decided_on, TODAY, row.public_id, f"decision:{row.public_id}")
    ]
    assert Membership.objects.get(pk=paper.membership.pk).state == "active"  # L4 of the past rests nothing


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"members_present": 4, "votes_in_favour": 4}, [Lack.QUORUM]),
        ({"members_present": 6, "votes_in_favour": 4}, []),
        ({"votes_in_favour": 3}, [Lack.MAJORITY]),
        ({"members_present": 12, "votes_in_favour": 12}, [Lack.QUORUM]),
        ({"members_due": 0, "members_present": 0, "votes_in_favour": 0}, [Lack.QUORUM, Lack.MAJORITY]),
        ({"notice_served_on": None}, [Lack.NOTICE, Lack.DEFENCE_WINDOW]),
        ({"notice_served_on": None, "statement": "waived"}, [Lack.NOTICE]),
        ({"notice_served_on": date(2025, 3, 24)}, [Lack.NOTICE, Lack.DEFENCE_WINDOW]),
        ({"notice_served_on": date(2025, 4, 1)}, [Lack.NOTICE, Lack.DEFENCE_WINDOW]),
        ({"notice_served_on": date(2025, 3, 17)}, [Lack.DEFENCE_WINDOW]),  # its fifth day is the 24th
        ({"notice_served_on": date(2025, 3, 14)}, []),
        ({"notice_served_on": date(2025, 3, 17), "statement": "waived"}, []),
        ({"statement": ""}, [Lack.STATEMENT]),
        ({"statement": "submitted"}, []),
        ({"decided_on": date(2019, 12, 31), "notice_served_on": date(2019, 12, 2)}, [Lack.CHARTER]),
    ],
)
def test_what_a_paper_lacks(city, paper, changes, lacks):
    (answer,) = record(city, replace(paper, **changes))
    row = Decision.objects.get()
    assert (list(answer.lacks), row.lacks, row.counts) == (lacks, lacks, not lacks)
    assert row.case.state == ("history" if lacks else "effective")
    assert Fact.objects.filter(source="decision").count() == (0 if lacks else 1)


def test_the_charter_of_the_day_decides(city, paper):
    from associations.registry.services import adopt_charter

    adopt_charter(
        version="2025", adopted_on=date(2025, 1, 1), effective_on=date(2025, 1, 1),
        articles=[{"article": "第五条", "text": "谈话提醒", "measures": [1]}], by=None,
    )  # fmt: skip
    answers = record(
        city,
        paper,
        replace(paper, number="2", decided_on=date(2024, 12, 31), notice_served_on=date(2024, 12, 2)),
    )
    assert [answer.lacks for answer in answers] == [(Lack.CHARTER,), ()]


@pytest.mark.parametrize(("measure", "until"), [(5, date(2028, 3, 24)), (6, None)])
def test_an_expulsion_ends_the_membership_on_its_day(city, paper, measure, until):
    record(city, replace(paper, measure=measure))
    member = Membership.objects.get(pk=paper.membership.pk)
    assert (member.state, member.left_on) == ("expelled", paper.decided_on)
    ban = Fact.objects.get(kind=FactKind.BAN)
    assert (ban.occurred_on, ban.until_on, ban.key) == (
        paper.decided_on, until, f"ban:{Decision.objects.get().public_id}",
    )  # fmt: skip


def test_an_expulsion_that_does_not_count_expels_nobody(city, paper):
    record(city, replace(paper, measure=6, members_present=4, votes_in_favour=4))
    assert Membership.objects.get(pk=paper.membership.pk).state == "active"
    assert not Fact.objects.filter(kind=FactKind.BAN).exists()


def test_again_changes_nothing(city, paper):
    (first,) = record(city, paper)
    before = snapshot()
    (again,) = record(city, paper)
    assert (again.public_id, again.new, again.counts, again.differs) == (first.public_id, False, True, False)
    (other,) = record(city, replace(paper, votes_in_favour=7))
    assert (other.new, other.differs) == (False, True)
    assert snapshot() == before


def test_the_same_number_twice_in_one_file_is_one(city, paper):
    first, second = record(city, paper, replace(paper, measure=3))
    assert (first.new, second.new, second.differs, Decision.objects.count()) == (True, False, True, 1)


def test_one_that_may_still_be_appealed_is_served_and_takes_effect_later(city, paper):
    from associations.discipline.services import take_effect

    record(city, replace(paper, appeal_until=TODAY))
    assert Case.objects.get().state == "served"
    assert take_effect() == 0
    assert take_effect(today=date(2026, 6, 16)) == 1
    assert Case.objects.get().state == "effective"


def test_a_past_decision_can_be_reversed_by_a_reviewer(city, paper):
    record(city, replace(paper, measure=5))
    propose_reversal(case=Case.objects.get(), reasons="新证据", by=city.reviewers[1])
    reverse(case=Case.objects.get(), reasons="新证据", by=city.reviewers[0])
    assert Membership.objects.get(pk=paper.membership.pk).state == "active"
    kinds = Fact.objects.filter(source="decision").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [FactKind.VIOLATION, FactKind.BAN, FactKind.REVERSAL, FactKind.REVERSAL]


def test_history_cannot_be_reversed(city, paper):
    record(city, replace(paper, notice_served_on=None))
    before = snapshot()
    with pytest.raises(Denied):
        reverse(case=Case.objects.get(), reasons="新证据", by=city.reviewers[0])
    assert snapshot() == before


def test_only_those_who_import_may(city, paper):
    before = snapshot()
    with pytest.raises(Denied):
        record_past_decisions([paper], by=city.reviewer)
    assert snapshot() == before
    fields = {name: getattr(paper, name) for name in PastDecision.__slots__}
    assert record_past_decision(**fields, by=city.admin).new


def test_many_are_written_in_a_handful_of_statements(city, paper, django_assert_num_queries):
    papers = [replace(paper, number=f"直协纪〔2025〕{n}号") for n in range(300)]
    record(city, replace(paper, number="0"))
    with django_assert_num_queries(17):
        answers = record(city, *papers)
    assert [answer.counts for answer in answers] == [True] * 300
    assert CaseEvent.objects.filter(step="record").count() == 301
    entries = (
        Entry.objects.filter(act="discipline.decision.recorded")
        .order_by("seq")
        .values_list("detail", flat=True)
    )
    assert list(entries) == [{"recorded": 1, "counting": 1}, {"recorded": 300, "counting": 300}]

"""Who had a hand in a decision, and what names it elsewhere."""

from __future__ import annotations

from associations.discipline.selectors import people_involved, references
from associations.discipline.states import Measure


def test_everybody_who_had_a_hand_in_it(walk):
    walk.to("decided")
    house = walk.house
    assert people_involved(walk.file.decision.public_id) == {
        house.clerk.pk,
        house.decider.pk,
        *(reviewer.pk for reviewer in house.reviewers[:3]),
    }


def test_a_decision_unknown_here_involves_nobody(walk):
    walk.to("filed")
    assert people_involved("no such decision") == set()


def test_a_decision_is_named_by_its_number_and_case(walk):
    walk.to("decided")
    decision = walk.file.decision
    found = references([decision.public_id, "no such decision"])
    assert list(found) == [decision.public_id]
    told = found[decision.public_id]
    assert (told.number, told.case, told.measure) == (decision.number, walk.case.public_id, Measure.WARNING)

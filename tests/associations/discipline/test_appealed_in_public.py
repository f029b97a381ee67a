"""What the public reads of a decision that was appealed against and stands."""

from __future__ import annotations

import pytest

from associations.discipline.selectors import decision_for_publication
from associations.tenancy import scope
from credit.publication.services import consider
from credit.publication.states import RecordKind
from tests.associations.discipline.conftest import Walk


@pytest.mark.parametrize(("outcome", "measure"), [("uphold", None), ("lighten", 1)])
def test_the_course_tells_of_the_appeal_and_no_second_one_is_open(city, operator, client, outcome, measure):
    with scope.of(city.association):
        walk = Walk(city, operator, measure=3).to("served")
        walk.appeal()
        for number in (3, 4):
            walk.review(number, outcome, measure)
        decision = walk.file.made.public_id
        assert decision_for_publication(decision).appeal_until is None
    consider(RecordKind.DECISION, decision)
    page = client.get(f"/en/decisions/{decision}/").content.decode()
    assert "Appealed against" in page
    words = {"uphold": "Upheld", "lighten": "Changed to a lighter measure"}[outcome]
    assert f"Decided on appeal by two who had no part in it: {words}" in page
    chinese = client.get(f"/decisions/{decision}/").content.decode()
    assert ("由两名未参与原案的委员作出复核决定：维持原决定" in chinese) == (outcome == "uphold")


def test_nothing_is_told_of_an_appeal_that_was_not_made(city, operator, client):
    with scope.of(city.association):
        decision = Walk(city, operator).to("served").file.made.public_id
    consider(RecordKind.DECISION, decision)
    page = client.get(f"/en/decisions/{decision}/").content.decode()
    assert "Appealed against" not in page

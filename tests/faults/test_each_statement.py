"""The web server killed before and after each single statement of a vote, a decision, its handing over, an appeal.

What was not committed is gone as a whole, so the same case is asked again at the next point: a second try. What was
committed stands once, and asking again is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.site import eventually, web_server
from tests.faults.test_web_killed import FLOWS, Flow, breaches_at_rest, was_killed

if TYPE_CHECKING:
    from tests.faults.site import Site

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def web(site: Site, tmp_path_factory):
    database = site.clone()
    with web_server(site, tmp_path_factory.mktemp("each") / "log", database=database) as started:
        yield started
    site.drop(database)


@pytest.mark.parametrize("verb", ["vote", "decide", "serve", "appeal"])
def test_killed_before_and_after_each_statement(web, site, forks, verb):
    flow = Flow(web, *FLOWS[verb], cases=iter(site.told[verb]))
    reference = next(flow.cases)
    undisturbed = flow.post(reference, f"{10**9} before")
    assert undisturbed.status == 302, undisturbed.body[-2000:]
    total, wanted = int(undisturbed.headers["x-statements"]), flow.state(reference)
    case = next(flow.cases)
    before = flow.state(case)
    assert before != wanted
    wrong, stood = [], []
    for point in [(number, when) for number in range(1, total + 1) for when in ("before", "after")]:
        eventually(web.ready, seconds=60)
        killed = flow.post(case, f"{point[0]} {point[1]}")
        if not was_killed(killed, point[0]):
            wrong.append(f"{point}: not killed, {killed.status}")
        found = flow.state(case)
        if found == before:
            if stood:
                wrong.append(f"{point}: lost, though {stood[0]} was kept")
            continue
        if found != wanted:
            wrong.append(f"{point}: half of it was written: {found}")
        stood.append(point)
        if (again := flow.again(case)).status != 403:
            wrong.append(f"{point}: asked again, {again.status}")
        if (found := flow.state(case)) != wanted:
            wrong.append(f"{point}: after the second try {found}")
        case = next(flow.cases)
    assert wrong == []
    assert stood  # the kill after the commit is among the points
    assert len(stood) < total  # and so are those before it
    assert flow.again(case).status == 302  # the last one, never finished, goes through at last
    assert flow.state(case) == wanted
    assert breaches_at_rest(web, forks) == []

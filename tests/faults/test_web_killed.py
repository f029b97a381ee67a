"""The web server killed in the middle of a vote, a decision, its handing over, an appeal: asked again, there is exactly
one, and whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.faults.site import eventually, web_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.site import Answer, Forks, Site, Web

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

EVERY = 3
VOTE = {"in_favour": "1", "measure": "2", "reasons": "同意"}
DECIDE = {
    "measure": "2",
    "severity": "2",
    "reasons": "事实成立",
    "basis": "章程第二十二条",
    "departure": "已改正",
}
SERVE = {"method": "EMS", "proof": "签收单", "told_of_publication": "on"}
APPEAL = {"grounds": "事实不清"}
FLOWS = {
    "vote": ("reviewer", "vote", VOTE, "on"),
    "decide": ("decider", "decision", DECIDE, "on"),
    "serve": ("clerk", "service", SERVE, "served_on"),
    "appeal": ("clerk", "appeal", APPEAL, "on"),
}
STATE = """
    SELECT cases.state, cases.imported,
      (SELECT array_agg((step, before, after, "on") ORDER BY event.id)::text
         FROM associations_caseevent event WHERE event.case_id = cases.id),
      (SELECT array_agg((seat.chair, seat.recused, vote.in_favour, vote.measure, vote.reasons) ORDER BY seat.id)::text
         FROM associations_seat seat LEFT JOIN associations_vote vote ON vote.seat_id = seat.id
         WHERE seat.case_id = cases.id),
      (SELECT array_agg((measure, severity, reasons, members_due, members_present, votes_in_favour, counts))::text
         FROM associations_decision decision WHERE decision.case_id = cases.id),
      (SELECT array_agg((fact.kind, fact.severity, fact.ref_id IS NULL) ORDER BY fact.id)::text
         FROM associations_fact fact JOIN associations_decision decision ON decision.public_id = fact.source_ref
         WHERE decision.case_id = cases.id),
      (SELECT count(*) FROM associations_part part WHERE part.case_id = cases.id),
      (SELECT count(*) FROM associations_appeal appeal WHERE appeal.case_id = cases.id),
      (SELECT array_agg(act ORDER BY seq)::text FROM core_entry WHERE thing_id = cases.public_id)
    FROM associations_case cases WHERE cases.public_id = %s
"""


@dataclass
class Flow:
    """One POST, the page it goes to, and the cases it can be tried on."""

    web: Web
    role: str
    page: str
    data: dict[str, str]
    day: str
    cases: Iterator[str]

    def post(self, case: str, kill: str = "") -> Answer:
        headers = {"X-Kill": kill} if kill else {}
        data = self.data | {self.day: timezone.localdate().isoformat()}
        return self.web.ask(self.web.console(f"cases/{case}/{self.page}/"), data, role=self.role, **headers)

    def again(self, case: str) -> Answer:
        """What a clerk does when the page did not come: the same once more, until there is an answer."""

        def answered() -> Answer | None:
            answer = self.post(case)
            return answer if answer.status else None

        return eventually(answered, seconds=60)

    def state(self, case: str) -> tuple:
        with self.web.site.owner(self.web.database) as server:
            return server.execute(STATE, [case]).fetchone()


@pytest.fixture(scope="module")
def web(site: Site, tmp_path_factory):
    database = site.clone()
    log = tmp_path_factory.mktemp("web") / "log"
    with web_server(site, log, database=database) as started:
        yield started
    site.drop(database)


@pytest.fixture(params=FLOWS)
def flow(web, site, request) -> Flow:
    return Flow(web, *FLOWS[request.param], cases=iter(site.told[request.param]))


def was_killed(answer: Answer, point: int) -> bool:
    """Or done before `point`: it takes fewer statements than the first one where somebody has called the worker."""
    return answer.status == 0 or (answer.status == 302 and int(answer.headers["x-statements"]) < point)


def killed_at(flow: Flow, points: list[tuple[int, str]]) -> list[str]:
    """What was otherwise than without the kill, a line each."""
    reference = next(flow.cases)
    undisturbed = flow.post(reference, f"{10**9} before")
    assert undisturbed.status == 302, undisturbed.body[-2000:]
    total = int(undisturbed.headers["x-statements"])
    wanted = flow.state(reference)
    assert total > 15
    wrong = []
    for point, when in points:
        if point > total:
            break
        case = next(flow.cases)
        before = flow.state(case)
        eventually(flow.web.ready, seconds=60)
        killed = flow.post(case, f"{point} {when}")
        if not was_killed(killed, point):
            wrong.append(f"{when} {point}: not killed, {killed.status}")
        if (between := flow.state(case)) not in (before, wanted):
            wrong.append(f"{when} {point}: half of it was written: {between}")
        again = flow.again(case)
        if again.status not in {302, 403}:
            wrong.append(f"{when} {point}: asked again, {again.status}")
        if (found := flow.state(case)) != wanted:
            wrong.append(f"{when} {point}: {found}")
    return wrong


def breaches_at_rest(web: Web, forks: Forks) -> list[dict[str, str]]:
    """What the audit finds once the sweeps have nothing left to do: a withdrawal has ratings drawn up anew."""
    for job in ("rate", "publish", "rate", "publish"):
        assert forks.run(web.database, job)["signal"] == 0
    return web.site.breaches(web.database)


def test_killed_at_every_third_statement(flow, forks):
    points = [(point, ("before", "after")[point % 2]) for point in range(2, 200, EVERY)]
    assert killed_at(flow, points) == []
    assert breaches_at_rest(flow.web, forks) == []


def test_a_kill_after_the_answer_was_decided_loses_nothing(flow):
    """After the last statement the work is committed: asking again is refused, and nothing is there twice."""
    probe = next(flow.cases)
    for _ in range(26):  # the cases that the other test used
        probe = next(flow.cases)
    flow.post(probe, f"{10**9} before")  # a server that has just begun asks more
    probe, case = next(flow.cases), next(flow.cases)
    total = int(flow.post(probe, f"{10**9} before").headers["x-statements"])
    wanted = flow.state(probe)
    eventually(flow.web.ready, seconds=60)
    assert flow.post(case, f"{total} after").status == 0
    assert flow.state(case) == wanted
    again = flow.again(case)
    assert again.status == 403
    assert flow.state(case) == wanted

"""Hearing days: several cases, one day, one act."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from associations.discipline import services
from associations.discipline.models import HearingCall
from associations.discipline.selectors import file_of, hearings_owed
from associations.tenancy import scope
from core.verdicts import Denied
from tests.associations.discipline.conftest import NOTICED, Walk
from tests.cast import admit, client_for, firm

PAGE = "/en/a/city/cases/hearings/"
HELD = date(2026, 5, 22)
SAID = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(datetime(2026, 5, 11, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


@pytest.fixture
def owed(city):
    """Three cases in which a hearing was asked for."""
    found = []
    for number in range(3):
        member = admit(city, firm(number))
        with scope.of(city.association):
            walk = Walk(city, member).to("noticed")
            walk.ask_hearing(on=NOTICED)
            walk.statement()
            found.append(walk.case)
    return found


def told(city, chosen, **more):
    return {
        "cases": [case.public_id for case in chosen], "held_on": "2026-05-22", "begins": "09:00", "minutes": 45,
        "place": "协会三楼", "chair": city.reviewers[3].pk, "served_on": "2026-05-11", "method": "EMS",
        "proof": "交寄清单",
    } | more  # fmt: skip


def calls(city):
    with scope.of(city.association):
        rows = HearingCall.objects.order_by("id")
        return list(rows.values_list("case__number", "held_on", "place", "chair__name"))


def test_slots_follow_one_another():
    assert services.slots(["a", "b", "c"], time(9, 30), 50) == [
        ("a", time(9, 30)), ("b", time(10, 20)), ("c", time(11, 10)),
    ]  # fmt: skip


def test_a_preview_changes_nothing_and_the_act_announces_all(city, owed):
    client = client_for(city.decider)
    preview = client.post(PAGE, told(city, owed))
    assert [(case.number, f"{at:%H:%M}", bool(verdict)) for case, at, verdict in preview.context["preview"]] == [
        (owed[0].number, "09:00", True), (owed[1].number, "09:45", True), (owed[2].number, "10:30", True),
    ]  # fmt: skip
    assert calls(city) == []
    assert client.post(PAGE, told(city, owed, confirm="yes")).status_code == 302
    chair = city.reviewers[3].name
    assert calls(city) == [
        (owed[0].number, HELD, "09:00, 协会三楼", chair), (owed[1].number, HELD, "09:45, 协会三楼", chair),
        (owed[2].number, HELD, "10:30, 协会三楼", chair),
    ]  # fmt: skip
    with scope.of(city.association):
        assert {file_of(case).call.held_on for case in owed} == {HELD}


def test_what_the_preview_shows_is_what_is_posted_again(city, owed):
    page = client_for(city.decider).post(PAGE, told(city, owed[:2])).content.decode()
    for case in owed[:2]:
        assert f'<input type="hidden" name="cases" value="{case.public_id}">' in page
    assert f'<input type="hidden" name="cases" value="{owed[2].public_id}">' not in page
    assert '<input type="hidden" name="held_on" value="2026-05-22">' in page


def test_one_case_the_bylaw_stands_against_holds_up_all(city, owed):
    """The chair opened the second: nobody is called, and the page says which and why."""
    with scope.of(city.association):
        services.call_hearing(
            case=owed[1], held_on=HELD, place="x", chair=city.reviewers[3], method="EMS", proof="1",
            served_on=SAID, by=city.decider,
        )  # fmt: skip
        services.give_up_hearing(case=owed[1], text="撤回", on=SAID, by=city.clerk)
        planned = services.slots(owed, time(9), 45)
        with pytest.raises(Denied, match="No hearing is owed"):
            services.call_hearings(
                planned=planned, held_on=HELD, place="三楼", chair=city.reviewers[3], method="EMS", proof="2",
                served_on=SAID, by=city.decider,
            )  # fmt: skip
        assert hearings_owed().count() == 2
    assert len(calls(city)) == 1


def test_too_soon_is_said_for_each_and_cannot_be_confirmed(city, owed):
    client = client_for(city.decider)
    page = client.post(PAGE, told(city, owed, held_on="2026-05-17", confirm="yes"))
    assert (page.status_code, page.context["ready"]) == (200, False)
    assert page.content.decode().count("hold it on 2026-05-18 or later") == 3
    assert calls(city) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cases": []}, "cases"), ({"cases": ["nobody"]}, "cases"), ({"chair": 0}, "chair"),
        ({"minutes": 5}, "minutes"),
        ({"begins": "23:30"}, "minutes"), ({"held_on": "x"}, "held_on"), ({"proof": ""}, "proof"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(city, owed, wrong, field):
    page = client_for(city.decider).post(PAGE, told(city, owed, **wrong))
    assert page.status_code == 422
    assert field in page.context["form"].errors


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 403), ("reviewer", 403), ("admin", 302), ("observer", 403)]
)
def test_who_announces(city, owed, who, status):
    client = client_for(getattr(city, who))
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, told(city, owed, confirm="yes")).status_code == status


def test_another_associations_case_cannot_be_chosen(city, province, owed):
    with scope.of(province.association):
        assert hearings_owed().count() == 0
    page = client_for(province.decider).post(
        PAGE.replace("city", "province"), told(province, owed, confirm="yes")
    )
    assert (page.status_code, calls(city)) == (422, [])


def test_the_hearing_stands_in_the_chairs_queue(city, owed):
    client_for(city.decider).post(PAGE, told(city, owed[:1], confirm="yes"))
    rows = client_for(city.reviewers[3]).get("/en/a/city/queue/").context["mine"]
    assert [(line.matter.name, str(line.matter.what), line.matter.due) for line, _url in rows] == [
        (owed[0].number, "Hold the hearing: 09:00, 协会三楼", HELD)
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(city, owed, rows, django_assert_num_queries):
    with scope.of(city.association):
        for case in owed[rows:]:
            services.give_up_hearing(case=case, text="撤回", on=SAID, by=city.clerk)
    client = client_for(city.decider)
    with django_assert_num_queries(11):
        assert len(client.get(PAGE).context["owed"]) == rows

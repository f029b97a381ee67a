"""The console's pages: who sees what, what a form does, what a refusal says."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from associations.discipline.models import Case, Decision
from associations.discipline.services import PastDecision, record_past_decisions, recuse
from associations.discipline.states import Measure
from associations.tenancy import scope
from core.calendar.models import DayOverride
from tests.associations.discipline.conftest import ACT, DECIDED, PR02, SEATED, VOTED, Walk, snapshot
from tests.cast import admit, client_for, firm

ROLES = {
    "clerk": 200, "reviewer": 200, "decider": 200, "admin": 200, "observer": 200, "former": 404, "suspended": 302,
}  # fmt: skip
FORMS = {
    "report": ("filed", {"clerk"}),
    "reassign": ("filed", {"clerk", "decider", "admin"}),
    "weigh": ("filed", {"clerk", "reviewer", "decider"}),
    "extend": ("filed", {"decider"}),
    "serve_notice": ("reported", {"clerk"}),
    "ask_hearing": ("noticed", {"clerk"}),
    "give_up_hearing": ("heard", {"clerk"}),
    "appeal": ("served", {"clerk"}),
    "transfer": ("filed", {"decider"}),
    "take_statement": ("noticed", {"clerk"}),
    "waive": ("noticed", {"clerk"}),
    "lapse": ("noticed", {"clerk"}),
    "form_panel": ("heard", {"decider", "admin"}),
    "recuse": ("panel", {"reviewer", "decider", "admin"}),
    "replace": ("recused", {"decider", "admin"}),
    "vote": ("panel", {"reviewer"}),
    "decide": ("voted", {"decider"}),
    "serve_decision": ("decided", {"clerk"}),
    "reverse": ("served", set()),  # the reviewer of the cast sat on the panel
    "drop": ("filed", {"decider"}),
}


@pytest.fixture
def at(city, operator):
    """A case walked to a stage; gives the case, outside any scope."""

    def walked(stage):
        with scope.of(city.association):
            walk = Walk(city, operator)
            walk.to("panel" if stage == "recused" else stage)
            if stage == "recused":
                recuse(
                    case=walk.case, member=city.reviewers[1], reason="亲属", on=SEATED, by=city.reviewers[1]
                )
            return walk.case

    return walked


def url(name, case=None, slug="city"):
    return reverse(f"discipline:{name}", kwargs={"slug": slug, **({"case": case.public_id} if case else {})})


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_officers_read_the_list_and_the_file(city, at, role, status):
    case = at("served")
    client = client_for(getattr(city, role))
    assert [client.get(url("cases")).status_code, client.get(url("case", case)).status_code] == [status] * 2


@pytest.mark.parametrize("name", ["case", *FORMS, "close"])
def test_for_everybody_else_a_case_does_not_exist(city, province, at, name):
    case = at("noticed")
    theirs = client_for(province.clerk)
    assert theirs.get(url(name, case)).status_code == 404
    assert theirs.get(url(name, case, "province")).status_code == 404
    refused = 405 if name == "case" else 404
    assert theirs.post(url(name, case, "province"), {"reasons": "x"}).status_code == refused
    assert client_for(None).get(url(name, case)).status_code == 302
    with scope.of(city.association):
        assert Case.objects.get().state == "noticed"


@pytest.mark.parametrize("name", FORMS)
def test_each_form_opens_for_those_who_may_and_tells_the_others_why(city, at, name):
    stage, allowed = FORMS[name]
    case = at(stage)
    with scope.of(city.association):
        before = snapshot()
    for role in ("clerk", "reviewer", "decider", "admin", "observer"):
        client = client_for(getattr(city, role))
        expected = 200 if role in allowed else 403
        assert (role, client.get(url(name, case)).status_code) == (role, expected)
        status = client.post(url(name, case), {}).status_code
        assert (role, status) == (role, 400 if role in allowed else 403)
    with scope.of(city.association):
        assert snapshot() == before


def opening(member):
    return {
        "member": member,
        "code": PR02,
        "occurred_on": ACT,
        "opened_on": "2026-04-20",
        "allegation": "原价",
    }


def test_a_case_is_walked_by_hand(city, operator):
    """The clerk, the panel and the decider fill in the forms, one after the other."""
    clerk, decider = client_for(city.clerk), client_for(city.decider)
    answer = clerk.post(url("new"), opening(operator.number))
    with scope.of(city.association):
        case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("case", case))
    people = [user.pk for user in city.reviewers[:3]]
    steps = [
        (clerk, "report", {"findings": "属实", "on": "2026-04-21"}),
        (
            clerk,
            "serve_notice",
            {"served_on": "2026-04-22", "measure": 2, "text": "拟警告", "method": "EMS", "proof": "1"},
        ),
        (clerk, "take_statement", {"received_on": "2026-05-06", "text": "不同意"}),
        (decider, "form_panel", {"members": people, "chair": people[0], "on": SEATED}),
        *[
            (client_for(user), "vote", {"in_favour": "1", "measure": 2, "on": VOTED})
            for user in city.reviewers[:3]
        ],
        (
            decider,
            "decide",
            {
                "measure": 2,
                "severity": 3,
                "reasons": "成立",
                "basis": "价格法",
                "on": DECIDED,
                "departure": "特殊",
            },
        ),
        (
            clerk,
            "serve_decision",
            {"served_on": "2026-05-13", "method": "EMS", "proof": "2", "told_of_publication": "on"},
        ),
    ]
    for client, name, data in steps:
        answer = client.post(url(name, case), data)
        assert (name, answer.status_code) == (name, 302)
    with scope.of(city.association):
        decision = Decision.objects.get()
        assert (decision.case.state, decision.counts, decision.service.told_of_publication) == (
            "served",
            True,
            True,
        )


def test_what_was_typed_stays_and_the_refusal_is_told(city, at):
    case = at("panel")
    client = client_for(city.decider)
    form = {"measure": 2, "severity": 3, "reasons": "独此一句", "basis": "价格法", "on": DECIDED}
    answer = client.post(url("decide", case), form)
    assert answer.status_code == 400
    assert ["独此一句" in text(answer), "errsum" in answer.content.decode()] == [True, True]
    with scope.of(city.association):
        assert not Decision.objects.exists()


@pytest.mark.parametrize(("typed", "found"), [("number", 1), ("name", 1), ("code", 1), ("nobody", 0)])
def test_the_member_is_found_by_number_name_or_code(city, operator, typed, found):
    words = {
        "number": operator.number, "name": f" {operator.name} ", "code": operator.code.lower(), "nobody": "无此会员",
    }  # fmt: skip
    client_for(city.clerk).post(url("new"), opening(words[typed]))
    with scope.of(city.association):
        assert Case.objects.count() == found


def test_of_two_members_with_one_name_the_number_is_asked(city, operator):
    second = admit(city, firm(3, operator.name))
    answer = client_for(city.clerk).post(url("new"), opening(operator.name))
    (error,) = answer.context["form"].errors["member"]
    assert [operator.number in error, second.number in error] == [True, True]
    assert answer.status_code == 400


def test_a_panel_of_two_and_a_chair_outside_it_are_told_at_their_fields(city, at):
    case = at("heard")
    people = [user.pk for user in city.reviewers]
    answer = client_for(city.decider).post(
        url("form_panel", case), {"members": people[:2], "chair": people[4], "on": SEATED}
    )
    assert sorted(answer.context["form"].errors) == ["members"]
    answer = client_for(city.decider).post(
        url("form_panel", case), {"members": people[:3], "chair": people[4], "on": SEATED}
    )
    assert sorted(answer.context["form"].errors) == ["chair"]


def test_the_panel_offers_only_those_who_may_sit(city, at):
    case = at("heard")
    form = client_for(city.decider).get(url("form_panel", case)).context["form"]
    assert sorted(form.may_sit) == sorted(user.pk for user in city.reviewers)


@pytest.mark.parametrize(
    ("stage", "role", "open_", "closed"),
    [
        ("filed", "clerk", ["reassign", "report", "weigh"], ["extend", "transfer", "drop"]),
        ("reported", "clerk", ["serve_notice", "weigh"], ["extend", "transfer", "drop"]),
        (
            "panel",
            "reviewer",
            ["recuse", "vote", "weigh"],
            ["replace", "decide", "extend", "transfer", "drop"],
        ),
        (
            "voted",
            "decider",
            ["decide", "drop", "extend", "transfer", "weigh"],
            ["recuse", "replace", "vote"],
        ),
        ("served", "observer", [], ["appeal", "reverse"]),
    ],
)
def test_actions_come_with_their_reasons(city, at, stage, role, open_, closed):  # noqa: PLR0917 - a table
    case = at(stage)
    acts = client_for(getattr(city, role)).get(url("case", case)).context["acts"]
    names = {act["url"]: bool(act["verdict"]) for act in acts}
    links = {name: url(name, case) for name in (*FORMS, "close")}
    assert sorted(name for name, link in links.items() if names.get(link) is True) == sorted(open_)
    assert sorted(name for name, link in links.items() if names.get(link) is False) == sorted(closed)
    assert all(act["verdict"].reason for act in acts if not act["verdict"])


def test_the_file_tells_what_the_decision_still_lacks(city, at):
    case = at("panel")
    states = [line["state"] for line in client_for(city.decider).get(url("case", case)).context["conditions"]]
    assert states == ["met", "met", "met", "met", "missing", "missing", "met", "waiting", "waiting"]


def test_a_past_decision_that_lacks_something_says_so(city, operator):
    with scope.of(city.association):
        record_past_decisions(
            [
                PastDecision(
                    number="1", decided_on=date(2025, 3, 24), membership=operator, code=PR02, severity=3,
                    measure=Measure.WARNING, members_due=9, members_present=4, votes_in_favour=4,
                    notice_served_on=None, statement="lapsed", appeal_until=None, facts="原价", basis="价格法",
                )
            ],
            by=city.clerk,
        )  # fmt: skip
        case = Case.objects.get()
    answer = client_for(city.clerk).get(url("case", case))
    states = {str(line["label"]): line["state"] for line in answer.context["conditions"]}
    assert list(states.values()) == ["met", "missing", "met", "missing", "missing", "met"]
    assert answer.context["acts"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(city, at, django_assert_num_queries, count):
    for _ in range(count):
        at("noticed")
    client = client_for(city.clerk)
    client.get(url("cases"))
    with django_assert_num_queries(12):
        answer = client.get(url("cases"))
    assert len(answer.context["rows"]) == count


@pytest.mark.parametrize("stage", ["filed", "served"])
def test_the_file_costs_the_same_at_any_stage(city, at, django_assert_num_queries, stage):
    case = at(stage)
    client = client_for(city.clerk)
    client.get(url("case", case))
    with django_assert_num_queries({"filed": 19, "served": 16}[stage]):
        client.get(url("case", case))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["panel", "filed"]),
        ("?view=all", ["panel", "filed", "served"]),
        ("?view=stands", ["served"]),
        ("?view=mine", ["panel"]),
        ("?view=late", []),
        ("?view=past", []),
        ("?view=nonsense", ["panel", "filed"]),
        ("?view=all&state=panel", ["panel"]),
        ("?view=all&measure=2", ["served"]),
        ("?view=all&severity=1", []),
        ("?view=all&q=2026〕2号", ["filed"]),
        ("?view=all&q=棠屿", ["panel", "filed", "served"]),
        ("?view=all&q=决〔2026〕1号", ["served"]),
        ("?view=all&state=nonsense", ["panel", "filed", "served"]),
    ],
)
def test_views_and_filters(city, at, query, numbers):
    cases = {at(stage).public_id: stage for stage in ("served", "filed", "panel")}
    rows = client_for(city.reviewer).get(url("cases") + query).context["rows"]
    assert [cases[case.public_id] for case, *_ in rows] == numbers


@pytest.mark.parametrize(("language", "name"), [("en", "Price fraud"), ("zh-hans", "价格欺诈")])
def test_the_page_speaks_the_language_of_its_address(city, at, language, name):
    case = at("served")
    with translation.override(language):
        address = url("case", case)
    answer = client_for(city.clerk).get(address)
    spelt = {"en": "en", "zh-hans": "zh-Hans"}[language]
    html = answer.content.decode()
    assert [f'<html lang="{spelt}">' in html, name in html] == [True, True]


def test_an_operator_enters_a_calendar_day(db):
    from core.accounts.models import User

    boss = User.objects.create_superuser("boss@example.test", "a horse that answers", name="运维")
    client = client_for(boss)
    answer = client.post(
        reverse("admin:core_dayoverride_add"),
        {"day": "2027-01-01", "working": "", "source": "国务院办公厅通知"},
    )
    assert answer.status_code == 302
    assert [(row.day, row.working) for row in DayOverride.objects.all()] == [(date(2027, 1, 1), False)]

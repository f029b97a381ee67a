"""Checks of many members at once: who is chosen, what is shown, what is recorded, what is left out and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from associations.conduct import checking
from associations.conduct.digest import digest
from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.conduct.views import many
from associations.members import services as members
from associations.members.models import Check, Membership
from associations.members.services import Finding
from associations.members.states import Category, Item, LeftOut
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from core.verdicts import Denied
from tests.cast import JOINED, admit, as_it_runs, client_for, firm, person, tomorrow

TODAY = timezone.localdate()
GIVEN = {
    "items": ["1"],
    "passed": "yes",
    "checked_on": f"{TODAY}",
    "evidence": "营业执照原件",
    "valid_until": "",
}


def address(house):
    return reverse("conduct:check_many", args=[house.slug])


def post(house, who, step, chosen, **given):
    ids = " ".join(each.public_id for each in chosen)
    return client_for(who).post(address(house), GIVEN | given | {"step": step, "members": ids})


def kept(house):
    with scope.of(house.association):
        rows = Check.objects.order_by("membership__number", "item")
        return list(rows.values_list("membership__number", "item", "passed", "checked_on", "evidence"))


@pytest.fixture
def four(city):
    """Admit a firm, a streamer, a firm that has left and one that joined today."""
    made = [
        admit(city, firm(1, "某市甲有限公司")),
        admit(city, person(2, "小满在播"), Category.STREAMER),
        admit(city, firm(3, "某市丙有限公司")),
        admit(city, firm(4, "某市丁有限公司"), joined_on=TODAY),
    ]
    with scope.of(city.association):
        members.leave(membership=made[2], on=TODAY, reason="", by=city.clerk)
    return made


# --- choosing ---


def test_those_ticked_are_chosen_whatever_the_filter(city, four):
    response = client_for(city.clerk).post(
        address(city) + "?view=former", {"pick": [four[0].public_id, four[1].public_id]}
    )
    page = response.content.decode()
    assert (response.status_code, [each.name for each in response.context["chosen"]]) == (
        200, ["某市甲有限公司", "小满在播"],
    )  # fmt: skip
    assert f'value="{four[0].public_id} {four[1].public_id}"' in page
    assert "Licence current (not asked of: Streamer)" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 3]),
        ("?view=former", [2]),
        ("?category=4", [1]),
        ("?q=丁有限", [3]),
        ("?view=overdue", [0, 1]),
    ],
)
def test_without_a_tick_everybody_the_filter_matches(city, four, query, found):
    with scope.of(city.association):
        Membership.objects.filter(pk=four[3].pk).update(joined_on=timezone.localdate())
    client = client_for(city.clerk)
    for response in (client.get(address(city) + query), client.post(address(city) + query)):
        assert [each.pk for each in response.context["chosen"]] == [four[place].pk for place in found]


def test_nobody_and_too_many_lead_back_to_the_list(city, four, monkeypatch):
    client = client_for(city.clerk)
    back = reverse("members:list", args=[city.slug])
    response = client.get(address(city) + "?q=没有这样的", follow=True)
    assert response.redirect_chain[0][0].startswith(f"{back}?q=")
    assert "Nobody is chosen: tick members, or filter less." in response.content.decode()
    monkeypatch.setattr(many, "MOST", 2)
    ticked = client.post(address(city), {"pick": [each.public_id for each in four]}, follow=True)
    for response in (client.get(address(city), follow=True), ticked):
        assert response.redirect_chain[0] == (back, 302)
        assert "At most 2 members are checked at once: filter more." in response.content.decode()
    assert len(client.get(address(city) + "?category=4").context["chosen"]) == 1


def test_another_associations_member_does_not_exist(city, province, four):
    theirs = admit(province, firm(9))
    for who, house in ((city.clerk, city), (province.clerk, province)):
        for step in ("look", "record", "change"):
            assert post(house, who, step, [four[0], theirs]).status_code == 404
        picked = {"pick": [four[0].public_id, theirs.public_id]}
        assert client_for(who).post(address(house), picked).status_code == 404
    assert client_for(province.clerk).get(address(city)).status_code == 404
    assert (kept(city), kept(province)) == ([], [])


@pytest.mark.parametrize("ids", ["", " ", "1", "x" * 22, "x" * 21 + "\0", "' OR 1=1", "a" * 22 + "甲"])
def test_a_form_that_lost_its_members_records_nothing(city, four, ids):
    for step in ("look", "record", "change", "no such step"):
        sent = GIVEN | {"step": step, "members": ids}
        assert client_for(city.clerk).post(address(city), sent).status_code == 404
    assert kept(city) == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("step", "queries"), [("", 9), ("look", 10)])
def test_the_preview_takes_the_same_queries_whatever_the_rows(
    city, rows, step, queries, django_assert_num_queries
):
    chosen = [admit(city, firm(number)) for number in range(rows)]
    client = client_for(city.clerk)
    sent = {"step": step, "members": " ".join(each.public_id for each in chosen)} if step else {}
    with django_assert_num_queries(queries):
        response = client.post(address(city), GIVEN | sent)
    assert (response.status_code, response.context["total"]) == (200, rows)


# --- who may ---


def test_only_clerks_and_the_administrator(city, four):
    may = set()
    for officer in city.officers:
        answers = [post(city, officer, step, four[:1]).status_code for step in ("look", "record")]
        answers.append(client_for(officer).get(address(city)).status_code)
        if answers != [403, 403, 403]:
            may.add((officer, *answers))
    assert may == {(each, 200, 302, 200) for each in (city.clerk, city.second_clerk, city.admin)}
    for stranger, status in ((city.former, 404), (city.suspended, 302), (None, 302)):
        assert post(city, stranger, "record", four[1:2]).status_code == status
    assert [line[:2] for line in kept(city)] == [("M00001", Item.IDENTITY)]


def test_the_service_asks_who_may_itself(city, four):
    finding = Finding((Item.IDENTITY,), passed=True, checked_on=TODAY, evidence="原件")
    with scope.of(city.association):
        with pytest.raises(Denied, match="Only these roles"):
            checking.check_many(membership_ids=[four[0].pk], finding=finding, by=city.observer)
        for wrong in ({"checked_on": tomorrow()}, {"valid_until": TODAY - timedelta(days=1)}):
            bad = Finding(**{name: getattr(finding, name) for name in Finding.__slots__} | wrong)
            with pytest.raises(Denied):
                checking.check_many(membership_ids=[four[0].pk], finding=bad, by=city.clerk)
    assert kept(city) == []


@pytest.mark.parametrize(("who", "may"), [("clerk", True), ("reviewer", False), ("observer", False)])
def test_the_list_offers_it_or_says_why_not(city, four, who, may):
    there = reverse("members:list", args=[city.slug])
    page = client_for(getattr(city, who)).get(there + "?view=overdue&sort=due").content.decode()
    assert page.count("Record checks…") == 1
    assert (f'formaction="{address(city)}?view=overdue&amp;sort=due"' in page) is may
    assert ("Only these roles may do this: Clerk, Association administrator." in page) is not may


# --- what is wrong ---


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"items": []}, "items", "This field is required."),
        ({"items": ["7"]}, "items", "7 is not one of the available choices."),
        ({"items": ["x"]}, "items", "x is not one of the available choices."),
        ({"passed": ""}, "passed", "This field is required."),
        ({"checked_on": ""}, "checked_on", "This field is required."),
        ({"checked_on": "2026-02-30"}, "checked_on", "Enter a valid date."),
        ({"checked_on": tomorrow}, "checked_on", "The date lies in the future"),
        ({"evidence": "  "}, "evidence", "This field is required."),
        ({"evidence": "证" * 201}, "evidence", "at most 200 characters"),
        ({"evidence": "a\0b"}, "evidence", "Null characters"),
        ({"valid_until": f"{TODAY}"}, "valid_until", "Only of a licence that is in order"),
        (
            {"items": ["2"], "passed": "no", "valid_until": f"{TODAY}"},
            "valid_until",
            "Only of a licence that is in order",
        ),
        (
            {"items": ["2"], "valid_until": f"{TODAY - timedelta(days=1)}"},
            "valid_until",
            "before the day of the check",
        ),
    ],
)
def test_bad_input_is_named_and_nothing_recorded(city, four, wrong, field, told):
    for step in ("look", "record"):
        response = post(city, city.clerk, step, four, **as_it_runs(wrong))
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
        assert told in response.context["form"].errors[field][0]
        assert response.context["members"].split() == [each.public_id for each in four]
    assert kept(city) == []


def test_an_item_nobody_chosen_is_asked_for_is_no_choice(city, four):
    response = post(city, city.clerk, "look", four[1:2], items=["2"])
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["items"])


# --- looking, changing, recording ---


def test_the_preview_counts_and_says_why(city, four):
    with scope.of(city.association):
        checking.check_item(
            membership=four[0], item=Item.IDENTITY, passed=False, checked_on=JOINED, by=city.clerk
        )
    before = kept(city)
    response = post(city, city.clerk, "look", four, items=["1", "2"], checked_on=f"{JOINED}")
    told = [(line.label, line.kept, line.left_out) for line in response.context["items"]]
    assert told == [("Identity valid", 1, 3), ("Licence current", 1, 3)]
    reasons = response.context["reasons"]
    assert [(line.label, line.checks, [each.name for each in line.members]) for line in reasons] == [
        ("The membership has ended", 2, ["某市丙有限公司"]),
        ("Not yet a member on that day", 2, ["某市丁有限公司"]),
        ("Not on the checklist of this category", 1, ["小满在播"]),
        ("A check of this item on that day is on file", 1, ["某市甲有限公司"]),
    ]
    page = response.content.decode()
    assert "Checks: 2, of 2 members. Nothing has been recorded so far." in page
    assert 'value="record"' in page
    assert kept(city) == before


def test_many_names_are_cut_and_counted(city):
    chosen = [admit(city, firm(number), joined_on=TODAY) for number in range(12)]
    response = post(city, city.clerk, "look", chosen, checked_on=f"{JOINED}")
    (line,) = response.context["reasons"]
    assert (line.checks, len(line.members), line.more) == (12, 10, 2)
    assert 'value="record"' not in response.content.decode()


def test_changing_shows_the_form_as_it_was_filled_in(city, four):
    response = post(city, city.clerk, "change", four, evidence="甲乙丙")
    assert (response.status_code, "plan" in response.context) == (200, False)
    assert 'value="甲乙丙"' in response.content.decode()
    assert kept(city) == []


def test_recording_leaves_checks_facts_clocks_one_line_and_a_place_in_the_queue(city, province, four):
    until = TODAY + timedelta(days=90)
    ids = " ".join(each.public_id for each in four)
    sent = GIVEN | {"items": ["1", "2"], "valid_until": f"{until}", "step": "record", "members": ids}
    with scope.of(city.association):
        lines = Entry.objects.count()
    response = client_for(city.clerk).post(address(city) + "?view=overdue&cursor=x", sent, follow=True)
    assert response.redirect_chain == [(reverse("members:list", args=[city.slug]) + "?view=overdue", 302)]
    assert "Checks recorded: 5, of 3 members. Left out: 3. The ratings follow." in response.content.decode()
    with scope.of(city.association):
        assert list(Check.objects.order_by("id").values_list("membership", "item", "valid_until", "by")) == [
            (four[0].pk, Item.IDENTITY, None, city.clerk.pk),
            (four[0].pk, Item.LICENCE, until, city.clerk.pk),
            (four[1].pk, Item.IDENTITY, None, city.clerk.pk),
            (four[3].pk, Item.IDENTITY, None, city.clerk.pk),
            (four[3].pk, Item.LICENCE, until, city.clerk.pk),
        ]
        facts = Fact.objects.order_by("id").values_list("membership", "kind", "code", "a", "until_on", "key")
        first = f"{four[0].public_id}:{TODAY}"
        assert list(facts)[:3] == [
            (four[0].pk, FactKind.CHECK, 1, 1, None, f"check:{first}:1"),
            (four[0].pk, FactKind.CHECK, 2, 1, None, f"check:{first}:2"),
            (four[0].pk, FactKind.LICENCE, 0, None, until, f"licence:{first}"),
        ]
        assert (facts.count(), set(Fact.objects.values_list("occurred_on", "source"))) == (
            7, {(TODAY, "association")},
        )  # fmt: skip
        assert list(Membership.objects.order_by("number").values_list("verified_on", flat=True)) == [
            TODAY, TODAY, None, TODAY,
        ]  # fmt: skip
        assert [bytes(fact.digest) for fact in Fact.objects.all()] == [
            digest(fact) for fact in Fact.objects.all()
        ]
        assert {row.membership_id for row in ConductDue.objects.all()} == {
            four[place].pk for place in (0, 1, 3)
        }
        entry = Entry.objects.order_by("-seq").first()
        assert (Entry.objects.count() - lines, entry.act, entry.thing_id, entry.actor, entry.detail) == (
            1, "members.items.checked", city.association.public_id, city.clerk,
            {
                "items": [1, 2], "passed": True, "on": f"{TODAY}", "members": 3, "checks": 5,
                "left_out": {"ended": 2, "not_asked": 1},
            },
        )  # fmt: skip
        assert first_broken(association_id=city.association.pk) is None
    assert kept(province) == []


def test_the_same_again_records_nothing(city, four):
    post(city, city.clerk, "record", four, items=["1", "4"])
    before = kept(city)
    with scope.of(city.association):
        numbers = Fact.objects.count(), Entry.objects.count()
        waiting = list(ConductDue.objects.values_list("membership", "since"))
    for who, change in ((city.clerk, {}), (city.second_clerk, {"passed": "no", "evidence": "另一次"})):
        ids = " ".join(each.public_id for each in four)
        sent = GIVEN | {"items": ["1", "4"], "step": "record", "members": ids} | change
        page = client_for(who).post(address(city), sent, follow=True).content.decode()
        assert "Nothing was recorded. Left out: 8." in page
    with scope.of(city.association):
        assert (kept(city), (Fact.objects.count(), Entry.objects.count())) == (before, numbers)
        assert list(ConductDue.objects.values_list("membership", "since")) == waiting
    assert len(before) == 6


def test_what_is_not_in_order_sets_no_clock_and_an_older_check_moves_none_back(city, four):
    yesterday = TODAY - timedelta(days=1)
    post(city, city.clerk, "record", four[:2])
    post(city, city.clerk, "record", four[:2], passed="no", checked_on=f"{yesterday}")
    post(city, city.clerk, "record", four[:2], checked_on=f"{yesterday - timedelta(days=1)}")
    with scope.of(city.association):
        assert list(Membership.objects.order_by("number").values_list("verified_on", flat=True))[:2] == [
            TODAY, TODAY,
        ]  # fmt: skip
        codes = Fact.objects.filter(membership=four[0]).order_by("occurred_on").values_list("a", flat=True)
        assert list(codes) == [1, 0, 1]
    post(city, city.clerk, "record", four[3:], passed="no")
    with scope.of(city.association):
        assert Membership.objects.get(pk=four[3].pk).verified_on is None


def test_who_left_since_the_preview_is_left_out(city, four):
    with scope.of(city.association):
        checking.leave(membership=four[0], on=TODAY, reason="", by=city.clerk)
        finding = Finding((Item.IDENTITY,), passed=True, checked_on=TODAY, evidence="原件")
        plan = checking.check_many(membership_ids=[each.pk for each in four], finding=finding, by=city.clerk)
    assert {reason: [member.pk for member, _ in pairs] for reason, pairs in plan.left_out.items()} == {
        LeftOut.ENDED: [four[0].pk, four[2].pk]
    }
    assert [line[0] for line in kept(city)] == ["M00002", "M00004"]

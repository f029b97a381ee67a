"""Charter and audit trail in the console."""

import pytest
from django.urls import reverse

from associations.members import services as members
from associations.registry.models import CharterVersion
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger import words
from core.ledger.models import Entry
from core.ledger.states import Act
from tests.cast import admit, client_for, firm


def address(house, name):
    return reverse(f"registry:{name}", args=[house.slug])


# --- the audit trail ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_takes_the_same_queries(city, rows, django_assert_num_queries):
    for number in range(rows):
        admit(city, firm(number))
    client = client_for(city.observer)
    with django_assert_num_queries(9):
        response = client.get(address(city, "ledger"), {"act": Act.MEMBER_ADMITTED})
    assert len(response.context["page"]) == rows


def test_the_detail_is_told_without_what_says_nothing(city):
    detail = {"reason": "", "for_life": False, "first": list("abcde"), "reasons": {"rows": 2}, "missing": []}
    with scope.of(city.association):
        ledger.record(
            association_id=city.association.pk,
            act=Act.MEMBERS_IMPORTED,
            thing="run",
            thing_id="1",
            detail=detail,
            by=None,
        )
    (entry,) = client_for(city.observer).get(address(city, "ledger"), {"thing_id": "1"}).context["page"]
    assert entry.facts == "first a b c … (5), reasons (rows 2), for_life no"


def test_entries_are_shown_newest_first_and_found_by_act_object_officer_and_day(city, province, operator):
    admit(province, firm(9))
    with scope.of(city.association):
        members.change(membership=operator, name="某市改名有限公司", reason="更名", by=city.second_clerk)
        own = list(Entry.objects.order_by("-seq").values_list("act", flat=True))
    client = client_for(city.observer)

    def asked(**what):
        return [entry.act for entry in client.get(address(city, "ledger"), what).context["page"]]

    assert asked() == own
    assert asked(act="members.membership.changed") == ["members.membership.changed"]
    assert asked(thing_id=operator.public_id) == ["members.membership.changed", "members.membership.admitted"]
    assert asked(actor="吴干事") == ["members.membership.changed"]
    assert asked(until="2020-01-01") == []
    assert asked(since="2020-01-01") == own


@pytest.mark.parametrize(
    ("who", "status"), [("observer", 200), ("clerk", 403), ("second_clerk", 403), ("reviewer", 403)]
)
def test_who_reads_the_trail(city, who, status):
    assert client_for(getattr(city, who)).get(address(city, "ledger")).status_code == status
    posted = client_for(getattr(city, who)).post(address(city, "verify"))
    assert posted.status_code == (302 if status == 200 else 403)


def _verdict(house):
    client = client_for(house.observer)
    response = client.post(address(house, "verify"), follow=True)
    return str(next(iter(response.context["messages"])))


def test_the_chain_is_checked_and_a_forged_entry_is_named(city, operator, owner):
    with scope.of(city.association):
        length = Entry.objects.count()
    assert _verdict(city) == f"The chain holds: {length} entries, each hash checked."


@pytest.mark.django_db(transaction=True)
def test_a_forged_entry_is_named(city, owner):
    admit(city, firm(1))
    admit(city, firm(2))
    with scope.of(city.association):
        forged = Entry.objects.filter(act=Act.MEMBER_ADMITTED).order_by("seq").first()
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute("UPDATE core_entry SET why = 'forged' WHERE id = %s", [forged.pk])
    assert _verdict(city).startswith(f"The chain is broken from number {forged.seq} on")


def test_every_act_has_its_words():
    assert set(words.WORDS) == set(Act)


# --- the charter ---


GOOD = {
    "version": "2026",
    "adopted_on": "2026-03-01",
    "effective_on": "2026-04-01",
    "quorum_numerator": "3",
    "quorum_of": "4",
    "article_1": "第三十条",
    "text_1": "可以谈话提醒。",
    "article_2": "第三十条",
    "text_2": "可以谈话提醒。",
    "article_6": "第三十一条",
    "text_6": "终身禁入。",
}


@pytest.fixture
def administrator(city, client):
    """The administrator, logged in with the second step where one is asked for."""
    return client_for(city.admin)


def test_a_version_is_adopted_beside_the_old_one(city, administrator):
    response = administrator.post(address(city, "charter"), GOOD)
    assert response.status_code == 302
    with scope.of(city.association):
        adopted = CharterVersion.objects.get(version="2026")
        assert (CharterVersion.objects.count(), adopted.quorum_numerator, adopted.quorum_of) == (2, 3, 4)
        assert adopted.articles == [
            {"article": "第三十条", "text": "可以谈话提醒。", "measures": [1, 2]},
            {"article": "第三十一条", "text": "终身禁入。", "measures": [6]},
        ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"version": "2020"}, "version"),
        ({"effective_on": "2026-02-01"}, "effective_on"),
        ({"quorum_numerator": "5"}, "quorum_numerator"),
        ({"text_6": ""}, "text_6"),
        ({"article_1": "", "article_2": "", "article_6": ""}, "__all__"),
    ],
)
def test_a_charter_with_an_error_is_not_kept(city, administrator, change, field):
    response = administrator.post(address(city, "charter"), GOOD | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    with scope.of(city.association):
        assert CharterVersion.objects.count() == 1


def test_others_read_the_charter_and_adopt_none(city):
    client = client_for(city.clerk)
    page = client.get(address(city, "charter"))
    assert (page.status_code, "第二十四条" in page.content.decode()) == (200, True)
    assert client.post(address(city, "charter"), GOOD).status_code == 403
    with scope.of(city.association):
        assert CharterVersion.objects.count() == 1

"""What happens to a membership after it began, and the history it leaves."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from associations.members import rules, services
from associations.members.models import AgencyLink, Membership, MembershipEvent
from associations.members.states import MEMBERSHIP_TRANSITIONS, Category, Change, MembershipState
from associations.tenancy import scope
from core.ledger.models import Entry
from core.verdicts import Denied
from tests.cast import JOINED, admit, firm, tomorrow

TODAY = timezone.localdate()
A, S, L, E = (
    MembershipState.ACTIVE,
    MembershipState.SUSPENDED,
    MembershipState.LEFT,
    MembershipState.EXPELLED,
)
LAWFUL = {(A, S), (A, L), (A, E), (S, A), (S, L), (S, E), (E, A)}


@pytest.mark.parametrize("now", MembershipState)
@pytest.mark.parametrize("then", MembershipState)
def test_the_ways_of_a_membership(now, then):
    membership = Membership(state=now)
    assert rules.may_become(membership, then).allowed is ((now, then) in LAWFUL)
    assert (then in MEMBERSHIP_TRANSITIONS[now]) is ((now, then) in LAWFUL)


def test_the_history_of_a_member_is_kept_line_by_line(city, operator):
    with scope.of(city.association):
        services.change(membership=operator, name="某市棠屿商贸有限公司", reason="更名核准", by=city.clerk)
        services.suspend(membership=operator, on=TODAY, reason="1号决定", by=city.decider)
        services.resume(membership=operator, on=TODAY, reason="期满", by=city.decider)
        services.leave(membership=operator, on=TODAY, reason="自愿退会", by=city.clerk)
        history = MembershipEvent.objects.order_by("id").values_list(
            "change", "state", "before", "after", "reason"
        )
        assert list(history) == [
            (Change.JOINED, A, "", "", ""),
            (Change.RENAMED, A, "某市棠屿电子商务有限公司", "某市棠屿商贸有限公司", "更名核准"),
            (Change.SUSPENDED, S, "", "", "1号决定"),
            (Change.RESUMED, A, "", "", "期满"),
            (Change.LEFT, L, "", "", "自愿退会"),
        ]
        acts = Entry.objects.filter(thing_id=operator.public_id).order_by("seq").values_list("act", flat=True)
        assert list(acts) == [
            "members.membership.admitted",
            "members.membership.changed",
            "members.membership.suspended",
            "members.membership.resumed",
            "members.membership.left",
        ]


def test_a_new_name_brings_new_keys_and_leaves_the_number(city, operator):
    with scope.of(city.association):
        services.change(membership=operator, name="ＡＢＣ商贸", by=city.clerk)
        operator.refresh_from_db()
        assert (operator.name, operator.name_key, operator.pinyin, operator.initials, operator.number) == (
            "ＡＢＣ商贸", "abc商贸", "abcshangmao", "asm", "M00001",
        )  # fmt: skip


def test_a_change_of_nothing_leaves_no_line(city, operator):
    with scope.of(city.association):
        services.change(
            membership=operator, name=operator.name, category=Category.OPERATOR,
            contribution_opt_out=False, by=city.clerk,
        )  # fmt: skip
        assert MembershipEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "category", "allowed"),
    [
        (False, 1, True),
        (False, 2, True),
        (False, 4, False),
        (True, 1, False),
        (True, 2, False),
        (True, 3, True),
    ],
)
def test_a_category_fits_the_kind_of_subject(city, request, person, category, allowed):
    who = request.getfixturevalue("streamer" if person else "operator")
    before = who.category
    with scope.of(city.association):
        if allowed:
            services.change(membership=who, category=Category(category), by=city.clerk)
        else:
            with pytest.raises(Denied):
                services.change(membership=who, category=Category(category), by=city.clerk)
        who.refresh_from_db()
        assert who.category == (category if allowed else before)


def test_expulsion_ends_the_membership_and_reversal_gives_it_back(city, operator):
    with scope.of(city.association):
        services.expel(membership=operator, on=TODAY, reason="3号决定", by=city.decider)
        operator.refresh_from_db()
        assert (operator.state, operator.left_on) == (E, TODAY)
        with pytest.raises(Denied, match="reversing"):
            services.resume(membership=operator, on=TODAY, reason="手误", by=city.decider)
        services.reinstate(membership=operator, on=TODAY, reason="决定已撤销", by=city.reviewer)
        operator.refresh_from_db()
        assert (operator.state, operator.left_on) == (A, None)


def test_who_has_left_stays_left_and_may_join_anew(city, operator):
    with scope.of(city.association):
        services.leave(membership=operator, on=TODAY, reason="", by=city.clerk)
        for verb in (services.suspend, services.expel):
            with pytest.raises(Denied, match="cannot become"):
                verb(membership=operator, on=TODAY, reason="迟到的决定", by=city.decider)
        with pytest.raises(Denied, match="has ended"):
            services.change(membership=operator, name="改名", by=city.clerk)
        operator.refresh_from_db()
        assert (operator.state, operator.name) == (L, "某市棠屿电子商务有限公司")
    again = admit(city, firm(1), joined_on=TODAY)
    assert (again.subject_id, again.number) == (operator.subject_id, "M00002")


def test_an_expelled_member_who_joined_anew_is_not_reinstated_twice(city, operator):
    with scope.of(city.association):
        services.expel(membership=operator, on=TODAY, reason="3号决定", by=city.decider)
    admit(city, firm(1), joined_on=TODAY)
    with scope.of(city.association):
        with pytest.raises(Denied, match="member already"):
            services.reinstate(membership=operator, on=TODAY, reason="决定已撤销", by=city.reviewer)
        operator.refresh_from_db()
        assert operator.state == E


@pytest.mark.parametrize("day", [lambda: JOINED - timedelta(days=1), tomorrow])
def test_what_is_entered_has_happened_during_the_membership(city, operator, day):
    with scope.of(city.association):
        with pytest.raises(Denied):
            services.leave(membership=operator, on=day(), reason="", by=city.clerk)
        operator.refresh_from_db()
        assert (operator.state, MembershipEvent.objects.count()) == (A, 1)


def test_who_may_do_what_to_a_membership(city, operator):
    def allowed(rule):
        return [officer.name for officer in city.officers if rule(officer).allowed]

    with scope.of(city.association):
        assert allowed(rules.may_manage) == ["周秘书", "吴干事", "王主任"]
        assert allowed(rules.may_enforce) == ["周秘书", "吴干事", "郑会长"]
        assert allowed(rules.may_undo) == ["评议甲", "评议乙", "评议丙", "评议丁", "评议戊", "郑会长"]
        for verb in (services.suspend, services.resume, services.leave, services.expel, services.reinstate):
            with pytest.raises(Denied):
                verb(membership=operator, on=TODAY, reason="无权", by=city.observer)
        operator.refresh_from_db()
        assert (operator.state, MembershipEvent.objects.count()) == (A, 1)


def test_leaving_ends_the_links_of_both_sides_that_day(city, agency, streamer):
    with scope.of(city.association):
        services.link(agency=agency, streamer=streamer, since=date(2025, 1, 1), by=city.clerk)
        services.leave(membership=agency, on=TODAY, reason="", by=city.clerk)
        assert AgencyLink.objects.get().until == TODAY

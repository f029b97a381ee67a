"""An association's own version: the table of its states, its by-laws, its walls in the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import override

from associations.tenancy import scope
from core.accounts.states import Role
from core.ledger.models import Entry
from core.verdicts import Denied
from credit.rulesets import method, selectors, services
from credit.rulesets.models import OwnVersion, RuleSetVersion
from credit.rulesets.states import TRANSITIONS, Step, VersionState
from credit.rulesets.validation import RuleSetRefusedError
from credit.scoring import runs
from tests.cast import appoint
from tests.credit.rulesets.adopting import (
    BEGINS,
    CLOSED,
    DRAFTED,
    announced,
    approved,
    consulted,
    drafted,
    on,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Read the by-laws' sentences in the language they are written in."""
    with override("en"):
        yield


def again(version: OwnVersion) -> OwnVersion:
    with scope.of(version.association_id):
        return OwnVersion.objects.get(pk=version.pk)


def acts(house) -> list[str]:
    with scope.of(house.association):
        found = Entry.objects.filter(thing="ruleset").order_by("seq")
        return list(found.values_list("act", flat=True))


# --- the way ---


def test_from_draft_to_superseded(city):
    version = announced(city, text())
    row = again(version)
    assert (row.state, row.name, row.number, row.begins_on, row.ends_on) == (
        "published",
        "CITY-1",
        1,
        BEGINS,
        None,
    )
    kept = RuleSetVersion.objects.get(sha256=bytes(row.sha256))
    assert (kept.association_id, bytes(kept.canonical)) == (city.association.pk, bytes(row.canonical))
    with on(BEGINS):
        assert runs.turn_everywhere() == 1
        assert runs.turn_everywhere() == 0
    assert again(version).state == "in_force"
    assert acts(city) == [
        "rulesets.version.drafted",
        "rulesets.consultation.opened",
        "rulesets.consultation.closed",
        "rulesets.version.approved",
        "rulesets.ruleset.adopted",
        "rulesets.version.in_force",
    ]


def test_every_step_the_table_does_not_know_is_refused(city):
    version = drafted(city, text())
    verbs = {
        Step.CLOSE_CONSULTATION: lambda: services.close_consultation(
            version=version, comments=0, outcome="无", by=city.clerk
        ),
        Step.APPROVE: lambda: services.approve(version=version, by=city.decider),
        Step.PUBLISH: lambda: services.publish(version=version, by=city.admin),
    }
    for step, verb in verbs.items():
        assert step not in TRANSITIONS[VersionState.DRAFT]
        with on(CLOSED), scope.of(city.association), pytest.raises(Denied):
            verb()
    assert again(version).state == "draft"
    assert acts(city) == ["rulesets.version.drafted"]


def test_a_withdrawn_version_stays_so(city):
    version = announced(city, text())
    with on(BEGINS - A_DAY), scope.of(city.association):
        services.withdraw(version=version, why="会员反对", by=city.admin)
        with pytest.raises(Denied):
            services.withdraw(version=version, why="再次", by=city.admin)
    row = again(version)
    assert (row.state, row.withdrawn_why, row.withdrawn_on) == ("withdrawn", "会员反对", BEGINS - A_DAY)
    with on(BEGINS):
        assert runs.turn_everywhere() == 0
        with scope.of(city.association):
            assert selectors.ruleset_in_force(city.association.pk, BEGINS) is method.default()


def test_in_force_it_cannot_be_withdrawn_though_the_night_has_not_run(city):
    version = announced(city, text())
    with on(BEGINS), scope.of(city.association), pytest.raises(Denied, match="since 2026-05-01"):
        services.withdraw(version=version, why="晚了", by=city.admin)
    assert again(version).state == "published"


# --- by-laws ---


@pytest.mark.parametrize("who", ["reviewer", "decider", "observer"])
def test_only_clerk_and_administrator_draft(city, who):
    with scope.of(city.association), pytest.raises(Denied):
        services.draft(source=text(), by=getattr(city, who))
    with scope.of(city.association):
        assert OwnVersion.objects.count() == 0


def test_the_author_never_approves_whatever_the_roles(city):
    appoint(city.association, city.decider, Role.CLERK, since=DRAFTED)
    with on(DRAFTED), scope.of(city.association):
        version = services.draft(source=text(), by=city.decider)
        services.consult(
            version=version, begins=DRAFTED, until=DRAFTED + A_DAY, announced_in="网站", by=city.clerk
        )
    with on(CLOSED), scope.of(city.association):
        services.close_consultation(version=version, comments=0, outcome="无意见", by=city.clerk)
        with pytest.raises(Denied, match="You wrote this version"):
            services.approve(version=version, by=city.decider)
    assert again(version).state == "consulted"


def test_who_did_not_write_a_draft_does_not_mend_it(city):
    version = drafted(city, text())
    with scope.of(city.association):
        with pytest.raises(Denied, match="周秘书"):
            services.revise(version=version, source=text("CITY-2"), by=city.second_clerk)
        assert services.revise(version=version, source=text("CITY-2"), by=city.clerk).name == "CITY-2"


def test_a_draft_with_problems_is_kept_but_goes_no_further(city):
    version = drafted(city, text().replace("weights = [350, 280,", "weights = [350, 281,"))
    with on(DRAFTED), scope.of(city.association):
        found = selectors.problems_of(bytes(version.canonical))
        assert [(p.code, p.field) for p in found] == [("weights_sum", "categories.operator.weights")]
        with pytest.raises(Denied, match="1 problem"):
            services.consult(
                version=version, begins=DRAFTED, until=CLOSED, announced_in="网站", by=city.clerk
            )


@pytest.mark.parametrize(
    ("begins", "until", "word"),
    [
        (DRAFTED - A_DAY, CLOSED, "cannot have begun earlier"),
        (DRAFTED, DRAFTED, "ends after it begins"),
        (DRAFTED, BEGINS - 7 * A_DAY, "less than 7 days"),
    ],
)
def test_a_consultation_has_its_days(city, begins, until, word):
    version = drafted(city, text())
    with on(DRAFTED), scope.of(city.association), pytest.raises(Denied, match=word):
        services.consult(version=version, begins=begins, until=until, announced_in="网站", by=city.clerk)
    with on(DRAFTED), scope.of(city.association):
        last = BEGINS - 8 * A_DAY
        services.consult(version=version, begins=DRAFTED, until=last, announced_in="网站", by=city.clerk)
    with on(last), scope.of(city.association), pytest.raises(Denied, match="that day included"):
        services.close_consultation(version=version, comments=0, outcome="无", by=city.clerk)


@pytest.mark.parametrize(("days_before", "allowed"), [(7, True), (6, False)])
def test_seven_days_lie_between_announcement_and_effect(city, days_before, allowed):
    version = approved(city, text())
    with on(BEGINS - days_before * A_DAY), scope.of(city.association):
        if allowed:
            services.publish(version=version, by=city.admin)
        else:
            with pytest.raises(Denied, match="too late"):
                services.publish(version=version, by=city.admin)
    assert again(version).state == ("published" if allowed else "approved")


def test_words_are_asked_for(city):
    version = drafted(city, text())
    with on(DRAFTED), scope.of(city.association):
        with pytest.raises(Denied, match="Reasons are needed"):
            services.consult(version=version, begins=DRAFTED, until=CLOSED, announced_in=" ", by=city.clerk)
        with pytest.raises(Denied, match="Reasons are needed"):
            services.withdraw(version=version, why=" ", by=city.admin)
    assert again(version).state == "draft"


@pytest.mark.parametrize(
    "source", [b"\xff\xfe", "[[[", "a = 1.5", "x" * 200_000, "{" + '"a":{' * 40, '{"a": "\\u0000"}']
)
def test_what_cannot_be_read_is_not_kept(city, source):
    with scope.of(city.association):
        with pytest.raises(RuleSetRefusedError):
            services.draft(source=source, by=city.clerk)
        assert OwnVersion.objects.count() == 0


# --- periods ---


def test_a_version_until_further_notice_yields_to_the_next(city):
    first = announced(city, text())
    second = announced(city, text("CITY-2", date(2026, 7, 1)))
    assert (again(first).ends_on, again(second).ends_on) == (date(2026, 6, 30), None)
    third = announced(city, text("CITY-3", date(2026, 6, 1), date(2026, 6, 30)))
    assert (again(first).ends_on, again(third).ends_on) == (date(2026, 5, 31), date(2026, 6, 30))
    with on(CLOSED), scope.of(city.association):
        services.withdraw(version=third, why="不再需要", by=city.admin)
    assert again(first).ends_on == date(2026, 6, 30)
    with on(date(2026, 7, 1)):
        assert runs.turn_everywhere() == 3  # the first began and ended, the second began
    assert [again(each).state for each in (first, second, third)] == ["superseded", "in_force", "withdrawn"]


def test_a_period_that_is_given_does_not_yield(city):
    announced(city, text("CITY-1", BEGINS, date(2026, 12, 31)))
    version = drafted(city, text("CITY-2", date(2026, 7, 1)))
    with scope.of(city.association):
        found = selectors.problems_of(bytes(version.canonical))
    assert [(p.code, p.field, dict(p.params)) for p in found] == [
        ("period_taken", "effective_from", {"other": "CITY-1"})
    ]


def test_another_associations_versions_do_not_count(city, province):
    announced(province, text("PROV-1", BEGINS, date(2026, 12, 31)))
    version = announced(city, text("CITY-1", date(2026, 7, 1)))
    assert again(version).state == "published"
    with scope.of(city.association):
        assert [each.name for each in selectors.versions()] == ["CITY-1"]


# --- which is in force ---


def test_the_dates_alone_say_which_is_in_force(city, province, django_assert_num_queries):
    announced(city, text("CITY-1", BEGINS, date(2026, 6, 30)))
    ids = [city.association.pk, province.association.pk]
    with scope.across_associations(why="test"):
        selectors.in_force(ids, BEGINS)  # builds the version once a process
        for day, name in {
            BEGINS - A_DAY: "LCR-1",
            BEGINS: "CITY-1",
            date(2026, 6, 30): "CITY-1",
            date(2026, 7, 1): "LCR-1",
        }.items():
            with django_assert_num_queries(1):
                found = selectors.in_force(ids, day)
            assert {key: each.id for key, each in found.items()} == dict(
                zip(ids, [name, "LCR-1"], strict=True)
            ), day
        own = selectors.in_force(ids, BEGINS)[city.association.pk]
    assert selectors.ruleset_of(own.digest) == own
    assert selectors.ruleset_of(method.default().digest) is method.default()
    with pytest.raises(RuleSetVersion.DoesNotExist):
        selectors.ruleset_of(bytes(32))


# --- the walls ---


def forced(version: OwnVersion, **columns: object) -> None:
    """Write columns as the console could, past every verb."""
    with scope.of(version.association_id), transaction.atomic():
        OwnVersion.objects.filter(pk=version.pk).update(**columns)


@pytest.mark.parametrize(
    ("columns", "wall"),
    [
        ({"approved_by": "clerk"}, "own_version_approved_by_another"),
        ({"approved_by": None, "state": "approved"}, "own_version_approved_after_consultation"),
        ({"approved_by": "decider", "approved_on": date(2026, 4, 15), "state": "approved"},
         "own_version_approved_after_consultation"),
        ({"approved_by": "decider", "approved_on": CLOSED, "state": "published"},
         "own_version_public_seven_days_before"),
        ({"approved_by": "decider", "approved_on": CLOSED, "state": "published", "published_by": "admin",
          "published_on": BEGINS - 6 * A_DAY}, "own_version_public_seven_days_before"),
        ({"state": "withdrawn"}, "own_version_withdrawn_for_reasons"),
        ({"ends_on": BEGINS - A_DAY}, "own_version_ends_after_it_begins"),
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_verb_would_do(city, columns, wall):
    version = consulted(city, text())
    people = {key: getattr(city, value) if isinstance(value, str) and key.endswith("_by") else value
              for key, value in columns.items()}  # fmt: skip
    with pytest.raises(IntegrityError, match=wall):
        forced(version, **people)
    assert again(version).state == "consulted"


def test_no_consultation_without_its_days(city):
    version = drafted(city, text())
    with pytest.raises(IntegrityError, match="own_version_consulted_in_public"):
        forced(version, state="consultation")


def test_two_versions_of_one_association_are_never_in_force_at_once(city, province):
    first, second = announced(city, text()), approved(city, text("CITY-2", date(2026, 6, 1)))
    announced(province, text("PROV-1"))  # the same days elsewhere are no conflict
    with pytest.raises(IntegrityError, match="own_versions_one_at_a_time"):
        forced(second, state="published", published_by=city.admin, published_on=CLOSED)
    forced(first, ends_on=date(2026, 5, 31))
    forced(second, state="published", published_by=city.admin, published_on=CLOSED)


@pytest.mark.parametrize(
    "columns",
    [
        {"source": "another"},
        {"state": "draft"},
        {"canonical": b"{}"},
        {"sha256": bytes(32)},
        {"begins_on": BEGINS + A_DAY},
        {"name": "OTHER-1"},
        {"announced_in": "别处"},
        {"comments": 0},
        {"outcome": "别的"},
        {"approved_on": CLOSED + A_DAY},
        {"published_on": CLOSED - A_DAY},
    ],
)
def test_what_was_consulted_on_and_recorded_stands_still(city, columns):
    version = announced(city, text())
    with pytest.raises(DatabaseError, match=r"stands still|written once"):
        forced(version, **columns)
    with pytest.raises(DatabaseError, match="whose version"):
        forced(version, author=city.second_clerk)


def test_the_bytes_that_were_announced_never_change(city, owner):
    version = announced(city, text())
    name = bytes(again(version).sha256)
    for statement in (
        "UPDATE credit_rulesetversion SET canonical = '' WHERE sha256 = %s",
        "DELETE FROM credit_rulesetversion WHERE sha256 = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [name])
    with scope.across_associations(why="test"), pytest.raises(DatabaseError), transaction.atomic():
        RuleSetVersion.objects.filter(sha256=name).update(name="X")
    assert bytes(RuleSetVersion.objects.get(sha256=name).canonical) == bytes(again(version).canonical)

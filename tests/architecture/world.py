"""A world to break into: one of every object in both associations, made by the services, on a day that stands.

Everything of an association carries a canary in its name: `SECRET` where only its own people may read it,
`OPEN` where it is published. Canaries are words nobody writes by chance.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import time_machine

from associations.conduct import checking
from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.discipline import services as discipline
from associations.discipline.models import Case
from associations.discipline.services.past import record_past_decision
from associations.documents.states import DocumentKind
from associations.exchange.peers import give_key
from associations.exchange.states import PeerKind
from associations.imports import services as imports
from associations.members import services as members
from associations.members.models import Membership, ScreeningQuestion
from associations.members.services.papers import give_consent
from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services as training
from associations.training.models import Certificate
from core.accounts.models import User
from core.accounts.states import Role
from credit.blacklist.models import Bar
from credit.blacklist.services import list_bars
from credit.publication.models import Candidate
from credit.publication.services import publish_accounts, publish_due
from credit.publication.states import RecordKind
from credit.rehearsal import services as rehearsal
from credit.rulesets import method
from credit.scoring.services import rate_due
from tests.architecture import contesting
from tests.architecture.complaining import complaints_of
from tests.cast import admit, appoint, firm, found, person, uscc, user, user_of
from tests.credit.rulesets.adopting import announced, approved, consulted, drafted, put_out, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cast import House

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
PHONE = "13900990099"
STAGES = ("filed", "reported", "noticed", "heard", "judged", "decided", "served", "appealed", "enforced")


@dataclass
class Side:
    """An association with one of everything. `things` are public ids by the word a policy line uses."""

    house: House
    secret: str
    shown: str
    things: dict[str, str] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    code: str = ""

    @property
    def slug(self) -> str:
        return self.house.slug

    @property
    def id(self) -> int:
        return self.house.association.pk


@dataclass
class World:
    """Ours, theirs, and the operator who runs the site but holds no office."""

    ours: Side
    theirs: Side
    operator: User


@contextmanager
def world() -> Iterator[World]:
    """Build the world in the transaction in force, on a day that stands still."""
    with time_machine.travel(NOW, tick=False):
        park = found("park", "某园区直播电商协会", "Some Park Association", 3, reach="park", region="某园区")
        known = {mark: _barred_elsewhere(park, mark) for mark in (1, 2)}
        city = found("city", "某市直播电商协会", "Some City Association", 1, reach="city", region="某市")
        province = found(
            "province", "某省直播电商协会", "Some Province Association", 2, reach="province", region="某省"
        )
        sides = [
            Side(house, f"秘鹮{word}", f"公鹮{word}")
            for house, word in ((city, "甲甲甲"), (province, "乙乙乙"))
        ]
        for mark, side in enumerate(sides, 1):
            _furnish(side, mark, known[mark])
        rate_due(as_of=TODAY)
        list_bars(today=TODAY)
        publish_due(today=TODAY)
        publish_accounts(today=TODAY)
        for side in sides:
            _name_judgements(side)
            _rehearse(side)
        contesting.ask_each_other(sides)
        operator = user("operations", "运维", is_staff=True, is_superuser=True)
        yield World(*sides, operator)


def _barred_elsewhere(park: House, mark: int) -> object:
    """A firm the park's association barred for life: who applies anywhere raises a question."""
    barred = firm(8000 + mark, f"某园区禁入{mark}号有限公司")
    membership = admit(park, barred)
    with scope.of(park.association):
        record_past_decision(by=park.clerk, **_paper(membership, f"园决{mark}", measure=6, severity=4))
    list_bars(today=TODAY)
    return barred


def _paper(membership: Membership, number: str, **changes: object) -> dict[str, object]:
    """A past decision that lacks nothing."""
    return {
        "number": number, "decided_on": TODAY - timedelta(days=60), "membership": membership, "code": 1,
        "severity": 2, "measure": 4, "members_due": 9, "members_present": 8, "votes_in_favour": 7,
        "notice_served_on": TODAY - timedelta(days=110), "statement": "waived",
        "appeal_until": TODAY - timedelta(days=30), "facts": "在三场直播中虚构销量。", "basis": "章程第二十三条",
    } | changes  # fmt: skip


def _furnish(side: Side, mark: int, barred_elsewhere: object) -> None:
    house, secret, things = side.house, side.secret, side.things
    User.objects.filter(pk__in=[each.pk for each in house.officers]).update(name=f"{secret}干部")
    for each in house.officers:
        each.name = f"{secret}干部"
    number = 100 * mark
    rated = admit(house, firm(number + 1, f"{side.shown}商贸有限公司"), contact={"phone": PHONE})
    expelled = admit(house, firm(number + 2, f"{side.shown}除名有限公司"))
    private = admit(house, person(mark, f"{secret}主播", legal_name=f"{secret}真名"), Category.STREAMER)
    agency = admit(house, firm(number + 3, f"{side.shown}文化传播有限公司"), Category.AGENCY)
    accused = admit(house, firm(number + 4, f"{side.shown}涉案有限公司"))
    guest = admit(house, firm(number + 5, f"{side.shown}会员企业有限公司"))
    with scope.of(house.association):
        things["peer"] = give_key(kind=PeerKind.PLATFORM, name=f"{secret}平台", by=house.admin)[0].public_id
    things |= {
        "guest": guest.public_id,
        "member": private.public_id,
        "firm": rated.public_id,
        "agency": agency.public_id,
    }
    things["number"] = private.number
    side.rows = [str(each.pk) for each in (rated, private, agency)]
    side.code = rated.code
    with scope.of(house.association):
        _papers_of(side, rated, private, agency)
        application = members.apply_to_join(
            identity=firm(number + 6, f"{secret}申请有限公司"), category=Category.OPERATOR,
            contact={"phone": PHONE}, by=house.clerk,
        )  # fmt: skip
        things["application"] = application.public_id
        asking = type(barred_elsewhere)(
            barred_elsewhere.kind, f"{secret}被问有限公司", barred_elsewhere.identifier
        )
        members.apply_to_join(identity=asking, category=Category.OPERATOR, by=house.clerk)
        things["question"] = ScreeningQuestion.objects.order_by("id")[0].public_id
        _training_of(side, private)
        _cases_of(side, accused)
        things |= complaints_of(house, accused, secret)
        _case_of_guest(side, guest)
        _import_of(side)
        record_past_decision(by=house.clerk, **_paper(rated, f"{side.shown}决1"))
        contesting.remedies_of(side, guest, _paper)
        record_past_decision(by=house.clerk, **_paper(expelled, f"{side.shown}决2", measure=5, severity=3))
    _rule_sets_of(side)
    side.people = {
        "clerk": house.clerk, "reviewer": house.reviewer, "decider": house.decider, "admin": house.admin,
        "observer": house.observer, "suspended": house.suspended, "former": house.former,
        "member": user_of(house, guest, f"desk-{side.slug}", f"{secret}会员"),
    }  # fmt: skip
    past = user(f"past-{side.slug}", f"{secret}前会员")
    appoint(
        house.association, past, Role.MEMBER, subject_id=private.subject_id,
        since=TODAY - timedelta(days=99), until=TODAY,
    )  # fmt: skip
    side.people["former member"] = past


def _case_of_guest(side: Side, guest: Membership) -> None:
    """A case of which the member has been told."""
    house, secret = side.house, side.secret
    case = discipline.open_case(
        membership=guest, code=12, allegation=f"{secret}指控", occurred_on=date(2026, 4, 1),
        opened_on=date(2026, 4, 20), by=house.clerk,
    )  # fmt: skip
    discipline.report(case=case, findings=f"{secret}查明", on=date(2026, 4, 21), by=house.clerk)
    discipline.serve_notice(
        case=case, text=f"{secret}告知", measure=2, method="EMS", proof=f"{secret}签收",
        served_on=date(2026, 6, 1), by=house.clerk,
    )  # fmt: skip
    side.things["guest's case"] = case.public_id


def _rule_sets_of(side: Side) -> None:
    """A version at each stage; the one announced is public."""
    house, word = side.house, f"{side.slug.upper()}-"
    stages = {"draft": drafted, "open": put_out, "consulted": consulted, "approved": approved}
    for month, (stage, made) in enumerate(stages.items(), 7):
        days = (date(2026, month, 1), date(2026, month, 28))
        side.things[f"{stage} version"] = made(house, text(f"{word}{month}", *days)).public_id
    public = announced(house, text(f"{word}11", date(2026, 11, 1)))
    side.things |= {"public version": public.public_id, "method": bytes(public.sha256).hex()}


def _papers_of(side: Side, rated: Membership, private: Membership, agency: Membership) -> None:
    by = side.house.clerk
    for membership in (rated, private):
        record_all(_evidence(membership))
        checking.check_item(
            membership=membership, item=1, passed=True, checked_on=TODAY, evidence=f"{side.secret}证据", by=by
        )
    give_consent(membership=private, purpose="publish", method="paper", text_version="1", by=by)
    link = members.link(agency=agency, streamer=private, since=date(2026, 1, 10), by=by)
    side.things["link"] = link.public_id


def _evidence(membership: Membership) -> list[Fact]:
    shared = {
        "association_id": membership.association_id, "membership": membership, "source": "test",
        "recorded_on": TODAY - timedelta(days=40),
    }  # fmt: skip
    return [
        Fact(
            **shared, kind=FactKind.FIGURES, a=2000, b=2, c=3, d=3, e=2, key=f"{membership.pk}:{month}",
            occurred_on=TODAY - timedelta(days=30 * month),
        )
        for month in range(1, 11)
    ] + [
        Fact(
            **shared, kind=FactKind.CHECK, code=item, a=1, occurred_on=TODAY - timedelta(days=40),
            key=f"{membership.pk}:check:{item}",
        )
        for item in range(1, 7)
    ]  # fmt: skip


def _training_of(side: Side, private: Membership) -> None:
    by = side.house.clerk
    course = training.add_course(name=f"{side.secret}课", hours=4, before_first_stream=True, by=by)
    session = training.hold_session(
        course=course, held_on=TODAY - timedelta(days=30), place=f"{side.secret}礼堂", by=by
    )
    row = training.AttendanceRow(membership_id=private.pk, presence="present", score=90)
    training.record_attendance(session=session, rows=[row], by=by)
    side.things |= {"course": course.public_id, "session": session.public_id}
    side.things["certificate"] = Certificate.objects.get().number


def _import_of(side: Side) -> None:
    """A file previewed: a row to be taken in, and one refused."""
    rows = (
        "企业名称,统一社会信用代码,会员类别,入会日期\n"
        f"{side.secret}导入有限公司,{uscc(7000 + side.id)},直播间运营者,2026-01-05\n{side.secret}错行,1,x,y\n"
    )
    run = imports.preview(
        file=io.BytesIO(rows.encode()), filename=f"{side.secret}.csv", paper="members", by=side.house.clerk
    )
    side.things["run"] = run.public_id


def _cases_of(side: Side, accused: Membership) -> None:
    """A lead; a case filed, one investigated, one noticed, one heard, one before the panel with votes cast, one
    decided, one handed over, one under appeal, one performed.
    """
    house, secret = side.house, side.secret
    lead = discipline.open_lead(
        membership=accused, code=12, allegation=f"{secret}线索", occurred_on=date(2026, 4, 1),
        opened_on=date(2026, 4, 20), by=house.clerk,
    )  # fmt: skip
    side.things["lead case"] = lead.public_id
    for stage, word in enumerate(STAGES):
        case = discipline.open_case(
            membership=accused, code=12, allegation=f"{secret}指控", occurred_on=date(2026, 4, 1),
            opened_on=date(2026, 4, 20), by=house.clerk,
        )  # fmt: skip
        side.things[f"{word} case"] = case.public_id
        if stage == 0:
            picture = io.BytesIO(f"{secret}聊天记录".encode())
            shown = discipline.add_evidence(case=case, upload=picture, shows=f"{secret}证明", by=house.clerk)
            side.things["evidence"] = shown.evidence.public_id
        voters = house.reviewers[1:3] if word == "judged" else house.reviewers[:3]
        for step in _steps(case, house, secret, voters)[:stage]:
            step()
        if word == "noticed":
            letter = discipline.issue_document(case=case, kind=DocumentKind.NOTICE, by=house.clerk)
            side.things |= {"document": letter.public_id, "kind": "notice"}


def _steps(case: Case, house: House, secret: str, voters: list[User]) -> list[Callable[[], object]]:
    """What brings a case from each stage to the next."""
    served = {"method": "EMS", "proof": f"{secret}签收", "by": house.clerk}

    def judge() -> None:
        discipline.form_panel(
            case=case, members=house.reviewers[:4], chair=house.reviewers[0], on=date(2026, 5, 8),
            by=house.decider,
        )  # fmt: skip
        discipline.recuse(
            case=case,
            member=house.reviewers[3],
            reason=f"{secret}回避",
            on=date(2026, 5, 9),
            by=house.decider,
        )
        for voter in voters:
            discipline.vote(case=case, in_favour=True, measure=2, on=date(2026, 5, 11), by=voter)

    def perform() -> None:
        discipline.withdraw_appeal(case=case, text=f"{secret}撤回", on=date(2026, 5, 31), by=house.clerk)
        discipline.record_performance(
            case=case, performed=True, note=f"{secret}履行", on=date(2026, 6, 1), by=house.clerk
        )

    return [
        lambda: discipline.report(case=case, findings=f"{secret}查明", on=date(2026, 4, 21), by=house.clerk),
        lambda: discipline.serve_notice(
            case=case, text=f"{secret}告知", measure=2, served_on=date(2026, 4, 22), **served
        ),
        lambda: discipline.take_statement(
            case=case, text=f"{secret}申辩", received_on=date(2026, 5, 6), by=house.clerk
        ),
        judge,
        lambda: discipline.decide(
            case=case,
            measure=2,
            reasons=f"{secret}理由",
            departure=f"{secret}情节特殊",
            on=date(2026, 5, 12),
            by=house.decider,
        ),
        lambda: discipline.serve_decision(  # told of nothing, so it is not published
            case=case, told_of_publication=False, served_on=date(2026, 5, 29), **served
        ),
        lambda: discipline.appeal(
            case=case, grounds=f"{secret}申请复核", on=date(2026, 5, 30), by=house.clerk
        ),
        perform,
    ]


def _rehearse(side: Side) -> None:
    """The rule set in force, rehearsed and done."""
    with scope.of(side.house.association):
        asked = rehearsal.ask(ruleset=method.default(), as_of=TODAY, by=side.house.clerk)
    while rehearsal.rehearse_part():
        pass
    side.things["rehearsal"] = asked.public_id


def _name_judgements(side: Side) -> None:
    with scope.of(side.house.association):
        side.things["past case"] = Case.objects.get(number=f"{side.shown}决1").public_id
        side.things["bar"] = Bar.objects.get().public_id
        waiting = Candidate.objects.get(kind=RecordKind.RATING, membership__public_id=side.things["member"])
        public = Candidate.objects.get(kind=RecordKind.RATING, membership__public_id=side.things["firm"])
        side.things |= {"candidate": waiting.public_id, "public candidate": public.public_id}
        side.things["decision"] = Candidate.objects.filter(kind=RecordKind.DECISION, state="published")[
            0
        ].record_ref

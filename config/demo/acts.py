"""What happens in the stories, act by act; and what else keeps the officers busy today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from associations.conduct import services as conduct
from associations.conduct.catalogue import by_code
from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.discipline import services as discipline
from associations.discipline.models import Case
from associations.discipline.states import Step
from associations.members import services as members
from associations.members.states import Category, Purpose
from associations.remedies import services as remedies
from associations.remedies.services.repairing import Findings
from associations.remedies.states import Thing
from associations.tenancy import scope
from config.demo.cases import Walk, walk
from config.demo.cast import REENTRY, SANCTIONED, SIGNED, name_of, parts_of
from config.demo.names import ACCOUNTS_ON, FIRMS, code_of, identity_of
from config.demo.sanctions import Found
from core.subjects.services import Identity
from core.subjects.states import Kind
from credit.publication import services as publication
from credit.publication.models import Candidate
from credit.publication.states import CandidateState, RecordKind

if TYPE_CHECKING:
    from config.demo.hands import Hand
    from config.demo.life import Told
    from config.demo.stage import Stage

REPAIRED, REVERSED, OBJECTED = 6, 5, 4  # days ago
MINIMUM_TERM = 366
"""The day of a serious record on which its repair was granted: the first one after the least term of a year."""
SETTLED = 90  # days a member has been one before a case is opened
STRANGER = 900  # serials of those who are no members yet


def past_of_the_cast(hand: Hand, today: date) -> list[Found]:
    """The past decisions of the stories: the serious record that was repaired, the agency's four streamers."""
    if hand.tenant.slug != "city":
        return []
    repaired = today - timedelta(days=REPAIRED + MINIMUM_TERM)
    found = [_found("PR02", Severity.SERIOUS, name_of("repaired", "city"), repaired)]
    codes = ("AD04", "AD08", "PR03", "CT01")
    for at, (code, name) in enumerate(zip(codes, SIGNED[:SANCTIONED], strict=True)):
        found.append(_found(code, Severity.GENERAL, name, today - timedelta(days=70 + 45 * at)))
    return found


def _found(code: str, severity: Severity, name: str, decided_on: date) -> Found:
    entry = by_code(code)
    if entry is None:
        raise KeyError(code)
    return Found(entry, severity, name, decided_on)


def templated_month(life: list[Told]) -> list[Told]:
    """The last month brings 231 complaints of one wording, none of them upheld."""
    last = max(each.on for each in life if each.kind == FactKind.FIGURES)
    return [
        replace(each, b=0, c=231, d=229, e=204) if (each.kind, each.on) == (FactKind.FIGURES, last) else each
        for each in life
    ]


# --- cases that are, or were, under way ---

WALKS: dict[str, dict[str, Walk]] = {
    "city": {
        "walked": Walk("GD02", Severity.SERIOUS, 3, 120, Step.SERVE_DECISION),
        "reversed": Walk("AD01", Severity.SERIOUS, 3, 100, Step.SERVE_DECISION),
        "answering": Walk("ID01", Severity.GENERAL, 2, 5, Step.SERVE_NOTICE),
    },
    "province": {
        "banned": Walk("AI02", Severity.EXTREME, 6, 165, Step.SERVE_DECISION, answered=False),
    },
    "park": {},
}
OTHERS: dict[str, tuple[Walk, ...]] = {
    "city": (
        Walk("AD03", Severity.MINOR, 1, 3, Step.OPEN),
        Walk("CS01", Severity.GENERAL, 2, 20, Step.TAKE_STATEMENT),
        Walk("FK03", Severity.GENERAL, 2, 45, Step.VOTE, votes=2),
    ),
    "province": (
        Walk("ID03", Severity.GENERAL, 2, 2, Step.OPEN),
        Walk("IC01", Severity.GENERAL, 2, 45, Step.VOTE, votes=1),
    ),
    "park": (Walk("PR01", Severity.MINOR, 1, 4, Step.OPEN),),
}


def walk_cases(stage: Stage, *, after: date, until: date) -> None:
    """Walk the cases whose last step falls into these days: those of the stories, others against the worst houses."""
    able = [each for each in stage.roll.joining if each.category == Category.OPERATOR and not each.part]
    able = [each for each in able if each.left_on is None and (stage.today - each.joined_on).days > SETTLED]
    able.sort(key=lambda each: (each.quality, each.name))
    others = [(each.name, way) for each, way in zip(able, OTHERS[stage.slug], strict=False)]
    for name, way in [*((name_of(key, stage.slug), way) for key, way in WALKS[stage.slug].items()), *others]:
        if after < way.last_on(stage.today) <= until:
            walk(stage.hand, stage.members[name], way, stage.today)


# --- the days before today ---


def before_today(stages: list[Stage]) -> None:
    """A decision is public and then reversed; a record repaired; a rating objected to; a consent withdrawn."""
    city, province = (next(s for s in stages if s.slug == slug) for slug in ("city", "province"))
    _reverse(city)
    _repair(city)
    _object(province)
    _withdraw_consent(city)


def _reverse(stage: Stage) -> None:
    member = stage.part("reversed")
    with scope.of(stage.hand.association):
        case = Case.objects.select_related("decision").get(membership=member)
    publication.consider(RecordKind.DECISION, case.decision.public_id)
    with scope.of(stage.hand.association):
        discipline.reverse(
            case=case,
            reasons="复核查明：被比较的宣传内容出自供货方，会员已尽核验义务，原认定事实不足（演示）。",
            on=stage.today - timedelta(days=REVERSED),
            by=stage.hand.reviewers[-1],
        )


def _repair(stage: Stage) -> None:
    """Applied for on paper and granted on the first day on which it may be; what credit learns is this one fact."""
    member = stage.part("repaired")
    with scope.of(stage.hand.association):
        record = Fact.objects.get(membership=member, kind=FactKind.VIOLATION)
        on = record.occurred_on + timedelta(days=MINIMUM_TERM)
        repair = remedies.ask_repair(
            membership=member,
            ref=record.public_id,
            performed="已停止比较宣传，向全部买家退还差价，并完成补训（演示）。",
            undertaking="本公司承诺不再使用无依据的价格比较，接受协会和公众监督（演示）。",
            on=on,
            by=stage.hand.clerk,
        )
        findings = Findings(is_performed=True, has_undertaken=True, else_met=True)
        remedies.decide_repair(
            repair=repair,
            findings=findings,
            reasons="最短公示期已满，退款凭证和补训证书已核对，承诺已公开，无其他不予修复的情形（演示）。",
            on=on,
            by=stage.hand.reviewers[-1],
        )


def _object(stage: Stage) -> None:
    """An objection is being looked into: the rating rests meanwhile."""
    member = stage.part("objecting")
    with scope.of(stage.hand.association):
        conduct.record(
            membership=member,
            kind=FactKind.REVIEW,
            occurred_on=stage.today - timedelta(days=OBJECTED),
            source="association",
            key=f"review:{member.public_id}",
        )
        contested = Fact.objects.filter(membership=member, kind=FactKind.CHECK).latest("id")
        remedies.object_to(
            membership=member,
            thing=Thing.FACT,
            ref=contested.public_id,
            text="核验当日已出示新证照，记录与原件不符，附受理回执（演示）。",
            by=stage.hand.clerk,
        )


def _withdraw_consent(stage: Stage) -> None:
    """The streamer's rating was confirmed and public; then she took her consent back, at the desk."""
    member = stage.part("unconsenting")
    candidate = publication.consider(RecordKind.RATING, member.public_id)
    if candidate is None:
        raise LookupError("the streamer of this story has no rating")
    with scope.of(stage.hand.association):
        publication.confirm(candidate=candidate, asks_for=candidate.asks_for, by=stage.hand.decider)
    publication.consider(RecordKind.RATING, member.public_id)
    with scope.of(stage.hand.association):
        members.withdraw_consent(
            membership=member,
            purpose=Purpose.PUBLISH,
            method="会员自助",
            by=stage.users["streamer@city.demo"],
        )


# --- today ---


def then(stages: list[Stage]) -> None:
    """The banned streamer applies elsewhere under another account; others apply too; old decisions come into force."""
    province = next(stage for stage in stages if stage.slug == "province")
    name = name_of("banned", "province")
    banned = next(each.identity for each in province.roll.joining if each.name == name)
    again = replace(banned, name=REENTRY, accounts=((ACCOUNTS_ON[-1], "demo-again"),))
    for at, stage in enumerate(stages):
        with scope.of(stage.hand.association):
            if stage.slug == "city":
                members.apply_to_join(identity=again, category=Category.STREAMER, by=stage.hand.clerk)
            for identity, category in _strangers(stage, STRANGER + 10 * at):
                members.apply_to_join(identity=identity, category=category, by=stage.hand.clerk)
            discipline.take_effect()


def _strangers(stage: Stage, serial: int) -> list[tuple[Identity, Category]]:
    name = f"{stage.hand.tenant.regions[0]}桁迟{FIRMS[Category.OPERATOR][0]}"
    firm = Identity(Kind.ORGANISATION, name, code_of(serial, name))
    streamer = Identity(
        Kind.PERSON,
        f"泠暄{'一二三'[stage.hand.tenant.number - 1]}号",
        identity_of(serial + 1),
        accounts=((ACCOUNTS_ON[0], f"demo{serial}"),),
    )
    return [(firm, Category.OPERATOR), (streamer, Category.STREAMER)]


def confirm_some(stage: Stage) -> None:
    """The decider looks at every second streamer who waits, and at those of the stories; the others go on waiting."""
    cast = {part.name for part in parts_of(stage.slug)}
    with scope.of(stage.hand.association):
        waiting = Candidate.objects.filter(kind=RecordKind.RATING, state=CandidateState.READY)
        for at, candidate in enumerate(waiting.select_related("membership").order_by("membership__number")):
            if at % 2 == 0 or candidate.membership.name in cast:
                publication.confirm(candidate=candidate, asks_for=candidate.asks_for, by=stage.hand.decider)

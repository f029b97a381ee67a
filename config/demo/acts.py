"""What happens in the stories, act by act; and what else keeps the officers busy today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from associations.complaints import services as complaints
from associations.conduct.catalogue import by_code
from associations.conduct.states import FactKind, Severity
from associations.discipline import services as discipline
from associations.discipline.states import Step
from associations.documents.states import DocumentKind
from associations.members import services as members
from associations.members.states import Category, Purpose
from associations.tenancy import scope
from config.demo.asking import REPAIRED, Answered, Objecting, Repaired, ask_about_the_bar, first_day
from config.demo.cases import Walk, issue, walk
from config.demo.cast import REENTRY, SANCTIONED, SIGNED, name_of, parts_of
from config.demo.complaining import Burst, Mediated
from config.demo.course import LifetimeBar
from config.demo.names import ACCOUNTS_ON, FIRMS, code_of, identity_of
from config.demo.reversing import Reversed
from config.demo.sanctions import Found
from config.demo.scenes import Scene
from core.subjects.services import Identity
from core.subjects.states import Kind
from credit.publication import services as publication
from credit.publication.models import Candidate
from credit.publication.states import CandidateState, RecordKind

if TYPE_CHECKING:
    from config.demo.hands import Hand
    from config.demo.life import Told
    from config.demo.stage import Stage

RECKONED = 11  # days ago: the months that were over
SETTLED = 90  # days a member has been one before a case is opened
STRANGER = 900  # serials of those who are no members yet


def past_of_the_cast(hand: Hand, today: date) -> list[Found]:
    """The past decisions of the stories: the serious record that was repaired, the agency's four streamers."""
    if hand.tenant.slug != "city":
        return []
    found = [_found("PR02", Severity.SERIOUS, name_of("repaired", "city"), _repaired_decided_on(today))]
    codes = ("AD04", "AD08", "PR03", "CT01")
    for at, (code, name) in enumerate(zip(codes, SIGNED[:SANCTIONED], strict=True)):
        found.append(_found(code, Severity.GENERAL, name, today - timedelta(days=70 + 45 * at)))
    return found


def _repaired_decided_on(today: date) -> date:
    """A year and some days ago, so that the least term has just ended."""
    return today - timedelta(days=REPAIRED + 366)


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
        "reversed": Walk("AD01", Severity.SERIOUS, 3, 67, Step.SERVE_DECISION),
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


def scenes_of(stage: Stage) -> list[Scene]:
    """Everything that happens in the association's stories and to its officers' cases, by day."""
    if stage.slug != "city":
        return [*_walks(stage), *(Objecting(stage).scenes() if stage.slug == "province" else [])]
    stories = (
        Mediated(stage),
        Burst(stage),
        LifetimeBar(stage),
        Reversed(stage),
        Answered(stage),
        Repaired(stage, first_day(_repaired_decided_on(stage.today))),
    )
    counted = Scene(RECKONED, complaints.record_figures)
    return [*_walks(stage), *(scene for story in stories for scene in story.scenes()), counted]


def _walks(stage: Stage) -> list[Scene]:
    """Cases walked on the day of their last step: those of the stories, others against the worst houses."""
    able = [each for each in stage.roll.joining if each.category == Category.OPERATOR and not each.part]
    able = [each for each in able if each.left_on is None and (stage.today - each.joined_on).days > SETTLED]
    able.sort(key=lambda each: (each.quality, each.name))
    others = [(each.name, way) for each, way in zip(able, OTHERS[stage.slug], strict=False)]
    ways = [*((name_of(key, stage.slug), way) for key, way in WALKS[stage.slug].items()), *others]
    return [
        Scene((stage.today - way.last_on(stage.today)).days, partial(_walk, stage, name, way))
        for name, way in ways
    ]


def _walk(stage: Stage, name: str, way: Walk) -> None:
    case = walk(stage.hand, stage.members[name], way, stage.today)
    if way.until == Step.SERVE_NOTICE:
        issue(stage.hand, case, DocumentKind.NOTICE)


# --- the days before today ---


def withdraw_consent(stage: Stage) -> None:
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
    ask_about_the_bar(next(stage for stage in stages if stage.slug == "city"), province)


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

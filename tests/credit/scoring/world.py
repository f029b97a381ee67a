"""Invented members and facts, with dates crowded around every edge the method has."""

from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Member, Previous

checked = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

EDGES = sorted(
    {
        day + around
        for day in (0, 22, 45, 67, 90, 91, 180, 182, 273, 365, 547, 730, 821, 1095)
        for around in (-1, 0, 1)
    }
)
DAYS = [date(2026, 3, 1), date(2024, 2, 29), date(2025, 2, 28), date(2026, 11, 22), date(2025, 12, 31)]

SOMETIMES = [Kind.FIGURES, Kind.MEDIATION, Kind.CHECK, Kind.TRAINING, Kind.EXAM, Kind.CONTROL, Kind.COMMITMENT,
             Kind.CONTRIBUTION, Kind.LICENCE, Kind.VIOLATION, Kind.ROSTER, Kind.DUTY]  # fmt: skip
RARELY = [Kind.UNPERFORMED, Kind.BAN, Kind.REVIEW, Kind.LEFT, Kind.LAPSED]
ABOUT_ANOTHER = [Kind.REVERSAL, Kind.REPAIR, Kind.STAY, Kind.STAY_ENDED, Kind.DISCHARGE, Kind.CORRECTION]


def quantities(kind: Kind, rnd: Random) -> dict:  # noqa: PLR0911 one a kind
    """What a fact of a kind carries."""
    part = rnd.randint(0, 9)
    match kind:
        case Kind.FIGURES:
            return {
                "a": rnd.choice([0, 300, 20_000]),
                "b": rnd.randint(0, 5),
                "c": part,
                "d": rnd.randint(0, part),
                "e": rnd.randint(0, part),
            }
        case Kind.MEDIATION | Kind.COMMITMENT | Kind.ROSTER:
            return {"a": part, "b": rnd.randint(0, part)}
        case Kind.CHECK:
            return {"code": rnd.randint(1, 6), "a": int(rnd.random() < 0.9)}
        case Kind.CONTROL:
            return {"code": rnd.randint(1, 4), "a": int(rnd.random() < 0.8)}
        case Kind.TRAINING:
            return {"a": rnd.randint(0, 12)}
        case Kind.EXAM:
            return {"a": int(rnd.random() < 0.8)}
        case Kind.CONTRIBUTION:
            return {"a": rnd.randint(0, 9)}
        case Kind.VIOLATION:
            return {"code": rnd.randint(1, 3), "severity": rnd.choices([1, 2, 3, 4], [6, 5, 2, 1])[0]}
        case _:
            return {}


def day_near(as_of: date, rnd: Random, latest: int) -> date:
    """An edge, or any day of the last four years, at most `latest` days ahead."""
    age = rnd.choice(EDGES) if rnd.random() < 0.5 else rnd.randint(-latest, 1400)
    return as_of - timedelta(max(age, -latest))


def facts_of(rnd: Random, as_of: date, count: int, *, ahead: int = 30, others: bool = True) -> list[Fact]:
    """So many facts of a member; `others`: also bans, reviews and facts about facts."""
    facts = []
    for id_ in range(1, count + 1):
        kind = rnd.choice(SOMETIMES)
        if others and rnd.random() < 0.25:
            kind = rnd.choice(ABOUT_ANOTHER if rnd.random() < 0.7 else RARELY)
        on = day_near(as_of, rnd, ahead)
        until = as_of + timedelta(rnd.choice([-400, -1, 0, 1, 40, 400]))
        more = quantities(kind, rnd)
        if kind == Kind.LICENCE or (kind == Kind.BAN and rnd.random() < 0.7):
            more["until_on"] = until
        if kind in ABOUT_ANOTHER:
            more["ref_id"] = rnd.randint(1, count)
        facts.append(Fact(id=id_, kind=kind, occurred_on=on, recorded_on=min(on, as_of), **more))
    return facts


def verified(as_of: date, first_id: int, rnd: Random) -> list[Fact]:
    """Every item checked, so that the member is not left unrated for want of evidence."""
    return [
        Fact(
            id=first_id + item,
            kind=Kind.CHECK,
            occurred_on=as_of - timedelta(rnd.choice([0, 90, 179, 180, 181])),
            recorded_on=as_of,
            code=item,
            a=1,
        )
        for item in range(1, 7)
    ]


def member_of(rnd: Random, as_of: date) -> Member:
    """Any category, joined at any time, now and then on the last of a month."""
    joined = rnd.choice(
        [as_of - timedelta(rnd.randint(-20, 900)), date(2024, 1, 31), date(2024, 2, 29), date(2023, 8, 30)]
    )
    return Member(
        str(rnd.randint(1, 9)), str(rnd.randint(1, 9)), rnd.randint(1, 4), joined, rnd.random() < 0.1
    )


def before(rnd: Random, as_of: date) -> Previous | None:
    """A rating before this one, or none."""
    if rnd.random() < 0.4:
        return None
    state = rnd.randint(0, 5)
    shown = 0 if state in (2, 3, 4) else 10 if state == 5 else rnd.randint(1, 10)
    up_on = rnd.choice([None, as_of - timedelta(rnd.choice([1, 89, 90, 91, 200]))])
    return Previous(state, shown, up_on, rnd.choice([None, rnd.randint(0, 60)]))


def world(
    seed: int, count: int | None = None, as_of: date | None = None, **how
) -> tuple[Member, list[Fact], date, Previous | None]:
    """One member with everything, from a seed; on one of DAYS if no day is given."""
    rnd = Random(seed)  # noqa: S311 invented data
    as_of = as_of or rnd.choice(DAYS)
    size = rnd.choice([0, 1, 3, 8, 20, 40]) if count is None else count
    facts = facts_of(rnd, as_of, size, **how)
    if rnd.random() < 0.85:
        facts += verified(as_of, 10_000, rnd)
    return member_of(rnd, as_of), facts, as_of, before(rnd, as_of)


worlds = st.integers(0, 2**32).map(world)
"""Any member."""

quiet_worlds = st.integers(0, 2**32).map(lambda seed: world(seed, ahead=0, others=False))
"""Members whose facts have all happened, without bans, reviews or facts about facts."""

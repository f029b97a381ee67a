"""A signed bundle without a register: one firm, a public record, one that is not, one that is over."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from core.signing import keys
from credit.publication.bundles import with_rules, without_rules
from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Member
from credit.scoring.evidence.drawing import draw_up
from tests.credit.scoring.evidence.test_standins import known, rated
from tests.credit.scoring.world import verified

DAY = date(2026, 11, 20)
KEY = keys.new("k1", b"7" * 32, date(2026, 1, 1))
MEMBER = Member("member", "association", 3, date(2020, 1, 1))


def signed() -> bytes:
    facts = [
        known(Fact(id_, Kind.VIOLATION, on, on, code, severity), public=public)
        for id_, on, code, severity, public in (
            (1, DAY - timedelta(400), 2, 2, False),
            (2, DAY - timedelta(30), 1, 2, True),
            (3, DAY - timedelta(10), 3, 1, False),
        )
    ]
    checks = [known(fact, public=True) for fact in verified(DAY, 10, Random(1))]  # noqa: S311 invented data
    told = draw_up(rated(MEMBER, [*facts, *checks], DAY)) | {
        "issued_at": "2026-11-20T08:00:00Z",
        "key": {"alg": "Ed25519", "id": KEY.id, "x": KEY.told()["x"]},
        "register": {"address": "https://register.example", "en": "A register", "zh": "登记"},
    }
    rules = method.default().canonical
    body = without_rules(told)
    signature = KEY.sign(with_rules(body, rules)).hex()
    return with_rules(without_rules(told | {"signature": signature}), rules)

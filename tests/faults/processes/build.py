"""Builds the world the fault tests break, in the database DATABASE_URL names; prints what they need to know.

One association; twelve firms with facts of every usual kind, some rated before, some whose day has come, one
expelled; cases before their panels, one for each kill; sessions of the officers, so that nobody need log in.
"""

import json
import sys
from datetime import date, timedelta
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.utils import timezone  # noqa: E402

from associations.conduct.models import Fact  # noqa: E402
from associations.conduct.services import record_all  # noqa: E402
from associations.conduct.states import FactKind  # noqa: E402
from associations.discipline import services as discipline  # noqa: E402
from associations.discipline.models import Case  # noqa: E402
from associations.discipline.services.past import record_past_decision  # noqa: E402
from associations.tenancy import scope  # noqa: E402
from credit.scoring.services import rate_due  # noqa: E402
from tests.cast import admit, firm, found  # noqa: E402

TODAY = timezone.localdate()
EARLIER = TODAY - timedelta(days=120)


def main(cases: int) -> None:
    house = found("city", "某市直播电商协会", "Some City Association", 1, reach="city", region="某市")
    members = [admit(house, firm(number, f"某市第{number}号商贸有限公司")) for number in range(1, 13)]
    for at, member in enumerate(members):
        _facts(member, at)
    _rate_some(members[:6])
    with scope.of(house.association):
        _past(house, members[0], measure=5, severity=3, number="某自律〔2026〕1号")
        _past(house, members[1], measure=4, severity=2, number="某自律〔2026〕2号")
        _served(house, members[11])
        of = {"vote": _almost_voted, "decide": _voted, "serve": _decided, "appeal": _served}
        files = {
            verb: [walk(house, members[2 + n % 9]) for n in range(cases // len(of))]
            for verb, walk in of.items()
        }
    sys.stdout.write(
        json.dumps(
            {
                "slug": house.slug,
                "members": [member.public_id for member in members],
                **files,
                "sessions": {
                    "clerk": _session(house.clerk),
                    "decider": _session(house.decider),
                    "reviewer": _session(house.reviewers[0]),
                },
            }
        )
    )


def _facts(member, at):
    shared = {"association_id": member.association_id, "membership": member, "source": "test"}
    rows = [
        Fact(
            **shared, kind=FactKind.FIGURES, a=1000 + at, b=at, c=at, d=at // 2, e=at // 3,
            occurred_on=TODAY - timedelta(days=30 * month + 200 * (at % 2)), key=f"{member.pk}:figures:{month}",
        )
        for month in range(1, 9)
    ]  # fmt: skip
    rows += [
        Fact(
            **shared,
            kind=FactKind.CHECK,
            code=item,
            a=1,
            occurred_on=EARLIER,
            key=f"{member.pk}:check:{item}",
        )
        for item in range(1, 7)
    ]
    rows.append(
        Fact(**shared, kind=FactKind.TRAINING, a=4 + at, occurred_on=EARLIER, key=f"{member.pk}:training")
    )
    with scope.of(member.association_id):
        record_all(rows)


def _rate_some(members):
    """Rate everybody on an earlier day, so that ratings stand and days have come; queue some again."""
    rate_due(as_of=EARLIER)
    with scope.of(members[0].association_id):
        for member in members:
            record_all(
                [
                    Fact(
                        association_id=member.association_id, membership=member, source="test", a=1,
                        kind=FactKind.EXAM, occurred_on=TODAY, key=f"{member.pk}:exam",
                    )
                ]
            )  # fmt: skip


def _past(house, member, **changes):
    told = {
        "decided_on": TODAY - timedelta(days=30), "membership": member, "code": 1, "members_due": 9,
        "members_present": 8, "votes_in_favour": 7, "notice_served_on": TODAY - timedelta(days=80),
        "statement": "waived", "appeal_until": TODAY - timedelta(days=5), "facts": "虚构销量。", "basis": "章程",
    }  # fmt: skip
    record_past_decision(by=house.clerk, **told | changes)


def _case(house, member, *, voted):
    """A case before its panel of three, of whom so many, from the last, have voted."""
    began = TODAY - timedelta(days=30)
    case = discipline.open_case(
        membership=member, code=12, allegation="以从未成交的“原价”作比较",
        occurred_on=began - timedelta(days=10), opened_on=began, by=house.clerk,
    )  # fmt: skip
    discipline.report(case=case, findings="以从未成交的“原价”作比较", on=began, by=house.clerk)
    discipline.serve_notice(
        case=case, text="拟作出警告", measure=2, method="EMS", proof="签收单", served_on=began, by=house.clerk
    )
    discipline.waive(case=case, text="书面放弃", received_on=began + timedelta(days=1), by=house.clerk)
    panel = house.reviewers[:3]
    discipline.form_panel(
        case=case, members=panel, chair=panel[0], on=began + timedelta(days=2), by=house.decider
    )
    for voter in panel[3 - voted :]:
        discipline.vote(case=case, in_favour=True, measure=2, on=began + timedelta(days=3), by=voter)
    return case.public_id


def _almost_voted(house, member):
    return _case(house, member, voted=2)


def _voted(house, member):
    return _case(house, member, voted=3)


def _decided(house, member):
    public_id = _voted(house, member)
    discipline.decide(
        case=Case.objects.get(public_id=public_id), measure=2, reasons="事实成立", departure="已改正",
        on=TODAY - timedelta(days=20), by=house.decider,
    )  # fmt: skip
    return public_id


def _served(house, member):
    """A case all its way: decided, handed over, in effect."""
    public_id = _decided(house, member)
    discipline.serve_decision(
        case=Case.objects.get(public_id=public_id), method="EMS", proof="签收单", told_of_publication=True,
        served_on=TODAY - timedelta(days=10), by=house.clerk,
    )  # fmt: skip
    return public_id


def _session(user):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


if __name__ == "__main__":
    assert date.fromisoformat("2020-01-01") < TODAY
    main(int(sys.argv[1]))

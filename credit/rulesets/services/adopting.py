"""The way of an association's own version: drafted, consulted on, approved by another, announced; or withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.tenancy import scope
from core.ledger.states import Act
from core.wake import wake
from credit.rulesets import method, rules
from credit.rulesets.canonical import canonical, sha256_of
from credit.rulesets.models import OwnVersion
from credit.rulesets.selectors import dated, day_of, problems_of
from credit.rulesets.services.keeping import keep
from credit.rulesets.services.steps import held, take, write
from credit.rulesets.states import Step
from credit.rulesets.validation import RuleSetRefusedError, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.accounts.models import User

PUBLISH_DUE = "credit.publication.tasks.publish_due"
A_DAY = timedelta(days=1)
MOST_NAME, MOST_NUMBER = 40, 2**31 - 1


@transaction.atomic
def draft(*, source: bytes | str, by: User) -> OwnVersion:
    """Keep a readable text as a draft, whatever is still wrong with it.

    Raises RuleSetRefusedError for what no machine can read.
    """
    rules.may_draft(by).enforce()
    version = OwnVersion.objects.create(association_id=scope.association_id(), author=by, **_read(source))
    write(version, Act.RULE_SET_DRAFTED, by=by)
    return version


@transaction.atomic
def revise(*, version: OwnVersion, source: bytes | str, by: User) -> OwnVersion:
    """Replace the text of a draft. Raises RuleSetRefusedError."""
    version = held(version)
    rules.may_revise(by, version).enforce()
    return take(version, Step.REVISE, by=by, drafted_at=timezone.now(), **_read(source))


@transaction.atomic
def consult(*, version: OwnVersion, begins: date, until: date, announced_in: str, by: User) -> OwnVersion:
    """Put a draft out for consultation. From now on its text stands still."""
    version = held(version)
    rules.may_consult(by, version, problems=_problems(version), begins=begins, until=until).enforce()
    rules.says_why(announced_in).enforce()
    return take(
        version,
        Step.CONSULT,
        by=by,
        consult_from=begins,
        consult_until=until,
        announced_in=announced_in.strip(),
        consulted_by=by,
    )


@transaction.atomic
def close_consultation(*, version: OwnVersion, comments: int, outcome: str, by: User) -> OwnVersion:
    """Record how many comments came, and what became of them."""
    version = held(version)
    rules.may_close_consultation(by, version).enforce()
    rules.says_why(outcome).enforce()
    return take(
        version, Step.CLOSE_CONSULTATION, by=by, comments=comments, outcome=outcome.strip(), closed_by=by
    )


@transaction.atomic
def approve(*, version: OwnVersion, by: User) -> OwnVersion:
    """Approve a version somebody else wrote."""
    version = held(version)
    rules.may_approve(by, version, problems=_problems(version)).enforce()
    return take(version, Step.APPROVE, by=by, approved_by=by, approved_on=timezone.localdate())


@transaction.atomic
def publish(*, version: OwnVersion, by: User) -> OwnVersion:
    """Announce a version: its bytes are kept for good, and the version before it ends the day before it begins."""
    version = held(version)
    rules.may_publish(by, version, problems=_problems(version)).enforce()
    ruleset = method.build(version.data)
    with scope.across_associations(why="keep the bytes of a version that is announced"):
        keep(ruleset, association_id=version.association_id)
    ends = _lay_out([*dated(), version])
    take(
        version,
        Step.PUBLISH,
        by=by,
        published_by=by,
        published_on=timezone.localdate(),
        ends_on=ends[version.pk],
    )
    wake(PUBLISH_DUE)
    return version


@transaction.atomic
def withdraw(*, version: OwnVersion, why: str, by: User) -> OwnVersion:
    """Withdraw a version that is not in force yet; the one before it goes on as if nothing had been announced."""
    version = held(version)
    rules.may_withdraw(by, version).enforce()
    rules.says_why(why).enforce()
    take(
        version,
        Step.WITHDRAW,
        why=why.strip(),
        by=by,
        withdrawn_on=timezone.localdate(),
        withdrawn_by=by,
        withdrawn_why=why.strip(),
    )
    _lay_out(dated())
    wake(PUBLISH_DUE)
    return version


def _read(source: bytes | str) -> dict[str, Any]:
    """The columns of a text. What has the wrong form is left out: its problems are told elsewhere."""
    data, problems = read(source)
    if data is None:
        raise RuleSetRefusedError(problems)
    name, number = data.get("id"), data.get("version")
    return {
        "source": source if isinstance(source, str) else source.decode("utf-8-sig"),
        "canonical": canonical(data),
        "sha256": bytes.fromhex(sha256_of(data)),
        "name": name[:MOST_NAME] if isinstance(name, str) else "",
        "number": number if isinstance(number, int) and 0 <= number <= MOST_NUMBER else None,
        "begins_on": day_of(data.get("effective_from")),
        "until_on": day_of(data.get("effective_until")),
    }


def _problems(version: OwnVersion) -> int:
    return len(problems_of(bytes(version.canonical)))


def _lay_out(versions: Iterable[OwnVersion]) -> dict[int, date | None]:
    """Each version's last day: its own, or the day before the next begins; the periods of rows in place are moved."""
    rows = sorted(versions, key=lambda each: each.begins_on or date.max)
    ends = {}
    for each, following in zip_longest(rows, rows[1:]):
        after = following.begins_on if following else None
        last = [day for day in (each.until_on, after and after - A_DAY) if day]
        ends[each.pk] = min(last, default=None)
        if each.published_on and each.ends_on != ends[each.pk]:
            each.ends_on = ends[each.pk]
            each.save(update_fields=["ends_on"])
    return ends

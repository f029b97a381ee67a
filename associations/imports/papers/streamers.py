"""Streamer lists 主播名单: natural persons, by identity number; their accounts, agencies and consents.

A person may stand in several rows, one for each account or agency. What stands already is left as it is; a row
that brings an account, an agency or a consent not yet on file adds it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from associations.conduct import loading as conduct
from associations.conduct.states import FactKind
from associations.imports import selectors
from associations.imports.papers.columns import STREAMERS as SCHEMA
from associations.imports.papers.members import SOURCE, enter
from associations.imports.papers.persons import File, Row, of_file
from associations.imports.plan import Plan, ahead, batches
from associations.members import loading, rules
from associations.members.states import Category, Item, Purpose
from core.subjects import services as subjects
from core.subjects.identifiers import age_on
from core.subjects.services import Identity
from core.subjects.states import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from core.accounts.models import User
    from core.paperwork.reading import Table
    from core.paperwork.schemas import Record

__all__ = ["SCHEMA", "carry_out", "plan"]
TOLD = ("wrong_identity_number", "agency_unknown")
JOINING = (Purpose.JOIN, Purpose.RATE)
"""What a person on the roll has agreed to; publication is asked for by itself."""


def plan(table: Table, *, today: date) -> Plan:
    """What the list would change."""
    made = Plan(len(table)).counting(*TOLD)
    seen: dict[tuple[object, ...], int] = {}
    good: list[tuple[Record, Row]] = []
    for record in table:
        if not record.problems:
            row = read(table, record, today)
        if record.problems:
            made.refuse(record)
        elif row.same in seen:
            made.double(table, record, "identity", seen[row.same])
        else:
            seen[row.same] = record.row
            good.append((record, row))
    file = of_file([row for _record, row in good])
    for record, row in good:
        added = additions(made, table, record, row, file)
        if added is None:
            made.unchanged += 1
        else:
            made.accepted.append(added)
    made.problems.sort(key=lambda problem: problem.row)
    return made


def read(table: Table, record: Record, today: date) -> Row:
    """The row's values; a problem is added to the record for one who cannot be a member."""
    values = record.values
    since = values["since"]
    joined_on = values["joined_on"] or (since if since and since <= today else today)
    if joined_on > today:
        message = _("The day of joining lies in the future: correct it, or import the row when it has come.")
        table.reader.problem(record, "joined_on", "joined_in_future", message)
    elif age_on(values["identity"], joined_on) < rules.LEAST_AGE:
        message = _(
            "Under 16 on the day of joining: the Law on the Protection of Minors, Article 76, forbids it."
        )
        table.reader.problem(record, "identity", "under_sixteen", message)
    elif since and values["until"] and values["until"] < since:
        message = _("The contract ends before it begins: correct one of the two days.")
        table.reader.problem(record, "until", "ends_before_it_begins", message)
    return Row(
        identity=values["identity"],
        name=values["stage_name"],
        legal_name=values["legal_name"] or "",
        platform=values["platform"] or "",
        account=values["account"] or "",
        agency=values["agency"],
        since=since or joined_on,
        until=values["until"],
        publish=values["consent"],
        joined_on=joined_on,
        signed_later=bool(since and since > today),
    )


def additions(made: Plan, table: Table, record: Record, row: Row, file: File) -> Row | None:
    """The row cut down to what is not yet on file; None when all of it is."""
    member = file.members.get(row.identity)
    left_on = member.left_on if member else None
    if left_on and row.joined_on <= left_on:
        message = _(
            "This membership ended on %(day)s; the row tells of the time before. Nothing was changed."
        )
        made.note(table, record, "identity", "membership_ended", message, day=left_on.isoformat())
        return None
    if left_on:
        member = None  # joins anew
    joins = member is None and row.identity not in file.joining
    if joins:
        file.joining.add(row.identity)
    elif member and member.category != Category.STREAMER:
        message = _("Is a member of another category; nothing was changed. See the member's file.")
        made.note(table, record, "identity", "not_a_streamer", message)
        return None
    elif member and member.name != row.name:
        message = _(
            "Is a member already, under another stage name. It was not changed; see the member's file."
        )
        made.note(table, record, "stage_name", "differs_from_file", message)
    standing = member.id if member else None
    account = bool(row.account) and file.account_is_new(standing, row)
    publish = file.consent_to_say(standing, row)
    if publish is None and row.publish and standing is not None and file.withdrawn(standing):
        message = _("This person has withdrawn the consent to publication; a list cannot give it anew.")
        made.note(table, record, "consent", "consent_withdrawn", message)
    agency = agency_of(made, table, record, row, file)
    link = agency is not None and file.link_is_new(standing, agency, row)
    if not (joins or account or link or publish is not None):
        return None
    return row._replace(
        joins=joins,
        account=row.account if account else "",
        agency_id=agency if link else None,
        publish=publish,
    )


def agency_of(made: Plan, table: Table, record: Record, row: Row, file: File) -> int | None:
    """The agency's membership; a note where the list names one that cannot be linked."""
    if row.agency is None:
        return None
    agency = file.agencies.get(row.agency)
    if agency is None or agency.left_on is not None:
        message = _("No member has this agency's code: the streamer is taken in without a link to an agency.")
        made.note(table, record, "agency", "agency_unknown", message)
        return None
    if agency.category != Category.AGENCY:
        message = _("This member is no agency: the streamer is taken in without a link to it.")
        made.note(table, record, "agency", "not_an_agency", message)
        return None
    if row.signed_later:
        message = _("The contract begins in the future: the link is not made yet.")
        made.note(table, record, "since", "signed_in_future", message)
        return None
    return agency.id


def carry_out(plan: Plan, *, today: date, by: User | None, report: Callable[[int], None]) -> Counter[str]:
    """Enter the persons, then their accounts, links and consents; compare them with the bars in force."""
    rules.may_manage(by).enforce()
    rows: list[Row] = plan.accepted
    told: Counter[str] = Counter()
    accounts: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.account:
            accounts.setdefault(row.identity, []).append((row.platform, row.account))
    check = conduct.Told(FactKind.CHECK, today, SOURCE, code=int(Item.IDENTITY), a=1)

    def identity(row: Row) -> Identity:
        pairs = tuple(accounts.get(row.identity, ()))
        return Identity(Kind.PERSON, row.name, row.identity, legal_name=row.legal_name, accounts=pairs)

    def ready(joining: list[Row]) -> tuple[list[loading.Ready], list[conduct.Sealed]]:
        members = [loading.Joining(identity(row), Category.STREAMER, row.joined_on) for row in joining]
        return loading.ready(members), conduct.sealed_all([check] * len(members), today)

    for members, facts in ahead(ready, batches(row for row in rows if row.joins)):
        told["screening_questions"] += enter(members, facts, today=today, by=by)
        report(len(members))
    subjects.register_all([identity(row) for row in rows if row.account and not row.joins])
    keep_papers(rows, by=by)
    report(sum(not row.joins for row in rows))
    return told


def keep_papers(rows: Iterable[Row], *, by: User | None) -> None:
    """Keep accounts, links and consents of persons who are members by now."""
    rows = list(rows)
    members = selectors.standing(identities={row.identity for row in rows})
    ids = [(members[row.identity].id, row) for row in rows]
    loading.keep_accounts((key, row.platform, row.account) for key, row in ids if row.account)
    loading.keep_links(
        (row.agency_id, key, row.since, row.until) for key, row in ids if row.agency_id is not None
    )
    consents = [(key, purpose, True) for key, row in ids if row.joins for purpose in JOINING]
    consents += [(key, Purpose.PUBLISH, row.publish) for key, row in ids if row.publish is not None]
    loading.keep_consents(consents, by=by)

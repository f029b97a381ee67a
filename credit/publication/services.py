"""The verbs of publication: consider, publish what is due, confirm, withdraw, withdraw what has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.verdicts import Denied
from core.wake import wake
from core.walls.turns import hold
from credit.publication import account, due, rows
from credit.publication.figures import homes, note_publication, publish_figures, publish_method
from credit.publication.models import Candidate, PublishedAccount
from credit.publication.payloads.texts import fingerprint
from credit.publication.rules import may_confirm, may_withdraw
from credit.publication.settling import Outcome, Told, lock, lock_if_free, settle, tell
from credit.publication.sources.ratings import ratings
from credit.publication.sources.sanctions import bars, decisions
from credit.publication.states import CandidateState, Code, RecordKind, Withdrawn
from credit.scoring import gate_queue

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User
    from credit.publication.payloads.rating import Home

BATCH = 500
PUBLISH_DUE = "credit.publication.tasks.publish_due"


def consider(kind: RecordKind, record: str) -> Candidate | None:
    """Put one record through the gate now. `record`: public id of the membership, decision or bar.

    None when there is no such record, or nothing of it to publish yet.
    """
    today = timezone.localdate()
    with scope.across_associations(why="put one record through the publication gate"):
        for association_id, home in homes().items():
            lock(association_id)
            publish_method(association_id, home)
            found = due.one(kind, record, association_id, home, today)
            if found:
                settle(found)
                publish_figures(association_id, home, changed=True)
                return Candidate.objects.get(kind=kind, record_ref=record)
    return None


def publish_due(
    *, association_id: int | None = None, today: date | None = None, again: bool = False
) -> Outcome:
    """Publish what is due: decisions that count, bars in force, ratings changed since they were published.

    One transaction a batch. Run twice, the second run finds nothing. `again`: public ratings are looked at though
    nothing changed, for what is newly published with them.
    """
    day = today or timezone.localdate()
    total = Outcome()
    with scope.across_associations(why="find the associations whose records are due"):
        every = homes(association_id)
        if again:
            due.look_again_at_all(list(every))
    for key, home in every.items():
        outcome = _publish_sanctions(key, home, day)
        after = 0
        while batch := _publish_ratings(key, home, day, after):
            after, done = batch
            outcome += done
        with scope.across_associations(why="count an association's public figures", within=key):
            lock(key)
            publish_figures(key, home, changed=bool(outcome.published or outcome.withdrawn))
        total += outcome
    return total


def publish_rated(*, today: date | None = None) -> Outcome:
    """Publish what follows from ratings just given: of each member rated the decisions, the bars, the rating.

    It asks nothing about anybody else, so that a decision is public at once; `publish_due` finds all the rest. An
    association that another worker is at is left to it: that one looks for more when it is done.
    """
    day, total = today or timezone.localdate(), Outcome()
    while True:
        with scope.across_associations(why="find the associations whose rated members wait at the gate"):
            waiting = gate_queue.associations()
        done = [outcome for key in waiting if (outcome := _publish_rated(key, day)) is not None]
        if not done:
            return total
        total = sum(done, total)


def withdraw_ended(today: date | None = None) -> Outcome:
    """Take off the portal what has ended: period over, bar ended, member left, consent withdrawn, reversed."""
    day = today or timezone.localdate()
    total = Outcome()
    with scope.across_associations(why="find the associations whose records may have ended"):
        every = homes()
    for key, home in every.items():
        with scope.across_associations(why="withdraw the records that have ended", within=key):
            lock(key)
            ended = due.ended(key, day)
            outcome = Outcome()
            for kind, refs in ended.items():
                outcome += settle(due.records(kind, refs, home, day))
            if outcome.withdrawn:
                due.look_again_at_ratings(key, ended[RecordKind.DECISION])
                publish_figures(key, home, changed=True)
                wake(PUBLISH_DUE)
        total += outcome
    return total


def publish_accounts(today: date | None = None) -> int:
    """Count anew the account of each association of which something has moved. Gives how many were written.

    Run twice, the second run asks a few questions and writes nothing. What is counted is read as the association
    itself, since the engine cannot read what it needs of the fees; what is told is written as the engine.
    """
    day = today or timezone.localdate()
    with scope.across_associations(why="find the associations and the accounts they gave"):
        every = homes()
        known = dict(PublishedAccount.objects.values_list("association_slug", "version"))
    written = 0
    for key, home in every.items():
        with transaction.atomic():
            hold("account", key)
            with scope.of(key):
                version = account.version_of(day)
                payload = account.payload_of(home, day) if known.get(home.slug) != version else None
            if payload is None:
                continue
            with scope.across_associations(why="publish an association's account of itself", within=key):
                PublishedAccount.objects.update_or_create(
                    association_slug=home.slug,
                    defaults={
                        "version": version,
                        "payload": payload,
                        "etag": fingerprint(payload),
                        "published_at": timezone.now(),
                    },
                )
            written += 1
    return written


def confirm(*, candidate: Candidate, asks_for: str, public_source: str = "", by: User) -> Candidate:
    """A named person has looked at the record and lets it through. The workers publish it.

    `asks_for` is what the person looked at; if that has changed since, nothing is confirmed.
    """
    with transaction.atomic():
        lock(
            candidate.association_id
        )  # first, as the workers do: two who lock in turn never wait for each other
        candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
        may_confirm(by, candidate, public_source=public_source).enforce()
        if candidate.asks_for != asks_for:
            raise Denied(_("The record has changed since you opened this page. Look again, then confirm."))
        candidate.approved_by, candidate.approved_at = by, timezone.now()
        candidate.approved_for = asks_for
        candidate.public_source = public_source or candidate.public_source
        candidate.held, candidate.version = False, ""
        candidate.save(
            update_fields=["approved_by", "approved_at", "approved_for", "public_source", "held", "version"]
        )
        ledger.record(
            association_id=candidate.association_id,
            act=Act.PUBLICATION_APPROVED,
            thing=str(candidate.kind),
            thing_id=candidate.record_ref,
            detail={"asks_for": asks_for, "public_source": bool(public_source)},
            by=by,
        )
        wake(PUBLISH_DUE)
    return candidate


def withdraw(*, candidate: Candidate, why: str, by: User | None) -> Candidate:
    """Take a record off the portal now, with reasons. It stays off until an officer confirms it again."""
    if not why.strip():
        raise Denied(_("A withdrawal needs its reasons."))
    with transaction.atomic():
        lock(
            candidate.association_id
        )  # first, as the workers do: two who lock in turn never wait for each other
        candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
        may_withdraw(by, candidate).enforce()
        candidate.state, candidate.held = CandidateState.WITHDRAWN, True
        candidate.missing = [str(Code.HELD)]
        candidate.withdrawn_at, candidate.withdrawn_for = timezone.now(), Withdrawn.OFFICER
        candidate.withdrawn_why = why
        candidate.save(
            update_fields=["state", "held", "missing", "withdrawn_at", "withdrawn_for", "withdrawn_why"]
        )
        with scope.across_associations(
            why="take what an officer withdrew off the portal", within=candidate.association_id
        ):
            rows.remove(candidate.kind, [candidate.record_ref])
            if candidate.kind == RecordKind.DECISION:
                due.look_again_at_ratings(candidate.association_id, [candidate.record_ref])
            for home in homes(candidate.association_id).values():
                publish_figures(candidate.association_id, home, changed=True)
        ledger.record(
            association_id=candidate.association_id,
            act=Act.WITHDRAWN,
            thing=str(candidate.kind),
            thing_id=candidate.record_ref,
            why=why,
            detail={"reason": str(Withdrawn.OFFICER)},
            by=by,
        )
        wake(PUBLISH_DUE)
    return candidate


# --- what is due ---


def _publish_sanctions(association_id: int, home: Home, today: date) -> Outcome:
    with scope.across_associations(why="publish decisions and bars through the gate", within=association_id):
        lock(association_id)
        publish_method(association_id, home)
        due.look_again_after_consent(association_id, home)
        due.look_again_at_marks(association_id)
        return _settle_sanctions(association_id, home, today)


def _settle_sanctions(
    association_id: int,
    home: Home,
    today: date,
    of: list[int] | None = None,
    later: list[Told] | None = None,
) -> Outcome:
    """The decisions and bars (on these members) that are due."""
    refs = due.unsettled_decisions(association_id, of)
    found = decisions(refs, home=home, today=today)
    before = due.public_among(refs)
    outcome = settle(found, later)
    due.look_again_at_ratings(association_id, sorted(before ^ due.public_among(refs)))
    of_bars = bars(due.bars_of(association_id, of), home=home, today=today)
    return outcome + settle([each for each in of_bars if due.is_new(each)], later)


def _publish_rated(association_id: int, today: date) -> Outcome | None:
    """One batch of those just rated, in one transaction; none where another worker is at it."""
    with scope.across_associations(why="publish what follows from ratings just given", within=association_id):
        if not lock_if_free(association_id):
            return None
        places = gate_queue.first(BATCH, association_id=association_id)
        if not places:
            return Outcome()
        home, members = homes(association_id)[association_id], [key for key, _ in places]
        publish_method(association_id, home)
        told: list[Told] = []
        outcome = _settle_sanctions(association_id, home, today, members, told)
        again = due.ratings_due(association_id, 0, BATCH, among=members)
        outcome += settle(ratings(again, home=home, today=today), told)
        gate_queue.done(places, association_id=association_id)
        if outcome.published or outcome.withdrawn:
            note_publication(association_id, home)
        tell(told)
        return outcome


def _publish_ratings(association_id: int, home: Home, today: date, after: int) -> tuple[int, Outcome] | None:
    """One batch of ratings after the membership `after`: the last one looked at, and what came of it."""
    with scope.across_associations(why="publish ratings through the gate", within=association_id):
        lock(association_id)
        members = due.ratings_due(association_id, after, BATCH)
        if not members:
            return None
        return members[-1], settle(ratings(members, home=home, today=today))

"""Questions about members. Other rooms get frozen rows; the querysets are for the room's own pages.

Each works in the console's scope, where only the association's own rows exist, and for the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Sum, Value
from django.utils import timezone

from associations.members.models import AgencyLink, Application, Consent, Membership, ScreeningQuestion
from associations.members.states import ApplicationState, ScreeningAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

SOON_DAYS = 30
"""From how many days before its day a verification counts as due soon."""


@dataclass(frozen=True, slots=True)
class Member:
    """A membership as other rooms read it."""

    id: int
    public_id: str
    association_id: int
    subject_id: int
    number: str
    name: str
    category: int
    is_person: bool
    code_masked: str
    state: str
    joined_on: date
    left_on: date | None
    verified_on: date | None
    verify_by: date


COLUMNS = tuple(Member.__dataclass_fields__)


def _frozen(rows: QuerySet[Membership]) -> list[Member]:
    return [Member(*values) for values in rows.values_list(*COLUMNS)]


def member(public_id: str) -> Member:
    """Raises Membership.DoesNotExist, for another association's member too."""
    found = _frozen(Membership.objects.filter(public_id=public_id))
    if not found:
        raise Membership.DoesNotExist(public_id)
    return found[0]


def members(ids: Iterable[int]) -> dict[int, Member]:
    """By row number; one query."""
    return {each.id: each for each in _frozen(Membership.objects.filter(id__in=list(ids)))}


def by_subject_ids(subject_ids: Iterable[int]) -> dict[int, int]:
    """The membership in force of each subject: subject's row number → membership's. In a scope only."""
    rows = Membership.objects.filter(subject_id__in=list(subject_ids), left_on=None)
    return dict(rows.values_list("subject_id", "id"))


def of_subject(subject_id: int) -> list[Member]:
    """All memberships of a subject, ended ones too; as the engine in all associations."""
    return _frozen(Membership.objects.filter(subject_id=subject_id).order_by("association_id", "id"))


def is_person(membership_id: int) -> bool:
    """Whether the member is a natural person. Raises Membership.DoesNotExist."""
    return Membership.objects.values_list("is_person", flat=True).get(pk=membership_id)


def in_force() -> QuerySet[Membership]:
    """The members of today: active or suspended."""
    return Membership.objects.filter(left_on=None)


# --- clocks of verification (令117 Art. 8) ---


def verification_due(within_days: int = SOON_DAYS) -> QuerySet[Membership]:
    """Members whose identity must be verified again within so many days, the most urgent first; late ones too."""
    last = timezone.localdate() + timedelta(days=within_days)
    return in_force().filter(verify_by__lte=last).order_by("verify_by", "id")


def verification_soon() -> QuerySet[Membership]:
    """Members due within `SOON_DAYS` who are not late yet."""
    return verification_due().filter(verify_by__gte=timezone.localdate())


# --- consents ---


def latest_consent(membership: Membership | int, purpose: str, receiver: str = "") -> bool:
    """Whether the consent stands: the latest line for the purpose (and receiver) says given."""
    key = membership if isinstance(membership, int) else membership.pk
    lines = Consent.objects.filter(membership_id=key, purpose=purpose, receiver=receiver)
    return bool(lines.order_by("-at", "-id").values_list("given", flat=True).first())


def consented(membership_ids: Iterable[int], purpose: str) -> set[int]:
    """Those of the memberships whose consent for the purpose stands; one query."""
    lines = (
        Consent.objects.filter(membership_id__in=list(membership_ids), purpose=purpose, receiver="")
        .order_by("membership_id", "-at", "-id")
        .distinct("membership_id")
    )
    return {key for key, given in lines.values_list("membership_id", "given") if given}


def withdrawn_consents() -> QuerySet[Consent]:
    """Withdrawals that stand: nothing later was said for the purpose."""
    later = Consent.objects.filter(
        association_id=OuterRef("association_id"),
        membership_id=OuterRef("membership_id"),
        purpose=OuterRef("purpose"),
        receiver=OuterRef("receiver"),
        id__gt=OuterRef("id"),
    )
    return Consent.objects.filter(given=False).exclude(Exists(later))


# --- agency links ---


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def streamers_of(agency: Membership | int, on: date) -> list[Member]:
    """The streamers signed with the agency on a day."""
    key = agency if isinstance(agency, int) else agency.pk
    links = AgencyLink.objects.filter(_on(on), agency_id=key)
    return _frozen(Membership.objects.filter(id__in=links.values("streamer_id")).order_by("number"))


def agencies_of(streamer: Membership | int, on: date) -> list[Member]:
    """The agencies the streamer is signed with on a day."""
    key = streamer if isinstance(streamer, int) else streamer.pk
    links = AgencyLink.objects.filter(_on(on), streamer_id=key)
    return _frozen(Membership.objects.filter(id__in=links.values("agency_id")).order_by("number"))


def linked_after(agency: Membership, streamer: Membership, since: date) -> bool:
    """Whether the two are linked on `since` or any later day."""
    links = AgencyLink.objects.filter(agency=agency, streamer=streamer)
    return links.filter(Q(until=None) | Q(until__gte=since)).exists()


def linked_subjects(membership_id: int, on: date) -> list[int]:
    """Subjects' row numbers of whom the member was signed with on a day, either way; one query."""
    links = AgencyLink.objects.filter(_on(on), Q(agency_id=membership_id) | Q(streamer_id=membership_id))
    sides = links.values_list("agency_id", "agency__subject_id", "streamer__subject_id")
    return sorted({streamer if agency == membership_id else other for agency, other, streamer in sides})


# --- joining ---


def open_applications() -> QuerySet[Application]:
    """What waits for an answer, the oldest first."""
    waiting = [ApplicationState.RECEIVED, ApplicationState.QUESTION]
    return Application.objects.filter(state__in=waiting).order_by("id")


def open_application_of(subject_id: int) -> Application | None:
    return open_applications().filter(subject_id=subject_id).first()


def open_questions_of(subject_id: int) -> int:
    """How many screening questions about the subject wait for an answer."""
    return ScreeningQuestion.objects.filter(subject_id=subject_id, answer=ScreeningAnswer.OPEN).count()


def answered(application: Application, answer: ScreeningAnswer) -> bool:
    """Whether a question of this application was answered so."""
    return ScreeningQuestion.objects.filter(application=application, answer=answer).exists()


def asked_about(bar_public_id: str) -> bool:
    """Whether screening ever raised a question about this bar here."""
    return ScreeningQuestion.objects.filter(bar_public_id=bar_public_id).exists()


def open_questions() -> QuerySet[ScreeningQuestion]:
    """What waits for a reviewer, the oldest first."""
    return ScreeningQuestion.objects.filter(answer=ScreeningAnswer.OPEN).order_by("id")


# --- what upper rooms keep about a member, by their related names ---

CASE_IS_OPEN = ("filed", "noticed", "heard", "panel", "decided")


def work_of(membership_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(cases under way, training hours this year) of each membership that has any; one query."""
    year = timezone.localdate().year
    rows = Membership.objects.filter(id__in=list(membership_ids)).order_by()
    cases = (
        rows.filter(cases__state__in=CASE_IS_OPEN).values("id").annotate(what=Value(0), count=Count("cases"))
    )
    trained = rows.filter(
        attendances__session__held_on__gte=date(year, 1, 1),
        attendances__session__held_on__lte=date(year, 12, 31),
    )
    hours = trained.values("id").annotate(what=Value(1), count=Sum("attendances__hours"))
    found: dict[int, list[int]] = {}
    for key, what, count in cases.union(hours, all=True).values_list("id", "what", "count"):
        found.setdefault(key, [0, 0])[what] = count
    return {key: (both[0], both[1]) for key, both in found.items()}

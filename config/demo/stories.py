"""The ten stories, found again in the database: public ids, and what each is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from associations.complaints.models import Complaint
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.models import Case, Decision
from associations.discipline.selectors import documents_of
from associations.fees import selectors as fees
from associations.members.models import AgencyLink, Application, Membership, ScreeningQuestion
from associations.members.states import ScreeningAnswer
from associations.registry.selectors import association_by_slug
from associations.remedies.models import RepairDocument
from associations.tenancy import scope
from config.demo.cast import REENTRY, name_of
from credit.blacklist.models import Bar, OwnInquiry
from credit.publication.models import Candidate
from credit.publication.states import RecordKind
from credit.scoring.models import Standing
from credit.scoring.states import State

Story = dict[str, Any]


def stories() -> dict[str, Story]:
    """Each story by its name. Raises `DoesNotExist` where another demonstration, or none, stands."""
    with scope.of(association_by_slug("province")):
        ban, objection = _ban(), _objection()
    with scope.of(association_by_slug("city")):
        found = {
            "reversed_decision": _reversed(),
            "repaired_record": _repaired(),
            "ban_and_reentry": ban | _reentry(),
            "objection_pending": objection,
            "agency_of_nine": _agency(),
            "templated_complaints": _templated(),
            "consent_withdrawn": _unconsenting(),
            "complaint_compensated": _compensated(),
            "lifetime_bar": _barred(),
        }
    with scope.of(association_by_slug("park")):
        return found | {"fees_buy_nothing": _fees()}


def _member(key: str, slug: str) -> Membership:
    return Membership.objects.get(name=name_of(key, slug))


def _decision(member: Membership) -> Decision:
    return Decision.objects.get(case__membership=member)


def _reversed() -> Story:
    member = _member("reversed", "city")
    case = Case.objects.get(membership=member)
    return {
        "association": "city",
        "member": member.public_id,
        "case": case.public_id,
        "decision": _decision(member).public_id,
        "documents": _documents(case),
        "note": "A serious decision was made, handed over and published; on appeal two other reviewers set it aside. "
        "The record counts no more, the rating is what it was without it, the page is gone.",
    }


def _repaired() -> Story:
    member = _member("repaired", "city")
    record = Fact.objects.get(membership=member, kind=FactKind.VIOLATION)
    return {
        "association": "city",
        "member": member.public_id,
        "decision": _decision(member).public_id,
        "record": record.public_id,
        "repair": Fact.objects.get(membership=member, kind=FactKind.REPAIR).public_id,
        "documents": [RepairDocument.objects.get(repair__membership=member).document.public_id],
        "note": "A serious record was repaired on the first day after the least term of a year. It counts no more.",
    }


def _ban() -> Story:
    member = _member("banned", "province")
    return {
        "association": "province",
        "member": member.public_id,
        "decision": _decision(member).public_id,
        "bar": Bar.objects.get(membership=member).public_id,
    }


def _reentry() -> Story:
    application = Application.objects.get(name=REENTRY)
    questions = ScreeningQuestion.objects.filter(application=application, answer=ScreeningAnswer.OPEN)
    return {
        "applied_to": "city",
        "application": application.public_id,
        "questions": list(questions.order_by("mark_kind").values_list("public_id", flat=True)),
        "inquiry": OwnInquiry.objects.get().public_id,
        "note": "A streamer barred for life in the province applies in the city under another stage name and "
        "account. The comparison of marks has opened questions; a person will answer them. The city has asked the "
        "province about its bar, and was answered.",
    }


def _compensated() -> Story:
    member = _member("mediated", "city")
    complaint = Complaint.objects.get(membership=member)
    return {
        "association": "city",
        "member": member.public_id,
        "complaint": complaint.public_id,
        "entries": list(complaint.book_entries.order_by("id").values_list("public_id", flat=True)),
        "note": "A complaint ended in mediation. The association paid the complainant in advance out of its fund, the "
        "member paid it back, the complainant is satisfied.",
    }


def _barred() -> Story:
    member = _member("barred", "city")
    case = Case.objects.get(membership=member)
    return {
        "association": "city",
        "member": member.public_id,
        "complaint": Complaint.objects.get(membership=member).public_id,
        "case": case.public_id,
        "decision": _decision(member).public_id,
        "bar": Bar.objects.get(membership=member).public_id,
        "documents": _documents(case),
        "note": "From a complaint to the register of bars: investigated, heard, a panel with one replaced, the board, "
        "two approvals, an appeal that two others did not uphold, performed and closed. The bar is public.",
    }


def _documents(case: Case) -> list[str]:
    """The codes of the documents issued, which anybody can check."""
    return [row.document.public_id for row in documents_of(case)]


def _objection() -> Story:
    return {
        "association": "province",
        "member": _member("objecting", "province").public_id,
        "note": "An objection to a line of the rating is being looked into; the rating rests for 90 days at most.",
    }


def _agency() -> Story:
    agency = _member("agency", "city")
    streamers = [
        link.streamer
        for link in AgencyLink.objects.filter(agency=agency).select_related("streamer").order_by("id")
    ]
    sanctioned = set(
        Decision.objects.filter(case__membership__in=streamers, counts=True).values_list(
            "case__membership_id", flat=True
        )
    )
    return {
        "association": "city",
        "agency": agency.public_id,
        "streamers": [each.public_id for each in streamers],
        "sanctioned": [each.public_id for each in streamers if each.pk in sanctioned],
        "note": "The agency has no record of its own; four of the nine streamers it has signed were sanctioned.",
    }


def _templated() -> Story:
    member = _member("templated", "city")
    figures = Fact.objects.filter(membership=member, kind=FactKind.FIGURES).order_by("-occurred_on")
    return {
        "association": "city",
        "member": member.public_id,
        "figures": figures[0].public_id,
        "complaints": list(
            Complaint.objects.filter(membership=member).order_by("id").values_list("public_id", flat=True)
        ),
        "note": "In one month 231 complaints of one wording came in at the platform and were closed; none was upheld, "
        "none counts. Twelve more came to the association within an hour: set aside, looked at by a person, one heard "
        "for all and not upheld.",
    }


def _unconsenting() -> Story:
    member = _member("unconsenting", "city")
    candidate = Candidate.objects.get(kind=RecordKind.RATING, record_ref=member.public_id)
    return {
        "association": "city",
        "member": member.public_id,
        "candidate": candidate.public_id,
        "note": "The streamer's rating was public with her consent; she withdrew it. The page is gone; the rating "
        "goes on, for her and the association alone.",
    }


def _fees() -> Story:
    """Who of the chamber's graded members paid this year, and who did not."""
    today = timezone.localdate()
    paid = {each["membership_id"] for each in fees.payers(today - timedelta(days=365), today)}
    graded = Standing.objects.filter(state__in=[State.RATED, State.PROVISIONAL]).order_by(
        "membership__number"
    )
    rows = list(graded.values_list("membership_id", "membership__public_id"))
    return {
        "association": "park",
        "paying": [public_id for key, public_id in rows if key in paid],
        "not_paying": [public_id for key, public_id in rows if key not in paid],
        "note": "These members paid this year's fee: they do not score better, as the association's public account "
        "of itself says. Fees are no fact and no input of the method; the role that rates cannot read them.",
    }

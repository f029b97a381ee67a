"""What every test of the demonstration asks with."""

from __future__ import annotations

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import transaction

from associations.conduct.models import Fact
from associations.discipline.models import Decision
from associations.members.models import Membership
from associations.registry.models import Association
from associations.tenancy import scope
from config.demo.tenants import TENANTS
from credit.publication.models import Candidate
from credit.scoring.selectors import ratings_given

SMALL = 120
SIZES = {"city": 40, "province": 85, "park": 40}


def seed(*arguments):
    told = StringIO()
    call_command("seed", *arguments, stdout=told)
    return told.getvalue()


@contextmanager
def undone():
    """Whatever is written in the block is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def of(slug):
    return scope.of(Association.objects.get(slug=slug))


def snapshot():
    """What two tellings must have in common: everybody, every decision, every rating, by name and number."""
    found = []
    for tenant in TENANTS:
        with of(tenant.slug):
            found += Membership.objects.order_by("number").values_list(
                "number", "name", "code", "joined_on", "state"
            )
            found += Fact.objects.order_by("id").values_list(
                "membership__number",
                "kind",
                "code",
                "severity",
                "occurred_on",
                "a",
                "b",
                "c",
                "d",
                "e",
                "until_on",
            )
            found += ratings_given().values_list(
                "membership__number", "as_of", "score", "shown", "state", "confidence", "next_change_on"
            )
            found += Decision.objects.order_by("id").values_list("number", "decided_on", "measure", "counts")
            found += Candidate.objects.order_by("id").values_list(
                "membership__number", "kind", "state", "missing"
            )
    return sorted(map(str, found))  # facts of one day are entered in no certain order

"""The public's doors: whose complaint it is is proven by number and code, and how often is counted.

No cookie is asked for and no log-in, so there is nothing another site could misuse: these pages need no CSRF token.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.views.decorators.csrf import csrf_exempt

from associations.complaints import tracking
from associations.complaints.models import Complaint
from associations.complaints.services.tries import forgive, tried
from associations.registry.models import Association
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

WINDOW = timedelta(hours=1)
MOST_OF_A_NUMBER, MOST_OF_AN_ADDRESS = 10, 60
"""Wrong codes an hour, for one tracking number and from one network address."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The door stays shut: wrong number or code, which is not told apart, or too many tries."""

    too_often: bool = False


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page anybody may send: never kept by a cache, its language by its address."""

    @csrf_exempt
    def page(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return page


@contextmanager
def opened(number: str, code: str, *, address: str) -> Iterator[Complaint | Closed]:
    """The complaint of this tracking number, inside its association's scope, if the code is right.

    The same is done for a number nobody has as for a wrong code, so that neither tells anything.
    """
    number, code = tracking.read(number), tracking.read(code)
    mine, theirs = f"status {number}", f"status from {address}"
    if tried(mine, within=WINDOW) > MOST_OF_A_NUMBER or tried(theirs, within=WINDOW) > MOST_OF_AN_ADDRESS:
        yield Closed(too_often=True)
        return
    wanted = tracking.code_index(code)
    association = Association.objects.filter(number=int(number[:3]) if number[:3].isdecimal() else 0).first()
    if association is None:
        yield Closed()
        return
    with scope.of(association):
        found = Complaint.objects.filter(tracking=number).first()
        right = compare_digest(wanted, bytes(found.code_index) if found else bytes(32))
        if found is not None and right:
            yield found
    if found is None or not right:
        yield Closed()
        return
    forgive(mine)
    forgive(theirs)

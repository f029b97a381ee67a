"""The feed of one record, by which whoever has a copy learns what becomes of it. Atom (RFC 4287), no name asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from credit.publication import selectors, versions
from portal.doors import answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from credit.publication.selectors import Told

ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """How the record stands; of one that is withdrawn, that it is, and nothing else."""
    return answer(request, versions.feed(public_id), lambda: drawn(public_id), ATOM)


def drawn(public_id: str) -> bytes:
    told = selectors.told_of(public_id)
    if told is None:
        raise Http404
    page = f"{settings.SITE_URL}{reverse(f'portal:{told.kind}', args=[public_id])}"
    here = f"{settings.SITE_URL}{reverse('portal:feed', args=[public_id])}"
    atom = Atom1Feed(
        title=_("What becomes of record %(id)s") % {"id": public_id},
        link=page,
        description="",
        language=get_language(),
        feed_url=here,
        feed_guid=here,
    )
    title, words = state(told)
    atom.add_item(
        title=title,
        link=page,
        description=words,
        unique_id=f"{here}#{told.at.isoformat()}",
        updateddate=told.at,
    )
    return atom.writeString("utf-8").encode()


def state(told: Told) -> tuple[str, str]:
    """The entry in words."""
    if told.payload is None:
        return (
            _("This record is public no more"),
            _("Whoever has a copy may not go on publishing, sharing or using it as if it still stood."),
        )
    lines = told.payload.get("lines", ())
    contested = told.payload.get("contested_on") or any(line.get("contested") for line in lines)
    edition = _("Edition %(no)s stands") % {"no": told.payload["edition"]}
    words = [_("It is contested: an objection is being looked into.")] if contested else []
    if told.payload.get("own_statement") or any(line.get("said") for line in lines):
        words.append(_("Its subject has put a statement beside it."))
    return edition, " ".join(words) or _("What an older copy says otherwise holds no more.")

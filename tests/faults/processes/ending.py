"""Ends what is public, as officers do, and wakes nobody: what follows must come by the timetable alone."""

import sys

import django

django.setup()

from associations.discipline import services as discipline  # noqa: E402
from associations.discipline.models import Decision  # noqa: E402
from associations.registry.models import Association  # noqa: E402
from associations.tenancy import scope  # noqa: E402
from core.accounts.models import User  # noqa: E402
from core.accounts.states import Role  # noqa: E402
from credit.blacklist import services as blacklist  # noqa: E402
from credit.blacklist.models import Bar  # noqa: E402


def main(bar: str, decision: str) -> None:
    association = Association.objects.get()
    proposes, agrees, holds, reverses = User.objects.filter(
        appointments__association=association, appointments__role=Role.REVIEWER
    ).order_by("pk")[:4]
    with scope.of(association):
        proposed = blacklist.review(
            bar=Bar.objects.get(public_id=bar), keep=False, reasons="已全额退款并整改", by=proposes
        )
        blacklist.agree(review=proposed, agree=True, reasons="同意", by=agrees)
        case = Decision.objects.select_related("case").get(public_id=decision).case
        discipline.propose_reversal(case=case, reasons="认定的事实不成立", by=holds)
        discipline.reverse(case=case, reasons="认定的事实不成立", by=reverses)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""An association's account of itself: its cases, their time, its fees, and whether fees buy grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from core.ui.charts import Bar, Multiple
from core.ui.grades import LETTERS
from credit.publication import selectors, versions
from portal.doors import Page, public_page
from portal.pages.lists import told_name
from portal.words import numerals, on, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


@public_page(versions.account)
def account(_request: HttpRequest, slug: str) -> Page:
    """The account as last counted; what is not counted yet says so."""
    publisher, found = selectors.publisher(slug), selectors.account(slug)
    if publisher is None:
        raise Http404
    context = {"publisher": publisher, "name": told_name(publisher), "no": numerals()}
    return Page("portal/account.html", context | (drawn(found.payload) if found else {}))


def drawn(account: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of an account."""
    made = account["decisions"]["made"]
    return {
        "account": account,
        "as_of": on(account["as_of"]),
        "has_cases": bool(account["cases"]),
        "states": bars(account["cases"], "count"),
        "measures": [
            Bar(f"L{each['measure']} {told(each['name'])}", each["count"]) for each in account["measures"]
        ],
        "endings": bars(account["endings"], "count"),
        "stages": bars(account["stages"], "median_days"),
        "stage_rows": [
            (told(each["name"]), each["median_days"], each["cases"]) for each in account["stages"]
        ],
        "reversed": rate(account["decisions"]["reversed"], made),
        "recused": rate(account["panels"]["recusals"], account["panels"]["seats"]),
        "appealed": rate(account["appeals"]["filed"], made),
        "appeals": bars(account["appeals"]["outcomes"], "count"),
        "overdue": [
            (told(each["what"]), told(each["waits_for"]), each["cases"], each["oldest_days"])
            for each in account["overdue"]
        ],
        "adopted_on": on(table["adopted_on"]) if (table := account["fees"]["table"]) else None,
        "effective_on": on(table["effective_on"]) if table else None,
        "verdict": told(account["fairness"]["verdict"]),
        "shares": shares(account["fairness"]["share"]),
        "spread": spread(account["fairness"]["grades"]),
        "grade_rows": grade_rows(account["fairness"]["grades"]),
    }


def bars(rows: list[dict[str, Any]], count: str) -> list[Bar]:
    return [Bar(told(each["name"]), each[count]) for each in rows]


def rate(part: int, whole: int) -> str:
    """2 / 61 (3.3%); a dash of nothing."""
    return f"{part} / {whole} ({percent(part, whole)})" if whole else "—"


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


def shares(share: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """How many of a hundred have A or better, of those who pay and of like ones."""
    if share is None:
        return []
    return [
        (_("Members who paid"), percent(share["payers"], 1000)),
        (_("Like members who did not"), percent(share["like"], 1000)),
    ]


def spread(grades: Mapping[str, list[int]] | None) -> list[Multiple]:
    if grades is None:
        return []
    return [
        Multiple(_("Firms that paid"), grades["payers"]),
        Multiple(_("Firms that did not"), grades["others"]),
    ]


def grade_rows(grades: Mapping[str, list[int]] | None) -> list[tuple[int, int, str, int, str]]:
    """(grade, firms that paid, their share, the others, their share)."""
    if grades is None:
        return []
    paid, others = grades["payers"], grades["others"]
    return [
        (
            at,
            paid[at - 1],
            percent(paid[at - 1], sum(paid)),
            others[at - 1],
            percent(others[at - 1], sum(others)),
        )
        for at, _letter in enumerate(LETTERS, 1)
    ]

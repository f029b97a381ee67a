"""What the gallery shows: invented values for every component, in every state."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace as Thing
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.ui import charts, grades, navigation, paging
from core.verdicts import ALLOWED, denied

if TYPE_CHECKING:
    from django.http import HttpRequest

TODAY = date(2026, 11, 22)
NAMES = ("临澜溯禾文化传播有限公司", "澜东溯禾食品有限公司", "小溯爱禾花")
LONG = "临澜蘅芷跨境农产品冷链供应链管理与直播电子商务服务（集团）股份有限公司"


class Sample(forms.Form):
    """Every kind of field."""

    code = forms.CharField(
        label=_("Unified social credit code"), help_text=_("18 characters, top right of the licence")
    )
    facts = forms.CharField(label=_("What happened"), widget=forms.Textarea)
    category = forms.ChoiceField(
        label=_("Category"), choices=[("1", _("Agency")), ("2", _("Operator"))], required=False
    )
    show = forms.ChoiceField(
        label=_("How to publish"),
        choices=[("a", _("Without names")), ("b", _("With separate consent"))],
        widget=forms.RadioSelect,
    )
    proof = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("Picture, video or PDF, up to 200 MB")
    )
    hearing = forms.BooleanField(label=_("I ask to be heard in person"), required=False)

    def clean_code(self) -> str:
        """Refuse, so that the gallery shows an error with its remedy."""
        raise forms.ValidationError(
            _("The 18th character should be 6, you wrote 8. Compare the last character with the licence.")
        )


class Filters(forms.Form):
    """A filter bar."""

    q = forms.CharField(label=_("Name or code"), required=False, widget=forms.TextInput(attrs={"size": 12}))
    grade = forms.ChoiceField(
        label=_("Grade"), choices=[("", _("all")), ("A", "A"), ("BB", "BB")], required=False
    )


def samples(request: HttpRequest) -> dict[str, Any]:
    """The context of the gallery's templates."""
    return {
        "letters": [*range(1, 11), "NR", "W", "S"],
        "provisional": Thing(grade=3, state=grades.Shown.PROVISIONAL),
        "barred": Thing(grade=None, state=grades.Shown.BARRED),
        "rated": Thing(shown=3, grade=2, state=grades.Shown.RATED),
        "clocks": [(_("plenty"), 21, TODAY + timedelta(29)), (_("soon"), 3, TODAY + timedelta(3)),
                   (_("today"), 0, TODAY), (_("over"), -3, TODAY - timedelta(4))],
        "allowed": ALLOWED,
        "refused": denied(_("the publication gate still lacks 3 things")),
        "form": bound(),
        "filters": Filters(request.GET or None),
        "page": Paginator(range(180), 50).page(2),
        "stretch": paging.Stretch(items=range(50), next="b3", previous="a1", total=None),
        "dimensions": dimensions(),
        "moments": moments(),
        "gate": gate(),
        "ledger": ledger(),
        "total": Thing(got=863_392, most=1_000_000, lost=136_608, grade="AA"),
        "spread": charts.Distribution(
            (58, 121, 187, 154, 86, 51, 27, 14, 9, 5), (52, 117, 196, 149, 88, 48, 25, 12, 8, 4), date(2026, 8, 31),
            here=3, unrated=128,
        ),
        "moved": charts.Migration(
            ("AA", "A", "BBB", "NR"), ("AA", "A", "BBB", "NR"),
            ((96, 24, 1, 0), (12, 1_187, 31, 0), (0, 9, 154, 2), (0, 0, 6, 128)),
        ),
        "causes": [charts.Bar(_("Training"), 41), charts.Bar(_("Compliance"), 17), charts.Bar(_("Consumers"), 3)],
        "course": course(),
        "term": charts.Term(date(2026, 8, 21), date(2029, 8, 20), TODAY, note=_("Reviewed every three years.")),
        "many": [
            charts.Multiple("澜东省", (40, 80, 120, 90, 60, 40, 20, 10, 8, 4), "#many"),
            charts.Multiple("临澜市", (10, 30, 50, 40, 15, 6, 3, 1, 1, 0), "#many"),
            charts.Multiple("青屿园区", (3, 9, 14, 12, 8, 4, 2, 1, 0, 0), "#many"),
        ],
        "scores": [846_000, 851_200, 871_204, 863_392],
        "duties": [
            charts.Training(_("Yearly duty"), 12, 16, _("hours")),
            charts.Training(_("Before the first stream"), 4, 4, _("hours")),
            charts.Training(_("Signed streamers trained"), 21, 26, "", late=True),
        ],
        "names": [(NAMES[0], "919900009003925646", 3, 863_392, 55), (LONG, "91990000901026080L", 1, 924_611, -1),
                  ("临澜朔溪直播间（个体工商户）", "929900009009468976", "NR", None, 3)],
        "rejected": [(27, _("code"), "91990000900392564O", _("holds the letter O"), _("write the digit 0")),
                     (113, _("joined on"), "2026-02-30", _("no such day"), _("write a date like 2026-02-28"))],
        "now": timezone.now(),
        "crumbs": [(_("Search"), "#"), ("临澜市直播电商协会", "#"), (_("Components"), "")],
        "association": Thing(name="临澜市直播电商协会"),
        "office": _("membership officer"),
        "jump_url": request.path,
        "side": side(request.path),
        "tabs": [navigation.Link(_("Rating"), request.path), navigation.Link(_("Notices"), "#n", 1, "soon"),
                 navigation.Link(_("Training"), "#t"), navigation.Link(_("My data"), "#d")],
        "nav": [navigation.Link(label, f"#{name}") for name, label in navigation.PORTAL[1:]],
        "checkpoint": Thing(size=184_212, root="f6455058375983ff12fc06ffe2ca49bd", at=timezone.now()),
    }  # fmt: skip


def options(asked: str) -> list[dict[str, Any]]:
    """Suggestions for what was typed."""
    return [{"url": "#", "name": name, "kind": _("Agency")} for name in NAMES if asked and asked in name]


def bound() -> Sample:
    """The form as it comes back refused, with what was typed."""
    form = Sample({"code": "919900009003925648", "facts": "", "category": "2", "show": "a"})
    form.is_valid()
    return form


def side(here: str) -> list[navigation.Group]:
    """The console's menu."""
    return [
        navigation.Group(_("Today"), [navigation.Link(_("Waiting for me"), "#w", 14, "soon"),
                                      navigation.Link(_("Overdue"), "#o", 2, "over")]),
        navigation.Group(_("Members"), [navigation.Link(_("Member files"), here, 180),
                                        navigation.Link(_("Applications"), "#a", 6)]),
        navigation.Group(_("Self-regulation"), [navigation.Link(_("Cases"), "#c", 14),
                                                navigation.Link(_("Publication queue"), "#q", 4)]),
    ]  # fmt: skip


def dimensions() -> list[Thing]:
    """Six bars of an agency."""
    rows = [(_("Compliance"), 280_000, 350), (_("Consumers"), 174_713, 200), (_("Qualification"), 137_500, 150),
            (_("Training"), 175_846, 180), (_("Promises kept"), 69_333, 80),
            (_("Contribution"), 26_000, 40)]  # fmt: skip
    return [
        Thing(label=label, got=got, most=most * 1000, anchor=f"d{n}")
        for n, (label, got, most) in enumerate(rows, 1)
    ]


def moments() -> list[Thing]:
    """The course of a case."""
    return [
        Thing(
            on=date(2026, 9, 3),
            text=_("Complaint received"),
            note=_("accepted within 1 working day"),
            todo=False,
        ),
        Thing(on=date(2026, 11, 19), text=_("Panel voted 3 : 1"), note="", todo=False),
        Thing(on=None, when=_("by 11-25"), text=_("Serve the notice before publication"), note="", todo=True),
    ]


def gate() -> list[Thing]:
    """What is there and what is missing."""
    return [
        Thing(state="missing", label=_("Every point of the defence answered, 2 of 3"), remedy="", url="#c5",
              link=_("Answer point 3")),
        Thing(state="waiting", label=_("Repair notice"), remedy=_("made with the decision"), url="", link=""),
        Thing(state="met", label=_("Quorum and votes suffice"), remedy="", url="", link=""),
    ]  # fmt: skip


def ledger() -> list[Thing]:
    """Two dimensions of a rating, with a sanction, a stayed record and a contested line."""
    return [
        Thing(anchor="d1", label=_("Compliance"), weight=350, got=280_000, lost=70_000, lines=[
            Thing(no="1.1", anchor="l1-1", text=_("Invented career of a streamer (AD10), general"),
                  note=_("Base 20 × 100% × 1."), flag=False, source="临澜自律〔2026〕29 号", source_url="#s",
                  on=date(2026, 9, 17), got=280_000, most=350_000, lost=70_000, sanction=True,
                  next=["2026-12-18 → 75%", "2027-09-17 → 0"]),
            Thing(no="1.2", anchor="l1-2", text=_("Daily management neglected (IC03), general"),
                  note=_("Under appeal since 2026-11-06: not counted."), flag=True, source="临澜自律〔2026〕35 号",
                  source_url="", on=date(2026, 10, 29), got=None, most=None, lost=None, sanction=False, next=[]),
        ]),
        Thing(anchor="d2", label=_("Consumers"), weight=200, got=174_713, lost=25_287, lines=[
            Thing(no="2.1", anchor="l2-1", text=_("Upheld complaints: 3.1 per 10,000 orders"), note="", flag=False,
                  source=_("platform reports"), source_url="", on=date(2026, 7, 16), got=61_949, most=80_000,
                  lost=18_051, sanction=False, next=["2027-01-20"]),
        ]),
    ]  # fmt: skip


def course() -> charts.History:
    """The score history of the look's own rating page."""
    day = date.fromisoformat
    return charts.History(
        steps=[charts.Step(day("2025-01-01"), 835_000, 3), charts.Step(day("2025-03-10"), 847_500, 3),
               charts.Step(day("2025-07-15"), 865_000, 2), charts.Step(day("2025-12-08"), 903_500, 2),
               charts.Step(day("2026-03-02"), 922_500, 1), charts.Step(day("2026-08-20"), 941_000, 1),
               charts.Step(day("2026-09-17"), 871_000, 3), charts.Step(day("2026-11-16"), 863_392, 3),
               charts.Step(day("2026-12-16"), 863_392, 2), charts.Step(day("2026-12-18"), 880_892, 2),
               charts.Step(day("2027-03-19"), 898_392, 2)],
        today=TODAY, start=day("2025-01-01"), end=day("2027-06-30"),
        facts=[charts.Fact(day("2025-07-15"), _("Half-year complaint figures")),
               charts.Fact(day("2026-03-02"), _("Six qualifications verified again")),
               charts.Fact(day("2026-09-17"), _("Decision: invented career; ceiling A for 90 days"), sanction=True),
               charts.Fact(day("2026-11-16"), _("Contact verified 180 days ago: counts half")),
               charts.Fact(day("2026-12-16"), _("Ceiling becomes AA")),
               charts.Fact(day("2026-12-18"), _("The record fades to 75%"))],
        ceilings=[charts.Ceiling(day("2026-09-17"), day("2026-12-16"), 3),
                  charts.Ceiling(day("2026-12-16"), day("2027-06-30"), 2)],
    )  # fmt: skip

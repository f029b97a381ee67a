"""What officers type in: courses, sessions, the duty, sheets of attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members.states import Category
from associations.training import services
from associations.training.models import Course, Session
from associations.training.selectors import course_named, requirements, session_on
from associations.training.services import AttendanceRow
from associations.training.states import CertificateState, DutyState, Presence

if TYPE_CHECKING:
    from associations.training.models import Attendance, Duty
    from core.accounts.models import User

PASSED = frozenset({"合格", "及格", "通过", "优秀", "良好", "pass", "passed", "good", "excellent"})
FAILED = frozenset({"不合格", "不及格", "未通过", "fail", "failed"})
MOST_HOURS = 200
MOST_SCORE = 100
FIRST_YEAR = 2000


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Write it as 2026-03-12.")},
        **options,
    )


class CourseForm(forms.ModelForm):
    """A new course."""

    class Meta:
        model = Course
        fields = ("name", "hours", "pass_mark", "valid_days", "before_first_stream")
        help_texts = {
            "hours": _("Between 1 and 200, for one session."),
            "pass_mark": _("The score from which the exam counts as passed, 0 to 100."),
            "valid_days": _("Counted from the day of the session."),
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if course_named(name):
            raise ValidationError(_("There is a course of this name already. Choose another name."))
        return name

    def clean_hours(self) -> int:
        hours = self.cleaned_data["hours"]
        if not 1 <= hours <= MOST_HOURS:
            raise ValidationError(_("A course has between 1 and 200 hours. Correct the number."))
        return hours

    def clean_pass_mark(self) -> int:
        mark = self.cleaned_data["pass_mark"]
        if mark > MOST_SCORE:
            raise ValidationError(_("Scores end at 100. Write a pass mark between 0 and 100."))
        return mark

    def clean_valid_days(self) -> int:
        days = self.cleaned_data["valid_days"]
        if days < 1:
            raise ValidationError(_("A certificate is good for at least one day. Write 1 or more."))
        return days

    def save(self, *, by: User) -> Course:  # type: ignore[override]
        """Add the course."""
        return services.add_course(**self.cleaned_data, by=by)


class SessionForm(forms.Form):
    """A new session, held or planned."""

    course: forms.ModelChoiceField[Course] = forms.ModelChoiceField(
        label=_("Course name"),
        queryset=None,
        error_messages={
            "invalid_choice": _("This course does not exist or was retired. Choose one from the list.")
        },
    )
    held_on = day_field(_("Held on"))
    hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("Left empty: those of the course."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["course"].queryset = Course.objects.filter(retired_on=None).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (
            told.get("course")
            and told.get("held_on")
            and session_on(told["course"], told["held_on"], told["place"])
        ):
            self.add_error(
                "held_on",
                _("This session is entered already. Open it below, or name the place to tell the two apart."),
            )
        return told

    def save(self, *, by: User) -> Session:
        """Enter the session."""
        return services.hold_session(**self.cleaned_data, by=by)


class DutyForm(forms.Form):
    """What a category must do each year, from a year on."""

    category = forms.TypedChoiceField(
        label=_("Category"), choices=Category.choices, coerce=lambda n: Category(int(n))
    )
    year = forms.IntegerField(
        label=_("From year"),
        min_value=FIRST_YEAR,
        help_text=_("This year or a later one: what has ended stays as it was."),
    )
    hours = forms.IntegerField(label=_("Hours a year"), min_value=0, max_value=MOST_HOURS)
    exam = forms.BooleanField(label=_("An exam must be passed"), required=False)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        now = timezone.localdate().year
        if not now <= year <= now + 1:
            raise ValidationError(
                _(
                    "A duty can be set for %(now)s or %(next)s: nobody can meet one for a year that has ended."
                ),
                params={"now": now, "next": now + 1},
            )
        return year

    def save(self, *, by: User) -> Duty:
        """Set the duty."""
        return services.set_duty(**self.cleaned_data, by=by)


class DutyFilter(forms.Form):
    """Which members of the overview to list."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    category = forms.TypedChoiceField(
        label=_("Category"),
        required=False,
        choices=[("", _("All")), *Category.choices],
        coerce=int,
        empty_value=None,
    )
    state = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("All")), *DutyState.choices]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        now = timezone.localdate().year
        first = min(requirements().first_year or now, now)
        years = [(year, str(year)) for year in range(now, max(first, now - 9) - 1, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class CertificateFilter(forms.Form):
    """Which certificates to list."""

    q = forms.CharField(label=_("Number or holder"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("All")), *CertificateState.choices]
    )


class SheetFilter(forms.Form):
    """Which members to show for entry."""

    q = forms.CharField(label=_("Name, number or code"), required=False, max_length=60)
    category = forms.TypedChoiceField(
        label=_("Category"),
        required=False,
        choices=[("", _("All")), *Category.choices],
        coerce=int,
        empty_value=None,
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All members")), ("recorded", _("Recorded")), ("open", _("Not recorded"))],
    )


class LineForm(forms.Form):
    """One member's line of a sheet. `standing` in the initial data is the attendance there is, or None."""

    member = forms.CharField(widget=forms.HiddenInput, max_length=22)
    presence = forms.ChoiceField(label=_("Presence"), required=False, choices=[("", "—"), *Presence.choices])
    hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs={"size": 4}),
        error_messages={
            "invalid": _("Hours are a whole number between 0 and 200."),
            "max_value": _("Hours are a whole number between 0 and 200."),
            "min_value": _("Hours are a whole number between 0 and 200."),
        },
    )
    result = forms.CharField(
        label=_("Result"), required=False, max_length=12, widget=forms.TextInput(attrs={"size": 6})
    )

    def clean_result(self) -> tuple[int | None, bool | None]:
        """The score, or whether it was passed."""
        told = self.cleaned_data["result"].strip().lower()
        if not told:
            return None, None
        if told in PASSED or told in FAILED:
            return None, told in PASSED
        if told.isdecimal() and int(told) <= MOST_SCORE:
            return int(told), None
        raise ValidationError(
            _("Write a score between 0 and 100, or pass or fail; leave empty where there was no exam.")
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        presence = told.get("presence")
        if self.errors:
            return told
        if not presence and (told["hours"] is not None or told["result"] != (None, None)):
            self.add_error("presence", _("Say whether the member was present."))
        elif presence and presence != Presence.PRESENT and (told["hours"] or told["result"] != (None, None)):
            self.add_error(
                "presence",
                _("Who was not present has neither hours nor a result. Clear them, or choose Present."),
            )
        elif not presence and self.initial.get("presence"):
            self.add_error(
                "presence", _("What was recorded is not removed. Choose Absent or On leave to correct it.")
            )
        return told

    def row(self, membership_id: int) -> AttendanceRow | None:
        """The line for the verb; None for a member about whom nothing is said."""
        told = self.cleaned_data
        if not told.get("presence"):
            return None
        score, passed = told["result"]
        present = told["presence"] == Presence.PRESENT
        return AttendanceRow(
            membership_id, Presence(told["presence"]), told["hours"] if present else None, score, passed
        )

    @staticmethod
    def initial_of(public_id: str, standing: Attendance | None) -> dict[str, Any]:
        """What stands in the line at first."""
        if standing is None:
            return {"member": public_id}
        result: Any = standing.score
        if result is None and standing.passed is not None:
            result = _("pass") if standing.passed else _("fail")
        present = standing.presence == Presence.PRESENT
        return {
            "member": public_id,
            "presence": standing.presence,
            "hours": standing.hours if present else None,
            "result": result,
        }


SheetForm = forms.formset_factory(LineForm, extra=0, max_num=200, validate_max=True)


class WhyForm(forms.Form):
    """The reason of a correction, asked for only when something that stands is changed."""

    why = forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        max_length=400,
        help_text=_("Only needed where a line that stands is changed; kept in the audit trail."),
    )

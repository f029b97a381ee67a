"""The shapes of the open API. Dates are Asia/Shanghai, times RFC 3339, scores milli-points, ratios millionths."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from credit.publication.filters import LETTERS
from portal.api.explanation import Mark, Prospect, Rule, Text

CATEGORIES = {1: "platform", 2: "agency", 3: "operator", 4: "streamer"}
STATES = {0: "rated", 1: "provisional", 2: "not_rated", 3: "suspended", 4: "withdrawn", 5: "barred"}


def letter(grade: int) -> str | None:
    """AAA to D; none for no grade."""
    return LETTERS[grade - 1] if grade else None


def page(name: str, public_id: str) -> str:
    """The record's page, in the register's first language."""
    return f"{address(name)}{public_id}/"


@lru_cache(maxsize=8)
def address(name: str) -> str:
    """What stands before a record's id in its address."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse(f'portal:{name}', args=['_']).removesuffix('_/')}"


@lru_cache(maxsize=8)
def site(name: str) -> str:
    """The address of a page of the portal, in the register's first language."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse(f'portal:{name}')}"


class Row(serializers.Serializer[Any]):
    """What every list gives."""

    id = serializers.CharField(
        source="public_id", help_text="Random, 22 characters; stands in every address."
    )
    name = serializers.CharField()
    category = serializers.SerializerMethodField(help_text="platform, agency, operator or streamer")
    association = serializers.CharField(source="association_slug", help_text="The association's short name.")
    page = serializers.SerializerMethodField(help_text="The page for people.")
    published_at = serializers.DateTimeField()

    kind = "rating"

    def get_category(self, row: Any) -> str:
        return CATEGORIES[row.category]

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, row: Any) -> str:
        return page(self.kind, row.public_id)


class RatingRow(Row):
    """A rating in a list."""

    code = serializers.CharField(help_text="Unified social credit code; empty for natural persons.")
    state = serializers.SerializerMethodField(help_text="rated, provisional, not_rated, suspended or barred")
    grade = serializers.SerializerMethodField(help_text="AAA to D; null where there is none.")
    score = serializers.IntegerField(help_text="Milli-points: 863392 is 863.392 of 1000.")
    as_of = serializers.DateField()
    changed_on = serializers.DateField(help_text="The day score or grade last moved.")

    def get_state(self, row: Any) -> str:
        return STATES[row.state]

    @extend_schema_field({"type": ["string", "null"], "enum": [*LETTERS, None]})
    def get_grade(self, row: Any) -> str | None:
        return letter(row.grade)


class BarRow(Row):
    """A bar in a list. It bars from membership of the one association, from nothing else."""

    code = serializers.CharField()
    for_life = serializers.BooleanField()
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True, help_text="The last day; null for life.")
    review_on = serializers.DateField()

    kind = "bar"


class DecisionRow(Row):
    """A decision in a list."""

    number = serializers.CharField()
    decided_on = serializers.DateField()
    measure = serializers.IntegerField(help_text="1 to 6 of the ladder L1–L6.")
    severity = serializers.IntegerField(
        help_text="2 general, 3 serious, 4 extreme; minor ones are not published."
    )
    code = serializers.CharField(help_text="Entry of the catalogue of violations.")
    withdraw_on = serializers.DateField(help_text="The first day on which it is no longer public.")

    kind = "decision"


class Stretch(serializers.Serializer[Any]):
    """A part of a list, and where the others are."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class RatingList(Stretch):
    results = RatingRow(many=True)


class BarList(Stretch):
    results = BarRow(many=True)


class DecisionList(Stretch):
    results = DecisionRow(many=True)


class Association(serializers.Serializer[Any]):
    """An association with its figures."""

    slug = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    figures = serializers.JSONField(
        help_text="Members, ratings by grade, decisions, reversals, cases by state."
    )


class AssociationList(serializers.Serializer[Any]):
    results = Association(many=True)


class Account(serializers.Serializer[Any]):
    """An association's account of itself, counted from its own records. Amounts in fen, scores in milli-points."""

    kind = serializers.CharField()
    association = serializers.JSONField()
    as_of = serializers.DateField()
    cases = serializers.JSONField(help_text="Cases by where they stand.")
    measures = serializers.JSONField(help_text="Decisions that count, by measure L1–L6.")
    endings = serializers.JSONField(help_text="How cases ended without a decision.")
    years = serializers.JSONField(help_text="Cases opened and decisions made, year by year.")
    stages = serializers.JSONField(help_text="Median days cases stayed in each state.")
    decisions = serializers.JSONField()
    appeals = serializers.JSONField(help_text="Decisions appealed against, and how appeals ended.")
    panels = serializers.JSONField(help_text="Panel seats, and recusals.")
    overdue = serializers.JSONField(help_text="Clocks of open cases that have run out.")
    fees = serializers.JSONField(
        help_text="The fee table in force, and what came in; null where it is not told."
    )
    fairness = serializers.JSONField(
        help_text="Fee payers beside like members who did not pay; null where there are too few to say."
    )


class Source(serializers.Serializer[Any]):
    """The public decision a line rests on."""

    id = serializers.CharField()
    number = serializers.CharField()


class Line(serializers.Serializer[Any]):
    """One contribution to the score. Earned adds up to the score; lost is what it costs."""

    no = serializers.CharField(help_text="As on the page: 1.1")
    dimension = serializers.IntegerField()
    indicator = serializers.CharField(help_text="The indicator of the rule set: 2.1")
    status = serializers.CharField()
    text = Text()
    rule = Rule(allow_null=True)
    source = Text(help_text="Where the facts come from, in words.")  # type: ignore[assignment]  # a field, not DRF's own
    record = serializers.BooleanField(help_text="Whether it comes from a decision.")
    hidden = serializers.BooleanField(help_text="Whether its details may not be published.")
    contested = serializers.BooleanField(help_text="Whether an objection to it is being looked into.")
    said = serializers.CharField(
        default="", help_text="The member's own statement; beside the first line it is about."
    )
    code = serializers.CharField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    earned = serializers.IntegerField()
    possible = serializers.IntegerField()
    lost = serializers.IntegerField()
    changes_on = serializers.DateField(allow_null=True, help_text="When time next changes the line.")
    ends_on = serializers.DateField(allow_null=True, help_text="When it is over.")
    decision = Source(allow_null=True)
    figures = serializers.DictField(child=serializers.IntegerField())


class Step(serializers.Serializer[Any]):
    """From `on` the score was `score`."""

    on = serializers.DateField()
    score = serializers.IntegerField()
    grade = serializers.CharField(allow_null=True)
    state = serializers.CharField()


class History(serializers.Serializer[Any]):
    """The course of a rating: what was, and what is known to come if nothing new happens."""

    id = serializers.CharField()
    history = Step(many=True)
    ahead = Step(many=True)
    marks = Mark(many=True)


class Rating(serializers.Serializer[Any]):
    """A rating, whole."""

    id = serializers.CharField()
    page = serializers.URLField()
    published_at = serializers.DateTimeField()
    name = serializers.CharField()
    code = serializers.CharField()
    category = serializers.CharField()
    association = serializers.JSONField()
    edition = serializers.IntegerField()
    state = serializers.CharField()
    grade = serializers.CharField(allow_null=True)
    by_score = serializers.CharField()
    ceiling = serializers.CharField()
    score = serializers.IntegerField()
    as_of = serializers.DateField()
    next_change_on = serializers.DateField(allow_null=True)
    why = Text(many=True)
    dimensions = serializers.JSONField()
    lines = Line(many=True)
    down = serializers.ListField(
        child=serializers.CharField(), help_text="The lines that cost most, three at most, the dearest first."
    )
    up = serializers.ListField(
        child=serializers.CharField(), help_text="The lines that earn most, three at most, the best first."
    )
    prospects = Prospect(many=True, help_text="What would change the rating: only what is lawful and public.")
    ceilings = serializers.JSONField()
    confidence = serializers.JSONField()
    unknown = Text(many=True)
    history = Step(many=True)
    ahead = Step(many=True)
    marks = Mark(many=True)
    ruleset = serializers.JSONField()
    inputs_sha256 = serializers.CharField()
    engine = serializers.CharField()


class Sanction(serializers.Serializer[Any]):
    """A bar or a decision, whole: facts, basis, term, how it was decided."""

    id = serializers.CharField()
    kind = serializers.CharField()
    page = serializers.URLField()
    published_at = serializers.DateTimeField()
    name = serializers.CharField()
    code = serializers.CharField()
    category = serializers.CharField()
    association = serializers.JSONField()
    member = serializers.CharField(help_text="The id of the member's rating.")
    withdraw_on = serializers.DateField()
    contested_on = serializers.DateField(
        allow_null=True, help_text="Since when an objection to it is being looked into."
    )
    own_statement = serializers.CharField(help_text="What its subject says, 1,000 characters at most.")
    undertaking = serializers.CharField(help_text="Given with an application for repair being decided.")


class RuleSet(serializers.Serializer[Any]):
    """A version of the method, announced, in force or past, and who rates by it."""

    sha256 = serializers.CharField(help_text="Its name: SHA-256 of its canonical JSON.")
    id = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.JSONField()
    association = serializers.CharField(
        allow_null=True, help_text="Whose own version it is; null: the default of all."
    )
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="null: until further notice.")
    url = serializers.URLField(help_text="The canonical bytes.")
    page = serializers.URLField()


class RuleSetList(serializers.Serializer[Any]):
    """All of them."""

    results = RuleSet(many=True)


class Problem(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = serializers.ListField(child=serializers.DictField(), required=False)  # type: ignore[assignment]  # a field, not DRF's own


class Key(serializers.Serializer[Any]):
    """A key as a JSON Web Key (RFC 8037)."""

    kty = serializers.CharField()
    crv = serializers.CharField()
    use = serializers.CharField()
    alg = serializers.CharField()
    kid = serializers.CharField(help_text="The key's id, as bundles name it.")
    x = serializers.CharField(help_text="The public key, 32 bytes in base64url.")
    fingerprint = serializers.CharField(help_text="SHA-256 of those 32 bytes, hexadecimal.")
    valid_from = serializers.DateField(allow_null=True, help_text="The first day (UTC) on which it signs.")
    valid_until = serializers.DateField(allow_null=True, help_text="The last; null: no bound.")


class KeySet(serializers.Serializer[Any]):
    """All keys that this register signs with or has signed with, the current one first."""

    register = serializers.CharField()
    keys = Key(many=True)

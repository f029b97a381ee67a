"""The shapes that explain a rating: texts, rules, what would change it, what stands on its chart."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class Text(serializers.Serializer[Any]):
    """Words in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


class Rule(serializers.Serializer[Any]):
    """The rule a line follows: an indicator of the rule set."""

    indicator = serializers.CharField(help_text="Its number: 2.1")
    name = Text()
    text = Text(help_text="The rule in a sentence.")
    url = serializers.URLField(help_text="Where the methodology tells it, with its exact arithmetic.")


class Prospect(serializers.Serializer[Any]):
    """One thing that would change the rating, evaluated by the engine that rates; never an estimate."""

    what = serializers.ChoiceField(
        choices=["verify", "train", "control", "renew", "perform", "together", "repair", "wait"],
        help_text="What is done; `together`: all that can be done at once; `wait`: nothing but time passes.",
    )
    on = serializers.DateField(help_text="The day it is evaluated for.")
    line = serializers.CharField(allow_null=True, help_text="The line it is about.")
    text = Text()
    outcome = Text()
    points = serializers.IntegerField(help_text="Milli-points against the score now.")
    score = serializers.IntegerField()
    grade = serializers.CharField(allow_null=True, help_text="The grade shown then.")
    by_facts = serializers.CharField(
        allow_null=True, help_text="The grade by the facts, before the brake on upgrades."
    )
    state = serializers.CharField()


class Mark(serializers.Serializer[Any]):
    """A numbered fact of the chart."""

    no = serializers.IntegerField(help_text="Its number, in the order of days.")
    on = serializers.DateField()
    sanction = serializers.BooleanField(help_text="Whether it is a decision.")
    text = Text()

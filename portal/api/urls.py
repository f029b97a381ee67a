"""Addresses of the open API."""

from django.urls import path

from portal.api import changes, rulesets, views

urlpatterns = [
    path("ratings/", views.Ratings.as_view(), name="ratings"),
    path("ratings/<str:public_id>/", views.RatingDetail.as_view(), name="rating-detail"),
    path("ratings/<str:public_id>/history/", views.RatingHistory.as_view(), name="rating-history"),
    path("ratings/<str:public_id>/bundle/", views.RatingBundle.as_view(), name="rating-bundle"),
    path("ratings/<str:public_id>/history.svg", views.RatingChart.as_view(), name="rating-chart"),
    path("bars/", views.Bars.as_view(), name="bars"),
    path("bars/<str:public_id>/", views.BarDetail.as_view(), name="bar-detail"),
    path("decisions/", views.Decisions.as_view(), name="decisions"),
    path("decisions/<str:public_id>/", views.DecisionDetail.as_view(), name="decision-detail"),
    path("associations/", views.Associations.as_view(), name="associations"),
    path("associations/<slug:slug>/account/", views.Account.as_view(), name="account"),
    path("changes/", changes.Changes.as_view(), name="changes"),
    path("keys/", views.Keys.as_view(), name="keys"),
    path("rulesets/", rulesets.RuleSets.as_view(), name="rulesets"),
    path("rulesets/schema/", rulesets.RuleSetSchema.as_view(), name="ruleset-schema"),
    path("rulesets/<str:sha256>/", rulesets.RuleSet.as_view(), name="ruleset"),
    path("schema/", views.Schema.as_view(), name="schema"),
    path("docs/", views.Docs.as_view(url_name="api:schema"), name="docs"),
    path("<path:path>", views.Nothing.as_view()),
]

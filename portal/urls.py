"""Addresses of the portal."""

from django.urls import path

from portal.pages import accountability, feeds, home, lists, methods, reading, records

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("suggest/", home.suggest, name="suggest"),
    path("ratings/", lists.ratings, name="ratings"),
    path("ratings/<str:public_id>/", records.rating, name="rating"),
    path("bars/", lists.bars, name="bars"),
    path("bars/<str:public_id>/", records.bar, name="bar"),
    path("decisions/", lists.decisions, name="decisions"),
    path("decisions/<str:public_id>/", records.decision, name="decision"),
    path("objections/", reading.objection, name="objection"),
    path("feeds/<str:public_id>/", feeds.feed, name="feed"),
    path("associations/", reading.associations, name="associations"),
    path("associations/<slug:slug>/", reading.association, name="association"),
    path("associations/<slug:slug>/accountability/", accountability.account, name="account"),
    path("associations/<slug:slug>/methodology/", methods.methodology_of, name="methodology_of"),
    path("methodology/", methods.methodology, name="methodology"),
    path("methodology/<str:sha256>/", methods.version, name="version"),
]

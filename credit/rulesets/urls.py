"""Addresses of an association's own versions of the method in the console."""

from django.urls import path

from credit.rulesets import views

app_name = "rulesets"

VERSION = "a/<slug:slug>/rulesets/<str:version>/"

urlpatterns = [
    path("a/<slug:slug>/rulesets/", views.versions, name="versions"),
    path("a/<slug:slug>/rulesets/new/", views.new, name="new"),
    path("a/<slug:slug>/rulesets/default/", views.default, name="default"),
    path(VERSION, views.version, name="version"),
    path(f"{VERSION}source/", views.source, name="source"),
    path(f"{VERSION}text/", views.revise, name="revise"),
    path(f"{VERSION}consultation/", views.consult, name="consult"),
    path(f"{VERSION}outcome/", views.close_consultation, name="close_consultation"),
    path(f"{VERSION}approval/", views.approve, name="approve"),
    path(f"{VERSION}announcement/", views.publish, name="publish"),
    path(f"{VERSION}withdrawal/", views.withdraw, name="withdraw"),
]

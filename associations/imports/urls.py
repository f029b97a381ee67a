"""Addresses of imports in the console."""

from django.urls import path

from associations.imports import views

app_name = "imports"

urlpatterns = [
    path("a/<slug:slug>/import/", views.runs, name="runs"),
    path("a/<slug:slug>/import/<str:run>/", views.run, name="run"),
    path("a/<slug:slug>/import/<str:run>/confirm/", views.confirm, name="confirm"),
    path("a/<slug:slug>/import/<str:run>/cancel/", views.cancel, name="cancel"),
    path("a/<slug:slug>/import/<str:run>/refusals.csv", views.report, name="report"),
]

"""Addresses of what a member does at the desk."""

from django.urls import path

from associations.desk import views

app_name = "deskverbs"

urlpatterns = [
    path("me/<slug:slug>/<str:member>/consents/", views.consent, name="consent"),
]

"""Addresses of the association's settings in the console."""

from django.urls import path

from associations.registry import views

app_name = "registry"

urlpatterns = [
    path("a/<slug:slug>/charter/", views.charter, name="charter"),
    path("a/<slug:slug>/audit/", views.ledger, name="ledger"),
    path("a/<slug:slug>/audit/verify/", views.verify, name="verify"),
    path("a/<slug:slug>/officers/", views.officers, name="officers"),
    path("a/<slug:slug>/officers/<str:officer>/<str:role>/end/", views.end, name="end_role"),
]

"""Addresses of the keys in the console."""

from django.urls import path

from associations.exchange import views

app_name = "exchange"

urlpatterns = [
    path("a/<slug:slug>/exchange/", views.peers, name="peers"),
    path("a/<slug:slug>/exchange/<str:peer>/end/", views.end, name="end_key"),
]

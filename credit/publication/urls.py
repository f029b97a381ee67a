"""Addresses of the publication queue in the console."""

from django.urls import path

from credit.publication import views

app_name = "publication"

urlpatterns = [
    path("a/<slug:slug>/publication/", views.queue, name="queue"),
    path("a/<slug:slug>/publication/<str:candidate>/confirm/", views.confirm, name="confirm"),
    path("a/<slug:slug>/publication/<str:candidate>/withdraw/", views.withdraw, name="withdraw"),
]

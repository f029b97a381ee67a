"""Addresses of the member desk."""

from django.urls import path

from credit.desk import views

app_name = "desk"

MINE = "me/<slug:slug>/<str:member>/"

urlpatterns = [
    path("me/", views.home, name="home"),
    path(MINE, views.rating, name="rating"),
    path(f"{MINE}notices/", views.notices, name="notices"),
    path(f"{MINE}training/", views.training_page, name="training"),
    path(f"{MINE}data/", views.data, name="data"),
]

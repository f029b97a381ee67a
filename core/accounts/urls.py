"""Addresses of accounts, beside those of allauth."""

from django.urls import path

from core.accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/where/", views.where, name="where"),
    path("account/welcome/<str:user>/<str:token>/", views.welcome, name="welcome"),
]

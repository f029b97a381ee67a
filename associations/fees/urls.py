"""Addresses of the fees in the console."""

from django.urls import path

from associations.fees import views

app_name = "fees"

urlpatterns = [
    path("a/<slug:slug>/fees/", views.fees, name="fees"),
    path("a/<slug:slug>/fees/table/", views.adopt, name="adopt"),
]

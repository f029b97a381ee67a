"""The address of the console's first page."""

from django.urls import path

from credit.overview import views

app_name = "overview"

urlpatterns = [path("a/<slug:slug>/", views.dashboard, name="dashboard")]

"""The addresses of the console's first page, the queue and the calendar."""

from django.urls import path

from credit.overview import views

app_name = "overview"

urlpatterns = [
    path("a/<slug:slug>/", views.dashboard, name="dashboard"),
    path("a/<slug:slug>/queue/", views.queue, name="queue"),
    path("a/<slug:slug>/calendar/", views.calendar, name="calendar"),
]

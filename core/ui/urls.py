"""The gallery's addresses; config mounts them only with DEBUG."""

from django.urls import path

from core.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("suggest/", views.suggestions, name="suggest"),
    path("<str:frame>/", views.gallery, name="frame"),
]

"""The console's addresses of ratings."""

from django.urls import path

from credit.scoring import views

app_name = "scoring"
ROOM = "a/<slug:slug>/ratings/"

urlpatterns = [
    path(ROOM, views.ratings, name="ratings"),
    path(f"{ROOM}waiting/", views.waiting, name="waiting"),
    path(f"{ROOM}ask/", views.ask, name="ask"),
    path(f"{ROOM}export/", views.export, name="export"),
    path(f"{ROOM}<str:public_id>/", views.rating, name="rating"),
]

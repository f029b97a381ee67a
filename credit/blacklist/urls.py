"""The console's addresses of bars."""

from django.urls import path

from credit.blacklist import views

app_name = "blacklist"
ROOM = "a/<slug:slug>/bars/"

urlpatterns = [
    path(ROOM, views.bars, name="bars"),
    path(f"{ROOM}<str:public_id>/", views.bar, name="bar"),
    path(f"{ROOM}<str:public_id>/review/", views.review, name="review"),
]

"""The console's addresses of bars."""

from django.urls import path

from credit.blacklist import asking, views

app_name = "blacklist"
ROOM = "a/<slug:slug>/bars/"

urlpatterns = [
    path(ROOM, views.bars, name="bars"),
    path(f"{ROOM}inquiries/", asking.inquiries, name="inquiries"),
    path(f"{ROOM}inquiries/seen/", asking.seen, name="seen"),
    path(f"{ROOM}inquiries/<str:inquiry>/", asking.answer, name="answer"),
    path(f"{ROOM}ask/<str:bar>/", asking.ask, name="ask"),
    path(f"{ROOM}<str:public_id>/", views.bar, name="bar"),
    path(f"{ROOM}<str:public_id>/review/", views.review, name="review"),
    path(f"{ROOM}<str:public_id>/lifting/", views.lifting, name="lifting"),
]

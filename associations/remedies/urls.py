"""The console's addresses of remedies."""

from django.urls import path

from associations.remedies import views

app_name = "remedies"

ROOM = "a/<slug:slug>/remedies/"
MEMBER = "a/<slug:slug>/members/<str:member>/remedies/"

urlpatterns = [
    path(ROOM, views.remedies, name="remedies"),
    path(f"{ROOM}objections/<str:remedy>/", views.objection, name="objection"),
    path(f"{ROOM}repairs/<str:remedy>/", views.repair, name="repair"),
    path(f"{ROOM}repairs/<str:remedy>/letter/", views.letter, name="letter"),
    path(f"{ROOM}corrections/<str:remedy>/", views.correction, name="correction"),
    path(f"{ROOM}statements/<str:remedy>/", views.statement, name="statement"),
    path(MEMBER, views.of_member, name="of_member"),
    path(f"{MEMBER}objection/", views.enter_objection, name="enter_objection"),
    path(f"{MEMBER}repair/", views.enter_repair, name="enter_repair"),
    path(f"{MEMBER}statement/", views.enter_statement, name="enter_statement"),
    path(f"{MEMBER}correction/", views.enter_correction, name="enter_correction"),
]

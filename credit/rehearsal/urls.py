"""The console's addresses of rehearsals."""

from django.urls import path

from credit.rehearsal import views

app_name = "rehearsal"
ROOM = "a/<slug:slug>/rehearsals/"

urlpatterns = [
    path(ROOM, views.rehearsals, name="rehearsals"),
    path(f"{ROOM}<str:public_id>/", views.rehearsal, name="rehearsal"),
    path(f"{ROOM}<str:public_id>/export/", views.export, name="export"),
]

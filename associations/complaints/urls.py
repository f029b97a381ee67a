"""Addresses of complaints: the public's, and the console's."""

from django.urls import path

from associations.complaints.views import complaint, lists, public, steps

app_name = "complaints"

ROOM = "a/<slug:slug>/complaints/"
COMPLAINT = f"{ROOM}<str:complaint>/"

urlpatterns = [
    path("complaints/new/", public.new, name="new"),
    path("complaints/status/", public.status, name="status"),
    path(ROOM, lists.complaints, name="complaints"),
    path(f"{ROOM}new/", lists.new, name="enter"),
    path(f"{ROOM}patterns/", lists.patterns, name="patterns"),
    path(f"{ROOM}patterns/<str:pattern>/", lists.answer_pattern, name="answer_pattern"),
    path(f"{ROOM}register/", lists.register, name="register"),
    path(COMPLAINT, complaint.complaint, name="complaint"),
    path(f"{COMPLAINT}contact/", complaint.contact, name="contact"),
    *(path(f"{COMPLAINT}{name}/", steps.page_of(name), name=name) for name in steps.PAGES),
]

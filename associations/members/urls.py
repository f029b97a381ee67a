"""Addresses of the members' pages. The file itself, /members/<public id>/, is the conduct room's."""

from django.urls import path

from associations.members import views

app_name = "members"

HERE = "a/<slug:slug>/members/"

urlpatterns = [
    path(HERE, views.members, name="list"),
    path(f"{HERE}export/", views.export, name="export"),
    path(f"{HERE}applications/", views.applications, name="applications"),
    path(f"{HERE}applications/<str:application>/", views.application, name="application"),
    path(f"{HERE}applications/<str:application>/refuse/", views.refuse, name="refuse"),
    path(f"{HERE}screening/", views.questions, name="screening"),
    path(f"{HERE}screening/<str:question>/", views.question, name="question"),
    path(f"{HERE}<str:member>/consents/", views.consent, name="consent"),
    path(f"{HERE}<str:member>/consents/withdraw/", views.withdraw, name="withdraw"),
    path(f"{HERE}<str:member>/links/", views.link, name="link"),
    path(f"{HERE}<str:member>/links/<str:link>/end/", views.end_link, name="end_link"),
    path(f"{HERE}<str:member>/resume/", views.resume, name="resume"),
]

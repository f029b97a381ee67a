"""Addresses of the member's file. After members.urls, whose fixed words would otherwise be read as a member."""

from django.urls import path

from associations.conduct import views

app_name = "conduct"

HERE = "a/<slug:slug>/members/"

urlpatterns = [
    path(f"{HERE}check/", views.check_many, name="check_many"),
    path(f"{HERE}register/", views.register, name="register"),
    path(f"{HERE}applications/<str:application>/accept/", views.accept, name="accept"),
    path(f"{HERE}<str:member>/", views.file, name="file"),
    path(f"{HERE}<str:member>/checks/", views.check, name="check"),
    path(f"{HERE}<str:member>/change/", views.change, name="change"),
    path(f"{HERE}<str:member>/leave/", views.leave, name="leave"),
]

"""Addresses of training in the console."""

from django.urls import path

from associations.training import views

app_name = "training"

urlpatterns = [
    path("a/<slug:slug>/training/", views.duty, name="duty"),
    path("a/<slug:slug>/training/duties/", views.duties, name="duties"),
    path("a/<slug:slug>/training/duties/adopt/", views.adopt_duties, name="adopt"),
    path("a/<slug:slug>/training/courses/", views.courses, name="courses"),
    path("a/<slug:slug>/training/courses/<str:course>/retire/", views.retire, name="retire"),
    path("a/<slug:slug>/training/sessions/", views.sessions, name="sessions"),
    path("a/<slug:slug>/training/sessions/<str:session>/", views.session, name="session"),
    path("a/<slug:slug>/training/certificates/", views.certificates, name="certificates"),
]

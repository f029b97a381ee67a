"""Addresses of documents."""

from django.urls import path

from associations.documents import views

app_name = "documents"

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verified, name="verified"),
    path("a/<slug:slug>/document/<str:document>/withdrawal/", views.withdraw, name="withdraw"),
    path("a/<slug:slug>/documents/", views.templates, name="templates"),
    path("a/<slug:slug>/documents/<str:kind>/", views.template, name="template"),
    path("a/<slug:slug>/documents/<str:kind>/sample/", views.sample, name="sample"),
]

"""Where officers fetch files."""

from django.urls import path

from associations.evidence import views

app_name = "evidence"

urlpatterns = [path("a/<slug:slug>/evidence/<str:evidence>/", views.download, name="download")]

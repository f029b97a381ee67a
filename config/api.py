"""The API's doors: each room's `api` addresses, one under the other."""

from django.urls import include, path

app_name = "api"

urlpatterns = [
    path("", include("portal.api.urls")),  # last: it answers for every address nobody has
]

"""The API's doors: each room's `api` addresses, one under the other."""

from django.urls import include, path

from associations.complaints import api as complaints

app_name = "api"

urlpatterns = [
    path("complaints/", complaints.Complaints.as_view(), name="complaints"),
    path("complaints/<str:number>/", complaints.ComplaintDetail.as_view(), name="complaint-detail"),
    path("", include("portal.api.urls")),  # last: it answers for every address nobody has
]

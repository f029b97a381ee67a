"""Addresses of what a member does at the desk."""

from django.urls import path

from associations.desk import cases, complaints, fees, remedies, views
from associations.discipline.states import Letter

app_name = "deskverbs"

CASE = "me/<slug:slug>/<str:member>/notices/<str:case>/"
REMEDIES = "me/<slug:slug>/<str:member>/remedies/"

urlpatterns = [
    path("me/<slug:slug>/<str:member>/consents/", views.consent, name="consent"),
    path("me/<slug:slug>/<str:member>/complaints/", complaints.mine, name="complaints"),
    path("me/<slug:slug>/<str:member>/complaints/new/", complaints.complain, name="complain"),
    path("me/<slug:slug>/<str:member>/fees/", fees.fees, name="fees"),
    path(REMEDIES, remedies.remedies, name="remedies"),
    path(f"{REMEDIES}objection/", remedies.objection, name="objection"),
    path(f"{REMEDIES}repair/", remedies.repair, name="repair"),
    path(f"{REMEDIES}statement/", remedies.statement, name="statement"),
    path(
        f"{REMEDIES}objections/<str:remedy>/withdraw/", remedies.withdraw_objection, name="withdraw_objection"
    ),
    path(f"{REMEDIES}repairs/<str:remedy>/letter/", remedies.letter, name="repair_letter"),
    path(f"{REMEDIES}repairs/<str:remedy>/withdraw/", remedies.withdraw_repair, name="withdraw_repair"),
    path(
        f"{REMEDIES}statements/<str:remedy>/withdraw/",
        remedies.take_back_statement,
        name="take_back_statement",
    ),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}files/<str:evidence>/", cases.handed_in, name="handed_in"),
    *(
        path(f"{CASE}letters/{each.value}/", cases.letter, {"letter": each}, name=f"letter_{each.value}")
        for each in Letter
    ),
    *(
        path(f"{CASE}letters/{each.value}/paper/", cases.paper, {"letter": each}, name=f"paper_{each.value}")
        for each in Letter
    ),
    *(path(f"{CASE}{each}/", cases.act, {"act": each}, name=f"act_{each}") for each in cases.ACTS),
]

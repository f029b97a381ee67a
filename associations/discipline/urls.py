"""Addresses of cases in the console."""

from django.urls import path

from associations.discipline import views

app_name = "discipline"

CASE = "a/<slug:slug>/cases/<str:case>/"

urlpatterns = [
    path("a/<slug:slug>/cases/", views.cases, name="cases"),
    path("a/<slug:slug>/cases/new/", views.new, name="new"),
    path(CASE, views.case, name="case"),
    path(f"{CASE}notice/", views.serve_notice, name="serve_notice"),
    path(f"{CASE}statement/", views.take_statement, name="take_statement"),
    path(f"{CASE}waiver/", views.waive, name="waive"),
    path(f"{CASE}lapse/", views.lapse, name="lapse"),
    path(f"{CASE}panel/", views.form_panel, name="form_panel"),
    path(f"{CASE}recusal/", views.recuse, name="recuse"),
    path(f"{CASE}replacement/", views.replace, name="replace"),
    path(f"{CASE}vote/", views.vote, name="vote"),
    path(f"{CASE}decision/", views.decide, name="decide"),
    path(f"{CASE}service/", views.serve_decision, name="serve_decision"),
    path(f"{CASE}close/", views.close, name="close"),
    path(f"{CASE}reversal/", views.reverse, name="reverse"),
    path(f"{CASE}drop/", views.drop, name="drop"),
]

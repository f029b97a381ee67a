"""Addresses of cases in the console: the list, the file, and one page for each verb."""

from django.urls import path

from associations.discipline import views

app_name = "discipline"

CASE = "a/<slug:slug>/cases/<str:case>/"

urlpatterns = [
    path("a/<slug:slug>/cases/", views.cases, name="cases"),
    path("a/<slug:slug>/cases/new/", views.new, name="new"),
    path("a/<slug:slug>/cases/hearings/", views.hearing_day, name="hearing_day"),
    path(CASE, views.case, name="case"),
    path(f"{CASE}evidence/", views.add_evidence, name="add_evidence"),
    path(f"{CASE}documents/<str:kind>/", views.issue, name="issue"),
    path(f"{CASE}export/", views.export, name="export"),
    *(
        path(f"{CASE}{page.path}/", views.page_of(page.step), name=page.step.value)
        for page in views.PAGES.values()
    ),
]

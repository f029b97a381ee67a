"""The console's pages of importing."""

import csv as csvs
import io

import pytest
from django.urls import reverse
from django.utils.translation import override

from associations.imports.models import Run
from associations.imports.states import RunState
from associations.imports.tasks import run_imports
from associations.members.models import Membership
from associations.tenancy import scope
from tests.associations.imports.conftest import FILES
from tests.cast import client_for

LIST = FILES / "会员名册.xlsx"


def page(name, house, *named, language="zh-hans"):
    with override(language):
        return reverse(f"imports:{name}", args=[house.slug, *named])


def upload(client, house, path, **more):
    with path.open("rb") as file:
        return client.post(page("runs", house), {"file": file, **more})


@pytest.fixture
def clerk(city):
    return client_for(city.clerk)


@pytest.fixture
def run(city, clerk):
    """Upload the member list; give its run."""
    upload(clerk, city, LIST)
    with scope.of(city.association):
        return Run.objects.get()


def test_a_file_is_uploaded_and_previewed(city, clerk):
    answer = upload(clerk, city, LIST)
    with scope.of(city.association):
        run = Run.objects.get()
        assert Membership.objects.count() == 0
    assert (answer.status_code, answer.url) == (302, page("run", city, run.public_id))
    shown = clerk.get(answer.url).content.decode()
    for told in ("164 / 182", "16 / 182", "9199000042304114X4", "统一社会信用代码", "会员名册.xlsx"):
        assert told in shown


@pytest.mark.django_db(transaction=True)
def test_it_is_confirmed_carried_out_and_looked_up(city, clerk, run):
    answer = clerk.post(page("confirm", city, run.public_id))
    assert answer.url == page("run", city, run.public_id)
    waiting = clerk.get(answer.url).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    part = clerk.get(answer.url, headers={"HX-Request": "true"})
    assert (part.status_code, b"<html" in part.content) == (200, False)
    run_imports()
    part = clerk.get(answer.url, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Refresh"], b"hx-get" in part.content) == (286, "true", False)
    assert b"hx-get" not in clerk.get(answer.url).content
    with scope.of(city.association):
        assert Membership.objects.count() == 164
        assert Run.objects.get().state == RunState.DONE


def test_it_is_cancelled(city, clerk, run):
    assert clerk.post(page("cancel", city, run.public_id)).url == page("runs", city)
    with scope.of(city.association):
        assert (Run.objects.get().state, Run.objects.get().content) == (RunState.CANCELLED, None)
    assert clerk.post(page("confirm", city, run.public_id)).status_code == 403


def test_the_refused_rows_are_downloaded(city, clerk, run):
    answer = clerk.get(page("report", city, run.public_id))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="refusals-{run.public_id}.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    rows = list(csvs.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 18
    assert rows[1][:2] + rows[1][4:] == ["15", "会员名称", "name is missing.", "missing_name", ""]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a picture, not a spreadsheet."),
        ("page.xls", b"<html><table></table></html>", "This is a web page, whatever its name says."),
        ("list.csv", "甲,乙\n丙,丁".encode(), "No row of headings was found."),
        (
            "list.csv", "会员名称,信用代码,类型,入会日期\n甲,=1+1,商家,2024-1-1".encode(),
            "Cell B2 (信用代码) holds a formula.",
        ),
        ("empty.csv", b"", "The file is empty. Choose the file that holds the rows."),
    ],
)  # fmt: skip
def test_a_wrong_file_names_field_reason_and_remedy(city, clerk, name, content, said):
    file = io.BytesIO(content)
    file.name = name
    url = page("runs", city, language="en")
    answer = clerk.post(url, {"file": file, "paper": "training" if name == "empty.csv" else ""})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert said in shown
    assert 'aria-invalid="true"' in shown
    with scope.of(city.association):
        assert not Run.objects.exists()


def test_what_was_chosen_is_kept_when_the_file_is_forgotten(city, clerk):
    shown = clerk.post(page("runs", city), {"paper": "figures"}).content.decode()
    assert '<option value="figures" selected>' in shown


def test_who_may_not_import_sees_why(city, run):
    observer = client_for(city.observer)
    assert observer.get(page("runs", city)).status_code == 200
    assert 'type="file"' not in observer.get(page("runs", city)).content.decode()
    assert upload(observer, city, LIST).status_code == 403
    for verb in ("confirm", "cancel"):
        assert observer.post(page(verb, city, run.public_id)).status_code == 403


def test_another_associations_run_does_not_exist(city, province, run):
    stranger = client_for(province.clerk)
    for name in ("run", "report"):
        assert stranger.get(page(name, province, run.public_id)).status_code == 404
        assert stranger.get(page(name, city, run.public_id)).status_code == 404
    for verb in ("confirm", "cancel"):
        assert stranger.post(page(verb, province, run.public_id)).status_code == 404
        assert stranger.post(page(verb, city, run.public_id)).status_code == 404
    with scope.of(city.association):
        assert Run.objects.get().state == RunState.PREVIEW


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_the_same_whatever_its_length(city, clerk, count, django_assert_num_queries):
    with scope.of(city.association):
        for number in range(count):
            Run.objects.create(
                association=city.association,
                paper="members",
                filename=f"{number}.csv",
                sha256="",
                by=city.clerk,
            )
    clerk.get(page("runs", city))
    with django_assert_num_queries(10):
        shown = clerk.get(page("runs", city)).content.decode()
    assert shown.count(".csv</a>") == count


@pytest.mark.parametrize("shown", [1, 3])
def test_the_rows_ask_the_same_however_many(city, clerk, csv, shown, django_assert_num_queries):
    bad = [["甲公司", str(number), "商家", "2024-1-1"] for number in range(shown)]
    upload(clerk, city, csv(["会员名称", "信用代码", "类型", "入会日期"], *bad))
    with scope.of(city.association):
        url = page("run", city, Run.objects.get().public_id)
    with django_assert_num_queries(11):
        assert clerk.get(url).content.decode().count('<span class="tag bad">') == shown

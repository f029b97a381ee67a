"""The console's pages of rehearsals: who sees what, what is asked, what the report tells, bad input."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from associations.tenancy import scope
from core.ledger.models import Entry
from credit.rehearsal import services
from credit.rehearsal.models import Rehearsal
from credit.rulesets import method
from tests import cast
from tests.credit.rehearsal.conftest import STRICT
from tests.credit.rulesets.sources import TEXT

OFFICERS = ("clerk", "reviewer", "decider", "admin", "observer")
LIST_QUERIES, REPORT_QUERIES = 11, 9


def page(user, house, tail="", **asked):
    return cast.client_for(user).get(f"/en/a/{house.slug}/rehearsals/{tail}", asked)


def send(user, house, tail="", **told):
    return cast.client_for(user).post(f"/en/a/{house.slug}/rehearsals/{tail}", told)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def errors(response):
    return dict(response.context_data["form"].errors)


def count(house):
    with scope.of(house.association):
        return Rehearsal.objects.count()


# --- who ---


@pytest.mark.parametrize("who", OFFICERS)
def test_every_officer_sees_the_pages(city, rehearsed, who):
    user = getattr(city, who)
    assert [page(user, city, tail).status_code for tail in ("", f"{rehearsed.public_id}/")] == [200, 200]


def test_another_associations_rehearsal_does_not_exist(city, province, rehearsed):
    for tail in (f"{rehearsed.public_id}/", "no-such-rehearsal/"):
        assert page(province.clerk, province, tail).status_code == 404
        assert send(province.clerk, province, f"{tail}export/").status_code == 404
    assert page(province.clerk, city, f"{rehearsed.public_id}/").status_code == 404
    assert "LCR-2" not in text(page(province.clerk, province))


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 302), ("decider", 302), ("admin", 302), ("reviewer", 403), ("observer", 403)],
)
def test_who_may_rehearse(city, three, who, status):
    assert send(getattr(city, who), city, source=STRICT).status_code == status
    assert count(city) == (status == 302)


# --- asking ---


def test_a_pasted_source_is_rehearsed_and_watched(city, three):
    answer = send(city.clerk, city, source=STRICT)
    client = cast.client_for(city.clerk)
    waiting = client.get(answer.url)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "Members looked at" in text(waiting)
    part = client.get(answer.url, headers={"HX-Request": "true"})
    assert (part.status_code, "HX-Refresh" in part.headers) == (200, False)
    assert part.content.decode().startswith('<div id="watch"')
    while services.rehearse_part():
        pass
    part = client.get(answer.url, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Refresh"]) == (286, "true")
    assert "Of 3 members," in text(client.get(answer.url))


def test_a_file_and_a_group_are_taken(city, three):
    numbers = "会员编号\nT00031\nT00032\nT00031\n".encode()
    answer = send(
        city.clerk, city, file=SimpleUploadedFile("draft.toml", STRICT.encode()), group_name="fee payers",
        group=SimpleUploadedFile("payers.csv", numbers), as_of="2026-11-22",
    )  # fmt: skip
    assert answer.status_code == 302
    with scope.of(city.association):
        found = Rehearsal.objects.get()
    assert found.group_ids == sorted(row.pk for row in three[:2])
    assert (found.group_name, found.as_of.isoformat()) == ("fee payers", "2026-11-22")
    while services.rehearse_part():
        pass
    words = text(page(city.clerk, city, f"{found.public_id}/"))
    assert "fee payers" in words
    assert "Too few to compare" in words


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({}, "source", "Choose the file of the rule set, or paste its text."),
        ({"source": "  "}, "source", "Choose the file of the rule set, or paste its text."),
        ({"source": "= no toml"}, "source", "neither TOML nor JSON"),
        ({"source": f"a = {'[' * 50}{']' * 50}"}, "source", "nested deeper"),
        ({"source": TEXT.replace("350, 250", "351, 250")}, "source", "The weights add up to 1001"),
        ({"source": STRICT, "as_of": "yesterday"}, "as_of", "This is no day."),
        ({"source": STRICT, "group_name": "board"}, "group", "Choose the list"),
        ({"source": STRICT, "file": (b"x", "x.toml")}, "source", "There is a file and a text."),
        ({"file": (b"\xff\xfe\x00", "x.toml")}, "file", "not text in UTF-8"),
        ({"file": (b"x" * 200_000, "x.toml")}, "file", "larger than 128 KB"),
        ({"source": STRICT, "group": (b"member number\nT00031\n", "g.csv")}, "group_name", "what the group is called"),
        ({"source": STRICT, "group_name": "b", "group": (b"member number\nT1\n", "g.csv")}, "group", "such as T1"),
        ({"source": STRICT, "group_name": "b", "group": (b"%PDF-1.4 x", "g.csv")}, "group", "PDF"),
        (
            {"source": STRICT, "group_name": "b", "group": ("member number\nT00031\nT\ue000\n".encode(), "g.csv")},
            "group",
            "Row 3: ",
        ),
        ({"source": STRICT, "group_name": "b", "group": (b"member number\n\n", "g.csv")}, "group", ""),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_its_remedy(city, three, told, field, words):
    told = {
        key: SimpleUploadedFile(value[1], value[0]) if isinstance(value, tuple) else value
        for key, value in told.items()
    }
    answer = send(city.clerk, city, **told)
    assert answer.status_code == 400
    assert words in " ".join(errors(answer)[field])
    assert count(city) == 0


def test_many_problems_are_told_in_words_and_in_part(city):
    broken = re.sub(r"weights = \[\d+", "weights = [1", TEXT).replace("share = ", "share = 9")
    told = errors(send(city.clerk, city, source=broken))["source"]
    assert 2 < len(told) <= 21
    assert told[0].startswith("dimensions.1.indicators.1.share: ")


def test_an_empty_list_says_what_to_do(city):
    assert "Nothing rehearsed yet" in text(page(city.clerk, city))


# --- the report ---


def test_the_report_tells_what_moves_and_why(city, three, rehearsed):
    context = page(city.clerk, city, f"{rehearsed.public_id}/").context_data
    assert (context["members"], context["fresh"], context["due"]) == (3, 0, 0)
    told = [(row.member.name, row.before, row.after, row.why) for row in context["rows"]]
    assert told == [("甲公司", "AA", "AAA", "compliance record")]
    assert (context["better"], context["worse"], context["movers"]) == (1, 0, 1)
    assert sum(map(sum, context["migration"].counts)) == 3
    assert [row.label for row in context["by_category"]] == ["All", "Agency", "Room operator"]
    assert [row.few for row in context["by_category"]] == [False, True, True]


def test_the_report_is_drawn_with_tables_beside(city, rehearsed):
    body = page(city.clerk, city, f"{rehearsed.public_id}/").content.decode()
    assert body.count('<svg class="ch wide"') == 2
    assert "What members paid is out of a rehearsal" in body
    assert "style=" not in body


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_same_however_long(city, three, rows, work, django_assert_num_queries):
    for _ in range(rows):
        with scope.of(city.association):
            asked = services.ask(ruleset=method.default(), as_of=work.today, by=city.clerk)
    while services.rehearse_part():
        pass
    client = cast.client_for(city.clerk)
    client.get("/en/a/city/rehearsals/")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get("/en/a/city/rehearsals/").context_data["page"].object_list) == rows
    with django_assert_num_queries(REPORT_QUERIES):
        client.get(f"/en/a/city/rehearsals/{asked.public_id}/")


# --- taking it away ---


def test_the_movers_are_exported_whole_and_noted(city, three, rehearsed):
    answer = send(city.clerk, city, f"{rehearsed.public_id}/export/", kind="csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:4] == ["Member number", "Name", "Code", "Category"]
    assert [row[:2] + row[4:6] + row[8:] for row in rows[1:]] == [
        ["T00031", "甲公司", "AA", "AAA", "compliance record"]
    ]
    with scope.of(city.association):
        entry = Entry.objects.order_by("-seq")[0]
    assert (entry.act, entry.detail) == (
        "rehearsal.movers.exported", {"rows": len(rows) - 1, "kind": "csv"},
    )  # fmt: skip
    book = send(city.observer, city, f"{rehearsed.public_id}/export/", kind="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert [cell.value for cell in next(sheet.rows)][:2] == ["Member number", "Name"]


def test_the_decider_reads_but_takes_nothing_away(city, rehearsed):
    assert send(city.decider, city, f"{rehearsed.public_id}/export/", kind="csv").status_code == 403


def test_what_runs_is_not_exported(city, three, work):
    with scope.of(city.association):
        asked = services.ask(ruleset=method.default(), as_of=work.today, by=city.clerk)
    assert send(city.clerk, city, f"{asked.public_id}/export/").status_code == 403


# --- the command ---


def test_the_command_rehearses_all_associations(  # noqa: PLR0917 - fixtures
    city, province, three, work, tmp_path, capsys
):
    work.enrol(province, 9, "别会公司")
    file = tmp_path / "draft.toml"
    file.write_text(STRICT)
    call_command("rehearse", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["all"] == [[4, 1, 0]]
    assert count(city) == count(province) == 1
    call_command("rehearse", str(file), "--association", "city")
    out = capsys.readouterr().out
    assert out.startswith("3 members, 0 without a standing rating, 0 due")
    assert (count(city), count(province)) == (2, 1)


def test_the_command_says_what_is_wrong(city, tmp_path):
    file = tmp_path / "draft.toml"
    file.write_text("format = 1")
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("rehearse", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rehearse", str(tmp_path / "none.toml"))
    with pytest.raises(CommandError, match="no association"):
        call_command("rehearse", str(file), "--association", "nowhere")

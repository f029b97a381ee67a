"""The console's pages of rule sets, and the command: what a form does, what a refusal says."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from associations.tenancy import scope
from credit.rulesets import method
from credit.rulesets.models import OwnVersion
from tests.cast import client_for
from tests.credit.rulesets.adopting import (
    BEGINS,
    CLOSED,
    DRAFTED,
    announced,
    approved,
    consulted,
    drafted,
    on,
    text,
)

LIST = "/en/a/city/rulesets/"
A_DAY = timedelta(days=1)
TOO_DEEP = "{" + '"a":{' * 40 + "}" * 41
HOSTILE = {
    "binary": (b"\xff\xfe\x00\x01", "The file is not text in UTF-8."),
    "toml": (b'id = "A\n', "reading stopped at line"),
    "endless key": (b"a" + b".a" * 2000 + b" = 1", "Line 1 is longer than 1000 characters."),
    "brackets": (b'{"a":' + b"[" * 60_000, "The rule set is nested deeper than 12 levels."),
    "deep": (TOO_DEEP.encode(), "The rule set is nested deeper than 12 levels."),
    "fraction": (b"a = 1.5", "Only whole numbers, text, true and false are allowed, not float."),
    "nan": (b'{"a": NaN}', "Only whole numbers"),
    "huge number": (b'{"a": ' + b"9" * 5000 + b"}", "reading stopped"),
    "twice": (b'{"a": 1, "a": 2}', "reading stopped"),
    "nul": (b'{"a": "\\u0000"}', "The text holds a control character."),
    "many": (b"a = [" + b"1," * 20_000 + b"]", "1000 characters"),
    "open list": (b'["a"', "reading stopped"),
}


def versions(house) -> list[OwnVersion]:
    with scope.of(house.association):
        return list(OwnVersion.objects.order_by("id"))


@pytest.fixture
def clerk(city):
    return client_for(city.clerk)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_words_with_its_remedy(city, clerk, case):
    content, words = HOSTILE[case]
    answer = clerk.post(f"{LIST}new/", {"file": SimpleUploadedFile("x.toml", content)})
    told = answer.content.decode()
    assert (answer.status_code, words in told) == (422, True), told
    assert versions(city) == []


def test_too_large_a_file_nothing_at_all_and_an_empty_one(city, clerk):
    big = SimpleUploadedFile("x.toml", b"#" * (128 * 1024 + 1))
    for given, words in (
        ({"file": big}, "larger than 131072 bytes"),
        ({}, "Choose a file, or paste the text."),
        ({"text": "  \n"}, "Choose a file, or paste the text."),
        ({"file": SimpleUploadedFile("x.toml", b"")}, "The file is empty."),
        ({"text": "a\x00b"}, "control character"),
        ({"text": "x" * 131_073}, "131072"),
    ):
        answer = clerk.post(f"{LIST}new/", given)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert versions(city) == []


def test_what_was_typed_stays(clerk):
    answer = clerk.post(f"{LIST}new/", {"text": 'id = "KEEP-ME'})
    assert "KEEP-ME" in answer.content.decode()


def test_a_draft_tells_field_problem_and_remedy_and_what_differs(city, clerk):
    wrong = text().replace("weights = [350, 280,", "weights = [350, 281,")
    wrong = wrong.replace("fresh_days = 180", "fresh_days = 200")
    answer = clerk.post(f"{LIST}new/", {"text": wrong}, follow=True)
    told = answer.content.decode()
    for words in (
        "categories.operator.weights",
        "The weights add up to 1001; they must add up to 1000.",
        "Change one of the weights by the difference.",
        "What differs from LCR-1",
        "350, 281, 150, 100, 80, 40",
        "This is looser than LCR-1 allows (180).",
        "The text has 2 problems. Mend them first.",
    ):
        assert words in told, words
    chinese = clerk.get(answer.request["PATH_INFO"].removeprefix("/en"))
    assert chinese.status_code == 200
    (version,) = versions(city)
    path = f"{LIST}{version.public_id}/"
    assert clerk.get(f"{path}source/").content.decode().splitlines() == wrong.splitlines()
    assert clerk.get(f"{LIST}default/").content == method.DEFAULT_SOURCE.read_bytes()
    assert clerk.get(f"{path}consultation/").status_code == 403
    answer = clerk.post(f"{path}text/", {"text": text()}, follow=True)
    assert "Nothing: it is of the published form" in answer.content.decode()


def test_the_whole_way_by_hand(city, clerk):
    decider, admin = client_for(city.decider), client_for(city.admin)
    with on(DRAFTED):
        clerk.post(f"{LIST}new/", {"file": SimpleUploadedFile("own.toml", text().encode())})
        (version,) = versions(city)
        path = f"{LIST}{version.public_id}/"
        late = {"begins": "2026-04-01", "until": "2026-04-30", "announced_in": "本会网站"}
        answer = clerk.post(f"{path}consultation/", late)
        assert (answer.status_code, "less than 7 days after the consultation" in answer.content.decode()) == (
            422,
            True,
        )
        assert clerk.post(f"{path}consultation/", late | {"until": "2026-04-15"}).status_code == 302
        assert clerk.get(f"{path}outcome/").status_code == 403
        assert "The consultation runs until 2026-04-15" in clerk.get(path).content.decode()
    with on(CLOSED):
        assert clerk.post(f"{path}outcome/", {"comments": 2, "outcome": "均已采纳"}).status_code == 302
        assert clerk.post(f"{path}approval/").status_code == 403
        assert decider.post(f"{path}approval/").status_code == 302
        assert admin.post(f"{path}announcement/").status_code == 302
        (version,) = versions(city)
        assert (version.state, version.comments, version.outcome) == ("published", 2, "均已采纳")
        page = clerk.get(LIST).content.decode()
        assert "CITY-1 rates" in page
        assert admin.post(f"{path}withdrawal/", {"why": " "}).status_code == 422
        assert admin.post(f"{path}withdrawal/", {"why": "会员反对"}).status_code == 302
    assert [each.state for each in versions(city)] == ["withdrawn"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(city, clerk, django_assert_num_queries, count):
    for number in range(count):
        drafted(city, text(f"CITY-{number}"))
    clerk.get(LIST)
    with django_assert_num_queries(LIST_COSTS):
        clerk.get(LIST)


LIST_COSTS = 10


def test_one_version_costs_the_same_at_any_stage(city, clerk, django_assert_num_queries):
    found = [drafted(city, text("A-1")), consulted(city, text("B-1")), approved(city, text("C-1"))]
    for version in found:
        path = f"{LIST}{version.public_id}/"
        clerk.get(path)
        with django_assert_num_queries(VERSION_COSTS):
            clerk.get(path)


VERSION_COSTS = 11


def test_another_associations_version_does_not_exist(city, province, clerk):
    theirs = announced(province, text("PROV-1"))
    for page in ("", "source/", "text/", "withdrawal/"):
        assert clerk.get(f"{LIST}{theirs.public_id}/{page}").status_code == 404
    assert "PROV-1" not in clerk.get(LIST).content.decode()


# --- the command ---


def check(tmp_path, content: bytes, **options: object) -> tuple[int, str]:
    file, out = tmp_path / "rules.toml", io.StringIO()
    file.write_bytes(content)
    try:
        call_command("check_ruleset", str(file), stdout=out, **options)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_what_is_wrong_and_leaves_with_one(tmp_path, city):
    good = method.DEFAULT_SOURCE.read_bytes()
    assert check(tmp_path, good)[0] == 0
    code, told = check(tmp_path, good, association="city")
    assert (code, told.count("\n"), told.startswith("id: ")) == (1, 1, True)
    assert check(tmp_path, text().encode(), association="city")[0] == 0
    announced(city, text("CITY-1", BEGINS, date(2026, 12, 31)))
    code, told = check(tmp_path, text("CITY-2").encode(), association="city")
    assert (code, told.count("\n"), told.startswith("effective_from: ")) == (1, 1, True)


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("slug", [None, "city"])
def test_the_command_never_breaks(tmp_path, city, case, slug):
    code, told = check(tmp_path, HOSTILE[case][0], association=slug)
    assert (code, bool(told.strip())) == (1, True)


def test_the_command_names_what_is_not_there(tmp_path, db):
    with pytest.raises(CommandError, match="no association"):
        check(tmp_path, b"", association="nowhere")
    with pytest.raises(CommandError, match="Name a file"):
        call_command("check_ruleset", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="Name a file"):
        call_command("check_ruleset", str(tmp_path))

"""The small exact parts: words, numbers, addresses, and what the tags draw."""

from datetime import date
from types import SimpleNamespace as Thing

import pytest
from django.core.paginator import Paginator
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.ui import clocks, formatting, grades, navigation, paging, proof, views
from core.verdicts import ALLOWED, denied

TODAY = date(2026, 11, 22)


def draw(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


# ---- clocks ----


@pytest.mark.parametrize(
    ("left", "on", "tone", "chinese", "english"),
    [
        (3, date(2026, 11, 25), "soon", "剩余 3 个工作日（11月25日）", "3 working days left (25 Nov)"),
        (1, date(2026, 11, 23), "soon", "剩余 1 个工作日（11月23日）", "1 working day left (23 Nov)"),
        (21, date(2026, 12, 21), "", "剩余 21 个工作日（12月21日）", "21 working days left (21 Dec)"),
        (30, date(2027, 1, 8), "", "剩余 30 个工作日（2027年1月8日）", "30 working days left (8 Jan 2027)"),
        (0, TODAY, "soon", "今天到期（11月22日）", "Due today (22 Nov)"),
        (-3, date(2026, 11, 18), "over", "已超期 3 个工作日（11月18日）", "3 working days overdue (18 Nov)"),
    ],
)
def test_a_clock_in_words(left, on, tone, chinese, english):
    told = {}
    for code in ("zh-hans", "en"):
        with translation.override(code):
            clock = clocks.clock(left, on, today=TODAY)
            told[code] = clock.left + " " * clock.gap + clock.when
    assert (clock.tone, told) == (tone, {"zh-hans": chinese, "en": english})


def test_a_dense_clock():
    with translation.override("zh-hans"):
        clock = clocks.dense(-1, date(2026, 11, 20))
    assert (clock.tone, clock.left, clock.when) == ("over", "超期 1 日", "11-20")


def test_a_clock_drawn_reads_as_one_sentence():
    with translation.override("en"):
        drawn = draw("{% clock 3 on %}", on=date(2026, 11, 25)).strip()
    assert drawn.startswith('<span class="clk soon"><b>3 working days left</b> <time datetime="2026-11-25">')


# ---- numbers ----


def test_points_to_the_milli_point():
    assert formatting.points(863_392) == '863<span class="mp">.392</span>'
    assert formatting.points(-5) == '−0<span class="mp">.005</span>'
    assert formatting.points(None) == "—"
    assert formatting.change(26_300) == '+26<span class="mp">.300</span>'
    assert formatting.lost(70_000) == '−70<span class="mp">.000</span>'
    assert formatting.change(0) == "0"
    assert formatting.plain_points(-70_000) == "−70.000"


def test_numbers_in_groups():
    assert formatting.grouped(1_127_000) == "1,127,000"
    assert formatting.grouped(-2) == "−2"
    assert formatting.plus(5) == "+5"
    assert formatting.tenths(174_713) == "174.7"
    assert formatting.tenths(69_950) == "70.0"
    assert formatting.groups("202633") == '<span class="code groups"><span>2026</span><span>33</span></span>'
    assert (formatting.size(41 * 1024), formatting.size(4_402_341_478)) == ("41 KB", "4.1 GB")


# ---- grades ----


def test_bands_are_those_of_the_method():
    assert [grades.band(letter) for letter in grades.LETTERS] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("grade", "state", "letter", "band", "note"),
    [
        (1, 0, "AAA", 1, ""),
        ("BB", 0, "BB", 3, ""),
        (3, 1, "A", 2, "Provisional"),
        (3, 2, "NR", 0, ""),
        (None, 0, "NR", 0, ""),
        (3, 3, "S", 0, ""),
        (3, 4, "W", 0, ""),
        (3, 5, "D", 5, "Barred"),
        ("NR", 0, "NR", 0, ""),
    ],
)
def test_the_face_of_a_grade(grade, state, letter, band, note):
    with translation.override("en"):
        face = grades.face(grade, state)
        assert (face.letter, face.band, str(face.note)) == (letter, band, note)


@pytest.mark.parametrize("grade", [0, 11, "E"])
def test_there_is_no_other_grade(grade):
    with pytest.raises(ValueError):  # noqa: PT011 - of any wording
        grades.face(grade)


def test_the_chip_takes_what_is_shown_to_the_public():
    with translation.override("en"):
        assert draw("{% grade r %}", r=Thing(shown=3, grade=2, state=0)).strip() == (
            '<span class="gr" data-b="2"><b>A</b><i>Good</i></span>'
        )


# ---- actions ----


def test_an_allowed_verb_is_a_form():
    drawn = draw('{% act verdict "/go/" "Publish" kind="pri" %}', verdict=ALLOWED, csrf_token="t0ken")
    assert '<form method="post" action="/go/">' in drawn
    assert 'value="t0ken"' in drawn
    assert "aria-disabled" not in drawn


def test_a_refused_verb_says_why_and_leads_nowhere():
    drawn = draw('{% act verdict "/go/" "Publish" %}', verdict=denied("You opened this <case>."))
    assert "/go/" not in drawn
    assert 'aria-disabled="true" aria-describedby="u1"' in drawn
    assert '<p class="reason" id="u1">' in drawn
    assert "You opened this &lt;case&gt;." in drawn


def test_reasons_have_ids_of_their_own():
    drawn = draw('{% act no "/a/" "A" %}{% act no "/a/" "A" %}', no=denied("No."))
    assert [f'id="u{n}"' in drawn for n in (1, 2, 3)] == [True, True, False]


# ---- addresses ----


def test_an_address_keeps_filters_and_forgets_the_page():
    request = RequestFactory().get("/m/?grade=A&page=4&sort=name")
    assert paging.address(request, sort="-name") == "?grade=A&sort=-name"
    assert paging.address(request, page=5) == "?grade=A&sort=name&page=5"
    assert paging.address(request, grade=None, sort="") == "/m/"


def test_the_pager_keeps_filters():
    drawn = draw("{% pager page %}", "/m/?grade=A&page=2", page=Paginator(range(180), 50).page(2))
    assert 'href="?grade=A&amp;page=1"' in drawn
    assert 'href="?grade=A&amp;page=3"' in drawn


def test_the_ends_of_a_list_have_no_further_page():
    drawn = draw("{% pager s %}", s=paging.Stretch(items=[1, 2], next="", previous="", total=2))
    assert "href" not in drawn


def test_sorting_turns_round():
    assert 'aria-sort="none"><a href="?sort=name">' in draw('{% sortable "Name" "name" %}', "/m/")
    assert 'aria-sort="ascending"><a href="?sort=-name">' in draw(
        '{% sortable "Name" "name" %}', "/m/?sort=name"
    )
    assert 'aria-sort="descending"><a href="?sort=name">' in draw(
        '{% sortable "Name" "name" %}', "/m/?sort=-name"
    )


# ---- the frame ----


def test_the_nearest_link_is_current():
    links = [
        navigation.Link("Home", "/"),
        navigation.Link("Bars", "/bars/"),
        navigation.Link("One", "/bars/x/"),
    ]
    assert [link.current for link in navigation.mark(links, "/bars/x/y/")] == ["", "", "true"]
    assert [link.current for link in navigation.mark(links, "/bars/")] == ["", "page", ""]
    assert [link.current for link in navigation.mark(links, "/other/")] == ["", "", ""]
    besides = [navigation.Link("a", "/me/"), navigation.Link("b", "/me/data/", also=("/me/fees/",))]
    assert [link.current for link in navigation.mark(besides, "/me/fees/")] == ["", "true"]
    assert [link.current for link in navigation.mark(besides, "/me/other/")] == ["true", ""]


def test_rooms_that_do_not_exist_are_not_linked():
    assert navigation.standing([("nowhere:at-all", "Nowhere")]) == []


def test_widths_come_in_steps_of_five():
    assert 'class="w40"' in draw("{% burn 39 %}")
    assert 'class="w5"' in draw("{% burn 0.4 %}")
    assert 'class="w0"' in draw("{% burn 0 %}")
    assert 'class="w100"' in draw("{% burn 140 %}")


def test_a_frame_nobody_made_is_not_found():
    with pytest.raises(Http404):
        views.gallery(RequestFactory().get("/"), "attic")


# ---- proof ----


def test_a_seal_reads_in_columns_from_the_right():
    drawn = proof.seal("甲乙丙丁", "甲乙丙丁<印>")
    assert drawn.count("<text") == 4
    assert 'x="71.0" y="42.6" font-size="37.8" text-anchor="middle">甲' in drawn
    assert 'x="29.0" y="84.6" font-size="37.8" text-anchor="middle">丁' in drawn
    assert 'aria-label="甲乙丙丁&lt;印&gt;"' in drawn


def test_runs_of_dark_modules():
    assert proof.runs(bytes([1, 1, 0, 1])) == [(0, 2), (3, 1)]
    assert proof.runs(bytes([0, 0])) == []


def test_a_qr_code_is_dark_on_white_without_a_stylesheet():
    drawn = proof.qr("https://register.invalid/v/1", "QR")
    assert 'fill="#fff"' in drawn
    assert '<path fill="#15202d" d="M4 4h7v1h-7z' in drawn

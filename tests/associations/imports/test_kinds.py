"""What each kind of paperwork takes, refuses and remarks on, beyond the six files."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import Workbook

from associations.conduct import catalogue
from associations.conduct.digest import digest
from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.imports.papers.columns import shown
from associations.imports.papers.figures import last_day
from associations.members.models import AgencyLink, Consent, Membership, PlatformAccount, ScreeningQuestion
from associations.members.states import Category, Purpose
from associations.tenancy import scope
from associations.training.models import Attendance, Session
from core.subjects import encryption
from core.subjects.models import WatchMark
from core.subjects.states import MarkKind
from tests.cast import admit, firm, identity_number, person, tomorrow, uscc

LIST = ["会员名称", "信用代码", "类型", "入会日期", "状态"]
STREAMERS = ["艺名", "真实姓名", "证件号码", "平台", "账号ID", "签约机构信用代码", "签约开始", "公示授权"]
SHEET = ["课程", "日期", "学时", "信用代码/证件号", "签到", "成绩"]
DECISIONS = [
    "决定文号", "决定日期", "代码或证件号", "违规代码", "严重程度", "措施", "应到委员", "实到委员", "赞成票",
    "告知送达日", "申辩", "申诉截止", "事实", "依据",
]  # fmt: skip
FIGURES = ["主体", "月份", "平台", "订单数", "成立投诉", "办结投诉", "按时答复", "已解决"]
TODAY = timezone.localdate()


def codes(plan):
    return [(problem.row, problem.code, problem.refused) for problem in plan.problems]


# --- members ---


def test_a_member_list_is_taken_row_by_row(city, bring, csv, operator, agency):
    standing, other = operator.code, agency.code
    plan = bring(
        "members",
        csv(
            LIST,
            ["甲公司", uscc(10), "商家", "2024-1-1", "暂停"],
            ["乙公司", uscc(11), "主播", "2024-1-1", ""],
            ["丙公司", uscc(12), "商家", "2024-1-1", "退会"],
            ["丁公司", uscc(13), "商家", str(tomorrow()), ""],
            [operator.name, standing, "商家", "2024-01-15", "正常"],
            ["改名公司", other, "商家", "2024-01-15", "正常"],
            ["甲公司", uscc(10), "商家", "2024-1-1", "暂停"],
        ),
    )
    assert codes(plan) == [
        (3, "streamer_is_a_person", True),
        (4, "left_already", True),
        (5, "joined_in_future", True),
        (7, "differs_from_file", False),
        (8, "duplicates_in_file", True),
    ]
    assert plan.problems[3].params == {"fields": ["会员名称", "会员类别"]}
    assert (len(plan.accepted), plan.unchanged, plan.duplicates, plan.refused) == (1, 2, 1, 3)
    with scope.of(city.association):
        member = Membership.objects.get(code=uscc(10))
        assert (member.state, member.number) == ("suspended", "M00003")
        assert [event.change for event in member.events.order_by("id")] == ["joined", "suspended"]
        assert Membership.objects.get(code=other).name == agency.name


def test_whoever_left_is_not_taken_in_again_by_the_old_list(city, bring, csv):
    member = admit(city, firm(10))
    with scope.of(city.association):
        Membership.objects.filter(pk=member.pk).update(state="left", left_on="2025-01-01")
    old = [firm(10).name, uscc(10), "商家", "2024-1-15", ""]
    plan = bring("members", csv(LIST, old))
    assert (plan.unchanged, codes(plan)) == (1, [(2, "membership_ended", False)])
    old[3] = "2025-6-1"
    assert len(bring("members", csv(LIST, old)).accepted) == 1


def test_an_import_is_screened_and_a_hit_asks_a_person(city, province, bring, csv):
    with scope.across_associations(why="test"):
        WatchMark.objects.create(
            kind=MarkKind.USCC, index=encryption.index("uscc", uscc(10)), bar_public_id="b" * 22,
            set_by=province.association,
        )  # fmt: skip
    plan = bring("members", csv(LIST, ["甲公司", uscc(10), "商家", "2024-1-1", ""]))
    assert plan.summary()["screening_questions"] == 1
    with scope.of(city.association):
        question = ScreeningQuestion.objects.get()
        assert (question.name, question.membership.code, question.set_by) == (
            "甲公司", uscc(10), province.association,
        )  # fmt: skip
        assert question.membership.state == "active"


def test_a_dry_run_changes_nothing(city, bring, csv):
    path = csv(LIST, ["甲公司", uscc(10), "商家", "2024-1-1", ""])
    assert len(bring("members", path, dry_run=True).accepted) == 1
    with scope.of(city.association):
        assert not Membership.objects.exists()


def test_facts_loaded_are_digested_as_all_facts_are(city, bring, csv):
    bring("members", csv(LIST, ["甲公司", uscc(10), "商家", "2024-1-1", ""]))
    line = [uscc(10), "2025-01", "甲平台", "10", "1", "2", "0", "1"]
    bring("figures", csv(FIGURES, line))
    bring("figures", csv(FIGURES, [*line[:3], "11", *line[4:]]))
    with scope.of(city.association):
        facts = list(Fact.objects.select_related("ref").order_by("id"))
        assert [fact.kind for fact in facts] == [
            FactKind.CHECK, FactKind.FIGURES, FactKind.CORRECTION, FactKind.FIGURES,
        ]  # fmt: skip
        assert [bytes(fact.digest) for fact in facts] == [digest(fact) for fact in facts]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("110101191008274113", "**************4113"),
        ("1101 0119 1008 2741 1X", "**************411X"),
        ("１１０１０１１９１００８２７４１１３", "**************4113"),
        ("110101910082741", "***********2741"),
        ("13812345678", "*******5678"),
        ("9199000042304114X4", "9199000042304114X4"),
        ("某市禾闻公司", "某市禾闻公司"),
    ],
)
def test_a_refused_value_never_shows_a_persons_number(cell, told):
    assert shown(cell) == told


# --- streamers ---


def test_a_streamer_list_adds_what_is_not_on_file(city, bring, csv, agency):
    one, two = identity_number(1), identity_number(2)
    first = ["小满", "沈小满", one, "某音", "a1", agency.code, "2025-03-01", "是"]
    plan = bring(
        "streamers",
        csv(
            STREAMERS,
            first,
            ["小满", "沈小满", one, "某手", "a2", agency.code, "2025-03-01", "是"],  # a second account
            first,
            ["小寒", "", two, "某音", "a3", uscc(77), "", "否"],
            ["小暑", "甲", identity_number(3, TODAY - timedelta(days=15 * 365)), "", "", "", "", ""],
        ),
    )
    assert codes(plan) == [
        (4, "duplicates_in_file", True),
        (5, "agency_unknown", False),
        (6, "under_sixteen", True),
    ]
    assert (len(plan.accepted), plan.duplicates, plan.refused) == (3, 1, 1)
    with scope.of(city.association):
        member = Membership.objects.get(name="小满")
        assert (str(member.joined_on), member.category) == ("2025-03-01", Category.STREAMER)
        assert sorted(member.accounts.values_list("platform", flat=True)) == ["某手", "某音"]
        assert AgencyLink.objects.get().streamer == member
        assert sorted(member.consents.values_list("purpose", flat=True)) == ["join", "publish", "rate"]
        assert Membership.objects.get(name="小寒").consents.filter(purpose=Purpose.PUBLISH).count() == 0
    again = bring("streamers", csv(STREAMERS, first))
    assert (again.unchanged, again.accepted) == (1, [])


def test_a_streamer_list_says_nothing_in_words(city, bring, csv):
    headings = [*STREAMERS, "签约结束"]
    rows = (
        ["小满", "/", identity_number(1), "某音", "无", "独立主播", "—", "—", "至今"],
        ["小寒", "暂无", f"'{identity_number(2)}", "某音", "-", "/", "2025-03-01", "已签署", "长期"],
    )
    plan = bring("streamers", csv(headings, *rows))
    assert codes(plan) == []
    assert [(row.account, row.agency, row.until, row.publish) for row in plan.accepted] == [
        ("", None, None, None),
        ("", None, None, True),
    ]


def test_a_streamer_who_stands_gets_what_is_new(city, bring, csv, agency):
    admit(city, person(1, "小满"), Category.STREAMER)
    row = ["小满", "", identity_number(1), "某手", "a2", agency.code, "2025-03-01", "是"]
    assert len(bring("streamers", csv(STREAMERS, row)).accepted) == 1
    with scope.of(city.association):
        assert Membership.objects.filter(category=Category.STREAMER).count() == 1
        assert PlatformAccount.objects.count() == 2
        assert AgencyLink.objects.count() == 1
    assert bring("streamers", csv(STREAMERS, row)).unchanged == 1


def test_a_list_takes_consent_back_and_cannot_give_it_anew(city, bring, csv):
    row = ["小满", "", identity_number(1), "", "", "", "2025-03-01", "是"]
    bring("streamers", csv(STREAMERS, row))
    assert len(bring("streamers", csv(STREAMERS, [*row[:-1], "否"])).accepted) == 1
    plan = bring("streamers", csv(STREAMERS, row))
    assert (plan.unchanged, codes(plan)) == (1, [(2, "consent_withdrawn", False)])
    with scope.of(city.association):
        lines = Consent.objects.filter(purpose=Purpose.PUBLISH).order_by("id")
        assert [line.given for line in lines] == [True, False]


# --- training ---


def test_a_sign_in_sheet_is_recorded_and_corrected(city, bring, csv, operator, agency):
    day = "2026-03-12"
    rows = [
        ["法规", day, "4", operator.code, "√", "88.9"],
        ["法规", day, "1.5学时", agency.code, "请假", ""],
        ["法规", day, "4", operator.code, "√", "88.9"],
        ["法规", day, "4", uscc(99), "√", ""],
        ["法规", str(tomorrow()), "4", operator.code, "√", ""],
        ["法规", day, "4", agency.code, "×", "90"],
        ["法规", day, "300", agency.code, "√", ""],
    ]
    plan = bring("training", csv(SHEET, *rows))
    assert codes(plan) == [
        (3, "hours_rounded_down", False),
        (4, "duplicates_in_file", True),
        (5, "unknown_member", True),
        (6, "held_in_future", True),
        (7, "result_without_presence", True),
        (8, "bad_hours", True),
    ]
    with scope.of(city.association):
        assert Session.objects.get().hours == 4
        here, away = Attendance.objects.order_by("membership__number")
        assert (here.presence, here.hours, here.score, here.passed) == ("present", 4, 88, True)
        assert (away.presence, away.hours) == ("excused", 0)
    rows[0][5] = "50"
    plan = bring("training", csv(SHEET, rows[0]))
    assert codes(plan) == [(2, "corrects", False)]
    with scope.of(city.association):
        assert Attendance.objects.get(membership=operator).passed is False
        assert Fact.objects.filter(kind=FactKind.CORRECTION).count() == 2


# --- decisions ---


def decision(number, who, **changes):
    row = {
        "决定文号": number, "决定日期": "2025-08-20", "代码或证件号": who, "违规代码": "AD08", "严重程度": "一般",
        "措施": "警告", "应到委员": "9", "实到委员": "7", "赞成票": "6", "告知送达日": "2025-07-20",
        "申辩": "已提交", "申诉截止": "2025-09-10", "事实": "演示", "依据": "演示",
    } | changes  # fmt: skip
    return [row[heading] for heading in DECISIONS]


def test_past_decisions_are_checked_kept_and_told_apart(city, bring, csv, operator):
    who = operator.code
    plan = bring(
        "decisions",
        csv(
            DECISIONS,
            decision("决1", who),
            decision("决1", who),
            decision("决2", who, 违规代码="ZZ99"),
            decision("决3", who, 赞成票="8"),
            decision("决4", who, 实到委员="10"),
            decision("决5", uscc(99)),
            decision("决6", who, 告知送达日=""),
            decision("决7", who, 实到委员="5", 赞成票="5"),
            decision("决8", who, 决定日期=str(tomorrow())),
            decision("决9", who, 告知送达日="1931-01-05"),
        ),
    )
    assert codes(plan) == [
        (3, "duplicates_in_file", True),
        (4, "unknown_violation", True),
        (5, "impossible_votes", True),
        (6, "impossible_votes", True),
        (7, "unknown_member", True),
        (8, "without_notice", False),
        (9, "below_two_thirds_present", False),
        (10, "decided_in_future", True),
        (11, "unknown_year", True),
    ]
    summary = plan.summary()
    assert (summary["accepted"], summary["counting"], summary["history"]) == (3, 1, 2)
    again = bring("decisions", csv(DECISIONS, decision("决1", who, 措施="业内通报批评")))
    assert (again.unchanged, codes(again)) == (1, [(2, "differs_from_file", False)])


def test_past_decisions_as_clerks_write_them(city, bring, csv, operator):
    who = operator.code
    plan = bring(
        "decisions",
        csv(
            DECISIONS,
            decision("决〔2025〕1号", who, 告知送达日="未送达", 违规代码="ad-5"),
            decision("决[2025] 1 号", who),
            decision("决〔2025〕2号", who, 违规代码="AD05 未经审查发布广告", 严重程度="情节严重"),
            decision("决〔2025〕3号", who, 违规代码="AD05、AD08"),
        ),
    )
    assert codes(plan) == [
        (2, "without_notice", False),
        (3, "duplicates_in_file", True),
        (5, "unknown_violation", True),
    ]
    assert [(row.paper["number"], row.paper["code"]) for row in plan.accepted] == [
        ("决〔2025〕1号", catalogue.by_code("AD05").number),
        ("决〔2025〕2号", catalogue.by_code("AD05").number),
    ]


def test_a_sheet_not_read_is_told(city, bring, tmp_path):
    book = Workbook()
    for name, number in (("2025", 10), ("2024", 11)):
        sheet = book.active if name == "2025" else book.create_sheet()
        sheet.title = name
        sheet.append(LIST)
        sheet.append(["甲公司", uscc(number), "商家", "2024-1-1", ""])
    book.create_sheet("说明").append(["填表说明"])
    path = tmp_path / "名册.xlsx"
    book.save(path)
    plan = bring("members", path)
    assert codes(plan) == [(1, "sheets_not_read", False)]
    assert plan.problems[0].column == "2024"
    assert (len(plan.accepted), plan.summary()["sheets_not_read"]) == (1, 1)


# --- figures ---


def test_figures_are_recorded_once_and_corrected_with_both_kept(city, bring, csv, operator):
    line = [operator.code, "2025-02", "甲平台", "100", "1", "3", "2", "3"]
    plan = bring(
        "figures",
        csv(
            FIGURES,
            line,
            line,
            [operator.code, f"{TODAY:%Y-%m}", "甲平台", "1", "0", "0", "0", "0"],
            [operator.code, "2025-03", "甲平台", "1", "0", "1", "2", "0"],
            [operator.code, "2025-03", "甲平台", "1", "2", "1", "1", "0"],
            [operator.code, "2025-03", "甲平台", "-1", "0", "1", "1", "0"],
            [operator.code, "2025-03", "甲平台", "1", "0", str(2**31), "1", "0"],
            [uscc(99), "2025-03", "甲平台", "1", "0", "1", "1", "0"],
            [operator.code, "2025-02", "乙平台", "7", "0", "1", "1", "0"],
        ),
    )
    assert codes(plan) == [
        (3, "duplicates_in_file", True),
        (4, "month_not_over", True),
        (5, "impossible_numbers", True),
        (6, "impossible_numbers", True),
        (7, "negative_number", True),
        (8, "number_too_large", True),
        (9, "unknown_member", True),
    ]
    with scope.of(city.association):
        assert ConductDue.objects.filter(membership=operator).count() == 1
    for orders in ("101", "102", "101"):
        plan = bring("figures", csv(FIGURES, [*line[:3], orders, *line[4:]]))
        assert codes(plan) == [(2, "corrects", False)]
    assert bring("figures", csv(FIGURES, [*line[:3], "101", *line[4:]])).unchanged == 1
    with scope.of(city.association):
        facts = Fact.objects.filter(kind=FactKind.FIGURES, source="甲平台").order_by("id")
        assert [fact.a for fact in facts] == [100, 101, 102, 101]
        assert {str(fact.occurred_on) for fact in facts} == {"2025-02-28"}
        corrected = Fact.objects.filter(kind=FactKind.CORRECTION).order_by("id")
        assert [fact.ref_id for fact in corrected] == [fact.pk for fact in facts[:3]]


def test_a_line_may_be_json(city, bring, tmp_path, operator):
    path = tmp_path / "figures.jsonl"
    keys = ("subject", "period", "platform", "orders", "complaints_upheld", "complaints_closed")
    line = dict(zip(keys, (operator.code, "2025-02", "甲平台", 5, 0, 1), strict=True))
    path.write_text(json.dumps(line | {"answered_in_time": 1, "resolved": 1}), encoding="utf-8")
    assert len(bring("figures", path).accepted) == 1


@pytest.mark.parametrize(
    ("month", "day"), [((2024, 2), 29), ((2025, 2), 28), ((2025, 12), 31), ((2026, 4), 30)]
)
def test_a_month_ends_on_its_last_day(month, day):
    first = TODAY.replace(year=month[0], month=month[1], day=1)
    assert last_day(first) == first.replace(day=day)

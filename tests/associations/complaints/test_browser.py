"""The public form in a real browser, on a telephone, with scripts and without."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from associations.complaints.models import Complaint
from associations.tenancy import scope
from tests.associations.complaints.conftest import FACTS, PERSON, PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TELEPHONE = {"width": 360, "height": 740}
GRAVE = {"serious", "critical"}


def served(context, wrong):
    """A page of the context that is given stylesheets and scripts, and tells what the browser held against it."""

    def static(route):
        found = finders.find(route.request.url.split("/static/")[1].split("?")[0])
        route.fulfill(path=found) if found else route.abort()

    page = context.new_page()
    page.route("**/static/**", static)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return page


def fill(page, base):
    page.goto(f"{base}/complaints/new/")
    page.select_option("[name=association]", "city")
    page.fill("[name=about]", "直播间：甜甜蜂蜜")
    page.select_option("[name=topic]", "quality")
    page.fill("[name=facts]", FACTS)
    page.fill("[name=wish]", "退货退款")
    page.fill("[name=person]", PERSON)
    page.fill("[name=contact]", PHONE)


def grave(page):
    """What axe calls serious or critical on the page as it is."""
    told = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in told if each["impact"] in GRAVE]


def test_axe_finds_nothing_grave(city, operator, live_server, browser, clock):
    """The form, empty and with its errors, the way back, and a complaint with a proposal in it."""
    with scope.of(city.association):
        walk = Walk(city, operator, clock)
        got = walk.receive()
        for verb in (walk.acknowledge, walk.accept, walk.reply, walk.mediate, walk.propose):
            verb()
    context = browser.new_context(locale="zh-CN")
    page = served(context, [])
    found = {}
    for language in ("", "/en"):
        page.goto(f"{live_server.url}{language}/complaints/new/")
        found[f"{language} form"] = grave(page)
        page.wait_for_selector("[name=answer]:not([value=''])", state="attached")
        page.click("main form button[type=submit]")
        page.wait_for_selector("#errors")
        found[f"{language} errors"] = grave(page)
        page.goto(f"{live_server.url}{language}/complaints/status/")
        found[f"{language} status"] = grave(page)
        page.fill("[name=number]", got.tracking)
        page.fill("[name=code]", got.code)
        page.click("main form button[type=submit]")
        page.wait_for_selector("#proposal")
        found[f"{language} course"] = grave(page)
    assert {name: each for name, each in found.items() if each} == {}
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_complaint_is_sent_and_followed_on_a_telephone(city, live_server, browser, scripts):
    """The browser finds a proof the server takes; without scripts a person looks first."""
    wrong, widths = [], []
    context = browser.new_context(viewport=TELEPHONE, locale="zh-CN", java_script_enabled=scripts)
    page = served(context, wrong)
    fill(page, live_server.url)
    widths.append(page.locator("body").evaluate("() => document.documentElement.scrollWidth"))
    page.click("form button[type=submit]")
    page.wait_for_selector("[name=code]", state="attached")
    number, code = (page.locator(f"[name={name}]").get_attribute("value") for name in ("number", "code"))
    with scope.of(city.association):
        row = Complaint.objects.get()
    assert (row.aside, row.tracking) == (not scripts, number.replace("-", ""))

    page.goto(f"{live_server.url}/complaints/status/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("form button[type=submit]")
    assert FACTS in page.inner_text("main")
    page.fill("#w-ans", "补充说明")
    page.click("#answer button")
    assert "补充说明" in page.inner_text("#course")
    widths.append(page.locator("body").evaluate("() => document.documentElement.scrollWidth"))
    assert widths == [TELEPHONE["width"]] * 2
    assert wrong == []
    context.close()

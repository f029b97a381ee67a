"""The system's Chromium reaches the site under test, and the test still reaches the database."""

import pytest
from django.contrib.contenttypes.models import ContentType


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_and_the_database_in_one_test(live_server, page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    answer = page.goto(f"{live_server.url}/ops/login/")
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert [text for text in refused if "Content Security Policy" in text] == []
    assert ContentType.objects.count() > 0

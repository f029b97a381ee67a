"""The running register, once a session, and a way for people to log in to it with a browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from config.demo.accounts import PASSWORD
from tests.e2e import house, paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory, migrated: str) -> Iterator[house.House]:
    """Run the register with the demonstration in it."""
    name = f"e2e_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with house.standing(name, tmp_path_factory.mktemp("register"), migrated) as standing:
        yield standing


@pytest.fixture(scope="session")
def complaints() -> list[str]:
    """What the browser's console held against any page: refused by the policy, not found, thrown."""
    return []


@pytest.fixture(scope="session")
def visitor(browser: Browser, register: house.House, complaints: list[str]) -> Iterator[Page]:
    """Open a page of somebody who is nobody in particular."""
    context = _context(browser, register)
    yield _page(context, complaints)
    context.close()


@pytest.fixture(scope="session")
def as_(browser: Browser, register: house.House, complaints: list[str]) -> Iterator[Callable[[str], Page]]:
    """Give the page of an account of the demonstration, logged in through the log-in page on first use."""
    pages: dict[str, Page] = {}

    def enter(mail: str) -> Page:
        if mail not in pages:
            page = _page(_context(browser, register), complaints)
            page.goto("/account/login/")
            page.fill("input[name=login]", mail)
            page.fill("input[name=password]", PASSWORD)
            page.click("form:has(input[name=password]) button[type=submit]")
            page.wait_for_url(lambda address: "/account/" not in address)
            pages[mail] = page
        return pages[mail]

    yield enter
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="session")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a list of members as a clerk keeps it."""
    return paper.roster(tmp_path_factory.mktemp("paper") / "新入会会员名册.xlsx")


def _context(browser: Browser, register: house.House) -> BrowserContext:
    context = browser.new_context(base_url=register.url, viewport=WIDE, locale="zh-CN")
    context.set_default_timeout(20_000)
    return context


def _page(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return page

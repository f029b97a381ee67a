"""What identifies a person is in no log line."""

import io
import json
import logging
from logging.config import dictConfig

import pytest
import structlog
from django.conf import settings

from config.settings.logs import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("证号11010519491231002X。", "证号***。"),
        ("id=110105194912310021 ok", "id=*** ok"),
        ("old 110105491231002", "old ***"),
        ("call 13800138000, +86 138-0013-8000 or 8613800138000", "call ***, *** or ***"),
        ("写给 zhang.san+x@mail.example.cn 吧", "写给 *** 吧"),
        (
            "2026-11-22T18:05:00.123456 order 4711 of 1000000",
            "2026-11-22T18:05:00.123456 order 4711 of 1000000",
        ),
        ("91990000MA01ABCD1X", "91990000MA01ABCD1X"),
        ("sha 0a11010519491231002Xff", "sha 0a11010519491231002Xff"),
    ],
)
def test_strings(text, expected):
    assert masked(text) == expected


def test_any_depth_and_any_type():
    class Person:
        def __str__(self):
            return "tel 13800138000"

    assert masked({"a": ["13800138000", ("x", 13800138000)], "13800138000": Person(), "n": 7, "t": True}) == {
        "a": ["***", ["x", "***"]],
        "***": "tel ***",
        "n": 7,
        "t": True,
    }


@pytest.fixture
def written():
    out = io.StringIO()
    handler = {"class": "logging.StreamHandler", "formatter": "json", "stream": out}
    dictConfig({**settings.LOGGING, "handlers": {"standard error": handler}})
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    dictConfig(settings.LOGGING)


def test_a_line_of_python_s_logging_and_of_structlog(written):
    logging.getLogger("somewhere").warning("refused %s", "11010519491231002X", extra={"unused": 1})
    structlog.get_logger("elsewhere").info("sent", to="li@mail.example.cn", count=2)
    try:
        raise ValueError("no such person: 13800138000")
    except ValueError:
        logging.getLogger("somewhere").exception("failed")
    first, second, third = written()
    assert (first["event"], first["level"], first["logger"]) == ("refused ***", "warning", "somewhere")
    assert (second["event"], second["to"], second["count"]) == ("sent", "***", 2)
    assert third["exception"].splitlines()[-1] == "ValueError: no such person: ***"

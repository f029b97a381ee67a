"""The catalogue is exact: nothing missing, nothing left over, nothing stale."""

import pytest

from config import translations


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "BASE_DIR", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "locale/django.po")
    monkeypatch.setattr(translations, "COMPILED", tmp_path / "locale/django.mo")
    (tmp_path / "core/templates").mkdir(parents=True)
    (tmp_path / "core/rules.py").write_text('from x import gettext as _\nNO = _("Not %(name)s.")\n')
    (tmp_path / "core/templates/a.html").write_text(
        '{% load i18n %}\n{% translate "May" context "month" %}{{ _("Yes") }}'
        "{% blocktranslate count n=n trimmed %}\n one thing {% plural %} {{ n }} things {% endblocktranslate %}"
    )
    return tmp_path


def fragment(project, text):
    path = project / "fragment.po"
    path.write_text(text)
    return [path]


COMPLETE = """
msgid "Not %(name)s."
msgstr "不是%(name)s。"

msgctxt "month"
msgid "May"
msgstr "五月"

msgid "Yes"
msgstr "是"

msgid "one thing"
msgid_plural "%(n)s things"
msgstr[0] "%(n)s件"
"""


def test_every_message_is_found_with_its_place(project):
    assert translations.messages() == {
        (None, "Not %(name)s.", None): "core/rules.py:2",
        ("month", "May", None): "core/templates/a.html:2",
        (None, "Yes", None): "core/templates/a.html:2",
        (None, "one thing", "%(n)s things"): "core/templates/a.html:2",
    }
    assert len(translations.problems()) == 5  # four sentences and the compiled file


def test_a_complete_catalogue_has_no_problem_and_gettext_reads_it(project):
    from gettext import GNUTranslations

    translations.write(fragment(project, COMPLETE))
    assert translations.problems() == []
    with translations.COMPILED.open("rb") as file:
        read = GNUTranslations(file)
    assert read.gettext("Yes") == "是"
    assert read.pgettext("month", "May") == "五月"
    assert read.ngettext("one thing", "%(n)s things", 3) == "%(n)s件"


def test_writing_again_changes_nothing(project):
    translations.write(fragment(project, COMPLETE))
    first = translations.CATALOGUE.read_bytes(), translations.COMPILED.read_bytes()
    translations.write([])
    assert (translations.CATALOGUE.read_bytes(), translations.COMPILED.read_bytes()) == first


def test_what_is_wrong_is_named(project):
    translations.write(fragment(project, COMPLETE.replace("不是%(name)s。", "不是%(nam)s。")))
    assert translations.problems() == [
        "core/rules.py:2: the Chinese names a placeholder that the English has not, 'Not %(name)s.'"
    ]
    translations.write(fragment(project, COMPLETE))
    (project / "core/rules.py").write_text('from x import gettext as _\nNO = _("New.")\n')
    translations.COMPILED.write_bytes(b"old")
    assert len(translations.problems()) == 3


def test_a_sentence_said_at_once_beside_lazy_ones_is_found():
    said = b'from x import gettext as _now\n_now("Hold it: %(place)s")\n'
    assert list(translations.in_python(said)) == [(2, (None, "Hold it: %(place)s", None))]

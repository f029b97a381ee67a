"""The six real files, and importing them by command."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from associations.imports import services
from associations.imports.models import Refusal, Run
from associations.tenancy import scope

FILES = Path(__file__).resolve().parents[2] / "core/paperwork/files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
ORDER = (
    ("members", "会员名册.xlsx"),
    ("streamers", "主播名单.csv"),
    ("training", "培训签到表.xlsx"),
    ("decisions", "历年决定.csv"),
    ("figures", "平台月报.jsonl"),
)


def command(kind, slug, path, *more):
    """Run `import_<kind>`; give its line of JSON as a dict."""
    out = io.StringIO()
    call_command(f"import_{kind}", slug, str(path), *more, stdout=out)
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


@pytest.fixture
def everything(city):
    """Import the city's five files by command; give their summaries by kind."""
    return {kind: command(kind, city.slug, FILES / name) for kind, name in ORDER}


@pytest.fixture
def csv(tmp_path):
    """Make a CSV file of rows."""

    def make(*rows, name="file.csv"):
        path = tmp_path / name
        path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
        return path

    return make


@pytest.fixture
def bring(city):
    """Import a file into the city's association; give the plan."""

    def run(paper, path, **more):
        with scope.of(city.association):
            return services.bring_in(paper=paper, path=path, by=city.clerk, **more)

    return run


def standing(association):
    """All runs of an association with their refusals, newest first."""
    with scope.of(association):
        return list(Run.objects.order_by("-id")), list(Refusal.objects.order_by("id"))


@pytest.fixture(autouse=True)
def in_english():
    """Let sentences be English where nobody asks for a page."""
    with override("en"):
        yield

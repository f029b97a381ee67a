"""What runs the product is a part of what tests it."""

from config import lock
from config.embedded.place import PROJECT

LOCK = """\
django==5.2 \\
    --hash=sha256:aa
    # via
    #   -r requirements.txt
    #   django-stubs
asgiref==3 ; python_version < "4" \\
    --hash=sha256:bb
    # via django
django-stubs==6 \\
    --hash=sha256:cc
    # via -r requirements-dev.txt
mypy==2 \\
    --hash=sha256:dd
    # via django-stubs
"""


def test_only_what_requirements_txt_leads_to():
    assert lock.needed(LOCK) == LOCK[: LOCK.index("django-stubs==")]


def test_every_direct_requirement_is_in_the_part():
    part = {
        lock._name(line) for line in lock.needed((PROJECT / "requirements.lock").read_text()).splitlines()
    }
    direct = [
        line for line in (PROJECT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"
    ]
    names = {lock._name(line.split("~")[0].strip()).lower() for line in direct}
    assert names - part == set()
    assert "pytest" not in part

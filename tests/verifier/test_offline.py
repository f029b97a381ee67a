"""From the running register to a stranger's machine: the same grade, or 1."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

from associations.tenancy import scope
from config.settings.environment import BASE_DIR
from core.signing.selectors import published_keys
from credit.publication.models import PublishedRating
from credit.rulesets.vocabulary import GRADES
from tests.credit.publication.conftest import DAY

KEYS = "/.well-known/register-keys.json"


def test_a_stranger_works_out_the_same_grade(client, verify, bundle, tmp_path):
    keys = tmp_path / "register-keys.json"
    keys.write_bytes(client.get(KEYS).content)
    done = verify(bundle, "--key", str(keys), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    with scope.public():
        row = PublishedRating.objects.get()
    assert (told["verified"], told["differences"]) == (True, [])
    assert (told["grade"], told["score"], told["member"]) == (GRADES[row.grade - 1], row.score, row.public_id)
    assert told["as_of"] == DAY.isoformat()
    assert told["key"]["fingerprint"] == published_keys()["keys"][0]["fingerprint"]
    assert told["checked"] == [
        "the signature",
        "the key",
        "the rule set by its SHA-256",
        "18 of 19 facts by their SHA-256",
        "member and facts by inputs_sha256",
        f"every figure, line and ceiling of the rating: {len(row.payload['lines'])} lines",
    ]
    assert [each.split(":")[0] for each in told["unchecked"]] == ["next_change_on"]
    assert told["trusted"] == [
        (
            "records whose decisions are not public: 1 by stand-ins with the same effect, "
            "0 that count for nothing on the day"
        ),
        "the rating before this one, from which the brake on upgrades starts",
    ]


def test_in_words(verify, bundle):
    done = verify(bundle)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "VERIFIED"
    assert any(line.startswith("  grade      ") and line.endswith("as of 2026-11-20") for line in lines)
    assert "compare its fingerprint with 'k1' in /.well-known/register-keys.json" in done.stdout


def test_the_module_runs_without_a_framework(bundle, tmp_path):
    """`python -m verifier` from a clone, with a Python that has nothing installed."""
    file = tmp_path / "bundle.json"
    file.write_bytes(bundle)
    done = subprocess.run(
        [sys.executable, "-S", "-m", "verifier", str(file), "--no-signature"],
        capture_output=True, text=True, check=False, cwd=BASE_DIR, env={"LANG": "C.UTF-8"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "the signature: you asked to leave it out" in done.stdout


def test_without_cryptography_the_signature_is_not_passed_over(verify, bundle):
    bare = frozenset({"cryptography"})
    refused = verify(bundle, without=bare)
    assert refused.returncode == 1
    assert (
        "the signature was not checked: install the package cryptography, or say --no-signature"
        in refused.stdout
    )
    assert verify(bundle, "--no-signature", without=bare).returncode == 0


def test_the_key_is_the_one_given(verify, bundle, tmp_path):
    (key,) = published_keys()["keys"]
    own = json.loads(bundle)["key"]
    public = base64.urlsafe_b64decode(own["x"] + "=").hex()
    assert verify(bundle, "--key", public).returncode == 0
    other = verify(bundle, "--key", "00" * 32)
    assert (other.returncode, "signed with another key than those given" in other.stdout) == (1, True)
    for change, why in (
        ({"valid_from": "2999-01-01"}, "the key signs from 2999-01-01"),
        (
            {"valid_from": None, "valid_until": "2001-01-01"},
            "the key signs from ever until 2001-01-01, not on ",
        ),
        ({"kid": "k9"}, "the bundle calls the key k1, the register k9"),
    ):
        file = tmp_path / "keys.json"
        file.write_text(json.dumps({"keys": [key | change]}))
        done = verify(bundle, "--key", str(file))
        assert (done.returncode, why in done.stdout) == (1, True), why
    for bad in ("[", "{}", '{"keys": [{"crv": "Ed25519"}]}', "zz"):
        Path(tmp_path / "bad").write_text(bad)
        done = verify(bundle, "--key", str(tmp_path / "bad"))
        assert (done.returncode, done.stderr, "is no key" in done.stdout) == (1, "", True)


def test_one_file_is_the_same_byte_for_byte(client, program, tmp_path):
    served = client.get("/verifier.pyz")
    assert served.content == program.read_bytes()
    assert served.headers["Content-Disposition"] == 'attachment; filename="verifier.pyz"'
    built = tmp_path / "built.pyz"
    subprocess.run(
        [sys.executable, "manage.py", "build_verifier", str(built)],
        cwd=BASE_DIR,
        check=True,
        capture_output=True,
    )
    assert built.read_bytes() == program.read_bytes()

"""The command: arguments in, sentences out, 0 or 1."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from credit.rulesets.vocabulary import GRADES
from credit.scoring.evaluator import State
from verifier.checking import Report, check
from verifier.reading import Refused, read
from verifier.signing import key_within, keys_from


def main(arguments: Sequence[str]) -> int:
    """Verify one bundle. 0: everything checked agrees; 1: something does not, or cannot be read."""
    asked = _arguments(arguments)
    try:
        bundle, _body = read(asked.bundle)
        keys = keys_from(asked.key) if asked.key else None
        report = check(bundle, keys, signature=not asked.no_signature)
    except (Refused, MemoryError, RecursionError) as error:
        _say(_refusal(asked, error))
        return 1
    _say(json.dumps(_told(report), ensure_ascii=False) if asked.json else _words(report))
    return 1 if report.differences else 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verifier", description="Works a rating out again from its evidence bundle; 1 on any difference."
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.json")
    parser.add_argument(
        "--key",
        metavar="FILE_OR_HEX",
        help="the register's register-keys.json, or its key, 64 hexadecimal digits",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--no-signature",
        action="store_true",
        help="leave the signature out: then anybody may have written the file",
    )
    return parser.parse_args(arguments)


def _refusal(asked: argparse.Namespace, error: BaseException) -> str:
    why = str(error) or "the file is too large for this machine"
    if asked.json:
        return json.dumps({"verified": False, "differences": [why]}, ensure_ascii=False)
    return f"NOT VERIFIED: {why}"


def _told(report: Report) -> dict[str, Any]:
    result, key = report.bundle["result"], key_within(report.bundle)
    return {
        "verified": not report.differences,
        "grade": _letter(result["shown"]),
        "score": result["score"],
        "state": State(result["state"]).name.lower(),
        "as_of": report.bundle["as_of"],
        "member": report.bundle["member"]["id"],
        "checked": report.checked,
        "trusted": report.trusted,
        "unchecked": report.unchecked,
        "differences": report.differences,
        "key": {"id": key.id, "fingerprint": key.fingerprint},
    }


def _words(report: Report) -> str:
    told, bundle = _told(report), report.bundle
    score = f"{told['score'] // 1000}.{told['score'] % 1000:03d}"
    lines = [
        "VERIFIED" if told["verified"] else "NOT VERIFIED",
        f"  grade      {told['grade']} ({told['state']}), score {score} of 1000, as of {told['as_of']}",
        f"  member     {told['member']}",
        f"  register   {bundle['register']['en']}, {bundle['register']['address']}",
        f"  issued     {bundle['issued_at']}, engine {bundle['engine']}",
        f"  rule set   {bundle['rules']['id']}, {bundle['ruleset_sha256']}",
        f"  key        {told['key']['id']}, fingerprint {told['key']['fingerprint']}",
        *(f"  checked    {each}" for each in report.checked),
        *(f"  on trust   {each}" for each in report.trusted),
        *(f"  unchecked  {each}" for each in report.unchecked),
        *(f"  DIFFERENT  {each}" for each in report.differences),
    ]
    return "\n".join(lines)


def _letter(shown: int) -> str:
    return GRADES[shown - 1] if shown else "NR"


def _say(text: str) -> None:
    sys.stdout.write(
        text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8")
    )
    sys.stdout.write("\n")

"""Every place in the code that reads across associations is known, with its reason."""

from __future__ import annotations

import ast
from pathlib import Path

from core.walls.raising import OWN_APPS

# Every place that crosses associations, with its reason. A new one needs a line here that a reader accepts.
CROSSINGS = {
    "core/subjects/selectors.py": {
        "screen against the bars of all associations",
        "find a credit subject by its identifier",
        "find credit subjects by their identifiers",
    },
    "core/subjects/services.py": {
        "find or enter credit subjects",
        "add an account to what screening compares",
    },
    "associations/documents/selectors.py": {"tell whoever holds a document whether it is genuine"},
    "associations/keeping/services.py": {
        "find the associations that keep files whose time is over",
        "erase the files whose time is over",
    },
    "associations/imports/services/running.py": {"take the next import that waits"},
    "associations/discipline/services/counting.py": {"count what like cases got"},
    "associations/imports/selectors.py": {"tell the operator how many are members elsewhere too"},
    "credit/rulesets/services/adopting.py": {"keep the bytes of a version that is announced"},
    "credit/scoring/services.py": {
        "find the ratings whose day has come",
        "find the associations whose members wait",
        "rate what is due",
    },
    "credit/scoring/runs.py": {
        "cut every membership into stretches to be rated",
        "rate stretches of members",
        "see what came of a run",
        "tell how far the rating is",
        "rate everybody by the rules that came into force",
    },
    "credit/rehearsal/services.py": {
        "rehearse a part of the members",
        "put the parts of a rehearsal together",
    },
    "config/management/commands/rehearse.py": {"put the reports of all associations together"},
    "credit/blacklist/services/asking.py": {
        "ask the association that set a bar",
        "hand the answer to the association that asked about a bar",
    },
    "credit/blacklist/services/listing.py": {
        "find the bars to list and to follow",
        "list a bar, mark it for screening, tell other associations it exists",
        "let a bar follow its fact",
        "keep the marks of screening in step with the bars",
        "tell who received word of a bar what became of it",
    },
    "credit/publication/services.py": {
        "put one record through the publication gate",
        "find the associations whose records are due",
        "count an association's public figures",
        "find the associations whose records may have ended",
        "withdraw the records that have ended",
        "take what an officer withdrew off the portal",
        "publish decisions and bars through the gate",
        "publish ratings through the gate",
        "find the associations and the accounts they gave",
        "publish an association's account of itself",
        "find the associations whose rated members wait at the gate",
        "publish what follows from ratings just given",
    },
    "config/invariants/__init__.py": {"audit the invariants"},
    "config/management/commands/rate.py": {"show one member's rating as of a day"},
    "config/invariants/judgements.py": {
        "compare each rating with the one before",
        "evaluate every standing again",
    },
    "config/invariants/privacy.py": {"look for legible personal numbers"},
    "config/invariants/published.py": {"derive the public rows again", "hash the evidence bundles again"},
}


def test_every_crossing_is_known():
    root = Path(__file__).resolve().parents[2]
    found: dict[str, set[str]] = {}
    for app in sorted(OWN_APPS | {"config"}):
        for path in sorted((root / app).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(call, ast.Call)
                    and ast.unparse(call.func)
                    in {"scope.across_associations", "across_associations", "taken"}
                    and (whys := [each.value for each in call.keywords if each.arg == "why"])
                    and isinstance(whys[0], ast.Constant)
                ):
                    found.setdefault(str(path.relative_to(root)), set()).add(whys[0].value)
    assert found == CROSSINGS

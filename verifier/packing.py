"""The verifier as one file: the modules it runs on, byte for byte, in an archive Python can run.

The same sources give the same bytes on every machine: names sorted, one date, nothing compressed.
"""

import io
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    "credit/__init__.py",
    "credit/rulesets/__init__.py",
    "credit/rulesets/canonical.py",
    "credit/rulesets/vocabulary.py",
    "credit/rulesets/method/*.py",
    "credit/scoring/__init__.py",
    "credit/scoring/evaluator/*.py",
    "credit/scoring/evidence/*.py",
    "verifier/*.py",
)
HEAD = b"#!/usr/bin/env python3\n"
START = b"import sys\n\nfrom verifier.command import main\n\nsys.exit(main(sys.argv[1:]))\n"
DATE = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def archive() -> bytes:
    """`verifier.pyz`."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for pattern in MODULES
        for path in ROOT.glob(pattern)
    }
    packed = io.BytesIO()
    packed.write(HEAD)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as whole:
        for name, body in sorted({**files, "__main__.py": START}.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr, entry.create_system = READABLE, 3
            whole.writestr(entry, body)
    return packed.getvalue()

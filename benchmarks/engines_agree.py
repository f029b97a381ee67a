"""The long run of the two engines against each other: many times what every test run compares.

    python benchmarks/engines_agree.py [--times 20]

Prints how many members were compared and how long it took; ends with pytest's exit code if any figure differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ONCE = 5 * 800 * 2 + 5 * 8 * 150
"""Comparisons of one ordinary run: five days, the default with and without a day of knowledge, other rule sets."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=20)
    options = asked.parse_args()
    began = time.monotonic()
    tests = ("tests/credit/scoring/test_engines_agree.py", "tests/credit/scoring/test_compiler_properties.py")
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "pytest", "-q", "-n", "2", *tests],
        cwd=Path(__file__).resolve().parents[1],
        env=os.environ | {"DIFFERENTIAL": str(options.times)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    print(
        json.dumps(
            {
                "compared": ONCE * options.times,
                "agree": done.returncode == 0,
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()

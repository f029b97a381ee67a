"""Prints the part of the lock that the product itself needs: `python config/lock.py requirements.lock`.

Standard library only: it runs before anything is installed. The lock says of each package who asked for it.
"""

import re
import sys
from pathlib import Path

DIRECT = "-r requirements.txt"


def needed(lock: str) -> str:
    """Return the blocks of the lock that requirements.txt leads to, directly or through others."""
    blocks = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    askers = {
        _name(block): set(re.findall(r"^ +# +(?:via )?(\S.*)$", block, re.MULTILINE)) for block in blocks
    }
    wanted = {DIRECT}
    while grown := {name for name, by in askers.items() if name not in wanted and by & wanted}:
        wanted |= grown
    return "".join(block for block in blocks if _name(block) in wanted)


def _name(block: str) -> str:
    return re.split(r"[=\[ ;]", block, maxsplit=1)[0]


if __name__ == "__main__":
    sys.stdout.write(needed(Path(sys.argv[1]).read_text()))

"""Stops the embedded server when nobody uses it any more: `python -m config.embedded.keeper HOME SOCKET`."""

import fcntl
import sys
from pathlib import Path

from config.embedded import postgres
from config.embedded.place import Place


def keep(place: Place) -> None:
    """Wait until the last user is gone, then stop the server. End at once when another keeper waits."""
    with (place.home / "users.lock").open("w") as users, (place.home / "keeper.lock").open("w") as alone:
        try:
            fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        fcntl.flock(users, fcntl.LOCK_EX)
        postgres.stop(place)


if __name__ == "__main__":
    keep(Place(Path(sys.argv[1]), Path(sys.argv[2])))

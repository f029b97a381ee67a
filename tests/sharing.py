"""How tests are shared among workers."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

STORIES = "tests/e2e/"
TOGETHER = ("tests/architecture/doors/", "tests/config/demo/", STORIES)
LATE = 0.45


class Together(LoadScopeScheduling):
    """Hand out tests one by one, but those of a folder to one worker where what they share takes long to build.

    The stories take one worker for minutes, and none but browser tests may follow them there. Begun last, they would
    leave the other workers idle: they begin while `LATE` of the tests are still to be handed out to the others.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        late = len(self.workqueue) <= LATE * len(self.collection or ())
        alone = len(self.nodes) == 1
        if alone or not late or STORIES not in self.workqueue:
            super()._assign_work_unit(node)
        else:
            self.workqueue.move_to_end(STORIES, last=False)
            super()._assign_work_unit(node)
            node.shutdown()  # after what it has


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Keep the order of the tests, whatever the size of a scope."""
    config.option.loadscopereorder = False
    return Together(config, log)

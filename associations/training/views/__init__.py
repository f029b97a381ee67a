"""The console's pages of training."""

from associations.training.views.certificates import certificates
from associations.training.views.courses import courses, retire, sessions
from associations.training.views.duty import adopt_duties, duties, duty
from associations.training.views.sheet import session

__all__ = ["adopt_duties", "certificates", "courses", "duties", "duty", "retire", "session", "sessions"]

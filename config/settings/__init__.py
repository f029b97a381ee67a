"""The settings, gathered. Each file holds one subject and can be read alone."""

# ruff: noqa: F403 - Django wants the settings as attributes of this one module
from config.settings.base import *
from config.settings.broker import *
from config.settings.database import *
from config.settings.files import *
from config.settings.interface import *
from config.settings.keys import *
from config.settings.logs import *
from config.settings.security import *

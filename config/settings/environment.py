"""Where the settings come from: the environment, and what is generated once into the data directory."""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()

DEBUG = env.bool("DEBUG", default=False)

# A demonstration: seeded accounts with printed passwords, mail into files, plain http.
DEMO = env.bool("DEMO", default=False)

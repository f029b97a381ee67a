"""`python -m verifier`."""

import sys

from verifier.command import main

sys.exit(main(sys.argv[1:]))

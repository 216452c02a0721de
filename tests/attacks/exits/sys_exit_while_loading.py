"""Ends the import with SystemExit(0)."""

# verdicts: RUNTIME_ERROR

import sys

sys.exit(0)

"""Lets these tests build the small corpus of the tests of the check."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "check"))

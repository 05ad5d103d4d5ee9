"""Faults for proving the check: each spoils a copy of a good corpus and says which rule must find it."""

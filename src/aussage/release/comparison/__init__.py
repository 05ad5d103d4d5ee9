"""Compares two corpora row by row and cell by cell, and says which step of the version the changes ask for."""

from aussage.release.comparison.change import Action, Alarm, Area, Change
from aussage.release.comparison.compare import compare
from aussage.release.comparison.comparison import Comparison

__all__ = ["Action", "Alarm", "Area", "Change", "Comparison", "compare"]

"""Analyses from frames to frames; a package of its own, so that no module hides the function of the same name."""

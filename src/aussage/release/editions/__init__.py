"""Editions of a corpus: without its texts, masked, and whole again from a user's own copies."""

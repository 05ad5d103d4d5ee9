"""Releases: versions, differences, metadata, bundles, deposits."""

"""A corpus too large for one go: its records are listed, cut into parts, compiled part by part, and put together."""

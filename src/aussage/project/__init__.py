"""The project's own facts, from `aussage.toml`: name, version, languages, licences, creators, levels."""

from aussage.project.facts import FILE, find_project, read_project

__all__ = ["FILE", "find_project", "read_project"]

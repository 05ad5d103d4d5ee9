"""Puts the built corpus into the wheel, so that load() works without a clone; an editable install reads the clone's."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CorpusBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `dataset/corpus` as `aussage/shipped` to a wheel that is to be installed elsewhere."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is standard or editable."""
        if version == "standard":
            build_data["force_include"]["dataset/corpus"] = "aussage/shipped"

"""Puts corpus and codebook into the wheel, which needs no clone; an editable install reads the clone's."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CorpusBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the corpus, and the codebook that new projects start from, to a wheel that is to be installed elsewhere."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is standard or editable."""
        if version == "standard":
            build_data["force_include"]["dataset/corpus"] = "aussage/shipped"
            build_data["force_include"]["schema/codebook.yaml"] = "aussage/beginning/codebook.yaml"

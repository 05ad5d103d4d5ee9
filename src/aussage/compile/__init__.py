"""Articles, annotations and registries become tables, document by document."""

from aussage.compile.build import BuildResult, build

__all__ = ["BuildResult", "build"]

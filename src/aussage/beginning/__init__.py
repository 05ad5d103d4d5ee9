"""A new project: its layout, its first files, and the codebook to start from."""

from aussage.beginning.beginning import Answers, begin

__all__ = ["Answers", "begin"]

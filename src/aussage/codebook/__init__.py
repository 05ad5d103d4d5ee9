"""The scheme as data: variables, categories, rulings and the issue list, read from `schema/codebook.yaml`."""

from aussage.codebook.codebook import Codebook, load_codebook

__all__ = ["Codebook", "load_codebook"]

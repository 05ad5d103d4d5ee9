"""What `aussage.load()` gives back: the tables of a built corpus as pandas frames, and sentences to look at."""

from typing import TYPE_CHECKING, Any

from aussage.corpus.errors import CorpusError, TextFreeEdition
from aussage.corpus.loading import load

if TYPE_CHECKING:
    from aussage.corpus.corpus import Corpus
    from aussage.corpus.definitions import Definition
    from aussage.corpus.flat_csv import read_csv, write_csv
    from aussage.corpus.passages import Document, Sentence
    from aussage.corpus.view import View

__all__ = [
    "Corpus",
    "CorpusError",
    "Definition",
    "Document",
    "Sentence",
    "TextFreeEdition",
    "View",
    "load",
    "read_csv",
    "write_csv",
]

_LAZY = {
    "Corpus": "corpus",
    "Definition": "definitions",
    "Document": "passages",
    "Sentence": "passages",
    "View": "view",
    "read_csv": "flat_csv",
    "write_csv": "flat_csv",
}


def __getattr__(name: str) -> Any:
    """Import pandas and pyarrow only when something that needs them is asked for."""
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(f"aussage.corpus.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'aussage.corpus' has no attribute {name!r}")

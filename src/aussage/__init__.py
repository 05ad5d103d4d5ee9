"""Aussage: news articles as a citable research corpus of claims.

>>> import aussage
>>> corpus = aussage.load()          # the corpus that comes with Aussage
>>> corpus.sentences.head()          # doctest: +SKIP
>>> other = aussage.load("my-project")   # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aussage.corpus import Corpus, CorpusError, TextFreeEdition, load

__all__ = ["Corpus", "CorpusError", "TextFreeEdition", "__version__", "load"]


def __getattr__(name: str) -> Any:
    """Import the heavy parts (pandas, pyarrow) only when they are asked for."""
    if name in {"load", "Corpus", "CorpusError", "TextFreeEdition"}:
        from aussage import corpus

        return getattr(corpus, name)
    if name == "__version__":
        from importlib.metadata import version

        return version("aussage")
    raise AttributeError(f"module 'aussage' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

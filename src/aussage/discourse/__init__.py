"""Discourse analysis on the tables of a corpus; nothing heavy is imported until it is asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aussage.discourse.analyses.certainty import certainty, hedging
    from aussage.discourse.analyses.contradictions import contradictions
    from aussage.discourse.analyses.course import article_positions, course
    from aussage.discourse.analyses.places import places
    from aussage.discourse.analyses.positions import positions
    from aussage.discourse.analyses.stance import stance
    from aussage.discourse.analyses.voices import attribution_chains, spoken_of, voices
    from aussage.discourse.networks import (
        Network,
        Polarisation,
        backbone,
        centralities,
        communities,
        network,
        polarisation,
    )
    from aussage.discourse.summing import over_parts

__all__ = [
    "Network",
    "Polarisation",
    "article_positions",
    "attribution_chains",
    "backbone",
    "centralities",
    "certainty",
    "communities",
    "contradictions",
    "course",
    "hedging",
    "network",
    "over_parts",
    "places",
    "polarisation",
    "positions",
    "spoken_of",
    "stance",
    "voices",
]

_OF_ANALYSES = {
    "article_positions": "course",
    "attribution_chains": "voices",
    "certainty": "certainty",
    "contradictions": "contradictions",
    "course": "course",
    "hedging": "certainty",
    "places": "places",
    "positions": "positions",
    "spoken_of": "voices",
    "stance": "stance",
    "voices": "voices",
}


def __getattr__(name: str) -> Any:
    """Import the part that has the name."""
    from importlib import import_module

    if name in _OF_ANALYSES:
        return getattr(import_module(f"aussage.discourse.analyses.{_OF_ANALYSES[name]}"), name)
    if name == "over_parts":
        return import_module("aussage.discourse.summing").over_parts
    if name in __all__:
        return getattr(import_module("aussage.discourse.networks"), name)
    raise AttributeError(f"module 'aussage.discourse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

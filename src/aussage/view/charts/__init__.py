"""The charts of the analyses, and how they are shown and saved; Altair is imported when one is asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aussage.view.charts.agreement import agreement_chart
    from aussage.view.charts.certainty import certainty_chart
    from aussage.view.charts.contradictions import contradictions_chart
    from aussage.view.charts.course import course_chart
    from aussage.view.charts.network import network_chart
    from aussage.view.charts.pictures import reader_charts, readme_pictures
    from aussage.view.charts.places import places_chart
    from aussage.view.charts.positions import positions_chart
    from aussage.view.charts.showing import Shown, enable, save, show, svg
    from aussage.view.charts.stance import stance_chart
    from aussage.view.charts.voices import voices_chart

MODULES = {
    "Shown": "showing",
    "agreement_chart": "agreement",
    "certainty_chart": "certainty",
    "contradictions_chart": "contradictions",
    "course_chart": "course",
    "enable": "showing",
    "network_chart": "network",
    "places_chart": "places",
    "positions_chart": "positions",
    "reader_charts": "pictures",
    "readme_pictures": "pictures",
    "save": "showing",
    "show": "showing",
    "stance_chart": "stance",
    "svg": "showing",
    "voices_chart": "voices",
}

__all__ = [
    "Shown",
    "agreement_chart",
    "certainty_chart",
    "contradictions_chart",
    "course_chart",
    "enable",
    "network_chart",
    "places_chart",
    "positions_chart",
    "reader_charts",
    "readme_pictures",
    "save",
    "show",
    "stance_chart",
    "svg",
    "voices_chart",
]


def __getattr__(name: str) -> Any:
    """Import the part that has the name."""
    if name in MODULES:
        from importlib import import_module

        return getattr(import_module(f"aussage.view.charts.{MODULES[name]}"), name)
    raise AttributeError(f"module 'aussage.view.charts' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

"""The frames that an analysis needs: taken from a corpus or given by name, one layer of them, with their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from aussage.corpus import Corpus

WITHOUT = "none"  # stands where a claim has no value of a variable by which it is grouped


class Source(Protocol):
    """Gives a table by its name: a Corpus, or a dict of frames."""

    def __getitem__(self, table: str, /) -> pd.DataFrame:
        """The table of that name."""
        ...


Given = Mapping[str, "pd.DataFrame | None"]
Needed = Mapping[str, Sequence[str]]


def frames_of(corpus: Corpus | Source | None, layer: str | None, given: Given, needed: Needed) -> list[pd.DataFrame]:
    """The needed frames in the order of `needed`, each with its needed columns and a RangeIndex.

    Args:
        corpus: A Corpus, which gives the rows of the layer that it shows, or a dict of frames by the names of tables.
        layer: The layer to count; None if the frames have only one.
        given: Frames by the names of tables; each takes the place of the table of the corpus.
        needed: The columns that are needed, by the names of tables.

    Raises:
        CorpusError: a column holds words of the articles, and the corpus is the edition without them.
        TypeError: `corpus` is a frame.
        ValueError: a frame or column is missing, or the layer is not clear or not there.
    """
    source = _of_layer(corpus, layer)
    return [_frame(name, given.get(name), source, layer, columns) for name, columns in needed.items()]


def _of_layer(corpus: Corpus | Source | None, layer: str | None) -> Source | None:
    from aussage.corpus import Corpus

    if isinstance(corpus, pd.DataFrame):
        raise TypeError("the first argument is a Corpus or a dict of frames; give a frame by name, as in claims=frame")
    if isinstance(corpus, Corpus) and layer is not None:
        return corpus.layer(layer)
    return corpus


def _frame(
    name: str, given: pd.DataFrame | None, source: Source | None, layer: str | None, columns: Sequence[str]
) -> pd.DataFrame:
    frame = given if given is not None else _table(name, source)
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        if given is None:
            _require_texts(name, source, absent)
        raise ValueError(f"the frame {name} has no column {', '.join(absent)}")
    return _one_layer(name, frame, layer)[list(dict.fromkeys(columns))].reset_index(drop=True)


def _require_texts(name: str, source: Source | None, absent: Sequence[str]) -> None:
    """Say what to do about columns that an edition without texts lacks."""
    from aussage.corpus import Corpus
    from aussage.tables import TABLES

    if isinstance(source, Corpus) and any(column.name in absent for column in TABLES[name].columns if column.quotes):
        source.require_texts(f"the table {name} with the column {', '.join(absent)}")


def _table(name: str, source: Source | None) -> pd.DataFrame:
    if source is None:
        raise ValueError(f"the frame {name} is needed: give a corpus, or {name}=frame")
    try:
        return source[name]
    except KeyError:
        raise ValueError(f"the frame {name} is needed, and is not among those given") from None


def _one_layer(name: str, frame: pd.DataFrame, layer: str | None) -> pd.DataFrame:
    """The rows of one layer: the layers are codings of the same text, and counted together would count it twice."""
    if "layer" not in frame.columns:
        return frame
    found = sorted(str(value) for value in frame["layer"].dropna().unique())
    if layer is None and len(found) > 1:
        raise ValueError(f"the frame {name} has several layers ({', '.join(found)}); choose one with layer=")
    if layer is None or not found:
        return frame
    if layer not in found:
        raise ValueError(f"the frame {name} has no layer {layer!r}; it has {', '.join(found)}")
    return frame[frame["layer"] == layer]


def present(values: pd.Series[Any]) -> pd.Series[bool]:
    """Which values are neither missing nor an empty text."""
    return values.notna() & (values.astype(object) != "")


def groupable(values: pd.Series[Any]) -> pd.Series[Any]:
    """The values of a variable by which claims are grouped: a missing text or category becomes `none`."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        if not values.isna().any():
            return values
        known = values.cat.categories
        return (values if WITHOUT in known else values.cat.add_categories([WITHOUT])).fillna(WITHOUT)
    if values.dtype == object or isinstance(values.dtype, pd.StringDtype):
        return values.astype("str").fillna(WITHOUT)
    return values


def values_of(values: pd.Series[Any]) -> list[Any]:
    """All values that a variable may take: the categories in the codebook's order, else those found, sorted."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return [str(value) for value in values.cat.categories]
    return sorted(values.dropna().unique().tolist())


class OtherCategories(ValueError):
    """The codebook of a corpus has other categories than an analysis can tell apart."""


def only(variable: pd.Series[Any], known: Sequence[str]) -> pd.Series[str]:
    """The values of a variable as texts.

    Raises:
        OtherCategories: a value is missing or is none of the known ones.
    """
    texts = variable.astype("str")
    odd = sorted({"nothing" if pd.isna(value) else str(value) for value in texts[~texts.isin(list(known))]})
    if odd:
        raise OtherCategories(f"{variable.name} may be {', '.join(known)}, but here it holds {', '.join(odd[:5])}")
    return texts


def share(part: pd.Series[Any], whole: pd.Series[Any]) -> pd.Series[float]:
    """Part of whole, missing (nan) where the whole is 0."""
    return part.astype("float64") / whole.astype("float64").replace(0.0, np.nan)

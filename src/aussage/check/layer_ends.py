"""Which layers of a document stop long before another one of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.positions import APART, distinct, expanded
from aussage.check.tables import GOLD, Mask, Numbers, Tables, positions_in

FEWEST_LEFT = 3  # sentences
LARGEST_SHARE_LEFT = 1 / 3


@dataclass(frozen=True, slots=True)
class CodedSentences:
    """The positions of the sentences under which the coders filed claims, by document and layer.

    `groups` are the documents and layers as rising numbers, `keys` each position once, beside its group; those of
    one group stand between two `bounds`.
    """

    groups: Numbers
    keys: Numbers
    bounds: Numbers

    def last(self, group: Numbers) -> Numbers:
        """The last position of each group; 0 for one that has none."""
        place = np.searchsorted(self.groups, group)
        there = np.append(self.groups, -1)[place] == group
        last = self.keys[self.bounds[1:] - 1] - np.arange(len(self.groups)) * APART
        return np.where(there, np.append(last, 0)[place], 0)


def half_done(tables: Tables) -> list[tuple[str, Mask]]:
    """The layers that stop early, by name, and which documents have such a one."""
    listed, gold = tables.lists("documents", "layers"), pa.array([GOLD])
    names = pc.unique(pa.concat_arrays([gold, tables.texts("claims", "layer"), listed.items]))
    layers = positions_in(listed.items, names)
    rows, layers = listed.rows[layers > 0], layers[layers > 0]  # the first one is gold
    documents = tables.places("documents", "document_id", "documents")[rows]
    stopped = _stop_early(_coded(tables, names), documents, layers, len(names))
    found = []
    for layer in distinct(layers[stopped]):
        wrong = np.zeros(tables.count("documents"), bool)
        wrong[rows[stopped & (layers == layer)]] = True
        found.append((names[layer].as_py(), wrong))
    return sorted(found, key=lambda item: str(item[0]))


def _coded(tables: Tables, names: Any) -> CodedSentences:
    document = tables.places("claims", "document_id", "documents")
    sentence = tables.places("claims", "sentence_id", "sentences")
    layer = positions_in(tables.values("claims", "layer"), names)
    kept = (layer > 0) & (document >= 0) & (sentence >= 0)
    groups, number = np.unique(document[kept] * len(names) + layer[kept], return_inverse=True)
    position = tables.numbers("sentences", "position")[sentence[kept]]
    keys = distinct(number * APART + position)
    bounds = np.searchsorted(keys, np.arange(len(groups) + 1) * APART - APART // 2)
    return CodedSentences(groups, keys, bounds)


def _stop_early(coded: CodedSentences, documents: Numbers, layers: Numbers, count: int) -> Mask:
    """Which layers of documents stop: after their last claim another coder has enough sentences with claims."""
    of_groups = coded.groups // count
    first, last = np.searchsorted(of_groups, documents), np.searchsorted(of_groups, documents, side="right")
    own, other = expanded(first, last)
    differs = coded.groups[other] % count != layers[own]
    own, other = own[differs], other[differs]
    ends = coded.last(documents * count + layers)[own]
    until = np.searchsorted(coded.keys, other * APART + ends, side="right")
    left, all_ = coded.bounds[other + 1] - until, np.diff(coded.bounds)[other]
    stopped = np.zeros(len(layers), bool)
    stopped[own[(left >= FEWEST_LEFT) & (left / all_ >= LARGEST_SHARE_LEFT)]] = True
    return stopped

"""Which claims a mention lies in."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from aussage.check.positions import content_touched, distinct, expanded
from aussage.check.tables import Numbers, Tables, positions_in


def claims_around(tables: Tables) -> tuple[Numbers, Numbers]:
    """Mentions and the claims of their layer, one piece of whose content contains them: their rows, both rising.

    Looked at are only pieces that touch the sentence under which the mention stands.
    """
    found, content = content_touched(tables), tables.lists("claims", "content_spans")
    of_piece, of_mention = _sentence_and_layer(tables, found.rows, found.sentences)
    order = np.argsort(of_piece, kind="stable")
    first = np.searchsorted(of_piece[order], of_mention, side="left")
    last = np.searchsorted(of_piece[order], of_mention, side="right")
    mentions, candidates = expanded(first, last)
    pieces = found.spans[order[candidates]]
    inside = content.number("start")[pieces] <= tables.numbers("mentions", "char_start")[mentions]
    inside &= tables.numbers("mentions", "char_end")[mentions] <= content.number("end")[pieces]
    claims = max(tables.count("claims"), 1)
    pairs = distinct(mentions[inside] * claims + content.rows[pieces[inside]])
    return pairs // claims, pairs % claims


def _sentence_and_layer(tables: Tables, claims: Numbers, sentences: Numbers) -> tuple[Numbers, Numbers]:
    """A sentence and a layer as one number: of claims in some sentences, and of each mention; -1 for none."""
    layers = pc.unique(tables.texts("claims", "layer"))
    of_claims = positions_in(tables.values("claims", "layer"), layers)
    of_mentions = positions_in(tables.values("mentions", "layer"), layers)
    # Rows with the same id are the same sentence here: that there are two is found elsewhere.
    first = tables.places("sentences", "sentence_id", "sentences")
    place = tables.places("mentions", "sentence_id", "sentences")
    missing = (place < 0) | (of_mentions < 0)
    return (
        first[sentences] * len(layers) + of_claims[claims],
        np.where(missing, -1, place * len(layers) + of_mentions),
    )

"""Claims of several layers that state the same, put together: at most one claim of each layer in a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Group = dict[str, int]


def groups_of(layers: Mapping[str, Sequence[Row]]) -> list[Group]:
    """The claims of all layers in groups, in the order of the article.

    Method: layer by layer, a claim joins the group with which it shares most characters (Dice, 2 x shared / both
    lengths), best pairs first; what shares none founds a group. A group is compared by its claim of the earliest
    layer. `aussage agree` solves the assignment exactly; here the greedy way does, and needs no scipy.

    Args:
        layers: For each layer its claims, with content_spans as pairs of offsets.

    Returns:
        For each group, by layer, the position of its claim in that layer.
    """
    groups: list[Group] = []
    for layer, claims in layers.items():
        founders = [layers[next(iter(group))][next(iter(group.values()))] for group in groups]
        pairs = sorted(_pairs(founders, claims))
        taken: set[int] = set()
        for _, _, number, position in pairs:
            if layer not in groups[number] and position not in taken:
                groups[number][layer] = position
                taken.add(position)
        groups += [{layer: position} for position in range(len(claims)) if position not in taken]
    return sorted(groups, key=lambda group: _place(group, layers))


def _pairs(founders: Sequence[Row], claims: Sequence[Row]) -> list[tuple[float, int, int, int]]:
    """Group and claim that share characters, the best first when sorted; near in order before far."""
    found = []
    for number, founder in enumerate(founders):
        for position, claim in enumerate(claims):
            dice = _dice(founder["content_spans"], claim["content_spans"])
            if dice > 0:
                found.append((-dice, abs(number - position), number, position))
    return found


def _dice(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    whole = sum(b - a for a, b in one) + sum(d - c for c, d in other)
    return 2 * shared / whole if whole else 0.0


def _place(group: Group, layers: Mapping[str, Sequence[Row]]) -> tuple[int, int]:
    layer, position = next(iter(group.items()))
    spans = layers[layer][position]["content_spans"]
    return (spans[0][0] if spans else 0, position)

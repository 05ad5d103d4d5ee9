"""To what larger whole an actor or a location belongs: its state, bloc, type, country, or its topmost parent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from aussage.discourse.analyses.frames import WITHOUT, Given, Needed, Source, frames_of

if TYPE_CHECKING:
    from aussage.corpus import Corpus

LEVELS = ("actor", "top", "type", "country")
NARRATOR, UNNAMED = "narrator", "unnamed"  # who speaks in a claim that names no claimant
BEYOND = (NARRATOR, UNNAMED)


@dataclass(frozen=True)
class Groups:
    """The group of each registered id, the labels of ids and groups, and the types of ids.

    An id that is not registered stands for itself, or has the group `none` where groups are types or countries.
    """

    members: Mapping[str, str]
    labels: Mapping[str, str]
    types: Mapping[str, str]
    by_attribute: bool

    def of(self, ids: pd.Series[Any]) -> pd.Series[str]:
        """The group of each id; the narrator and the unnamed are groups of their own. Missing ids stay missing."""
        found = ids.map(dict(self.members)).astype("str")
        if not self.by_attribute:
            return found.fillna(ids.astype("str"))
        beyond = ids.isin(BEYOND)
        return found.mask(beyond, ids.astype("str")).where(beyond | found.notna() | ids.isna(), WITHOUT)

    def label(self, groups: pd.Series[Any]) -> pd.Series[str]:
        """The labels of groups; a type, a country, or an id that is not registered is its own label."""
        texts = groups.astype("str")
        return texts if self.by_attribute else texts.map(dict(self.labels)).astype("str").fillna(texts)

    def label_of_one(self, group: str) -> str:
        """The label of one group."""
        return group if self.by_attribute else self.labels.get(group, group)

    def type(self, groups: pd.Series[Any]) -> pd.Series[str]:
        """The types of groups, missing where a group is no registered id."""
        return groups.map({} if self.by_attribute else dict(self.types)).astype("str")


def columns_of_actors(level: str, up_to: str | Sequence[str] | None) -> list[str]:
    """The columns of `actors` that `groups_of_actors` needs."""
    more = {"top": ["parent_id"], "country": ["country"]}.get(level, [])
    return ["actor_id", "label", "actor_type", *more, *(["parent_id"] if up_to else [])]


def groups_of_actors(actors: pd.DataFrame, level: str, up_to: str | Sequence[str] | None) -> Groups:
    """The groups of actors.

    Args:
        actors: Columns actor_id, label, actor_type, and parent_id or country where the level needs them.
        level: "actor" for each by itself, "top" for the topmost parent, "type", or "country".
        up_to: Actor types, as "state" or ("state", "bloc"): the group is the nearest of these among the actor itself
            and its parents; an actor without one stays by itself.

    Raises:
        ValueError: the level is none, both are given, or an actor has an id that stands for the narrator.
    """
    if level not in LEVELS:
        raise ValueError(f"level is {level!r}; it may be {', '.join(LEVELS)}")
    if up_to and level != "actor":
        raise ValueError("give level or up_to, not both")
    taken = sorted(set(actors["actor_id"]) & set(BEYOND))
    if taken:
        raise ValueError(f"an actor has the id {taken[0]}, which stands for a claim without a claimant")
    if level in ("type", "country"):
        column = "actor_type" if level == "type" else "country"
        return _groups(actors, "actor_id", "actor_type", _texts(actors, "actor_id", column), by_attribute=True)
    return groups_along_parents(actors, "actor_id", "actor_type", up_to, to_top=level == "top")


def grouped_frames(
    corpus: Corpus | Source | None,
    layer: str | None,
    given: Given,
    needed: Needed,
    level: str,
    up_to: str | Sequence[str] | None,
) -> tuple[list[pd.DataFrame], Groups]:
    """The frames that `given` names, in its order, among them `actors`; and the groups of the actors.

    Args:
        corpus: See `frames_of`, like layer and given.
        layer: See `frames_of`.
        given: See `frames_of`.
        needed: The columns that are needed of the frames; of the actors those that the groups need.
        level: See `groups_of_actors`.
        up_to: See `groups_of_actors`.

    Raises:
        TypeError, ValueError: what `frames_of` and `groups_of_actors` raise.
    """
    wanted = {name: columns_of_actors(level, up_to) if name == "actors" else needed[name] for name in given}
    found = frames_of(corpus, layer, given, wanted)
    return found, groups_of_actors(found[list(wanted).index("actors")], level, up_to)


def groups_along_parents(
    rows: pd.DataFrame, key: str, kind: str, up_to: str | Sequence[str] | None, to_top: bool = False
) -> Groups:
    """The groups of rows with an id (`key`), a type (`kind`), label and parent_id.

    Whoever has parents in a circle, and finds no group before the circle closes, stays by itself.
    """
    if not up_to and not to_top:
        return _groups(rows, key, kind, {}, by_attribute=False)
    parents, types = _texts(rows, key, "parent_id"), _texts(rows, key, kind)
    wanted = {up_to} if isinstance(up_to, str) else set(up_to or ())
    members = {name: _group(name, parents, types, wanted) for name in types}
    return _groups(rows, key, kind, members, by_attribute=False)


def _group(name: str, parents: Mapping[str, str], types: Mapping[str, str], wanted: Collection[str]) -> str:
    """The nearest of a wanted type, or the topmost if none is wanted; the name itself if there is none."""
    seen: set[str] = set()
    current = name
    while current not in seen:
        if types[current] in wanted:
            return current
        seen.add(current)
        parent = parents.get(current)
        if parent is None or parent not in types:
            return name if wanted else current
        current = parent
    return name


def _texts(rows: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    known = rows[[key, column]].dropna()
    return dict(zip(known[key].astype("str"), known[column].astype("str"), strict=True))


def _groups(rows: pd.DataFrame, key: str, kind: str, members: Mapping[str, str], by_attribute: bool) -> Groups:
    return Groups(members, _texts(rows, key, "label"), _texts(rows, key, kind), by_attribute)

"""What tools for single tables cannot say: references and pairs of columns, worked out beforehand as flags."""

from __future__ import annotations

from shared_rules import KEYS, Rule

OWN_KINDS = {"not-null", "unique", "pattern", "values"}
"""The kinds of rules that every tool has itself."""


def flag_of(rule: Rule) -> str:
    """The column that is true where a row keeps the rule."""
    return f"{rule.kind}:{'+'.join(rule.columns)}"


def pandas_flags(rules: list[Rule], frames: dict) -> None:
    """Add the flags of all rules of other kinds to data frames of pandas, in place."""
    for rule in rules:
        if rule.kind not in OWN_KINDS:
            frames[rule.table][flag_of(rule)] = _kept(rule, frames)


def _kept(rule: Rule, frames: dict):
    frame = frames[rule.table]
    columns = [frame[name] for name in rule.columns]
    if rule.kind == "reference":
        kept = columns[0].isna()
        for name in rule.also:
            kept |= columns[0].isin(frames[name][KEYS[name]])
        return kept
    if rule.kind == "own-document":
        target = frames[rule.also[0]].drop_duplicates(KEYS[rule.also[0]]).set_index(KEYS[rule.also[0]])
        there = target["document_id"].reindex(columns[0]).set_axis(frame.index)
        return there.isna() | columns[1].isna() | (there == columns[1])
    if rule.kind == "order":
        return (columns[0] >= 0) & (columns[0] < columns[1])
    one, other = (c.isna() if value is None else c == value for c, value in zip(columns, rule.also, strict=True))
    return one == other

"""What an expectation is: one thing that Great Expectations judges for a rule of the check, and short ways to say it.

Everything here is plain data in the form of Great Expectations' own JSON, so that suites can be written without
importing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Condition = dict[str, Any]
"""Which rows are judged, as Great Expectations' JSON of a row condition."""
Judgement = tuple[str, dict[str, Any]]
"""The type of an expectation and its arguments."""
COLUMNS = ("column", "column_A", "column_B")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One judgement on one table for one rule of the check."""

    rule: str
    table: str
    type: str
    arguments: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at, those of its condition too; none if it looks at the whole table."""
        named = [self.arguments[name] for name in COLUMNS if name in self.arguments]
        if self.type != "expect_table_columns_to_match_ordered_list":
            named += self.arguments.get("column_list", [])
        return tuple(dict.fromkeys([*named, *_columns_of(self.arguments.get("row_condition"))]))

    @property
    def prepared(self) -> tuple[str, ...]:
        """Those of its columns that the table does not have itself: they have a point in their name."""
        return tuple(name for name in self.columns if "." in name)


def expect(rule: str, table: str, *judgements: Judgement) -> Iterator[Expectation]:
    """The judgements as expectations on a table for a rule."""
    for type_, arguments in judgements:
        yield Expectation(rule, table, type_, arguments)


def _columns_of(condition: Condition | None) -> Iterator[str]:
    if condition:
        if "column" in condition:
            yield condition["column"]["name"]
        for part in condition.get("conditions", ()):
            yield from _columns_of(part)


def _compare(column: str, operator: str, value: Any) -> Condition:
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


def is_(column: str, value: str | bool) -> Condition:
    """Rows with this value."""
    return _compare(column, "==", value)


def is_not(column: str, value: str | int) -> Condition:
    """Rows with another value; on empty cells engines differ, so say of them what is meant."""
    return _compare(column, "!=", value)


def is_more(column: str, number: int) -> Condition:
    """Rows with a greater number."""
    return _compare(column, ">", number)


def is_one_of(column: str, values: Iterable[str]) -> Condition:
    """Rows with one of these values."""
    return _compare(column, "IN", list(values))


def is_empty(column: str) -> Condition:
    """Rows without a value."""
    return {"type": "nullity", "column": {"name": column}, "is_null": True}


def is_given(column: str) -> Condition:
    """Rows with a value."""
    return {"type": "nullity", "column": {"name": column}, "is_null": False}


def all_of(*conditions: Condition) -> Condition:
    """Rows for which all the conditions hold."""
    return {"type": "and", "conditions": list(conditions)}


def any_of(*conditions: Condition) -> Condition:
    """Rows for which one of the conditions holds."""
    return {"type": "or", "conditions": list(conditions)}


def _judge(type_: str, when: Condition | None, **arguments: Any) -> Judgement:
    return f"expect_{type_}", arguments | ({"row_condition": when} if when else {})


def given(column: str, when: Condition | None = None) -> Judgement:
    """Every cell holds something."""
    return _judge("column_values_to_not_be_null", when, column=column)


def empty(column: str, when: Condition | None = None) -> Judgement:
    """No cell holds anything."""
    return _judge("column_values_to_be_null", when, column=column)


def among(column: str, values: Iterable[Any], when: Condition | None = None) -> Judgement:
    """Every cell that is not empty holds one of the values."""
    return _judge("column_values_to_be_in_set", when, column=column, value_set=list(values))


def not_among(column: str, values: Iterable[Any], when: Condition | None = None) -> Judgement:
    """No cell holds one of the values."""
    return _judge("column_values_to_not_be_in_set", when, column=column, value_set=list(values))


def between(column: str, least: float | None, most: float | None, when: Condition | None = None) -> Judgement:
    """Every cell that is not empty holds a number of this range, its ends included."""
    ends = {"min_value": least, "max_value": most}
    named = {name: end for name, end in ends.items() if end is not None}
    return _judge("column_values_to_be_between", when, column=column, **named)


def matches(column: str, pattern: str) -> Judgement:
    r"""The whole of every cell that is not empty has this form: without `\A` and `\Z` a part would do."""
    return _judge("column_values_to_match_regex", None, column=column, regex=rf"\A(?:{pattern})\Z")


def not_found(column: str, pattern: str) -> Judgement:
    """No part of a cell has this form."""
    return _judge("column_values_to_not_match_regex", None, column=column, regex=pattern)


def of_type(column: str, *types: str) -> Judgement:
    """The column is of one of these types; in a column of objects every cell that is not empty."""
    return _judge("column_values_to_be_in_type_list", None, column=column, type_list=list(types))


def unique(*columns: str) -> Judgement:
    """No two rows are equal in these columns."""
    if len(columns) == 1:
        return _judge("column_values_to_be_unique", None, column=columns[0])
    return _judge("compound_columns_to_be_unique", None, column_list=list(columns))


def increasing(column: str) -> Judgement:
    """No number is smaller than that of the row before."""
    return _judge("column_values_to_be_increasing", None, column=column)


def equal(one: str, other: str, when: Condition | None = None, *, if_given: bool = False) -> Judgement:
    """Both columns hold the same; two empty cells are equal, and with `if_given` one empty cell is enough."""
    missing = "either_value_is_missing" if if_given else "both_values_are_missing"
    return _judge("column_pair_values_to_be_equal", when, column_A=one, column_B=other, ignore_row_if=missing)


def more(one: str, other: str, *, or_equal: bool = False) -> Judgement:
    """The first column is greater than the second; an empty cell is not."""
    return _judge("column_pair_values_a_to_be_greater_than_b", None, column_A=one, column_B=other, or_equal=or_equal)


def different(*columns: str) -> Judgement:
    """The cells of a row differ from each other."""
    return _judge("select_column_values_to_be_unique_within_record", None, column_list=list(columns))


def all_listed(column: str, values: Iterable[str]) -> Judgement:
    """The column holds exactly these values, each at least once."""
    return _judge("column_distinct_values_to_equal_set", None, column=column, value_set=list(values))


def columns_are(names: Iterable[str]) -> Judgement:
    """The table has these columns, in this order."""
    return _judge("table_columns_to_match_ordered_list", None, column_list=list(names))

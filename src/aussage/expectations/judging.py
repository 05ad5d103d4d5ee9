"""Great Expectations itself: the only module that imports it, which takes seconds."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from aussage.expectations.expectation import Expectation
from aussage.expectations.outcome import FailedExpectation
from aussage.expectations.suites import suite

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when it is imported: nothing is sent anywhere
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own and its dependencies' deprecations are none of the user's
    import great_expectations
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

VERSION: str = great_expectations.__version__
Failed = tuple[str, FailedExpectation]
"""The code of a rule, and an expectation of it that failed."""


class Judge:
    """Runs expectations on data frames in a context that writes no files."""

    def __init__(self) -> None:
        settings = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            progress_bars=ProgressBarsConfig(globally=False),
            analytics_enabled=False,
        )
        context = great_expectations.get_context(mode="ephemeral", project_config=settings)
        self._source = context.data_sources.add_pandas("corpus")

    def failed(self, table: str, frame: pd.DataFrame, chosen: Sequence[Expectation]) -> Iterator[Failed]:
        """The expectations on a table that are not met by its frame, with the codes of their rules."""
        if not chosen:
            return
        asset = self._source.add_dataframe_asset(f"{table} {len(self._source.assets)}")
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        given = great_expectations.ExpectationSuite(**suite(table, chosen))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            validation = batch.validate(given, result_format="BASIC")
        for result in validation.results:
            if not result.success:
                config = result.expectation_config
                assert config is not None, "a result without its expectation"
                rows = int(result.result.get("unexpected_count") or 0)
                column = ", ".join(Expectation("", table, config.type, config.kwargs).columns)
                exception = _exception(result.exception_info)
                yield config.meta["rule"], FailedExpectation(table, column, config.type, rows, exception)


def _exception(info: Any) -> str:
    """What was raised; it stands in the information itself, or in that on each metric."""
    found = [info] if "raised_exception" in info else list(info.values())
    messages = (one["exception_message"] for one in found if one["raised_exception"])
    return "; ".join(dict.fromkeys(str(message) for message in messages))
